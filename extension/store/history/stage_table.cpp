#include "store/history/stage_table.hpp"

#include "store/rows/prepared.hpp"

#include <optional>
#include <tuple>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

using spelling = std::tuple<std::string_view, std::string_view, std::string_view>; // stage, name, pipeline

std::map<spelling, instant> latest_spellings(std::span<const observation> seen) {
    std::map<spelling, instant> latest;
    for (const observation &each : seen) {
        // A deletion says nothing but itself.
        if (!each.stage_id || each.kind == observation_kind::deleted)
            continue;
        instant &at = latest[{*each.stage_id, each.stage.value_or(""), each.pipeline.value_or("")}];
        at = std::max(at, each.occurred_at);
    }
    return latest;
}

parameters arrays_of(const std::map<spelling, instant> &latest) {
    std::vector<std::string_view> stages, names, pipelines;
    std::vector<pgcxx::timestamptz> times;
    for (const auto &[each, at] : latest) {
        stages.push_back(std::get<0>(each));
        names.push_back(std::get<1>(each));
        pipelines.push_back(std::get<2>(each));
        times.push_back(pgcxx::timestamptz::from_unix_micros(at.microseconds));
    }
    return parameters().add(stages).add(names).add(pipelines).add(times);
}

} // namespace

void describe_stages(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text
        << "insert into " << table_of(of, "stage")
        << " as t (stage_id, name, pipeline, source_position, is_deleted)"
           " select s.stage_id,"
           " coalesce((array_agg(s.name order by s.at desc, s.name desc)"
           " filter (where s.name <> ''))[1], s.stage_id),"
           " coalesce((array_agg(s.pipeline order by s.at desc, s.pipeline desc)"
           " filter (where s.pipeline <> ''))[1], ''),"
           " (array_agg(s.position order by s.word desc) filter (where s.position is not null))[1],"
           " coalesce((array_agg(s.is_deleted order by s.word desc)"
           " filter (where s.is_deleted is not null))[1], false)"
           " from (select n.stage_id, n.name, n.pipeline, n.last_seen_at as at, null::bigint as position,"
           " null::bigint as word, null::boolean as is_deleted from "
        << table_of(of, "stage_seen")
        << " n union all select d.stage_id, d.name, d.pipeline, coalesce(d.defined_at, '-infinity'),"
           " d.position, row_number() over (order by d.defined_at nulls first, i.is_number desc,"
           " case when i.is_number then length(ltrim(d.event_id, '0')) end,"
           " case when i.is_number then ltrim(d.event_id, '0') end, d.event_id, d.origin), d.is_deleted from "
        << table_of(of, "stage_definition")
        << " d cross join lateral (select d.event_id ~ '^[0-9]+$' as is_number) i) s group by s.stage_id"
           " on conflict (stage_id) do update set name = coalesce(t.own_name, excluded.name),"
           " pipeline = coalesce(t.own_pipeline, excluded.pipeline),"
           " source_position = excluded.source_position, is_deleted = excluded.is_deleted"
           " where (t.name, t.pipeline, t.source_position, t.is_deleted) is distinct from"
           " (coalesce(t.own_name, excluded.name), coalesce(t.own_pipeline, excluded.pipeline),"
           " excluded.source_position, excluded.is_deleted)";
    execute(sql, text, parameters());
}

void note_stages(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen) {
    const auto latest = latest_spellings(seen);
    if (latest.empty())
        return;
    statement text;
    text << "insert into " << table_of(of, "stage_seen")
         << " as s (stage_id, name, pipeline, last_seen_at)"
            " select u.stage_id, u.name, u.pipeline, u.last_seen_at"
            " from unnest($1, $2, $3, $4) u(stage_id, name, pipeline, last_seen_at)"
            " on conflict (stage_id, name, pipeline) do update set last_seen_at = excluded.last_seen_at"
            " where s.last_seen_at < excluded.last_seen_at";
    if (execute(sql, text, arrays_of(latest)) > 0)
        describe_stages(sql, of);
}

void note_all_stages(pgcxx::spi::session &sql, const account &of) {
    statement forget;
    forget << "delete from " << table_of(of, "stage_seen");
    sql.execute(forget);
    statement text;
    text << "insert into " << table_of(of, "stage_seen")
         << " (stage_id, name, pipeline, last_seen_at)"
            " select o.stage_id, coalesce(o.stage, ''), coalesce(o.pipeline, ''), max(o.occurred_at) from "
         << table_of(of, "observation")
         << " o where o.stage_id is not null and o.kind <> 'deleted' group by 1, 2, 3";
    sql.execute(text);
    describe_stages(sql, of);
    statement vanished;
    vanished << "delete from " << table_of(of, "stage")
             << " s where s.position is null and s.funnel_step is null and s.kpi_name is null"
                " and s.own_name is null and s.own_pipeline is null and not exists (select from "
             << table_of(of, "stage_seen") << " n where n.stage_id = s.stage_id) and not exists (select from "
             << table_of(of, "stage_definition") << " d where d.stage_id = s.stage_id)";
    sql.execute(vanished);
}

stage_order read_stage_order(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text << "select s.stage_id, s.pipeline, coalesce(s.position, s.source_position) from "
         << table_of(of, "stage") << " s";
    std::vector<stage_definition> stages;
    for (const auto &[stage_id, pipeline, position] :
         query<std::string, std::string, std::optional<std::int64_t>>(sql, text, parameters()))
        stages.push_back({stage_id, pipeline, position});
    return stage_order(std::move(stages));
}

std::map<std::string, stage_place, std::less<>> read_built_places(pgcxx::spi::session &sql,
                                                                  const account &of) {
    statement text;
    text << "select s.stage_id, s.built_pipeline, s.built_rank from " << table_of(of, "stage")
         << " s where s.built_pipeline is not null and s.built_rank is not null";
    std::map<std::string, stage_place, std::less<>> places;
    for (const auto &[stage_id, pipeline, rank] :
         query<std::string, std::string, std::int32_t>(sql, text, parameters()))
        places.emplace(stage_id, stage_place{pipeline, rank});
    return places;
}

void write_built_places(pgcxx::spi::session &sql, const account &of, const stage_order &order) {
    std::vector<std::string_view> stages, pipelines;
    std::vector<std::int32_t> ranks;
    for (const auto &[stage_id, place] : order.places()) {
        stages.push_back(stage_id);
        pipelines.push_back(place.pipeline);
        ranks.push_back(place.rank);
    }
    statement text;
    text << "update " << table_of(of, "stage")
         << " s set built_pipeline = u.pipeline, built_rank = u.rank"
            " from unnest($1, $2, $3) u(stage_id, pipeline, rank)"
            " where s.stage_id = u.stage_id"
            " and (s.built_pipeline, s.built_rank) is distinct from (u.pipeline, u.rank)";
    execute(sql, text, parameters().add(stages).add(pipelines).add(ranks));
}

} // namespace pgcrm::store
