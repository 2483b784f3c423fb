#include "store/catalog/rule_check.hpp"

#include "pgcxx/pgcxx.hpp"
#include "store/catalog/typed_tables.hpp"

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::statement;

// A condition of WHERE: there the server refuses aggregates, window functions, sets, and what is no boolean.
void try_on_a_row(const stream &of, const pgcxx::expression &check) {
    statement text;
    text << "select true from (select ";
    for (std::size_t i = 0; i < of.columns.size(); ++i) {
        if (i > 0)
            text << ", ";
        text << "null::" << sql_type(of.columns[i]) << " as " << identifier{of.columns[i].name};
    }
    text << ") r where " << check;
    pgcxx::spi::session sql;
    sql.execute(text);
}

// What is wrong with it; empty when nothing is.
std::string fault_of(const stream &of, const rule &tried) {
    std::string what;
    const auto failure = pgcxx::attempt([&] {
        if (const auto check = pgcxx::expression::parse(tried.check))
            try_on_a_row(of, *check);
        else
            what = "expected one SQL expression over the columns, without queries and parameters";
    });
    return failure ? failure->what() : what;
}

} // namespace

std::vector<mapping_fault> faulty_rules(const stream &of) {
    const pgcxx::user_scope as_caller(pgcxx::current_user()); // who can leave nothing behind
    const pgcxx::settings_scope settings;
    std::vector<mapping_fault> faults;
    for (std::size_t i = 0; i < of.rules.size(); ++i)
        if (std::string what = fault_of(of, of.rules[i]); !what.empty())
            faults.push_back({"/rules/" + std::to_string(i) + "/check", std::move(what)});
    return faults;
}

} // namespace pgcrm::store
