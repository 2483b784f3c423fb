// Things that wait for their hour. They may be put in for the hour being looked at or any
// later one, in any order, and are taken out hour by hour.
#pragma once

#include "moment.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace pgcrm::gen {

template <class Thing> class timeline {
public:
    explicit timeline(moment begin) : begin_(begin) {}

    void put(moment at, const Thing &thing) {
        const auto hour = static_cast<std::size_t>((at - begin_) / std::chrono::hours{1});
        if (hour >= hours_.size()) {
            hours_.resize(hour + 1);
        }
        hours_[hour].push_back(thing);
        ++waiting_;
    }

    // What waits for the hour, in order of its `place()`.
    std::vector<Thing> take(std::int64_t hour) {
        if (static_cast<std::size_t>(hour) >= hours_.size()) {
            return {};
        }
        std::vector<Thing> due = std::exchange(hours_[static_cast<std::size_t>(hour)], {});
        waiting_ -= due.size();
        std::ranges::sort(due, {}, &Thing::place);
        return due;
    }

    bool is_empty() const noexcept { return waiting_ == 0; }

private:
    moment begin_;
    std::vector<std::vector<Thing>> hours_;
    std::size_t waiting_ = 0;
};

} // namespace pgcrm::gen
