#include "store/face/account_query.hpp"

#include <algorithm>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::sql_literal;
using pgcxx::statement;

sql_literal operator_of(comparison how) {
    switch (how) {
    case comparison::below:
        return " operator(pg_catalog.<) ";
    case comparison::at_most:
        return " operator(pg_catalog.<=) ";
    case comparison::at_least:
        return " operator(pg_catalog.>=) ";
    case comparison::above:
        return " operator(pg_catalog.>) ";
    case comparison::null:
        return " is null";
    case comparison::not_null:
        return " is not null";
    case comparison::equal:
    case comparison::any:
        break;
    }
    return " operator(pg_catalog.=) ";
}

bool is_range(comparison how) {
    return how == comparison::below || how == comparison::at_most || how == comparison::at_least ||
           how == comparison::above;
}

bool takes_parameter(comparison how) { return how != comparison::null && how != comparison::not_null; }

// Texts are told apart by their bytes here; only ranges ask for an order.
statement condition(const face_condition &each, int parameter) {
    statement text;
    text << identifier{"r", each.column};
    if (each.is_text && is_range(each.how))
        text << " collate pg_catalog.\"C\"";
    text << operator_of(each.how);
    if (each.how == comparison::any)
        return text << "any ($" << parameter << ")";
    return takes_parameter(each.how) ? text << "$" << parameter : text;
}

statement pending_leads_of(const std::string &account) {
    return statement() << "(select count(distinct p.lead_id) from " << identifier{account, "pending"}
                       << " p where p.lead_id <> '')";
}

statement value_of(const face_column &column, const std::string &account) {
    if (column.name == "account")
        return statement() << literal{account} << "::text";
    if (column.name == "pending_leads")
        return pending_leads_of(account);
    return column.value;
}

bool is_used(const face_request &wanted, const face_column &column) {
    const auto shows = [&column](const face_output &each) {
        return each.is_wanted && each.column == &column;
    };
    const auto compares = [&column](const face_condition &each) { return each.column == column.name; };
    return std::any_of(wanted.outputs.begin(), wanted.outputs.end(), shows) ||
           std::any_of(wanted.conditions.begin(), wanted.conditions.end(), compares);
}

statement output(const face_output &each) {
    if (!each.column)
        return statement("null::integer");
    if (!each.is_wanted)
        return statement() << "null::" << each.column->type;
    return statement() << identifier{"r", each.column->name};
}

// The relation's columns that are needed. Where they are none, the rows are.
statement rows_of_account(const face_request &wanted, const std::string &account) {
    std::vector<statement> columns;
    for (const face_column &each : wanted.of->columns)
        if (is_used(wanted, each))
            columns.push_back(statement() << value_of(each, account) << " as " << identifier{each.name});
    return statement("select ").join(", ", columns) << " from " << wanted.of->rows(*wanted.of, account);
}

} // namespace

statement account_query(const face_request &wanted, const std::string &account) {
    std::vector<statement> outputs, conditions;
    for (const face_output &each : wanted.outputs)
        outputs.push_back(output(each));
    int parameter = 0;
    for (const face_condition &each : wanted.conditions)
        conditions.push_back(condition(each, takes_parameter(each.how) ? ++parameter : 0));
    statement text("select ");
    text.join(", ", outputs) << " from (" << rows_of_account(wanted, account) << ") r";
    if (!conditions.empty())
        text << " where ";
    text.join(" and ", conditions);
    return wanted.limit ? text << " limit " << *wanted.limit : text;
}

} // namespace pgcrm::store
