// What leads contribute to all marts, added up.
#pragma once

#include "core/marts/mart_cells.hpp"

#include <memory>
#include <span>
#include <vector>

namespace pgcrm {

// The texts of cells are those of the leads' facts, which outlive the sums.
class mart_sums {
public:
    mart_sums();

    // Adds (sign 1) or takes away (sign -1) what one lead contributes.
    void add(const lead_facts &of_one_lead, int sign);

    void remove_zero_cells();
    void clear() noexcept;

    // Cells of all marts.
    std::size_t size() const noexcept;

    // Of each mart, in the order of marts().
    std::span<const std::unique_ptr<mart_cells>> all() const noexcept { return cells_; }

private:
    friend class mart_totals;

    std::vector<std::unique_ptr<mart_cells>> cells_;
};

// The sum of many sums, with the texts of its cells.
class mart_totals {
public:
    void add(const mart_sums &part);

    const mart_sums &sums() const noexcept { return sums_; }

private:
    mart_sums sums_;
    kept_texts texts_;
};

} // namespace pgcrm
