// crm_refresh, and the step that crm_refresh_all commits after.
#include "store/refresh/refresh.hpp"
#include "pgcxx/pgcxx.hpp"

namespace pgcrm {
namespace {

// account, outcome, leads, observations, stays_written, cells_changed, message
using refresh_row = std::tuple<std::string, std::string, std::int64_t, std::int64_t, std::int64_t,
                               std::int64_t, std::optional<std::string>>;

std::string outcome_name(store::refresh_outcome outcome) {
    switch (outcome) {
    case store::refresh_outcome::busy:
        return "busy";
    case store::refresh_outcome::failed:
        return "failed";
    case store::refresh_outcome::refreshed:
        break;
    }
    return "refreshed";
}

std::optional<std::string> message_of(const store::refresh_step &step) {
    switch (step.outcome) {
    case store::refresh_outcome::busy:
        return "another refresh of this account is under way";
    case store::refresh_outcome::failed:
        return step.message;
    case store::refresh_outcome::refreshed:
        break;
    }
    return std::nullopt;
}

// `which` is an account, or the name of one that may be in any state.
template <class Which> refresh_row refresh_account(const std::string &name, const Which &which) {
    store::refresh_counts total;
    store::refresh_step step;
    do {
        step = store::refresh_batch(which);
        total += step.counts;
    } while (step.has_more);
    return {name,
            outcome_name(step.outcome),
            total.leads,
            total.observations,
            total.stays_written,
            total.cells_changed,
            message_of(step)};
}

pgcxx::set_of<refresh_row> refresh(std::optional<std::string_view> account) {
    store::check_isolation();
    pgcxx::set_of<refresh_row> rows;
    if (account) {
        const store::account of = store::use_account(*account, store::account_right::own);
        rows.rows.push_back(refresh_account(of.name, of));
        return rows;
    }
    // One account's trouble never stops the others.
    for (const std::string &name : store::usable_accounts(store::account_right::own))
        rows.rows.push_back(refresh_account(name, std::string_view(name)));
    return rows;
}

// outcome, leads, has_more, message
using step_row = std::tuple<std::string, std::int64_t, bool, std::optional<std::string>>;

step_row refresh_batch(std::string_view account) {
    store::check_isolation();
    const store::refresh_step step = store::refresh_batch(account);
    return {outcome_name(step.outcome), step.counts.leads, step.has_more, message_of(step)};
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_refresh, pgcrm::refresh);
PGCXX_FUNCTION(pgcrm_refresh_batch, pgcrm::refresh_batch);
