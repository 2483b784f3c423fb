// The rules of a mapping, tried before they are kept: each is one SQL expression over the columns that is
// true or false. They are tried once, as the caller, on a row of nulls.
#pragma once

#include "core/mapping/mapping.hpp"

#include <vector>

namespace pgcrm::store {

std::vector<mapping_fault> faulty_rules(const stream &of);

} // namespace pgcrm::store
