#include "core/funnel.hpp"

#include <algorithm>
#include <set>

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
    to.settled_microseconds += sign * (s.exited_at->microseconds - s.entered_at.microseconds);
}

} // namespace

std::string to_text(wide_integer value) {
    const bool is_negative = value < 0;
    std::string digits;
    do {
        const int digit = static_cast<int>(value % 10);
        digits.push_back(static_cast<char>('0' + (digit < 0 ? -digit : digit)));
        value /= 10;
    } while (value != 0);
    if (is_negative)
        digits.push_back('-');
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::string seconds_text(wide_integer microseconds) {
    const bool is_negative = microseconds < 0;
    std::string digits = to_text(is_negative ? -microseconds : microseconds);
    if (digits.size() < 7)
        digits.insert(0, 7 - digits.size(), '0');
    digits.insert(digits.size() - 6, 1, '.');
    return is_negative ? "-" + digits : digits;
}

void funnel_sum::add(std::span<const stay> of_one_lead, int sign) {
    std::set<std::pair<day, std::string_view>> counted;
    const stay *previous = nullptr;
    for (const stay &s : of_one_lead) {
        funnel_measures &cell = cells_[funnel_cell{s.entry_month, std::string(s.stage_id)}];
        cell.entries += sign;
        cell.first_entries += s.is_first_entry ? sign : 0;
        cell.reopened_in_place +=
            s.is_reopened && previous != nullptr && previous->stage_id == s.stage_id ? sign : 0;
        cell.leads += counted.emplace(s.entry_month, s.stage_id).second ? sign : 0;
        counter_of(s.outcome, cell) += sign;
        add_duration(s, sign, cell);
        previous = &s;
    }
}

void funnel_sum::remove_zero_cells() {
    std::erase_if(cells_, [](const auto &cell) { return cell.second.is_zero(); });
}

} // namespace pgcrm
