// From an event to the bodies that arrive: the first delivery, perhaps late, perhaps
// overtaken, perhaps repeated because the answer got lost, and now and then a body that
// is of no use.
//
// A broken body is one more body with an id of its own: the event it was made from arrives
// whole as well. So what the good bodies say does not depend on how many are broken.
#pragma once

#include "settings.hpp"
#include "webhook.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>

namespace pgcrm::gen {

struct delivery {
    moment at; // what the deliveries are ordered by
    event what;
    delivery_notes notes;
    std::optional<defect> flaw;
    bool is_repeat = false;

    auto place() const noexcept { return std::tuple(at, what.id, notes.try_count); }
};

// All that chance decides about the deliveries of an event.
struct delivery_plan {
    struct arrival {
        std::chrono::milliseconds after{}; // the change
        delivery_notes notes;
    };

    static constexpr std::size_t max_arrivals = 5;
    std::array<arrival, max_arrivals> arrivals; // the first, then the repeats
    std::size_t count = 1;
    std::optional<defect> broken; // one more, right after the first

    std::uint64_t bodies() const noexcept { return count + (broken ? 1 : 0); }
};

// The same for the same event; `what` need not have an id yet.
delivery_plan plan_delivery(const delivery_rates &rates, const office &of, const change &what,
                            std::uint16_t name);

} // namespace pgcrm::gen
