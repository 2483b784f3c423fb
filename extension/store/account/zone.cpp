#include "store/account/zone.hpp"

#include "pgcxx/pgcxx.hpp"

#include <map>

namespace pgcrm::store {
namespace {

// One day wider on both sides than the times that an event may carry (1970 up to 2200).
constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t first_second = -seconds_per_day;
constexpr std::int64_t last_second = 84'006 * seconds_per_day + seconds_per_day;

time_zone read_zone(const std::string &name) {
    std::vector<zone_offset> offsets;
    for (const pgcxx::zone_change &each : pgcxx::zone_changes(name, first_second, last_second))
        offsets.push_back({instant{each.since * 1'000'000}, static_cast<std::int32_t>(each.offset_seconds)});
    if (offsets.empty())
        throw pgcxx::error(ERRCODE_INVALID_PARAMETER_VALUE, "time zone \"" + name + "\" does not exist")
            .hint("View pg_timezone_names lists the names.");
    return time_zone(std::move(offsets));
}

} // namespace

void check_zone_name(std::string_view name) {
    if (name == "UTC")
        return;
    pgcxx::spi::session sql;
    const auto found = sql.query<bool>("select true from pg_catalog.pg_timezone_names z"
                                       " where z.name = $1 and z.name ~ '^[A-Z][A-Za-z_]+/'",
                                       name);
    if (found.empty())
        throw pgcxx::error(ERRCODE_INVALID_PARAMETER_VALUE, "unknown time zone \"" + std::string(name) + "\"")
            .hint("Use UTC or a full name of view pg_timezone_names, such as America/Mexico_City.");
}

const time_zone &zone_named(const std::string &name) {
    static auto *const zones = new std::map<std::string, time_zone>; // per backend, never freed
    auto found = zones->find(name);
    if (found == zones->end())
        found = zones->emplace(name, read_zone(name)).first;
    return found->second;
}

} // namespace pgcrm::store
