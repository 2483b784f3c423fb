#include "store/marts/restatement.hpp"

#include "store/rows/prepared.hpp"
#include "store/rows/server_value.hpp"

#include <algorithm>
#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::statement;
using pgcxx::to_datum;

constexpr std::array<pgcxx::wanted_column, 8> restatement_columns{{{"run_id", INT8OID},
                                                                   {"lead_id", TEXTOID},
                                                                   {"mart", TEXTOID},
                                                                   {"month", DATEOID},
                                                                   {"cell", TEXTARRAYOID},
                                                                   {"measure", TEXTOID},
                                                                   {"delta", NUMERICOID},
                                                                   {"cause", TEXTOID}}};

struct text_of_part {
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(day value) const {
        instant_text text;
        return std::string(write_text(value, text));
    }
    std::string operator()(std::string_view value) const { return std::string(value); }
    std::string operator()(const decimal &value) const { return pgcrm::to_text(value); }
};

// The parts of a key behind its month.
std::vector<std::string> cell_of(const cell_row &row) {
    std::vector<std::string> cell;
    cell.reserve(row.key.size() - 1);
    for (const cell_value &each : row.key.subspan(1))
        cell.push_back(std::visit(text_of_part(), each));
    return cell;
}

decimal number_of(const cell_value &measure) {
    if (const auto *count = std::get_if<std::int64_t>(&measure))
        return {*count, 0};
    return std::get<decimal>(measure);
}

std::string_view to_text(restatement_cause cause) {
    return cause == restatement_cause::event ? "event" : "definition";
}

} // namespace

restating read_restating(pgcxx::spi::session &sql, const account &of, restatement_cause cause) {
    statement text;
    text << "with last as (select r.run_id, r.ended_at from " << table_of(of, "refresh_run")
         << " r order by r.run_id desc limit 1), run as (select coalesce((select case when l.ended_at is null"
            " then l.run_id else l.run_id + 1 end from last l), 1) as run_id)"
            " select run.run_id, (select max(p.through_month) from "
         << table_of(of, "reported")
         << " p where p.run_id < run.run_id), (select a.restatement_scope = 'all' from "
         << table_of(of, "account") << " a) from run";
    const auto rows = query<std::int64_t, std::optional<pgcxx::date>, bool>(sql, text, parameters());
    const auto [run_id, through, logs_all] = rows.front();
    return {run_id, from_server(through), logs_all, cause};
}

void note_reported(pgcxx::spi::session &sql, const account &of, std::int64_t run_id,
                   pgcxx::timestamptz started_at, day month) {
    const pgcxx::identifier table = table_of(of, "reported");
    statement text;
    text << "insert into " << table
         << " (through_month, run_id, reported_at) select ($1 - interval '1 month')::date, $2, $3 from "
         << table_of(of, "account") << " a where coalesce(a.reported_from, '-infinity') <= $3"
         << " and exists (select from " << table_of(of, "refresh_run")
         << " r where r.leads > 0) and not exists (select from " << table
         << " p where p.through_month >= ($1 - interval '1 month')::date)";
    execute(sql, text, parameters().add(to_server(month)).add(run_id).add(started_at));
}

bool restatements::has_reported(const lead_facts &facts) const {
    return std::any_of(facts.stays.begin(), facts.stays.end(),
                       [this](const stay &s) { return is_reported(s.entry_month); });
}

void restatements::compare(std::string_view lead_id, const lead_facts &before, const lead_facts &now) {
    if (!by_.reported_through || (!has_reported(before) && !has_reported(now)) ||
        std::equal(before.stays.begin(), before.stays.end(), now.stays.begin(), now.stays.end()))
        return;
    delta_.clear();
    delta_.add(before, -1);
    delta_.add(now, 1);
    delta_.remove_zero_cells();
    for (const auto &cells : delta_.all())
        cells->for_each([&](const cell_row &cell) { add(lead_id, cells->of(), cell); });
}

void restatements::add(std::string_view lead_id, const mart &of, const cell_row &cell) {
    const day month = std::get<day>(cell.key.front());
    if (!is_reported(month))
        return;
    for (std::size_t i = 0; i < of.measures.size(); ++i) {
        const decimal delta = number_of(cell.measures[i]);
        if (delta.scaled != 0 && (of.measures[i].is_dated || by_.logs_all))
            changes_.push_back(
                {lead_id, of.name, month, cell_of(cell), of.measures[i].name, pgcrm::to_text(delta)});
    }
}

void restatements::write(pgcxx::spi::session &sql, const account &of) const {
    if (changes_.empty())
        return;
    pgcxx::table_row_builder built(of.name, "restatement", restatement_columns);
    built.reserve(changes_.size());
    for (const change &each : changes_)
        built.add(std::array<NullableDatum, restatement_columns.size()>{
            to_datum(by_.run_id), to_datum(each.lead_id), to_datum(each.mart),
            to_datum(to_server(each.month)), to_datum(each.cell), to_datum(each.measure),
            NullableDatum{numeric_datum(each.delta), false}, to_datum(to_text(by_.cause))});
    statement text;
    text << "insert into " << table_of(of, "restatement")
         << " as t (run_id, lead_id, mart, month, cell, measure, delta, cause)"
            " select r.run_id, r.lead_id, r.mart, r.month, r.cell, r.measure, r.delta, r.cause"
            " from unnest($1) r on conflict (run_id, lead_id, mart, month, cell, measure)"
            " do update set delta = t.delta + excluded.delta";
    execute(sql, text, parameters().add_typed(built.array(), built.array_type()));
}

} // namespace pgcrm::store
