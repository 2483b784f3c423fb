// The life of a lead, from the form that somebody filled in to the contract, or to the day
// when everybody forgot about it: a list of changes in order of time.
//
//   stay in a step ── small things happen ── it goes on, goes back, is closed, or is left
//        ^                                      │            │
//        └──────────────────────────────────────┘   may be reopened
//
// The same office and number give the same life. It is cut off at the end of the window;
// what would come later is nobody's business.
#pragma once

#include "change.hpp"
#include "office.hpp"

#include <cstdint>
#include <vector>

namespace pgcrm::gen {

struct birth {
    std::uint32_t lead_no = 0;
    moment at;
    std::uint32_t extra_comments = 0; // to fill up to the number of bodies that was asked for
};

// Appends to `out`; the client folder that comes with the lead is among the changes.
void live(const office &where, const birth &of, std::vector<change> &out);

} // namespace pgcrm::gen
