// How many leads an office must have to deliver a given number of bodies is found by
// trying: lives are cheap as long as no body is written.
#include "configuration.hpp"
#include "office_stream.hpp"

#include <algorithm>

namespace pgcrm::gen {
namespace {

// Leads looked at to estimate; the mean of so many is right within a few percent.
constexpr std::uint32_t sample_size = 4000;

class census {
public:
    census(const office &of, const season &when, const delivery_rates &rates)
        : office_(of), season_(when), rates_(rates) {}

    // The bodies that `leads` leads make; only every `stride`th is looked at.
    std::uint64_t bodies(std::uint32_t leads, std::uint32_t stride) {
        std::uint64_t of_leads = 0;
        for (std::int64_t hour = 0; hour < season_.hours(); ++hour) {
            season_.arrivals(hour, leads, arrivals_);
            for (const arrival &each : arrivals_) {
                of_leads += each.lead_no % stride == 0 ? bodies_of_lead(each) : 0;
            }
        }
        return of_leads * stride + configuration_changes(office_).size();
    }

private:
    std::uint64_t bodies_of_lead(const arrival &born) {
        life_.clear();
        live(office_, {.lead_no = born.lead_no, .at = born.at}, life_);
        std::uint64_t bodies = 0;
        for (const change &each : life_) {
            for (const std::uint16_t name : events_of(office_, each)) {
                bodies += plan_delivery(rates_, office_, each, name).bodies();
            }
        }
        return bodies;
    }

    const office &office_;
    const season &season_;
    const delivery_rates &rates_;
    std::vector<arrival> arrivals_; // reused
    std::vector<change> life_;      // reused
};

std::uint32_t in_proportion(std::uint32_t leads, std::uint64_t wanted, std::uint64_t found) noexcept {
    const std::uint64_t some = std::uint64_t{leads} * wanted / std::max<std::uint64_t>(found, 1);
    return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(some, 1, 100'000'000));
}

} // namespace

staffing plan_staffing(const office &of, const season &when, const delivery_rates &rates,
                       std::uint64_t bodies) {
    census count(of, when, rates);
    const auto guess = static_cast<std::uint32_t>(std::max<std::uint64_t>(bodies / 16, 1));
    const std::uint32_t stride = std::max(guess / sample_size, 1U);
    // Three percent less, so that the first guess is seldom too high.
    std::uint32_t leads = in_proportion(guess, bodies - bodies * 3 / 100, count.bodies(guess, stride));
    std::uint64_t made = count.bodies(leads, 1);
    while (made > bodies && leads > 1) {
        leads = std::min(leads - 1, in_proportion(leads, bodies - bodies / 100, made));
        made = count.bodies(leads, 1);
    }
    // One lead may be too many for a handful of bodies; then the stream just ends early.
    return {.leads = leads, .extra_comments = bodies - std::min(bodies, made)};
}

} // namespace pgcrm::gen
