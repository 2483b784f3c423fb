// Delays are stated as quantiles, like all waiting in this generator.
#include "delivery.hpp"

#include <span>

namespace pgcrm::gen {
namespace {

using namespace std::chrono;

constexpr milliseconds usual_delay{350};

// Quantiles at 0, 10, 20 ... 100 percent, in seconds.
constexpr std::array<std::int64_t, 11> held_up{2, 4, 8, 15, 30, 60, 150, 400, 1200, 3000, 7200};
constexpr std::int64_t hour = 3600;
constexpr std::array<std::int64_t, 11> late{1 * hour,   2 * hour,   3 * hour,  6 * hour,
                                            12 * hour,  24 * hour,  40 * hour, 72 * hour,
                                            120 * hour, 240 * hour, 504 * hour};
constexpr std::array<std::int64_t, 11> until_repeated{3,   20,   60,       60,       120,      300,
                                                      600, 1800, 3 * hour, 8 * hour, 26 * hour};

constexpr std::array<std::optional<std::uint16_t>, 6> failures{500, 502, 503, 504, 429, std::nullopt};

// A quantile in whole seconds, and some milliseconds.
milliseconds some_time(std::span<const std::int64_t> quantiles, dice &random) {
    const seconds whole{random.quantile(quantiles)};
    return whole + milliseconds{random.below(1000)};
}

// What comes late has been tried before, without success.
void plan_first(delivery_plan &plan, const delivery_rates &rates, dice &random) {
    delivery_plan::arrival &first = plan.arrivals[0];
    first.after = usual_delay;
    if (random.chance(rates.disorder)) {
        first.after += some_time(held_up, random);
    }
    if (random.chance(rates.late)) {
        first.after += some_time(late, random);
        first.notes.try_count = static_cast<std::uint16_t>(random.between(1, 9));
        first.notes.last_returned_code = random.one_of(failures);
    }
}

void plan_repeats(delivery_plan &plan, const delivery_rates &rates, dice &random) {
    per_million again = rates.duplicates;
    while (plan.count < delivery_plan::max_arrivals && random.chance(again)) {
        const delivery_plan::arrival &before = plan.arrivals[plan.count - 1];
        delivery_plan::arrival &repeat = plan.arrivals[plan.count];
        repeat.after = before.after + some_time(until_repeated, random);
        repeat.notes.try_count = static_cast<std::uint16_t>(before.notes.try_count + 1);
        repeat.notes.has_succeeded = random.chance(150'000);
        repeat.notes.last_returned_code =
            repeat.notes.has_succeeded ? std::optional<std::uint16_t>{200} : random.one_of(failures);
        ++plan.count;
        again = 250'000;
    }
}

bool may_break(const change &what) noexcept {
    return what.kind == subject_kind::lead && !what.is(aspect::deleted | aspect::filler);
}

// `share` of all bodies is share / (1 - share) of the whole ones.
per_million share_to_odds(per_million share) noexcept {
    return static_cast<per_million>(std::uint64_t{share} * 1'000'000 / (1'000'000 - share));
}

} // namespace

delivery_plan plan_delivery(const delivery_rates &rates, const office &of, const change &what,
                            std::uint16_t name) {
    delivery_plan plan;
    if (what.is(aspect::filler)) {
        plan.arrivals[0].after = usual_delay;
        return plan;
    }
    const auto at = static_cast<std::uint64_t>(what.at.time_since_epoch().count());
    dice random(mix(of.seed, mix(at, what.subject, what.order), name));
    plan_first(plan, rates, random);
    plan_repeats(plan, rates, random);
    if (may_break(what) && random.chance(share_to_odds(rates.broken))) {
        plan.broken = static_cast<defect>(random.below(static_cast<std::uint32_t>(defect::count)));
    }
    return plan;
}

} // namespace pgcrm::gen
