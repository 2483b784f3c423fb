// The weight of an hour is a product of factors, each around 100: trend, month, day of the
// week, hour of the day, and two that nobody can foresee.
#include "season.hpp"

#include <algorithm>
#include <array>

namespace pgcrm::gen {
namespace {

using namespace std::chrono;

// January to December: spring and autumn are good, the holidays are not.
constexpr std::array<std::uint64_t, 12> of_month{82, 96, 110, 108, 106, 100, 95, 94, 101, 108, 100, 68};

// Sunday to Saturday, as <chrono> counts.
constexpr std::array<std::uint64_t, 7> of_weekday{52, 122, 118, 112, 110, 104, 82};

// By the local clock: forms are filled in after breakfast, after lunch and before bed.
constexpr std::array<std::uint64_t, 24> of_hour{18,  9,   5,   4,   4,   8,   24,  58,  104, 158, 186, 190,
                                                176, 162, 150, 158, 172, 178, 164, 140, 122, 104, 72,  38};

std::uint64_t trend(const window &w, moment at) noexcept {
    return 75 + static_cast<std::uint64_t>((at - w.from) * 50 / (w.until - w.from));
}

// Some days, and some weeks, are just better; in one week of twelve there is a campaign.
std::uint64_t luck(sys_days date, std::uint64_t seed) noexcept {
    const auto day_no = static_cast<std::uint64_t>(date.time_since_epoch().count());
    const std::uint64_t of_day = 70 + mix(seed, day_no, 'd') % 61;
    const std::uint64_t week = mix(seed, day_no / 7, 'w');
    const std::uint64_t of_week = 80 + week % 41 + (week >> 32) % 12 / 11 * 35;
    return of_day * of_week / 100;
}

std::uint64_t weight(const window &w, moment at, std::uint64_t seed) noexcept {
    const moment local = at + local_offset;
    const sys_days date = floor<days>(local);
    const auto hour_of_day = static_cast<std::size_t>((local - date) / hours{1});
    const unsigned month_of_year = unsigned{year_month_day{date}.month()};
    // Five factors of about 100 make 10^10; 10^4 is fine enough, and keeps a century of
    // hours times a thousand million leads below 2^64.
    return trend(w, at) * of_month[month_of_year - 1] * of_weekday[weekday{date}.c_encoding()] *
           of_hour[hour_of_day] * luck(date, seed) / 1'000'000;
}

} // namespace

season::season(const window &w, std::uint64_t seed) : window_(w), seed_(mix(seed, digest("season"))) {
    weight_before_.reserve(static_cast<std::size_t>(w.hours()) + 1);
    weight_before_.push_back(0);
    for (moment at = w.from; at < w.until; at += std::chrono::hours{1}) {
        weight_before_.push_back(weight_before_.back() + weight(w, at, seed_));
    }
}

std::uint32_t season::leads_before(std::int64_t hour, std::uint32_t leads) const noexcept {
    const std::uint64_t before = weight_before_[static_cast<std::size_t>(hour)];
    return static_cast<std::uint32_t>(before * leads / weight_before_.back());
}

void season::arrivals(std::int64_t hour, std::uint32_t leads, std::vector<arrival> &out) const {
    const std::uint32_t first = leads_before(hour, leads);
    const std::uint32_t last = leads_before(hour + 1, leads);
    out.clear();
    dice random(mix(seed_, static_cast<std::uint64_t>(hour), 'h'));
    for (std::uint32_t lead_no = first; lead_no < last; ++lead_no) {
        out.push_back(
            {lead_no, window_.from + std::chrono::hours{hour} + milliseconds{random.below(3'600'000)}});
    }
    std::ranges::sort(out, {}, &arrival::at);
    for (std::uint32_t i = 0; i < out.size(); ++i) {
        out[i].lead_no = first + i;
    }
}

} // namespace pgcrm::gen
