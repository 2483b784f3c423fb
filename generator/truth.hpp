// What a correct reader of the bodies must come to, counted while they are made.
#pragma once

#include "delivery.hpp"
#include "office.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::gen {

struct truth {
    std::uint64_t bodies = 0; // = distinct events + repeats + broken bodies
    std::uint64_t distinct_events = 0;
    std::uint64_t repeats = 0;
    std::uint64_t leads_created = 0;
    std::vector<std::uint64_t> events; // distinct, by number of the name in `office::event_names`
    std::array<std::uint64_t, static_cast<std::size_t>(defect::count)> broken{};

    void count(const delivery &made);
    std::uint64_t broken_bodies() const noexcept;
};

std::string_view to_text(defect flaw) noexcept;

// One JSON object with a member for each office.
std::string truth_json(std::span<const office> offices, std::span<const truth> truths);

} // namespace pgcrm::gen
