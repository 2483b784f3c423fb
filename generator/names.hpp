// People's names, ready for bodies and for mail addresses.
#pragma once

#include "text.hpp"

#include <span>
#include <string>
#include <vector>

namespace pgcrm::gen {

struct name {
    text spelled;
    std::string mailbox; // "nunez"
};

// Made once, on first use.
const std::vector<name> &all_first_names();
const std::vector<name> &all_last_names();

} // namespace pgcrm::gen
