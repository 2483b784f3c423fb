#include "store/marts/plausible_months.hpp"

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::statement;

constexpr pgcxx::sql_literal farthest_apart = "interval '1 year'";

// month, entries, and whether a group of months begins with it
statement months_with_entries(std::string_view account) {
    statement text;
    return text << "select f.month, sum(f.entries) as entries, coalesce(f.month > lag(f.month) over (order "
                   "by f.month) + "
                << farthest_apart << ", true) as begins_group from " << identifier{account, "funnel_monthly"}
                << " f where f.entries > 0 group by f.month";
}

} // namespace

statement shown_months(std::string_view account) {
    statement text;
    return text
           << "select g::date as month from (select e.month, lead(e.month) over w as next_month,"
              " lead(e.begins_group) over w as is_last from ("
           << months_with_entries(account)
           << ") e window w as (order by e.month)) n cross join lateral generate_series(n.month::timestamp,"
              " case when n.is_last is false then n.next_month - interval '1 month' else n.month end,"
              " interval '1 month') g";
}

statement stray_entries(std::string_view account) {
    statement text;
    return text << "(select coalesce(sum(s.entries), 0)::bigint from (select k.month, k.entries, k.number,"
                   " first_value(k.number) over (order by k.size desc, k.number desc) as plausible from ("
                   "select g.*, sum(g.entries) over (partition by g.number) as size from (select e.*,"
                   " count(*) filter (where e.begins_group) over (order by e.month) as number from ("
                << months_with_entries(account)
                << ") e) g) k) s where s.number <> s.plausible or s.month > a.refreshed_at at time zone"
                   " a.built_time_zone)";
}

} // namespace pgcrm::store
