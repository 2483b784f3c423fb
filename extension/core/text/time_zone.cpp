#include "core/text/time_zone.hpp"

#include <algorithm>

namespace pgcrm {
namespace {

constexpr std::int64_t microseconds_per_second = 1'000'000;
constexpr std::int64_t microseconds_per_day = 86'400 * microseconds_per_second;

} // namespace

std::int32_t time_zone::offset_at(instant at) const noexcept {
    if (offsets_.empty())
        return 0;
    auto after = std::upper_bound(offsets_.begin(), offsets_.end(), at,
                                  [](instant t, const zone_offset &o) { return t < o.since; });
    return after == offsets_.begin() ? after->offset_seconds : std::prev(after)->offset_seconds;
}

day time_zone::month_of(instant at) const noexcept {
    const std::int64_t local = at.microseconds + offset_at(at) * microseconds_per_second;
    return pgcrm::month_of(day{static_cast<std::int32_t>(floor_divide(local, microseconds_per_day))});
}

} // namespace pgcrm
