#include "store/marts/restatement.hpp"

#include "store/rows/prepared.hpp"
#include "store/rows/server_value.hpp"

#include <algorithm>
#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::statement;
using pgcxx::to_datum;

constexpr std::array<pgcxx::wanted_column, 9> restatement_columns{{{"run_id", INT8OID},
                                                                   {"lead_id", TEXTOID},
                                                                   {"mart", TEXTOID},
                                                                   {"month", DATEOID},
                                                                   {"stage_id", TEXTOID},
                                                                   {"part", TEXTOID},
                                                                   {"measure", TEXTOID},
                                                                   {"delta", NUMERICOID},
                                                                   {"cause", TEXTOID}}};

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
         << " and not exists (select from " << table
         << " p where p.through_month >= ($1 - interval '1 month')::date)";
    execute(sql, text, parameters().add(to_server(month)).add(run_id).add(started_at));
}

bool restatements::has_reported(std::span<const stay> stays) const {
    return std::any_of(stays.begin(), stays.end(),
                       [this](const stay &s) { return is_reported(s.entry_month); });
}

void restatements::compare(std::string_view lead_id, std::span<const stay> before,
                           std::span<const stay> now) {
    if (!by_.reported_through || (!has_reported(before) && !has_reported(now)) ||
        std::equal(before.begin(), before.end(), now.begin(), now.end()))
        return;
    mart_sums delta;
    delta.add(before, -1);
    delta.add(now, 1);
    delta.remove_zero_cells();
    add(lead_id, "funnel_monthly", delta.funnel());
    add(lead_id, "funnel_monthly_by_owner", delta.by_owner());
    add(lead_id, "funnel_amount_monthly", delta.amounts());
}

void restatements::add(std::string_view lead_id, std::string_view mart,
                       const mart_cells<funnel_measures> &cells) {
    for (const auto &[cell, measures] : cells) {
        for (const funnel_count &each : funnel_counts)
            if (each.is_dated || by_.logs_all)
                add(lead_id, mart, cell, each.name, measures.*each.value, 0);
        if (by_.logs_all)
            add(lead_id, mart, cell, "settled_seconds", measures.settled_microseconds, 6);
    }
}

void restatements::add(std::string_view lead_id, std::string_view mart,
                       const mart_cells<amount_measures> &cells) {
    for (const auto &[cell, measures] : cells) {
        add(lead_id, mart, cell, "entries", measures.entries, 0);
        add(lead_id, mart, cell, "first_entries", measures.first_entries, 0);
        add(lead_id, mart, cell, "entry_amount", measures.entry_hundredths, 2);
        add(lead_id, mart, cell, "first_entry_amount", measures.first_entry_hundredths, 2);
    }
}

void restatements::add(std::string_view lead_id, std::string_view mart, const mart_cell &cell,
                       std::string_view measure, wide_integer delta, std::size_t decimals) {
    if (delta == 0 || !is_reported(cell.month))
        return;
    changes_.push_back({lead_id, mart, cell, measure,
                        decimals == 0   ? pgcrm::to_text(delta)
                        : decimals == 2 ? amount_text(delta)
                                        : seconds_text(delta)});
}

void restatements::write(pgcxx::spi::session &sql, const account &of) const {
    if (changes_.empty())
        return;
    pgcxx::table_row_builder built(of.name, "restatement", restatement_columns);
    built.reserve(changes_.size());
    for (const change &each : changes_)
        built.add(std::array<NullableDatum, restatement_columns.size()>{
            to_datum(by_.run_id), to_datum(each.lead_id), to_datum(each.mart),
            to_datum(to_server(each.cell.month)), to_datum(each.cell.stage_id), to_datum(each.cell.part),
            to_datum(each.measure), NullableDatum{numeric_datum(each.delta), false},
            to_datum(to_text(by_.cause))});
    statement text;
    text << "insert into " << table_of(of, "restatement")
         << " as t (run_id, lead_id, mart, month, stage_id, part, measure, delta, cause)"
            " select r.run_id, r.lead_id, r.mart, r.month, r.stage_id, r.part, r.measure, r.delta, r.cause"
            " from unnest($1) r on conflict (run_id, lead_id, mart, month, stage_id, part, measure)"
            " do update set delta = t.delta + excluded.delta";
    execute(sql, text, parameters().add_typed(built.array(), built.array_type()));
}

} // namespace pgcrm::store
