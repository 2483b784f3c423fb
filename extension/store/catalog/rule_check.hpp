// The rules of a mapping, looked at before anything is done by them: each is one SQL expression over the
// columns that is true or false, made of immutable functions, operators and casts of pg_catalog. They run as
// the owner of every account of the source: a function that the definer had written would be as good as all
// of these.
#pragma once

#include "core/mapping/mapping.hpp"

#include <vector>

namespace pgcrm::store {

// Whether each is tried once, on a row of nulls, after nothing was found against it.
enum class rule_trial { runs, none };

std::vector<mapping_fault> faulty_rules(const stream &of, rule_trial trial);

} // namespace pgcrm::store
