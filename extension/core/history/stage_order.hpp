// The stage order: which stage of a pipeline is later than which.
//
// Within a pipeline stages are ordered by position, then by id. A stage without a position
// stands right behind the stage with a position whose id is the nearest smaller one, before
// all where there is none: ids grow about as boards do from left to right, and what is told
// of one stage must not throw back those of which nothing was ever told.
//
//   ids 201 202 203 204      positions 202: 1, 203: 9      order 201 202 203 204
//                            positions 202: 9, 203: 1      order 201 203 204 202
//
// Ids compare as numbers when all ids of the pipeline are whole numbers, else as text in
// "C". A stage belongs to the pipeline that its definition names now, whatever
// an old event called that pipeline: a rename moves nothing.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm {

struct stage_definition {
    std::string stage_id;
    std::string pipeline;
    std::optional<std::int64_t> position;
};

struct stage_place {
    std::string pipeline;
    std::int32_t rank = 0; // 1, 2, ... within the pipeline
    friend bool operator==(const stage_place &, const stage_place &) = default;
};

class stage_order {
public:
    explicit stage_order(std::vector<stage_definition> stages);

    // The place of a stage, null when the stage is not defined.
    const stage_place *find(std::string_view stage_id) const noexcept;

    const std::map<std::string, stage_place, std::less<>> &places() const noexcept { return places_; }

private:
    std::map<std::string, stage_place, std::less<>> places_;
};

// Whether outcomes that were derived with the places `before` still hold with `now`: every
// stage is in the pipeline it was in, and no two stages have changed sides.
bool keeps_outcomes(const std::map<std::string, stage_place, std::less<>> &before, const stage_order &now);

} // namespace pgcrm
