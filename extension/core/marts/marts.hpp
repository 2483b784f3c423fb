// What a lead contributes to the marts, and the sums of such contributions.
//
// Every mart is a sum over leads of a contribution computed from that lead's stays alone;
// so a refresh subtracts what the stored stays contributed and adds what the new ones do.
#pragma once

#include "core/history/stays.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace pgcrm {

// 128 bits: microseconds of a batch of many leads with long stays exceed 64.
__extension__ typedef __int128 wide_integer;

std::string to_text(wide_integer value);
// Microseconds as seconds with six decimals: a text that numeric_in accepts.
std::string seconds_text(wide_integer microseconds);
// Hundredths with two decimals, likewise.
std::string amount_text(wide_integer hundredths);

// Of funnel_monthly and funnel_monthly_by_owner.
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

    funnel_measures &operator+=(const funnel_measures &other) noexcept;
    bool is_zero() const noexcept { return *this == funnel_measures{}; }
    friend bool operator==(const funnel_measures &, const funnel_measures &) = default;
};

// The counts among them, by the names of their columns. Dated ones follow from the entry alone; the others
// ripen as leads go on.
struct funnel_count {
    std::string_view name;
    std::int64_t funnel_measures::*value;
    bool is_dated;
};
inline constexpr std::array<funnel_count, 13> funnel_counts{{
    {"entries", &funnel_measures::entries, true},
    {"first_entries", &funnel_measures::first_entries, true},
    {"reopened_in_place", &funnel_measures::reopened_in_place, true},
    {"leads", &funnel_measures::leads, true},
    {"advanced", &funnel_measures::advanced, false},
    {"moved_back", &funnel_measures::moved_back, false},
    {"handed_off", &funnel_measures::handed_off, false},
    {"won", &funnel_measures::won, false},
    {"lost", &funnel_measures::lost, false},
    {"cancelled", &funnel_measures::cancelled, false},
    {"deleted", &funnel_measures::deleted, false},
    {"still_open", &funnel_measures::still_open, false},
    {"settled_stays", &funnel_measures::settled_stays, false},
}};

// Of funnel_amount_monthly: the stays whose amount at entry is known. Counted as well as added up, so that a
// cell whose amounts happen to make zero is there.
struct amount_measures {
    std::int64_t entries = 0;
    std::int64_t first_entries = 0;
    wide_integer entry_hundredths = 0;
    wide_integer first_entry_hundredths = 0;

    amount_measures &operator+=(const amount_measures &other) noexcept;
    bool is_zero() const noexcept { return *this == amount_measures{}; }
    friend bool operator==(const amount_measures &, const amount_measures &) = default;
};

// Ordered, because marts are written in key order. The third part is what the mart divides by beside month of
// entry and stage: nothing, the owner at entry, or the currency at entry; '' where there is none.
struct mart_cell {
    day month;
    std::string_view stage_id;
    std::string_view part;
    friend auto operator<=>(const mart_cell &, const mart_cell &) = default;
};

template <class Measures> using mart_cells = std::map<mart_cell, Measures>;

// The texts of cells are those of the stays, which outlive the sums.
class mart_sums {
public:
    // Adds (sign 1) or takes away (sign -1) what one lead's stays contribute. The stays are in
    // order of stay_no.
    void add(std::span<const stay> of_one_lead, int sign);

    void remove_zero_cells();

    // Cells of all marts.
    std::size_t size() const noexcept { return funnel_.size() + by_owner_.size() + amounts_.size(); }

    const mart_cells<funnel_measures> &funnel() const noexcept { return funnel_; }
    const mart_cells<funnel_measures> &by_owner() const noexcept { return by_owner_; }
    const mart_cells<amount_measures> &amounts() const noexcept { return amounts_; }

private:
    friend class mart_totals;

    void add_amount(const stay &s, int sign);

    mart_cells<funnel_measures> funnel_, by_owner_;
    mart_cells<amount_measures> amounts_;
};

// The sum of many sums, with the texts of its cells.
class mart_totals {
public:
    void add(const mart_sums &part);

    const mart_sums &sums() const noexcept { return sums_; }

private:
    template <class Measures> void add(const mart_cells<Measures> &part, mart_cells<Measures> &to);
    std::string_view kept(std::string_view text);

    mart_sums sums_;
    std::set<std::string, std::less<>> texts_; // a set does not move what it holds
};

} // namespace pgcrm
