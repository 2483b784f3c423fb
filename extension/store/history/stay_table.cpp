#include "store/history/stay_table.hpp"

#include "store/rows/prepared.hpp"
#include "store/rows/server_value.hpp"

#include <array>
#include <optional>

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::statement;

stay_outcome outcome_of(std::string_view text) {
    if (const auto outcome = parse_stay_outcome(text))
        return *outcome;
    throw error(ERRCODE_DATA_CORRUPTED, "unknown outcome \"" + std::string(text) + "\" in a stay");
}

constexpr std::array<pgcxx::wanted_column, 19> stay_columns{{{"lead_id", TEXTOID},
                                                             {"stay_no", INT4OID},
                                                             {"life_no", INT4OID},
                                                             {"stage_id", TEXTOID},
                                                             {"pipeline", TEXTOID},
                                                             {"owner", TEXTOID},
                                                             {"amount", NUMERICOID},
                                                             {"exit_amount", NUMERICOID},
                                                             {"currency", TEXTOID},
                                                             {"entered_at", TIMESTAMPTZOID},
                                                             {"exited_at", TIMESTAMPTZOID},
                                                             {"entry_month", DATEOID},
                                                             {"exit_month", DATEOID},
                                                             {"outcome", TEXTOID},
                                                             {"is_first_entry", BOOLOID},
                                                             {"is_reopened", BOOLOID},
                                                             {"is_inferred", BOOLOID},
                                                             {"entry_event_id", TEXTOID},
                                                             {"exit_event_id", TEXTOID}}};

// In the order of stay_columns.
std::array<NullableDatum, stay_columns.size()> values_of(std::string_view lead_id, const stay &of) {
    using pgcxx::to_datum;
    return {to_datum(lead_id),
            to_datum(of.stay_no),
            to_datum(of.life_no),
            to_datum(of.stage_id),
            to_datum(of.pipeline),
            to_datum(of.owner),
            numeric_value(of.amount),
            numeric_value(of.exit_amount),
            to_datum(of.currency),
            to_datum(to_server(of.entered_at)),
            to_datum(to_server(of.exited_at)),
            to_datum(to_server(of.entry_month)),
            to_datum(to_server(of.exit_month)),
            to_datum(to_text(of.outcome)),
            to_datum(of.is_first_entry),
            to_datum(of.is_reopened),
            to_datum(of.is_inferred),
            to_datum(of.entry_event_id),
            to_datum(of.exit_event_id)};
}

parameters rows_of(const account &of, const std::vector<written_stay> &stays) {
    pgcxx::table_row_builder built(of.name, "stage_history", stay_columns);
    built.reserve(stays.size());
    for (const written_stay &each : stays)
        built.add(values_of(each.lead_id, each.row));
    return parameters().add_typed(built.array(), built.array_type());
}

// The rows of $1. To ask for each whether it is there already would cost as much as its index entry.
statement stay_insertion(const account &of) {
    statement text;
    return text
           << "insert into " << table_of(of, "stage_history")
           << " (lead_id, stay_no, life_no, stage_id, pipeline, owner, amount, exit_amount, currency,"
              " entered_at, exited_at, entry_month, exit_month, outcome, is_first_entry, is_reopened,"
              " is_inferred, entry_event_id, exit_event_id)"
              " select r.lead_id, r.stay_no, r.life_no, r.stage_id, r.pipeline, r.owner, r.amount,"
              " r.exit_amount, r.currency, r.entered_at, r.exited_at, r.entry_month, r.exit_month, r.outcome,"
              " r.is_first_entry, r.is_reopened, r.is_inferred, r.entry_event_id, r.exit_event_id"
              " from unnest($1) r";
}

constexpr pgcxx::sql_literal replacing_stay =
    " on conflict (lead_id, stay_no) do update set (life_no, stage_id, pipeline, owner, amount, exit_amount,"
    " currency, entered_at, exited_at, entry_month, exit_month, outcome, is_first_entry, is_reopened,"
    " is_inferred, entry_event_id, exit_event_id) = row(excluded.life_no, excluded.stage_id,"
    " excluded.pipeline, excluded.owner, excluded.amount, excluded.exit_amount, excluded.currency,"
    " excluded.entered_at, excluded.exited_at, excluded.entry_month, excluded.exit_month, excluded.outcome,"
    " excluded.is_first_entry, excluded.is_reopened, excluded.is_inferred, excluded.entry_event_id,"
    " excluded.exit_event_id)";

} // namespace

statement select_stays(const account &of) {
    statement text;
    return text << "select s.lead_id, s.stay_no, s.life_no, s.stage_id, s.pipeline, s.owner,"
                   " (s.amount * 100)::bigint, (s.exit_amount * 100)::bigint, s.currency, s.entered_at,"
                   " s.exited_at, s.entry_month, s.exit_month, s.outcome, s.is_first_entry, s.is_reopened,"
                   " s.is_inferred, s.entry_event_id, s.exit_event_id from "
                << table_of(of, "stage_history") << " s";
}

stay stay_of(const stored_stay &row) {
    const auto &[lead, stay_no, life_no, stage_id, pipeline, owner, amount, exit_amount, currency, entered,
                 exited, entry_month, exit_month, outcome, is_first_entry, is_reopened, is_inferred,
                 entry_event, exit_event] = row;
    stay stored;
    stored.stay_no = stay_no;
    stored.life_no = life_no;
    stored.stage_id = stage_id;
    stored.pipeline = pipeline;
    stored.owner = owner;
    stored.amount = money_of(amount);
    stored.exit_amount = money_of(exit_amount);
    stored.currency = currency;
    stored.entered_at = from_server(entered);
    stored.exited_at = from_server(exited);
    stored.entry_month = from_server(entry_month);
    stored.exit_month = from_server(exit_month);
    stored.outcome = outcome_of(outcome);
    stored.is_first_entry = is_first_entry;
    stored.is_reopened = is_reopened;
    stored.is_inferred = is_inferred;
    stored.entry_event_id = entry_event;
    stored.exit_event_id = exit_event;
    return stored;
}

void stay_changes::compare(std::string_view lead_id, std::span<const stay> stored,
                           std::span<const stay> derived) {
    auto old = stored.begin();
    for (const stay &each : derived) {
        // A gap in the stored numbers (a row that somebody deleted) is filled again.
        while (old != stored.end() && old->stay_no < each.stay_no)
            surplus_.push_back({lead_id, *old++});
        const bool is_stored = old != stored.end() && old->stay_no == each.stay_no;
        if (!is_stored)
            added_.push_back({lead_id, each});
        else if (*old != each)
            changed_.push_back({lead_id, each});
        if (is_stored)
            ++old;
    }
    for (; old != stored.end(); ++old)
        surplus_.push_back({lead_id, *old});
}

std::int64_t stay_changes::write(pgcxx::spi::session &sql, const account &of) const {
    if (!surplus_.empty())
        delete_surplus(sql, of);
    if (!added_.empty())
        execute(sql, stay_insertion(of), rows_of(of, added_));
    if (!changed_.empty())
        execute(sql, stay_insertion(of) << replacing_stay, rows_of(of, changed_));
    return static_cast<std::int64_t>(added_.size() + changed_.size() + surplus_.size());
}

void stay_changes::delete_surplus(pgcxx::spi::session &sql, const account &of) const {
    std::vector<std::string_view> leads;
    std::vector<std::int32_t> numbers;
    for (const written_stay &each : surplus_) {
        leads.push_back(each.lead_id);
        numbers.push_back(each.row.stay_no);
    }
    statement text;
    text << "delete from " << table_of(of, "stage_history")
         << " s using unnest($1, $2) u(lead_id, stay_no)"
            " where s.lead_id = u.lead_id and s.stay_no = u.stay_no";
    sql.execute(text, leads, numbers);
}

} // namespace pgcrm::store
