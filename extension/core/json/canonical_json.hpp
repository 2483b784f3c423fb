// The canonical form of a JSON value: two values have the same one when, and only when, they are equal as
// jsonb. So 202 and 202.0 have the same, and so have objects whose keys stand in another order.
#pragma once

#include "core/json/json_document.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace pgcrm {

// Of the value that begins at node `at`. It is no JSON, and no canonical form is a prefix of another.
void append_canonical(std::span<const json_node> nodes, std::uint32_t at, std::string &to);

} // namespace pgcrm
