// Subtransactions and what the transaction knows.
//
// `attempt` is the one lawful way to survive a server error: the work runs in a
// subtransaction, and the error is returned only after that was rolled back.  It
// costs a subtransaction, so it stands around a batch and never around a row.
#pragma once

#include "pgcxx/guard.hpp"
#include "pgcxx/time.hpp"

namespace pgcxx {

// Rolled back when the scope ends without commit().
class subtransaction {
public:
    subtransaction() {
        call(BeginInternalSubTransaction, nullptr);
        CurrentMemoryContext = memory_; // the server moved us into the subtransaction's own
        open_ = true;
    }
    subtransaction(const subtransaction &) = delete;
    subtransaction &operator=(const subtransaction &) = delete;
    ~subtransaction() {
        if (open_)
            roll_back();
    }

    void commit() {
        if (detail::server_error_in_flight) // caught and dropped inside: there is nothing sound to commit
            throw error(ERRCODE_INTERNAL_ERROR, detail::swallowed_error_message);
        call(ReleaseCurrentSubTransaction);
        open_ = false;
        restore();
    }

    // Also closes the SPI connections that were opened inside and puts the user
    // id and the settings back to what they were when the scope began.
    void roll_back() noexcept {
        open_ = false;
        if (!detail::finished([](void *) { RollbackAndReleaseCurrentSubTransaction(); }, nullptr))
            ereport(FATAL, (errcode(ERRCODE_INTERNAL_ERROR),
                            errmsg_internal("could not roll back a subtransaction")));
        restore();
        detail::server_error_in_flight = false; // the server's stacks are in order again
    }

private:
    void restore() noexcept {
        CurrentMemoryContext = memory_;
        CurrentResourceOwner = owner_;
    }

    MemoryContext const memory_ = CurrentMemoryContext;
    ResourceOwner const owner_ = CurrentResourceOwner;
    bool open_ = false;
};

// RAISE and ASSERT of PL/pgSQL take any SQLSTATE: what they say of a cancel or of a full disk is a word of
// whoever wrote the code. A RAISE that passes on what was caught leaves the function that had raised it.
inline bool is_raised_by_plpgsql(const server_error &e) noexcept {
    std::string_view const function = e.data().funcname ? e.data().funcname : "";
    return function == "exec_stmt_raise" || function == "exec_stmt_assert";
}

// Errors that no handler may swallow: the statement, the transaction or the
// session is ending (cancel, shutdown, deadlock, out of memory, broken disk).
inline bool must_propagate(const server_error &e) noexcept {
    int const category = ERRCODE_TO_CATEGORY(e.sqlstate());
    if (category == ERRCODE_TO_CATEGORY(ERRCODE_TRANSACTION_ROLLBACK))
        return true;
    return !is_raised_by_plpgsql(e) && (e.sqlstate() == ERRCODE_ASSERT_FAILURE ||
                                        category == ERRCODE_TO_CATEGORY(ERRCODE_OPERATOR_INTERVENTION) ||
                                        category == ERRCODE_TO_CATEGORY(ERRCODE_INSUFFICIENT_RESOURCES) ||
                                        category == ERRCODE_TO_CATEGORY(ERRCODE_SYSTEM_ERROR));
}

// Runs `body` in a subtransaction.  Returns the server's error if it raised one
// that may be survived; every other exception goes on, after the rollback.  One of
// ours (pgcxx::error) goes on too: what can be validated is validated before.
//   if (auto failure = attempt([&] { store(batch); }))
//       bisect(batch, *failure);
template <class Body> [[nodiscard]] std::optional<server_error> attempt(Body &&body) {
    subtransaction scope;
    try {
        body();
        scope.commit();
        return std::nullopt;
    } catch (const server_error &e) {
        scope.roll_back();
        if (must_propagate(e))
            throw;
        return e;
    }
}

// Whether each statement sees what was committed before it began.
inline bool isolation_is_read_committed() noexcept { return !IsolationUsesXactSnapshot(); }

// These read variables of the backend, or the clock: they cannot raise.
inline timestamptz transaction_started_at() noexcept { return {GetCurrentTransactionStartTimestamp()}; }
inline timestamptz statement_started_at() noexcept { return {GetCurrentStatementStartTimestamp()}; }
inline timestamptz clock_now() noexcept { return {GetCurrentTimestamp()}; }

} // namespace pgcxx
