// What a refresh or a rebuild has done.
#pragma once

#include <cstdint>

namespace pgcrm::store {

struct refresh_counts {
    std::int64_t leads = 0;
    std::int64_t observations = 0;
    std::int64_t stays_written = 0;
    std::int64_t cells_changed = 0; // of all marts

    refresh_counts &operator+=(const refresh_counts &other) noexcept {
        leads += other.leads;
        observations += other.observations;
        stays_written += other.stays_written;
        cells_changed += other.cells_changed;
        return *this;
    }
};

} // namespace pgcrm::store
