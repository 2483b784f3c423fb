#include "core/history/stage_order.hpp"

#include "core/text/ascii.hpp"

#include <algorithm>
#include <compare>
#include <span>

namespace pgcrm {
namespace {

void sort_by_id(std::vector<stage_definition> &stages) {
    const bool are_numbers = std::all_of(
        stages.begin(), stages.end(), [](const stage_definition &s) { return is_whole_number(s.stage_id); });
    std::sort(stages.begin(), stages.end(), [are_numbers](const auto &a, const auto &b) {
        if (are_numbers)
            if (const int order = compare_whole_numbers(a.stage_id, b.stage_id); order != 0)
                return order < 0;
        return a.stage_id < b.stage_id;
    });
}

// Compared member by member, a seat is before those that are later in the pipeline.
struct seat {
    std::optional<std::int64_t>
        position; // of the leader, whose id is the nearest that has one; none: in front
    std::size_t leader;
    std::size_t number; // of the stage, in order of ids
    friend auto operator<=>(const seat &, const seat &) = default;
};

// A stage with a position leads itself, and those behind it that have none.
std::vector<seat> seats_of(std::span<const stage_definition> by_id) {
    std::vector<seat> seats;
    seat next{};
    for (const stage_definition &stage : by_id) {
        if (stage.position)
            next = {stage.position, next.number, next.number};
        seats.push_back(next);
        ++next.number;
    }
    std::sort(seats.begin(), seats.end());
    return seats;
}

} // namespace

stage_order::stage_order(std::vector<stage_definition> stages) {
    std::map<std::string, std::vector<stage_definition>> pipelines;
    for (stage_definition &stage : stages)
        pipelines[stage.pipeline].push_back(std::move(stage));
    for (auto &[pipeline, members] : pipelines) {
        sort_by_id(members);
        std::int32_t rank = 0;
        for (const seat &each : seats_of(members))
            places_.emplace(members[each.number].stage_id, stage_place{pipeline, ++rank});
    }
}

const stage_place *stage_order::find(std::string_view stage_id) const noexcept {
    auto found = places_.find(stage_id);
    return found == places_.end() ? nullptr : &found->second;
}

bool keeps_outcomes(const std::map<std::string, stage_place, std::less<>> &before, const stage_order &now) {
    // Sort the old stages by their new places; the old ranks must then ascend within each pipeline.
    std::map<std::string_view, std::vector<std::pair<std::int32_t, std::int32_t>>> ranks; // new, old
    for (const auto &[stage_id, old] : before) {
        const stage_place *place = now.find(stage_id);
        if (place == nullptr || place->pipeline != old.pipeline)
            return false;
        ranks[place->pipeline].emplace_back(place->rank, old.rank);
    }
    for (auto &[pipeline, pairs] : ranks) {
        std::sort(pairs.begin(), pairs.end());
        if (!std::is_sorted(pairs.begin(), pairs.end(), [](auto a, auto b) { return a.second < b.second; }))
            return false;
    }
    return true;
}

} // namespace pgcrm
