#include "core/marts/mart_cells.hpp"

#include <algorithm>

namespace pgcrm {

bool may_leave_nothing(const cell_row &added) noexcept {
    bool is_taken_from = false;
    for (const cell_value &each : added.measures)
        if (const auto *count = std::get_if<std::int64_t>(&each); count != nullptr && *count != 0) {
            if (*count > 0)
                return false;
            is_taken_from = true;
        }
    return is_taken_from;
}

std::string_view kept_texts::keep(std::string_view text) {
    const auto found = texts_.find(text);
    return found != texts_.end() ? *found : *texts_.emplace(text).first;
}

} // namespace pgcrm
