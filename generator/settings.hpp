// What is asked of the generator.
#pragma once

#include "moment.hpp"
#include "random.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace pgcrm::gen {

// Of the events; the broken ones, of the bodies.
struct delivery_rates {
    per_million duplicates = 20'000; // are delivered again, once to four times
    per_million late = 5'000;        // come hours to three weeks late
    per_million disorder = 50'000;   // are held up, seconds to two hours, and overtaken
    per_million broken = 500;        // are of no use
};

enum class order { delivery, time };

struct settings {
    std::vector<std::string> offices{"office_a", "office_b", "office_c"};
    std::uint64_t events = 60'000; // bodies in all, the repeated and the broken ones included
    std::uint64_t seed = 1;
    window open{std::chrono::sys_days{std::chrono::year{2024} / 1 / 1},
                std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
    std::uint32_t fields = 0; // custom fields of each lead, beside the four that all leads have
    delivery_rates rates;
    order by = order::delivery;
};

} // namespace pgcrm::gen
