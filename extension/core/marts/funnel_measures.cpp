#include "core/marts/funnel_measures.hpp"

namespace pgcrm {
namespace {

std::int64_t &counter_of(stay_outcome outcome, funnel_measures &in) noexcept {
    switch (outcome) {
    case stay_outcome::advanced:
        return in.advanced;
    case stay_outcome::moved_back:
        return in.moved_back;
    case stay_outcome::handed_off:
        return in.handed_off;
    case stay_outcome::won:
        return in.won;
    case stay_outcome::lost:
        return in.lost;
    case stay_outcome::cancelled:
        return in.cancelled;
    case stay_outcome::deleted:
        return in.deleted;
    case stay_outcome::open:
        break;
    }
    return in.still_open;
}

void add_duration(const stay &s, int sign, funnel_measures &to) noexcept {
    if (!s.exited_at)
        return;
    to.settled_stays += sign;
    to.settled_seconds.microseconds += sign * (s.exited_at->microseconds - s.entered_at.microseconds);
}

} // namespace

void add_stay(const stay &s, const funnel_entry &entry, int sign, funnel_measures &to) noexcept {
    to.entries += sign;
    to.first_entries += s.is_first_entry ? sign : 0;
    to.reopened_in_place += entry.is_in_place ? sign : 0;
    to.leads += entry.is_first_of_cell ? sign : 0;
    counter_of(s.outcome, to) += sign;
    add_duration(s, sign, to);
}

} // namespace pgcrm
