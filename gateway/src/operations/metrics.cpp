#include "operations/metrics.hpp"

#include <algorithm>

namespace pgcrm::gateway {

void histogram::observe(std::uint64_t value) noexcept {
    const auto *bound = std::lower_bound(bounds.begin(), bounds.end(), value);
    buckets_[static_cast<std::size_t>(bound - bounds.begin())].add();
    sum_.add(value);
}

std::uint64_t histogram::count_up_to(std::size_t bound) const noexcept {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i <= bound; ++i)
        count += buckets_[i].value();
    return count;
}

metrics::metrics() {
    for (const unsigned status : {200U, 400U, 401U, 404U, 405U, 408U, 411U, 413U, 414U, 415U, 417U, 429U,
                                  431U, 500U, 501U, 503U, 505U})
        answers.try_emplace(status);
}

void metrics::count_answer(unsigned status) {
    if (const auto found = answers.find(status); found != answers.end())
        found->second.add();
}

void metrics::set_statuses(std::vector<account_status> statuses) {
    const std::scoped_lock lock(statuses_mutex_);
    statuses_ = std::move(statuses);
}

std::vector<account_status> metrics::statuses() const {
    const std::scoped_lock lock(statuses_mutex_);
    return statuses_;
}

} // namespace pgcrm::gateway
