// What a lead contributes to funnel_monthly, and the sum of such contributions.
//
// Every mart is a sum over leads of a contribution computed from that lead's stays alone;
// so a refresh subtracts what the stored stays contributed and adds what the new ones do.
#pragma once

#include "core/stays.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace pgcrm {

// 128 bits: microseconds of a batch of many leads with long stays exceed 64.
__extension__ typedef __int128 wide_integer;

std::string to_text(wide_integer value);
// Microseconds as seconds with six decimals: a text that numeric_in accepts.
std::string seconds_text(wide_integer microseconds);

struct funnel_measures {
    std::int64_t entries = 0;
    std::int64_t first_entries = 0;
    std::int64_t reopened_in_place = 0;
    std::int64_t leads = 0;
    std::int64_t advanced = 0;
    std::int64_t moved_back = 0;
    std::int64_t handed_off = 0;
    std::int64_t won = 0;
    std::int64_t lost = 0;
    std::int64_t cancelled = 0;
    std::int64_t deleted = 0;
    std::int64_t still_open = 0;
    std::int64_t settled_stays = 0;
    wide_integer settled_microseconds = 0;

    bool is_zero() const noexcept { return *this == funnel_measures{}; }
    friend bool operator==(const funnel_measures &, const funnel_measures &) = default;
};

struct funnel_cell {
    day month; // of entry
    std::string stage_id;
    friend auto operator<=>(const funnel_cell &, const funnel_cell &) = default;
};

// Ordered by cell: marts are written in key order.
class funnel_sum {
public:
    // Adds (sign 1) or takes away (sign -1) what one lead's stays contribute. The stays are in
    // order of stay_no.
    void add(std::span<const stay> of_one_lead, int sign);

    void remove_zero_cells();

    const std::map<funnel_cell, funnel_measures> &cells() const noexcept { return cells_; }

private:
    std::map<funnel_cell, funnel_measures> cells_;
};

} // namespace pgcrm
