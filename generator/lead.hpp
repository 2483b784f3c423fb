// What never changes about a lead: who asks, for what, through whom.
//
// All of it follows from the office and the number of the lead, so that nothing has to be
// kept in memory between one body of a lead and the next.
#pragma once

#include "names.hpp"
#include "office.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace pgcrm::gen {

struct lead {
    std::int64_t id = 0;
    std::uint8_t pipeline = 0; // where it starts
    const name *first = nullptr;
    const name *last = nullptr;
    std::string mail;
    std::uint32_t phone = 0; // last digits
    const text *subject = nullptr;
    const text *place = nullptr;
    const text *message = nullptr;
    std::uint32_t title_form = 0;
    std::optional<std::uint32_t> folder; // number of the client folder
};

lead make_lead(const office &of, std::uint32_t lead_no);

// Without the rest, for those who only need the pipeline.
std::uint8_t first_pipeline(const office &of, std::uint32_t lead_no) noexcept;

// The client folder that is made for this lead, a moment before it.
std::optional<std::uint32_t> folder_made_for(std::uint32_t lead_no) noexcept;

std::int64_t folder_id(std::uint32_t folder_no) noexcept;
void append_folder_name(std::string &out, const office &of, std::uint32_t folder_no, alphabet a);

} // namespace pgcrm::gen
