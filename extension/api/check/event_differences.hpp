// What differs between what events say, by their typed rows and the bodies that were kept, and what is stored
// of that: observations and definitions of stages. The statements follow from the mappings.
//
// Each returns relation, key, column_name, stored, expected, as the account's owner with the account's schema
// as `search_path`.
#pragma once

#include "core/mapping/mapping.hpp"
#include "pgcxx/pgcxx.hpp"

#include <span>

namespace pgcrm {

pgcxx::statement observation_differences(const stream &of, const observation_rule &rule);
pgcxx::statement definition_differences(const stream &of, const stage_rule &rule);

// Observations and definitions that no stream of now makes: nothing says any more what they should be.
pgcxx::statement rows_without_stream(std::span<const stream> streams);

} // namespace pgcrm
