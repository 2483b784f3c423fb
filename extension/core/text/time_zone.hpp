// The months of an account: calendar months in the account's time zone.
//
// A zone is the list of its offset changes, which the server reads from its own zone
// database; so the months counted here and those that SQL's `at time zone` gives are
// the same, also where clocks go back across midnight on the first of a month
// (America/St_Johns did so at 00:01 on 2009-11-01), which no table of month starts can express.
#pragma once

#include "core/text/instant.hpp"

#include <cstdint>
#include <vector>

namespace pgcrm {

// From `since` on, local time is UTC plus `offset_seconds`.
struct zone_offset {
    instant since;
    std::int32_t offset_seconds;
};

class time_zone {
public:
    // `offsets` are in ascending order; the first one also holds before its own start.
    // An empty list is UTC.
    explicit time_zone(std::vector<zone_offset> offsets) : offsets_(std::move(offsets)) {}

    // First day of the local month that `at` lies in.
    day month_of(instant at) const noexcept;

private:
    std::int32_t offset_at(instant at) const noexcept;

    std::vector<zone_offset> offsets_;
};

} // namespace pgcrm
