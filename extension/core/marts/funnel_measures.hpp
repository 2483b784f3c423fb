// What the marts of the funnel count of stays, by whatever they divide it beside month and stage.
#pragma once

#include "core/marts/mart_definition.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

namespace pgcrm {

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
    duration_sum settled_seconds;

    friend bool operator==(const funnel_measures &, const funnel_measures &) = default;
};

// Dated ones follow from the entry alone.
inline constexpr auto funnel_measure_columns = std::tuple(
    dated("entries", &funnel_measures::entries, "Stays that began"),
    dated("first_entries", &funnel_measures::first_entries, "Of these, each lead's first in the stage"),
    dated("reopened_in_place", &funnel_measures::reopened_in_place,
          "Of these, leads that were reopened in the stage in which they were closed"),
    dated("leads", &funnel_measures::leads, "Different leads that entered"),
    ripening("advanced", &funnel_measures::advanced, "Stays that ended in a later stage of the pipeline"),
    ripening("moved_back", &funnel_measures::moved_back,
             "Stays that ended in an earlier stage of the pipeline"),
    ripening("handed_off", &funnel_measures::handed_off, "Stays that ended in another pipeline"),
    ripening("won", &funnel_measures::won, "Stays that ended by winning"),
    ripening("lost", &funnel_measures::lost, "Stays that ended by losing"),
    ripening("cancelled", &funnel_measures::cancelled, "Stays that ended by cancelling"),
    ripening("deleted", &funnel_measures::deleted, "Stays that ended by deletion of the lead"),
    ripening("still_open", &funnel_measures::still_open, "Stays that have not ended"),
    ripening("settled_stays", &funnel_measures::settled_stays,
             "Stays that have ended, whose time is in settled_seconds"),
    ripening("settled_seconds", &funnel_measures::settled_seconds,
             "Sum of the seconds of the stays that have ended"));

// The cells that one lead was counted in. Most leads are in a few, so a list is the fastest set; it becomes a
// sorted one when it gets long.
template <class Key> class counted_cells {
public:
    // False when it was counted there already.
    bool insert(const Key &cell) {
        const auto end = cells_.begin() + static_cast<std::ptrdiff_t>(sorted_);
        if (std::binary_search(cells_.begin(), end, cell) ||
            std::find(end, cells_.end(), cell) != cells_.end())
            return false;
        cells_.push_back(cell);
        if (cells_.size() > 2 * sorted_ + 16) {
            std::sort(cells_.begin(), cells_.end());
            sorted_ = cells_.size();
        }
        return true;
    }

private:
    std::vector<Key> cells_;
    std::size_t sorted_ = 0; // so many of them are in order
};

// What is known of a stay beside itself.
struct funnel_entry {
    bool is_in_place;      // reopened in the stage in which it was
    bool is_first_of_cell; // the lead's first one in this cell
};

void add_stay(const stay &s, const funnel_entry &entry, int sign, funnel_measures &to) noexcept;

// Counts each stay of a lead in the cell that `cell_of` gives for it.
template <class Cells, class CellOf>
void add_stays(const lead_facts &lead, int sign, Cells &to, CellOf cell_of) {
    counted_cells<typename Cells::key> counted;
    const stay *previous = nullptr;
    for (const stay &s : lead.stays) {
        const typename Cells::key cell = cell_of(s);
        const bool is_in_place = s.is_reopened && previous != nullptr && previous->stage_id == s.stage_id;
        add_stay(s, {is_in_place, counted.insert(cell)}, sign, to.at(cell));
        previous = &s;
    }
}

} // namespace pgcrm
