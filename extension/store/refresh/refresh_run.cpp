#include "store/refresh/refresh_run.hpp"

#include "store/rows/prepared.hpp"

#include <optional>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

// Goes on with the run that has no end; how many there were.
std::uint64_t continue_run(pgcxx::spi::session &sql, const account &of, const run_step &step,
                           const std::optional<pgcxx::timestamptz> &ended_at) {
    const pgcxx::identifier table = table_of(of, "refresh_run");
    statement text;
    text << "update " << table
         << " r set kind = case when $1 then 'rebuild' else r.kind end, leads = r.leads + $2,"
            " observations = r.observations + $3, stays_written = r.stays_written + $4,"
            " cells_changed = r.cells_changed + $5, ended_at = $6 where r.ended_at is null"
            " and r.run_id = (select max(n.run_id) from "
         << table << " n)";
    return execute(sql, text,
                   parameters()
                       .add(step.kind == run_kind::rebuild)
                       .add(step.counts.leads)
                       .add(step.counts.observations)
                       .add(step.counts.stays_written)
                       .add(step.counts.cells_changed)
                       .add(ended_at));
}

void begin_run(pgcxx::spi::session &sql, const account &of, const run_step &step,
               const std::optional<pgcxx::timestamptz> &ended_at) {
    const pgcxx::identifier table = table_of(of, "refresh_run");
    statement text;
    text << "insert into " << table
         << " (run_id, kind, started_at, ended_at, leads, observations, stays_written, cells_changed)"
            " select coalesce(max(r.run_id), 0) + 1, case when $1 then 'rebuild' else 'refresh' end, $7, $6,"
            " $2, $3, $4, $5 from "
         << table << " r";
    execute(sql, text,
            parameters()
                .add(step.kind == run_kind::rebuild)
                .add(step.counts.leads)
                .add(step.counts.observations)
                .add(step.counts.stays_written)
                .add(step.counts.cells_changed)
                .add(ended_at)
                .add(step.started_at));
}

run last_run(pgcxx::spi::session &sql, const account &of, pgcxx::timestamptz otherwise) {
    statement text;
    text << "select r.run_id, r.started_at from " << table_of(of, "refresh_run")
         << " r order by r.run_id desc limit 1";
    const auto rows = query<std::int64_t, pgcxx::timestamptz>(sql, text, parameters());
    if (rows.empty())
        return {0, otherwise};
    const auto [id, started_at] = rows.front();
    return {id, started_at};
}

} // namespace

run note_run(pgcxx::spi::session &sql, const account &of, const run_step &step) {
    const auto ended_at = step.is_last ? std::optional(pgcxx::clock_now()) : std::nullopt;
    const bool is_going_on = continue_run(sql, of, step, ended_at) > 0;
    const bool is_new = !is_going_on && (step.counts.leads > 0 || step.kind == run_kind::rebuild);
    if (is_new)
        begin_run(sql, of, step, ended_at);
    run found = last_run(sql, of, step.started_at);
    if (!is_going_on)
        found.started_at = step.started_at;
    return found;
}

} // namespace pgcrm::store
