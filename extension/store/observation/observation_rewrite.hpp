// What an upgrade makes of the observations of layouts 1 to 3.
//
// In them each flag was a boolean, and none had the source's order within an instant. Both are mended by one
// statement, because a table of ten million rows is written by it.
#pragma once

#include "core/mapping/mapping.hpp"
#include "store/rows/table_maker.hpp"

#include <span>

namespace pgcrm::store {

// Gathers the flags in column `said`, makes room for attributes, customer and campaign, and takes the
// sequence from the event's id for the streams whose sequence is their key. A notice says so before.
void rewrite_observations(table_maker &tables, std::span<const stream> streams);

} // namespace pgcrm::store
