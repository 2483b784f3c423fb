// What pgcrm.account_status shows: one row for each account that the caller may use.
#include "pgcxx/pgcxx.hpp"
#include "store/account/account.hpp"
#include "store/marts/plausible_months.hpp"
#include "store/refresh/survive.hpp"

namespace pgcrm {
namespace {

using pgcxx::statement;
using pgcxx::timestamptz;

// account, source, time_zone, layout_version, last_event_at, refreshed_at, pending_leads, stuck_leads,
// quarantined, unhandled, unread_values, stray_entries, refresh_error
using status_row =
    std::tuple<std::string, std::optional<std::string>, std::optional<std::string>,
               std::optional<std::int32_t>, std::optional<timestamptz>, std::optional<timestamptz>,
               std::optional<std::int64_t>, std::optional<std::int64_t>, std::optional<std::int64_t>,
               std::optional<std::int64_t>, std::optional<std::int64_t>, std::optional<std::int64_t>,
               std::optional<std::string>>;

statement status_query(const store::account &of) {
    statement text;
    text << "select a.account collate \"default\", a.source, a.time_zone, a.layout_version, "
            "a.last_observed_at,"
            " a.refreshed_at, (select count(distinct p.lead_id) from "
         << store::table_of(of, "pending") << " p where p.lead_id <> ''), (select count(*) from "
         << store::table_of(of, "stuck_lead") << "), (select count(*) from "
         << store::table_of(of, "quarantine") << "), (select coalesce(sum(o.times), 0)::bigint from "
         << store::table_of(of, "other_event") << " o), (select count(*) from "
         << store::table_of(of, "unread_value") << "), " << store::stray_entries(of.name)
         << ", a.refresh_error from " << store::table_of(of, "account") << " a";
    return text;
}

status_row status_of(std::string_view name) {
    const store::account of = store::use_account(name, store::account_right::any);
    const store::owner_scope as_owner(of);
    pgcxx::spi::session sql;
    return sql
        .query<std::string, std::optional<std::string>, std::optional<std::string>,
               std::optional<std::int32_t>, std::optional<timestamptz>, std::optional<timestamptz>,
               std::optional<std::int64_t>, std::optional<std::int64_t>, std::optional<std::int64_t>,
               std::optional<std::int64_t>, std::optional<std::int64_t>, std::optional<std::int64_t>,
               std::optional<std::string>>(status_query(of))
        .front();
}

// A broken account is what an operator is looking for: it gets its row, with the reason.
status_row status_or_reason(const std::string &name) {
    // Never committed: what was locked is let go, and what code of the owner's has done is undone.
    const pgcxx::subtransaction look;
    status_row row;
    const auto failed = store::failure_of([&row, &name] { row = status_of(name); });
    if (!failed)
        return row;
    const std::string reason = failed->sqlstate == ERRCODE_LOCK_NOT_AVAILABLE
                                   ? "somebody is changing the account, or holds its tables"
                                   : failed->message;
    return {name, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, reason};
}

pgcxx::set_of<status_row> account_statuses() {
    pgcxx::settings_scope settings;
    settings.wait_for_locks_at_most(100); // no owner can hold up the news of the others
    pgcxx::set_of<status_row> rows;
    for (const std::string &name : store::usable_accounts(store::account_right::any))
        rows.rows.push_back(status_or_reason(name));
    return rows;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_account_statuses, pgcrm::account_statuses);
