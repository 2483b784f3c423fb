#include "store/observation/stage_definition_table.hpp"

#include "store/observation/claim.hpp"
#include "store/rows/prepared.hpp"
#include "store/rows/server_value.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

// Key order, so that two batches with the same events never wait for each other.
std::vector<stage_definition_row> in_key_order(std::span<const stage_definition_row> rows) {
    std::vector<stage_definition_row> ordered(rows.begin(), rows.end());
    std::sort(ordered.begin(), ordered.end(), [](const auto &a, const auto &b) {
        return std::tie(a.origin, a.event_id) < std::tie(b.origin, b.event_id);
    });
    return ordered;
}

parameters arrays_of(const std::vector<stage_definition_row> &rows) {
    std::vector<std::string_view> origins, events, stages;
    std::vector<std::optional<std::string_view>> names, pipelines;
    std::vector<std::optional<std::int64_t>> positions;
    std::vector<std::optional<pgcxx::timestamptz>> times;
    std::vector<bool> deleted;
    for (const stage_definition_row &row : rows) {
        origins.push_back(row.origin);
        events.push_back(row.event_id);
        stages.push_back(row.says.stage_id);
        names.push_back(row.says.name);
        pipelines.push_back(row.says.pipeline);
        positions.push_back(row.says.position);
        times.push_back(to_server(row.says.defined_at));
        deleted.push_back(row.says.is_deleted);
    }
    parameters with;
    with.add(origins).add(events).add(stages).add(names).add(pipelines).add(positions).add(times);
    return with.add(deleted);
}

} // namespace

void write_stage_definitions(pgcxx::spi::session &sql, const account &of,
                             std::span<const stage_definition_row> rows) {
    if (rows.empty())
        return;
    statement text;
    text
        << "insert into " << table_of(of, "stage_definition")
        << " (origin, event_id, stage_id, name, pipeline, position, defined_at, is_deleted)"
           " select u.* from unnest($1, $2, $3, $4, $5, $6, $7, $8) u"
           " on conflict (origin, event_id) do update set stage_id = excluded.stage_id, name = excluded.name,"
           " pipeline = excluded.pipeline, position = excluded.position, defined_at = excluded.defined_at,"
           " is_deleted = excluded.is_deleted";
    execute(sql, text, arrays_of(in_key_order(rows)));
}

void withdraw_stage_definition(pgcxx::spi::session &sql, const account &of, std::string_view origin,
                               std::string_view event_id) {
    // A rebuild under way has deleted the row and made it again: what to delete is looked for by a statement
    // that began after it.
    statement wait;
    wait << "select from " << table_of(of, "stage_definition")
         << " d where d.origin = $1 and d.event_id = $2 for update";
    sql.execute(wait, origin, event_id);
    statement text;
    text << "delete from " << table_of(of, "stage_definition")
         << " d where d.origin = $1 and d.event_id = $2";
    sql.execute(text, origin, event_id);
    mark_whole_account(sql, of);
}

void forget_stage_definitions(pgcxx::spi::session &sql, const account &of, std::string_view origin) {
    statement text;
    text << "delete from " << table_of(of, "stage_definition") << " d where d.origin = $1";
    sql.execute(text, origin);
}

} // namespace pgcrm::store
