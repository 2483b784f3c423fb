#include "store/observation/observation_table.hpp"

#include "store/observation/claim.hpp"
#include "store/rows/prepared.hpp"
#include "store/rows/server_value.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::statement;

std::optional<std::string_view> text_of(const std::optional<lead_status> &status) {
    return status ? std::optional(to_text(*status)) : std::nullopt;
}

// Key order, so that two batches with the same events never wait for each other.
std::vector<const observation *> in_key_order(std::span<const observation> seen) {
    std::vector<const observation *> ordered;
    ordered.reserve(seen.size());
    for (const observation &each : seen)
        ordered.push_back(&each);
    std::sort(ordered.begin(), ordered.end(), [](const observation *a, const observation *b) {
        return std::tie(a->lead_id, a->origin, a->event_id) < std::tie(b->lead_id, b->origin, b->event_id);
    });
    return ordered;
}

constexpr std::array<pgcxx::wanted_column, 16> observation_columns{{{"lead_id", TEXTOID},
                                                                    {"occurred_at", TIMESTAMPTZOID},
                                                                    {"sequence", INT8OID},
                                                                    {"kind", TEXTOID},
                                                                    {"event_id", TEXTOID},
                                                                    {"stage_id", TEXTOID},
                                                                    {"stage", TEXTOID},
                                                                    {"pipeline", TEXTOID},
                                                                    {"status", TEXTOID},
                                                                    {"amount", NUMERICOID},
                                                                    {"currency", TEXTOID},
                                                                    {"owner", TEXTOID},
                                                                    {"amount_said", BOOLOID},
                                                                    {"currency_said", BOOLOID},
                                                                    {"owner_said", BOOLOID},
                                                                    {"origin", TEXTOID}}};

// In the order of observation_columns.
std::array<NullableDatum, observation_columns.size()> values_of(const observation &of) {
    using pgcxx::to_datum;
    return {to_datum(of.lead_id),         to_datum(to_server(of.occurred_at)),
            to_datum(of.sequence),        to_datum(to_text(of.kind)),
            to_datum(of.event_id),        to_datum(of.stage_id),
            to_datum(of.stage),           to_datum(of.pipeline),
            to_datum(text_of(of.status)), numeric_value(of.amount.value),
            to_datum(of.currency.value),  to_datum(of.owner.value),
            to_datum(of.amount.is_said),  to_datum(of.currency.is_said),
            to_datum(of.owner.is_said),   to_datum(of.origin)};
}

parameters rows_of(const account &of, const std::vector<const observation *> &seen) {
    pgcxx::table_row_builder built(of.name, "observation", observation_columns);
    built.reserve(seen.size());
    for (const observation *each : seen)
        built.add(values_of(*each));
    return parameters().add_typed(built.array(), built.array_type());
}

// A value that a check constraint should have kept out.
[[noreturn]] void refuse(std::string_view what, std::string_view value) {
    throw error(ERRCODE_DATA_CORRUPTED,
                "unknown " + std::string(what) + " \"" + std::string(value) + "\" in an observation");
}

observation_kind kind_of(std::string_view text) {
    if (const auto kind = parse_observation_kind(text))
        return *kind;
    refuse("kind", text);
}

std::optional<lead_status> status_of(const std::optional<std::string_view> &text) {
    if (!text)
        return std::nullopt;
    if (const auto status = parse_lead_status(*text))
        return status;
    refuse("status", *text);
}

void mark_leads(pgcxx::spi::session &sql, const account &of, const std::vector<std::string_view> &leads) {
    statement text;
    // one number for all of them: the offset keeps it from being drawn again for each lead
    text << "insert into " << table_of(of, "pending")
         << " (lead_id, mark) select u.lead_id, m.mark from (select pg_catalog.nextval("
         << pgcxx::literal{table_of(of, "pending_mark").text()}
         << "::regclass) as mark offset 0) m, unnest($1) u(lead_id)";
    execute(sql, text, parameters().add(leads), planning::once);
}

} // namespace

void insert_observations(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen,
                         clashing clashes) {
    if (seen.empty())
        return;
    statement text;
    text << "insert into " << table_of(of, "observation")
         << " (lead_id, occurred_at, sequence, kind, event_id, stage_id, stage, pipeline, status, amount, "
            "currency, owner, amount_said, currency_said, owner_said, origin)"
            " select r.lead_id, r.occurred_at, r.sequence, r.kind, r.event_id, r.stage_id, r.stage,"
            " r.pipeline, r.status, r.amount, r.currency, r.owner, r.amount_said, r.currency_said,"
            " r.owner_said, r.origin from unnest($1) r";
    if (clashes == clashing::keeps_the_old)
        text << " on conflict (lead_id, origin, event_id) do nothing";
    if (clashes == clashing::replaces_the_old)
        text << " on conflict (lead_id, origin, event_id) do update set (occurred_at, sequence, kind,"
                " stage_id, stage, pipeline, status, amount, currency, owner, amount_said, currency_said,"
                " owner_said) = row(excluded.occurred_at, excluded.sequence, excluded.kind,"
                " excluded.stage_id, excluded.stage, excluded.pipeline, excluded.status, excluded.amount,"
                " excluded.currency, excluded.owner, excluded.amount_said, excluded.currency_said,"
                " excluded.owner_said)";
    execute(sql, text, rows_of(of, in_key_order(seen)), planning::once);
}

unlike_observations find_unlike(pgcxx::spi::session &sql, const account &of,
                                std::span<const observation> seen) {
    unlike_observations found;
    if (seen.empty())
        return found;
    const std::vector<const observation *> ordered = in_key_order(seen);
    const parameters with = rows_of(of, ordered);
    statement text;
    text << "select r.\"pgcrm$row\", o.lead_id is not null"
            " from (select u.*, row_number() over () as \"pgcrm$row\" from unnest($1) u) r left join "
         << table_of(of, "observation")
         << " o on o.lead_id = r.lead_id and o.origin = r.origin and o.event_id = r.event_id"
            " where o.lead_id is null or row(o.occurred_at, o.sequence, o.kind, o.stage_id, o.stage,"
            " o.pipeline, o.status, o.amount, o.currency, o.owner, o.amount_said, o.currency_said,"
            " o.owner_said) is distinct from row(r.occurred_at, r.sequence, r.kind, r.stage_id, r.stage,"
            " r.pipeline, r.status, r.amount, r.currency, r.owner, r.amount_said, r.currency_said,"
            " r.owner_said)";
    planned_now look_up(sql, text, with);
    for (const auto &[position, is_known] : look_up.query<std::int64_t, bool>()) {
        found.rows.push_back(*ordered[static_cast<std::size_t>(position - 1)]);
        found.unknown += is_known ? 0 : 1;
    }
    return found;
}

void mark_pending(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen) {
    std::set<std::string_view> leads;
    for (const observation &each : seen)
        leads.insert(each.lead_id);
    if (!leads.empty())
        mark_leads(sql, of, std::vector<std::string_view>(leads.begin(), leads.end()));
}

void withdraw_observation(pgcxx::spi::session &sql, const account &of, std::string_view lead_id,
                          std::string_view origin, std::string_view event_id) {
    statement text;
    text << "delete from " << table_of(of, "observation")
         << " o where o.lead_id = $1 and o.origin = $2 and o.event_id = $3";
    sql.execute(text, lead_id, origin, event_id);
    mark_leads(sql, of, {lead_id});
    mark_whole_account(sql, of);
}

statement select_observations(const account &of) {
    statement text;
    return text << "select o.lead_id, o.occurred_at, o.sequence, o.kind, o.event_id, o.stage_id, o.stage,"
                   " o.pipeline, o.status, (o.amount * 100)::bigint, o.currency, o.owner, o.amount_said,"
                   " o.currency_said, o.owner_said, o.origin from "
                << table_of(of, "observation") << " o";
}

observation observation_of(const stored_observation &row) {
    const auto &[lead, at, sequence, kind, event_id, stage_id, stage, pipeline, status, amount, currency,
                 owner, amount_said, currency_said, owner_said, origin] = row;
    observation seen;
    seen.lead_id = lead;
    seen.occurred_at = from_server(at);
    seen.sequence = sequence;
    seen.kind = kind_of(kind);
    seen.event_id = event_id;
    seen.origin = origin;
    seen.stage_id = stage_id;
    seen.stage = stage;
    seen.pipeline = pipeline;
    seen.status = status_of(status);
    seen.amount = {amount_said, money_of(amount)};
    seen.currency = {currency_said, currency};
    seen.owner = {owner_said, owner};
    return seen;
}

} // namespace pgcrm::store
