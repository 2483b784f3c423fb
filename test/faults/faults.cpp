// Statements that fail when a test wants it, in the executor and not in the code under test.
//
// What is counted are statements that run while another one does: those that functions send. The one that was
// asked for fails after its work is done and before anybody has heard of it, with an error of the server's
// look. No object lives in any function here, so the server may jump over them.
extern "C" {
#include <postgres.h>

#include <executor/executor.h>
#include <fmgr.h>
#include <tcop/utility.h>
#include <utils/builtins.h>

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(fault_arm);
PG_FUNCTION_INFO_V1(fault_disarm);
void _PG_init(void);
}

namespace {

ExecutorRun_hook_type next_run;
ProcessUtility_hook_type next_utility;

struct {
    int sqlstate;
    int nth; // 0: nothing fails
    int seen;
} fault; // of this session

int depth; // of statements that are run within each other

void end_of_statement() {
    if (depth == 0 || fault.nth == 0 || ++fault.seen != fault.nth)
        return;
    ereport(ERROR, errcode(fault.sqlstate), errmsg("a fault that was asked for"));
}

void run(QueryDesc *query, ScanDirection direction, uint64 count, bool execute_once) {
    ++depth;
    PG_TRY();
    {
        if (next_run)
            next_run(query, direction, count, execute_once);
        else
            standard_ExecutorRun(query, direction, count, execute_once);
    }
    PG_FINALLY();
    { --depth; }
    PG_END_TRY();
    end_of_statement();
}

void run_utility(PlannedStmt *statement, const char *text, bool read_only_tree, ProcessUtilityContext context,
                 ParamListInfo parameters, QueryEnvironment *environment, DestReceiver *receiver,
                 QueryCompletion *completion) {
    if (next_utility)
        next_utility(statement, text, read_only_tree, context, parameters, environment, receiver, completion);
    else
        standard_ProcessUtility(statement, text, read_only_tree, context, parameters, environment, receiver,
                                completion);
    end_of_statement();
}

} // namespace

void _PG_init(void) {
    next_run = ExecutorRun_hook;
    next_utility = ProcessUtility_hook;
    ExecutorRun_hook = run;
    ProcessUtility_hook = run_utility;
}

Datum fault_arm(PG_FUNCTION_ARGS) {
    const char *state = text_to_cstring(PG_GETARG_TEXT_PP(0));
    if (strlen(state) != 5)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("expected an SQLSTATE, not \"%s\"", state));
    fault.sqlstate = MAKE_SQLSTATE(state[0], state[1], state[2], state[3], state[4]);
    fault.nth = PG_GETARG_INT32(1);
    fault.seen = 0;
    PG_RETURN_VOID();
}

Datum fault_disarm(PG_FUNCTION_ARGS) {
    const bool was_met = fault.seen >= fault.nth;
    fault.nth = 0;
    PG_RETURN_BOOL(was_met);
}
