#include "store/funnel_table.hpp"

#include "store/prepared.hpp"

#include <array>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::statement;

struct counter {
    std::string_view name; // of the column
    std::int64_t funnel_measures::*value;
};

constexpr std::array<counter, 13> counters{{
    {"entries", &funnel_measures::entries},
    {"first_entries", &funnel_measures::first_entries},
    {"reopened_in_place", &funnel_measures::reopened_in_place},
    {"leads", &funnel_measures::leads},
    {"advanced", &funnel_measures::advanced},
    {"moved_back", &funnel_measures::moved_back},
    {"handed_off", &funnel_measures::handed_off},
    {"won", &funnel_measures::won},
    {"lost", &funnel_measures::lost},
    {"cancelled", &funnel_measures::cancelled},
    {"deleted", &funnel_measures::deleted},
    {"still_open", &funnel_measures::still_open},
    {"settled_stays", &funnel_measures::settled_stays},
}};

void add_keys(parameters &to, const funnel_sum &delta) {
    std::vector<pgcxx::date> months;
    std::vector<std::string_view> stages;
    for (const auto &[cell, measures] : delta.cells()) {
        months.push_back(pgcxx::date::from_unix_days(cell.month.number));
        stages.push_back(cell.stage_id);
    }
    to.add(months).add(stages);
}

void add_measures(parameters &to, const funnel_sum &delta) {
    for (const counter &each : counters) {
        std::vector<std::int64_t> values;
        for (const auto &[cell, measures] : delta.cells())
            values.push_back(measures.*each.value);
        to.add(values);
    }
    std::vector<pgcxx::numeric_text> seconds;
    for (const auto &[cell, measures] : delta.cells())
        seconds.push_back(pgcxx::numeric_text{seconds_text(measures.settled_microseconds)});
    to.add(seconds);
}

statement upsert_statement(const account &of) {
    statement columns, parameters, sums;
    columns << "month, stage_id";
    parameters << "$1, $2";
    std::int64_t number = 2;
    for (const counter &each : counters) {
        const identifier name{each.name};
        columns << ", " << name;
        parameters << ", $" << ++number;
        sums << name << " = f." << name << " + excluded." << name << ", ";
    }
    columns << ", settled_seconds";
    parameters << ", $" << ++number;
    sums << "settled_seconds = f.settled_seconds + excluded.settled_seconds";
    statement text;
    text << "insert into " << table_of(of, "funnel_monthly") << " as f (" << columns
         << ") select u.* from unnest(" << parameters << ") u on conflict (month, stage_id) do update set "
         << sums;
    return text;
}

// An entry counts in every measure's cell: no entries, no cell.
void remove_empty_cells(pgcxx::spi::session &sql, const account &of, const funnel_sum &delta) {
    statement text;
    text << "delete from " << table_of(of, "funnel_monthly")
         << " f using unnest($1, $2) u(month, stage_id)"
            " where f.month = u.month and f.stage_id = u.stage_id and f.entries = 0";
    parameters with;
    add_keys(with, delta);
    planned_now(sql, text, with).execute();
}

} // namespace

std::int64_t add_to_funnel(pgcxx::spi::session &sql, const account &of, const funnel_sum &delta) {
    if (delta.cells().empty())
        return 0;
    parameters with;
    add_keys(with, delta);
    add_measures(with, delta);
    execute(sql, upsert_statement(of), with);
    remove_empty_cells(sql, of, delta);
    return static_cast<std::int64_t>(delta.cells().size());
}

void clear_funnel(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text << "delete from " << table_of(of, "funnel_monthly");
    sql.execute(text);
}

} // namespace pgcrm::store
