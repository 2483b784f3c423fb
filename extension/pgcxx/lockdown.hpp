// Last line of the umbrella header.  From here on these names do not compile: each
// of them can leave a C++ frame without running its destructors, or touches state
// that a scope of this library keeps in order.  Macros of this library that use
// them still work, because they were written before.
#pragma once
#pragma GCC system_header // silences "poisoning existing macro"

#pragma GCC poison ereport ereport_domain elog ereturn errsave errsave_domain
#pragma GCC poison errstart errstart_cold errfinish ThrowErrorData ReThrowError pg_re_throw
#pragma GCC poison CopyErrorData FlushErrorState FreeErrorData PG_exception_stack
#pragma GCC poison PG_TRY PG_CATCH PG_FINALLY PG_END_TRY PG_RE_THROW
#pragma GCC poison CHECK_FOR_INTERRUPTS ProcessInterrupts HOLD_INTERRUPTS RESUME_INTERRUPTS
#pragma GCC poison START_CRIT_SECTION END_CRIT_SECTION
#pragma GCC poison sigsetjmp siglongjmp setjmp longjmp _setjmp _longjmp
#pragma GCC poison BeginInternalSubTransaction ReleaseCurrentSubTransaction                                  \
    RollbackAndReleaseCurrentSubTransaction
#pragma GCC poison SetUserIdAndSecContext NewGUCNestLevel AtEOXact_GUC
#pragma GCC poison SPI_connect SPI_connect_ext SPI_finish SPI_processed SPI_tuptable SPI_result
#pragma GCC poison SPI_execute SPI_execute_extended SPI_execute_with_args SPI_execute_snapshot SPI_exec      \
    SPI_execp
#pragma GCC poison SPI_execute_plan SPI_execute_plan_extended SPI_execute_plan_with_paramlist
#pragma GCC poison SPI_prepare SPI_prepare_cursor SPI_prepare_extended SPI_prepare_params
#pragma GCC poison SPI_keepplan SPI_saveplan SPI_freeplan
#pragma GCC poison SPI_getbinval SPI_getvalue SPI_freetuptable SPI_freetuple SPI_copytuple
#pragma GCC poison SPI_cursor_open SPI_cursor_open_with_args SPI_cursor_open_with_paramlist                  \
    SPI_cursor_parse_open
#pragma GCC poison SPI_cursor_find SPI_cursor_fetch SPI_cursor_move SPI_cursor_close
#pragma GCC poison SPI_commit SPI_commit_and_chain SPI_rollback SPI_rollback_and_chain
