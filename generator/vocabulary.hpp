// The words that offices, people and deals are made of. Everything is invented; mail
// addresses and hosts end in ".example", which belongs to nobody.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pgcrm::gen {

// How many of the leads that come to a step go on from it, and how long they take.
struct step_words {
    std::string_view name;
    std::uint32_t advance = 700;  // of a thousand; of the last step: how many are won
    std::uint32_t slowness = 100; // percent of the usual time in a step
    std::string_view new_name{};  // as it is called later
    std::uint32_t renamed_at = 0; // percent of the window
    std::uint32_t added_at = 0;   // percent of the window; 0: was there before
    std::uint32_t removed_at = 0; // percent of the window; 0: stays
};

struct pipeline_words {
    std::string_view name;
    std::span<const step_words> steps;
    std::span<const std::int64_t> amounts; // quantiles, in hundredths
    std::uint32_t weight = 1;              // share of new leads
    std::string_view new_name{};
    std::uint32_t renamed_at = 0; // percent of the window
};

struct field_labels {
    std::string_view first_name, last_name, email, phone, message;
};

// One kind of business; the offices take them in turn.
struct business_words {
    std::span<const pipeline_words> pipelines;
    std::span<const std::string_view> subjects;
    std::span<const std::string_view> places;
    std::span<const std::string_view> folders; // first half of the name of a client folder
    std::span<const std::string_view> messages;
    std::span<const std::string_view> tags;
    std::span<const std::string_view> teams;
    field_labels labels;
};

extern const std::array<business_words, 3> businesses;
extern const std::span<const std::string_view> first_names;
extern const std::span<const std::string_view> last_names;
extern const std::span<const std::string_view> mail_hosts;

} // namespace pgcrm::gen
