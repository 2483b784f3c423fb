// When leads come in: a growing office with weeks, seasons, campaigns and quiet nights.
//
// Each hour of the window has a weight; a lead goes to the hour where its share of the
// total weight falls. So any number of leads follows the same curve, and the leads of an
// hour are known without looking at the others.
#pragma once

#include "moment.hpp"

#include <cstdint>
#include <vector>

namespace pgcrm::gen {

struct arrival {
    std::uint32_t lead_no = 0; // from 0, in order of creation
    moment at;
};

class season {
public:
    season(const window &w, std::uint64_t seed);

    std::int64_t hours() const noexcept { return static_cast<std::int64_t>(weight_before_.size()) - 1; }

    // The leads, out of `leads` in the whole window, that come in in the hour; in order.
    void arrivals(std::int64_t hour, std::uint32_t leads, std::vector<arrival> &out) const;

private:
    std::uint32_t leads_before(std::int64_t hour, std::uint32_t leads) const noexcept;

    window window_;
    std::uint64_t seed_;
    std::vector<std::uint64_t> weight_before_; // of all hours before this one
};

} // namespace pgcrm::gen
