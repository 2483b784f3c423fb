#include "store/history/lead_table.hpp"

#include "store/rows/prepared.hpp"
#include "store/rows/server_value.hpp"

#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::statement;
using pgcxx::to_datum;

constexpr std::array<pgcxx::wanted_column, 11> lead_columns{{{"lead_id", TEXTOID},
                                                             {"stage_id", TEXTOID},
                                                             {"pipeline", TEXTOID},
                                                             {"entered_at", TIMESTAMPTZOID},
                                                             {"status", TEXTOID},
                                                             {"amount", NUMERICOID},
                                                             {"currency", TEXTOID},
                                                             {"owner", TEXTOID},
                                                             {"created_at", TIMESTAMPTZOID},
                                                             {"closed_at", TIMESTAMPTZOID},
                                                             {"deleted_at", TIMESTAMPTZOID}}};

lead_status status_of(std::string_view text) {
    if (const auto status = parse_lead_status(text))
        return *status;
    throw pgcxx::error(ERRCODE_DATA_CORRUPTED, "unknown status \"" + std::string(text) + "\" of a lead");
}

// In the order of lead_columns.
std::array<NullableDatum, lead_columns.size()> values_of(std::string_view lead_id, const lead_state &now) {
    return {to_datum(lead_id),
            to_datum(now.stage_id),
            to_datum(now.pipeline),
            to_datum(to_server(now.entered_at)),
            to_datum(to_text(now.status)),
            numeric_value(now.amount),
            to_datum(now.currency),
            to_datum(now.owner),
            to_datum(to_server(now.created_at)),
            to_datum(to_server(now.closed_at)),
            to_datum(to_server(now.deleted_at))};
}

parameters rows_of(const account &of, const std::vector<written_state> &states) {
    pgcxx::table_row_builder built(of.name, "lead_current", lead_columns);
    built.reserve(states.size());
    for (const auto &[lead_id, now] : states)
        built.add(values_of(lead_id, now));
    return parameters().add_typed(built.array(), built.array_type());
}

// The rows of $1. To ask for each whether it is there already would cost as much as its index entry.
statement lead_insertion(const account &of) {
    statement text;
    return text << "insert into " << table_of(of, "lead_current")
                << " (lead_id, stage_id, pipeline, entered_at, status, amount, currency, owner, created_at,"
                   " closed_at, deleted_at) select r.lead_id, r.stage_id, r.pipeline, r.entered_at, r.status,"
                   " r.amount, r.currency, r.owner, r.created_at, r.closed_at, r.deleted_at"
                   " from unnest($1) r";
}

constexpr pgcxx::sql_literal replacing_lead =
    " on conflict (lead_id) do update set (stage_id, pipeline, entered_at, status, amount, currency, owner,"
    " created_at, closed_at, deleted_at) = row(excluded.stage_id, excluded.pipeline, excluded.entered_at,"
    " excluded.status, excluded.amount, excluded.currency, excluded.owner, excluded.created_at,"
    " excluded.closed_at, excluded.deleted_at)";

} // namespace

statement select_states(const account &of) {
    statement text;
    return text << "select l.lead_id, l.stage_id, l.pipeline, l.entered_at, l.status,"
                   " (l.amount * 100)::bigint, l.currency, l.owner, l.created_at, l.closed_at, l.deleted_at"
                   " from "
                << table_of(of, "lead_current") << " l";
}

lead_state state_of(const stored_state &row) {
    const auto &[lead, stage, pipeline, entered, status, amount, currency, owner, created, closed, deleted] =
        row;
    lead_state state;
    state.stage_id = stage;
    state.pipeline = pipeline;
    state.entered_at = from_server(entered);
    state.status = status_of(status);
    state.amount = money_of(amount);
    state.currency = currency;
    state.owner = owner;
    state.created_at = from_server(created);
    state.closed_at = from_server(closed);
    state.deleted_at = from_server(deleted);
    return state;
}

void state_changes::compare(std::string_view lead_id, const std::optional<lead_state> &stored,
                            const lead_state &now, bool has_observations) {
    if (!has_observations) {
        if (stored)
            gone_.push_back(lead_id);
    } else if (!stored) {
        added_.emplace_back(lead_id, now);
    } else if (*stored != now) {
        changed_.emplace_back(lead_id, now);
    }
}

void state_changes::write(pgcxx::spi::session &sql, const account &of) const {
    if (!gone_.empty())
        sql.execute(statement() << "delete from " << table_of(of, "lead_current")
                                << " l where l.lead_id = any ($1)",
                    gone_);
    if (!added_.empty())
        execute(sql, lead_insertion(of), rows_of(of, added_));
    if (!changed_.empty())
        execute(sql, lead_insertion(of) << replacing_lead, rows_of(of, changed_));
}

} // namespace pgcrm::store
