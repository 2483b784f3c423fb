// crm_funnel: the monthly funnel of an account by one of the three counting rules.
#include "pgcxx/pgcxx.hpp"
#include "pgcxx/required.hpp"
#include "store/account/account.hpp"

namespace pgcrm {
namespace {

using pgcxx::error;
using pgcxx::statement;

// month, pipeline, stage_rank, stage_id, stage, deals
using funnel_row =
    std::tuple<pgcxx::date, std::string, std::optional<std::int32_t>, std::string, std::string, std::int64_t>;

statement measure_of(std::string_view rule) {
    if (rule == "first_entry")
        return statement("f.first_entries");
    if (rule == "every_entry")
        return statement("f.entries - f.reopened_in_place");
    if (rule == "distinct_per_month")
        return statement("f.leads");
    throw error(ERRCODE_INVALID_PARAMETER_VALUE, "unknown counting rule \"" + std::string(rule) + "\"")
        .hint("Use first_entry, every_entry or distinct_per_month.");
}

statement funnel_query(const store::account &of, const statement &measure) {
    statement text;
    text << "select f.month, s.pipeline, s.built_rank, s.stage_id, s.name, " << measure << " from "
         << store::table_of(of, "funnel_monthly") << " f join " << store::table_of(of, "stage")
         << " s on s.stage_id = f.stage_id where ($1 is null or f.month >= $1) and ($2 is null or f.month <= "
            "$2) and "
         << measure << R"( > 0 order by f.month, s.pipeline collate "C", s.built_rank)";
    return text;
}

pgcxx::set_of<funnel_row> funnel(std::optional<std::string_view> account,
                                 std::optional<std::string_view> rule, std::optional<pgcxx::date> from,
                                 std::optional<pgcxx::date> to) {
    const statement measure = measure_of(rule.value_or("first_entry"));
    const store::account of =
        store::use_account(pgcxx::required(account, "account"), store::account_right::read);
    const store::owner_scope as_owner(of);
    pgcxx::spi::session sql;
    pgcxx::set_of<funnel_row> rows;
    for (const auto &row : sql.query<pgcxx::date, std::string, std::optional<std::int32_t>, std::string,
                                     std::string, std::int64_t>(funnel_query(of, measure), from, to))
        rows.rows.push_back(row);
    return rows;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_funnel, pgcrm::funnel);
