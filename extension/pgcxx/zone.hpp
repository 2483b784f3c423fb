// The server's time zones, as data.
#pragma once

#include "pgcxx/guard.hpp"
#include "pgcxx/time.hpp"

namespace pgcxx {

// From `since` on (seconds since 1970-01-01 UTC), local time is UTC plus `offset_seconds`.
struct zone_change {
    std::int64_t since;
    std::int64_t offset_seconds;
};

namespace detail {

struct zone_step {
    int found; // -1 failed, 0 the zone keeps its offset, 1 it changes at `boundary`
    long before;
    pg_time_t boundary;
    long after;
};

inline zone_step next_change(const pg_tz *zone, pg_time_t at) {
    zone_step step{};
    int before_is_dst = 0;
    int after_is_dst = 0;
    step.found = pg_next_dst_boundary(&at, &step.before, &before_is_dst, &step.boundary, &step.after,
                                      &after_is_dst, zone);
    return step;
}

} // namespace detail

// The offsets of the zone from `from` until `until` (seconds since 1970-01-01 UTC), in order; the
// first holds from `from` on. Empty when the server knows no such zone.
inline std::vector<zone_change> zone_changes(const std::string &name, std::int64_t from, std::int64_t until) {
    std::vector<zone_change> changes;
    const pg_tz *zone = call(pg_tzset, name.c_str());
    if (zone == nullptr)
        return changes;
    // Only reads tables in memory: it cannot raise.
    detail::zone_step step = detail::next_change(zone, from);
    if (step.found >= 0)
        changes.push_back({from, step.before});
    while (step.found > 0 && step.boundary < until) {
        changes.push_back({step.boundary, step.after});
        step = detail::next_change(zone, step.boundary);
    }
    return changes;
}

} // namespace pgcxx
