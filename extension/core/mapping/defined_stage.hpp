// What one event says of the definition of a stage: plain data, whose texts are views into memory that the
// caller keeps, like those of an observation.
#pragma once

#include "core/text/instant.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace pgcrm {

struct defined_stage {
    std::string_view stage_id;
    std::optional<std::string_view> name; // null: unsaid, as all below
    std::optional<std::int64_t> position;
    std::optional<std::string_view> pipeline;
    std::optional<instant> defined_at; // by the source's clock
    bool is_deleted = false;
};

} // namespace pgcrm
