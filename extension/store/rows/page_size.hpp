// How many bodies to read at once: as many of the size of the last ones as take a bounded amount of memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace pgcrm::store {

class page_size {
public:
    std::uint32_t rows() const noexcept { return rows_; }

    void learn(std::int64_t bytes, std::size_t rows) {
        const auto average = bytes / static_cast<std::int64_t>(rows) + 1;
        rows_ = static_cast<std::uint32_t>(std::clamp<std::int64_t>(memory / average, 1, 1000));
    }

private:
    static constexpr std::int64_t memory = std::int64_t{16} * 1024 * 1024;
    std::uint32_t rows_ = 100;
};

} // namespace pgcrm::store
