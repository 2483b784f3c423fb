#include "core/marts/mart_sums.hpp"

namespace pgcrm {

mart_sums::mart_sums() {
    cells_.reserve(marts().size());
    for (const mart *each : marts())
        cells_.push_back(each->make_cells());
}

void mart_sums::add(const lead_facts &of_one_lead, int sign) {
    for (const auto &each : cells_)
        each->add(of_one_lead, sign);
}

void mart_sums::remove_zero_cells() {
    for (const auto &each : cells_)
        each->remove_zero_cells();
}

void mart_sums::clear() noexcept {
    for (const auto &each : cells_)
        each->clear();
}

std::size_t mart_sums::size() const noexcept {
    std::size_t sum = 0;
    for (const auto &each : cells_)
        sum += each->size();
    return sum;
}

void mart_totals::add(const mart_sums &part) {
    for (std::size_t i = 0; i < part.cells_.size(); ++i)
        sums_.cells_[i]->add(*part.cells_[i], texts_);
}

} // namespace pgcrm
