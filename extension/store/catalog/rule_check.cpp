#include "store/catalog/rule_check.hpp"

#include "pgcxx/pgcxx.hpp"
#include "store/catalog/typed_tables.hpp"

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::statement;

// null::text as "a", ...
statement row_of_nulls(const stream &of) {
    statement text;
    for (std::size_t i = 0; i < of.columns.size(); ++i) {
        if (i > 0)
            text << ", ";
        text << "null::" << sql_type(of.columns[i]) << " as " << identifier{of.columns[i].name};
    }
    return text;
}

// Constants are put together when a statement is planned: what divides by zero is seen here, and not by every
// event.
void try_on_nulls(const statement &row, const pgcxx::expression &check) {
    statement text;
    text << "select true from (select " << row << ") r where " << check;
    pgcxx::spi::session sql;
    sql.execute(text);
}

// A condition of WHERE: there the server refuses aggregates, window functions, sets, and what is no boolean.
std::string objection_to_rule(const stream &of, const rule &tried, rule_trial trial) {
    const auto check = pgcxx::expression::parse(tried.check);
    if (!check)
        return "expected one SQL expression over the columns, without queries and parameters";
    const statement row = row_of_nulls(of);
    if (auto objection = pgcxx::objection_to(*check, row))
        return "it " + *objection;
    if (trial == rule_trial::runs)
        try_on_nulls(row, *check);
    return {};
}

// What is wrong with it; empty when nothing is.
std::string fault_of(const stream &of, const rule &tried, rule_trial trial) {
    std::string what;
    const auto failure = pgcxx::attempt([&] { what = objection_to_rule(of, tried, trial); });
    return failure ? failure->what() : what;
}

} // namespace

std::vector<mapping_fault> faulty_rules(const stream &of, rule_trial trial) {
    if (of.rules.empty())
        return {};
    const pgcxx::user_scope as_caller(pgcxx::current_user()); // who can leave nothing behind
    const pgcxx::settings_scope settings;
    std::vector<mapping_fault> faults;
    for (std::size_t i = 0; i < of.rules.size(); ++i)
        if (std::string what = fault_of(of, of.rules[i], trial); !what.empty())
            faults.push_back({"/rules/" + std::to_string(i) + "/check", std::move(what)});
    return faults;
}

} // namespace pgcrm::store
