#include "core/marts/marts.hpp"

#include <algorithm>
#include <vector>

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

void add_stay(const stay &s, bool is_in_place, bool is_first_of_lead, int sign,
              funnel_measures &to) noexcept {
    to.entries += sign;
    to.first_entries += s.is_first_entry ? sign : 0;
    to.reopened_in_place += is_in_place ? sign : 0;
    to.leads += is_first_of_lead ? sign : 0;
    counter_of(s.outcome, to) += sign;
    add_duration(s, sign, to);
}

// The cells that one lead was counted in. Most leads are in a few, so a list is the fastest set; it becomes a
// sorted one when it gets long.
class counted_cells {
public:
    // False when it was counted there already.
    bool insert(const mart_cell &cell) {
        const auto end = cells_.begin() + static_cast<std::ptrdiff_t>(sorted_);
        if (std::binary_search(cells_.begin(), end, cell) ||
            std::find(end, cells_.end(), cell) != cells_.end())
            return false;
        cells_.push_back(cell);
        if (cells_.size() > 2 * sorted_ + 16) {
            std::sort(cells_.begin(), cells_.end());
            sorted_ = cells_.size();
        }
        return true;
    }

private:
    std::vector<mart_cell> cells_;
    std::size_t sorted_ = 0; // so many of them are in order
};

std::string decimal_text(wide_integer scaled, std::size_t decimals) {
    const bool is_negative = scaled < 0;
    std::string digits = to_text(is_negative ? -scaled : scaled);
    if (digits.size() <= decimals)
        digits.insert(0, decimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - decimals, 1, '.');
    return is_negative ? "-" + digits : digits;
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

std::string seconds_text(wide_integer microseconds) { return decimal_text(microseconds, 6); }

std::string amount_text(wide_integer hundredths) { return decimal_text(hundredths, 2); }

void mart_sums::add(std::span<const stay> of_one_lead, int sign) {
    counted_cells counted, counted_by_owner;
    const stay *previous = nullptr;
    for (const stay &s : of_one_lead) {
        const mart_cell cell{s.entry_month, s.stage_id, {}};
        const mart_cell owned{s.entry_month, s.stage_id, s.owner.value_or(std::string_view())};
        const bool is_in_place = s.is_reopened && previous != nullptr && previous->stage_id == s.stage_id;
        add_stay(s, is_in_place, counted.insert(cell), sign, funnel_[cell]);
        add_stay(s, is_in_place, counted_by_owner.insert(owned), sign, by_owner_[owned]);
        add_amount(s, sign);
        previous = &s;
    }
}

void mart_sums::add_amount(const stay &s, int sign) {
    if (!s.amount)
        return;
    amount_measures &to =
        amounts_[mart_cell{s.entry_month, s.stage_id, s.currency.value_or(std::string_view())}];
    const wide_integer amount = sign * wide_integer{s.amount->hundredths};
    to.entries += sign;
    to.entry_hundredths += amount;
    if (s.is_first_entry) {
        to.first_entries += sign;
        to.first_entry_hundredths += amount;
    }
}

void mart_sums::remove_zero_cells() {
    const auto is_zero = [](const auto &cell) { return cell.second.is_zero(); };
    std::erase_if(funnel_, is_zero);
    std::erase_if(by_owner_, is_zero);
    std::erase_if(amounts_, is_zero);
}

funnel_measures &funnel_measures::operator+=(const funnel_measures &other) noexcept {
    for (const funnel_count &each : funnel_counts)
        this->*each.value += other.*each.value;
    settled_microseconds += other.settled_microseconds;
    return *this;
}

amount_measures &amount_measures::operator+=(const amount_measures &other) noexcept {
    entries += other.entries;
    first_entries += other.first_entries;
    entry_hundredths += other.entry_hundredths;
    first_entry_hundredths += other.first_entry_hundredths;
    return *this;
}

void mart_totals::add(const mart_sums &part) {
    add(part.funnel_, sums_.funnel_);
    add(part.by_owner_, sums_.by_owner_);
    add(part.amounts_, sums_.amounts_);
}

template <class Measures> void mart_totals::add(const mart_cells<Measures> &part, mart_cells<Measures> &to) {
    for (const auto &[cell, measures] : part) {
        auto found = to.lower_bound(cell);
        if (found == to.end() || found->first != cell)
            found = to.emplace_hint(found, mart_cell{cell.month, kept(cell.stage_id), kept(cell.part)},
                                    Measures{});
        found->second += measures;
    }
}

std::string_view mart_totals::kept(std::string_view text) {
    const auto found = texts_.find(text);
    return found != texts_.end() ? *found : *texts_.emplace(text).first;
}

} // namespace pgcrm
