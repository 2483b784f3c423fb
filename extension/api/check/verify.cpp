// crm_verify: what differs between the stored silver and gold and a recomputation by SQL.
//
// Stays, stages and marts are recomputed from the observations by one statement, which the build puts
// together from sql/rules; the observations are compared with the typed rows of the events by one statement
// for each stream.
#include "api/check/verify_query.hpp"
#include "pgcxx/pgcxx.hpp"
#include "store/account/account.hpp"
#include "store/catalog/source.hpp"
#include "store/event/event_rows.hpp"
#include "store/marts/mart_tables.hpp"

namespace pgcrm {
namespace {

using pgcxx::identifier;
using pgcxx::literal;
using pgcxx::statement;

// relation, key, column_name, stored, expected
using difference_row =
    std::tuple<std::string, std::string, std::string, std::optional<std::string>, std::optional<std::string>>;

void append(pgcxx::spi::session &sql, pgcxx::sql_text text, pgcxx::set_of<difference_row> &to) {
    for (const auto &row : sql.query<std::string, std::string, std::string, std::optional<std::string>,
                                     std::optional<std::string>>(text))
        to.rows.push_back(row);
}

// A column of the stream's table as text, null where it is empty or the stream has none.
statement text_of(const stream &of, const std::optional<std::size_t> &number) {
    statement text;
    if (!number)
        return text << "null::text";
    return text << "nullif(b." << identifier{of.columns[*number].name} << "::text, '')";
}

// A column of a key, spelled as the decoder spells it.
statement key_part(const column &of) {
    statement name, text;
    name << "b." << identifier{of.name};
    if (of.type == column_type::timestamptz)
        return text << "to_char(" << name
                    << R"( at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || rtrim(to_char()" << name
                    << " at time zone 'UTC', '.US'), '.0') || 'Z'";
    if (of.type == column_type::date)
        return text << "to_char(" << name << ", 'YYYY-MM-DD')";
    return text << name << "::text";
}

// Several columns are joined, so that other parts make another key; a long key is its digest.
statement key_of(const stream &of) {
    if (of.key.size() == 1)
        return key_part(of.columns[of.key.front()]);
    statement joined, text;
    joined << "concat_ws('/'";
    for (const std::size_t number : of.key)
        joined << ", replace(replace(" << key_part(of.columns[number]) << ", '~', '~0'), '/', '~1')";
    joined << ")";
    return text << "case when octet_length(" << joined << ") > 255 then encode(sha256(convert_to(" << joined
                << ", 'UTF8')), 'hex') else " << joined << " end";
}

statement status_of(const stream &of, const observation_rule &rule) {
    statement text;
    if (!rule.status)
        return text << "null::text";
    text << "case lower(" << text_of(of, rule.status) << ")";
    for (const auto &[word, status] : rule.statuses)
        text << " when lower(" << literal{word} << ") then " << literal{to_text(status)};
    return text << " end";
}

// Whether the body that was kept has a text at the place which is one of those wanted.
statement is_met(const match &wanted, std::string_view body) {
    statement found, text;
    found << "(b." << identifier{body} << " #>> " << store::path_of(wanted.at) << ")";
    text << "jsonb_typeof(b." << identifier{body} << " #> " << store::path_of(wanted.at)
         << ") = 'string' and (false";
    for (const pattern &each : wanted.any_of)
        if (each.is_prefix)
            text << " or starts_with(" << found << ", " << literal{each.text} << ")";
        else
            text << " or " << found << " = " << literal{each.text};
    return text << ")";
}

// Of the events of a stream, those that say something of a lead.
statement condition_of(const stream &of, const observation_rule &rule) {
    statement text;
    text << "true";
    for (const match &each : rule.when)
        text << " and " << is_met(each, store::body_column(of));
    return text;
}

// What the row of an event says, by its columns. Where the source names a stage without an id, the id is made
// up by the decoder, and only the name is compared.
statement said_by(const stream &of, const observation_rule &rule) {
    const bool tells_all = rule.kind != observation_kind::deleted;
    const auto only = [&](const std::optional<std::size_t> &number) {
        return tells_all ? text_of(of, number) : text_of(of, std::nullopt);
    };
    statement text;
    text << "select " << key_of(of) << " as event_id, " << text_of(of, rule.lead) << " as lead_id, b."
         << identifier{of.columns[rule.at].name} << "::text as occurred_at, " << literal{to_text(rule.kind)}
         << " as kind, " << only(rule.stage) << " as stage_id, " << only(rule.stage_name) << " as stage, "
         << only(rule.pipeline) << " as pipeline, "
         << (tells_all ? status_of(of, rule) : text_of(of, std::nullopt)) << " as status, round("
         << only(rule.amount) << "::numeric, 2)::text as amount, " << only(rule.currency) << " as currency, "
         << only(rule.owner) << " as owner from " << identifier{of.name} << " b where "
         << condition_of(of, rule);
    return text;
}

statement stored_of(const stream &of) {
    statement text;
    text << "select o.event_id, o.lead_id, o.occurred_at::text, o.kind, o.stage_id, o.stage, o.pipeline, "
            "o.status,"
            " o.amount::text, o.currency, o.owner from observation o where o.origin = "
         << literal{of.name};
    return text;
}

statement observation_query(const stream &of, const observation_rule &rule) {
    statement text;
    text
        << "with said as materialized (" << said_by(of, rule) << "), stored as materialized ("
        << stored_of(of) << R"() select 'observation', concat()" << literal{of.name + "/"}
        << ", coalesce(s.event_id, e.event_id)), c.name, c.stored, c.expected"
           " from stored s full join said e on e.event_id = s.event_id collate \"C\" cross join lateral "
           "(values"
           " ('lead_id', s.lead_id, e.lead_id), ('occurred_at', s.occurred_at, e.occurred_at),"
           " ('kind', s.kind, e.kind),"
           " ('stage_id', s.stage_id, case when e.stage_id is null and e.stage is not null then s.stage_id "
           "else e.stage_id end),"
           " ('stage', s.stage, e.stage), ('pipeline', s.pipeline, e.pipeline), ('status', s.status, "
           "e.status),"
           " ('amount', s.amount, e.amount), ('currency', s.currency, e.currency), ('owner', s.owner, "
           "e.owner))"
           " c(name, stored, expected) where c.stored collate \"C\" is distinct from c.expected collate \"C\""
           " order by 2, 3";
    return text;
}

pgcxx::set_of<difference_row> verify(std::string_view account) {
    const store::account of = store::use_account(account, store::account_right::read);
    const auto by = store::compiled_source(of.source);
    const store::owner_scope as_owner(of, store::names::bare);
    store::check_has_marts(of);
    pgcxx::spi::session sql;
    pgcxx::set_of<difference_row> differences;
    append(sql, verify_query, differences);
    for (const stream &each : by->streams)
        if (each.observes)
            append(sql, observation_query(each, *each.observes), differences);
    return differences;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_verify, pgcrm::verify);
