#include "core/history/stage_order.hpp"

#include "core/text/ascii.hpp"

#include <algorithm>

namespace pgcrm {
namespace {

bool is_whole_number(std::string_view text) noexcept {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Digits of any length, compared as the numbers they spell.
int compare_numbers(std::string_view a, std::string_view b) noexcept {
    a = without_leading_zeros(a);
    b = without_leading_zeros(b);
    if (a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

class earlier {
public:
    explicit earlier(bool ids_are_numbers) : ids_are_numbers_(ids_are_numbers) {}

    bool operator()(const stage_definition &a, const stage_definition &b) const noexcept {
        if (a.position.has_value() != b.position.has_value())
            return a.position.has_value();
        if (a.position != b.position)
            return a.position < b.position;
        if (ids_are_numbers_)
            if (const int order = compare_numbers(a.stage_id, b.stage_id); order != 0)
                return order < 0;
        return a.stage_id < b.stage_id;
    }

private:
    bool ids_are_numbers_;
};

} // namespace

stage_order::stage_order(std::vector<stage_definition> stages) {
    std::map<std::string, std::vector<stage_definition>> pipelines;
    for (stage_definition &stage : stages)
        pipelines[stage.pipeline].push_back(std::move(stage));
    for (auto &[pipeline, members] : pipelines) {
        const bool are_numbers = std::all_of(members.begin(), members.end(), [](const stage_definition &s) {
            return is_whole_number(s.stage_id);
        });
        std::sort(members.begin(), members.end(), earlier(are_numbers));
        std::int32_t rank = 0;
        for (const stage_definition &stage : members)
            places_.emplace(stage.stage_id, stage_place{pipeline, ++rank});
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
