#include "store/stay_table.hpp"

#include "store/server_value.hpp"

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

} // namespace

stays_of_leads::columns stays_of_leads::read(pgcxx::spi::session &sql, const account &of,
                                             const std::vector<std::string> &leads) {
    statement text;
    text << "select s.lead_id, s.stay_no, s.life_no, s.stage_id, s.pipeline, s.owner, (s.amount * "
            "100)::bigint,"
            " (s.exit_amount * 100)::bigint, s.currency, s.entered_at, s.exited_at, s.entry_month, "
            "s.exit_month,"
            " s.outcome, s.is_first_entry, s.is_reopened, s.is_inferred, s.entry_event_id, s.exit_event_id "
            "from "
         << table_of(of, "stage_history") << " s where s.lead_id = any ($1) order by s.lead_id, s.stay_no";
    return sql.query<std::string_view, std::int32_t, std::int32_t, std::string_view, std::string_view,
                     std::optional<std::string_view>, std::optional<std::int64_t>,
                     std::optional<std::int64_t>, std::optional<std::string_view>, pgcxx::timestamptz,
                     std::optional<pgcxx::timestamptz>, pgcxx::date, std::optional<pgcxx::date>,
                     std::string_view, bool, bool, bool, std::string_view, std::optional<std::string_view>>(
        text, leads);
}

stays_of_leads::stays_of_leads(pgcxx::spi::session &sql, const account &of,
                               const std::vector<std::string> &leads)
    : rows_(read(sql, of, leads)) {
    for (const auto &[lead, stay_no, life_no, stage_id, pipeline, owner, amount, exit_amount, currency,
                      entered, exited, entry_month, exit_month, outcome, is_first_entry, is_reopened,
                      is_inferred, entry_event, exit_event] : rows_) {
        stay row;
        row.stay_no = stay_no;
        row.life_no = life_no;
        row.stage_id = stage_id;
        row.pipeline = pipeline;
        row.owner = owner;
        row.amount = money_of(amount);
        row.exit_amount = money_of(exit_amount);
        row.currency = currency;
        row.entered_at = from_server(entered);
        row.exited_at = from_server(exited);
        row.entry_month = from_server(entry_month);
        row.exit_month = from_server(exit_month);
        row.outcome = outcome_of(outcome);
        row.is_first_entry = is_first_entry;
        row.is_reopened = is_reopened;
        row.is_inferred = is_inferred;
        row.entry_event_id = entry_event;
        row.exit_event_id = exit_event;
        leads_[lead].push_back(row);
    }
}

std::span<const stay> stays_of_leads::of(std::string_view lead_id) const {
    auto found = leads_.find(lead_id);
    return found == leads_.end() ? std::span<const stay>() : std::span<const stay>(found->second);
}

void stay_changes::compare(std::string_view lead_id, std::span<const stay> stored,
                           std::span<const stay> derived) {
    auto old = stored.begin();
    for (const stay &each : derived) {
        // A gap in the stored numbers (a row that somebody deleted) is filled again.
        while (old != stored.end() && old->stay_no < each.stay_no)
            surplus_.push_back({lead_id, *old++});
        const bool is_stored = old != stored.end() && old->stay_no == each.stay_no;
        if (!is_stored || *old != each)
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
    if (!changed_.empty())
        write_changed(sql, of);
    return static_cast<std::int64_t>(changed_.size() + surplus_.size());
}

void stay_changes::write_changed(pgcxx::spi::session &sql, const account &of) const {
    pgcxx::table_row_builder built(of.name, "stage_history", stay_columns);
    built.reserve(changed_.size());
    for (const written_stay &each : changed_)
        built.add(values_of(each.lead_id, each.row));
    statement text;
    text
        << "insert into " << table_of(of, "stage_history")
        << " (lead_id, stay_no, life_no, stage_id, pipeline, owner, amount, exit_amount, currency, "
           "entered_at, exited_at, entry_month, exit_month, outcome, is_first_entry, is_reopened, "
           "is_inferred,"
           " entry_event_id, exit_event_id)"
           " select r.lead_id, r.stay_no, r.life_no, r.stage_id, r.pipeline, r.owner, r.amount, "
           "r.exit_amount,"
           " r.currency, r.entered_at, r.exited_at, r.entry_month, r.exit_month, r.outcome, r.is_first_entry,"
           " r.is_reopened, r.is_inferred, r.entry_event_id, r.exit_event_id from unnest($1) r"
           " on conflict (lead_id, stay_no) do update set (life_no, stage_id, pipeline, owner, amount,"
           " exit_amount, currency, entered_at, exited_at, entry_month, exit_month, outcome, is_first_entry,"
           " is_reopened, is_inferred, entry_event_id, exit_event_id)"
           " = row(excluded.life_no, excluded.stage_id, excluded.pipeline, excluded.owner, excluded.amount,"
           " excluded.exit_amount, excluded.currency, excluded.entered_at, excluded.exited_at,"
           " excluded.entry_month, excluded.exit_month, excluded.outcome, excluded.is_first_entry,"
           " excluded.is_reopened, excluded.is_inferred, excluded.entry_event_id, excluded.exit_event_id)";
    execute(sql, text, parameters().add_typed(built.array(), built.array_type()));
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
