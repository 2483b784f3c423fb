// What an administrator does to the pipelines: the steps that are made on the first day,
// and later a new step, one that goes, and new names.
#pragma once

#include "change.hpp"
#include "office.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pgcrm::gen {

// When the step was made; those of the first day in the first minute of the window.
moment step_made_at(const office &of, std::size_t pipeline_no, std::size_t step_no) noexcept;

// In order of time.
std::vector<change> configuration_changes(const office &of);

// `change::subject` of a step or a pipeline holds both numbers.
constexpr std::uint32_t step_subject(std::size_t pipeline_no, std::size_t step_no) noexcept {
    return static_cast<std::uint32_t>(pipeline_no * 256 + step_no);
}
constexpr std::size_t pipeline_of_subject(std::uint32_t subject) noexcept { return subject / 256; }
constexpr std::size_t step_of_subject(std::uint32_t subject) noexcept { return subject % 256; }

} // namespace pgcrm::gen
