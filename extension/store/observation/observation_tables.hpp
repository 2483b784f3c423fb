// What events say of leads and stages, and which leads are pending.
#pragma once

#include "store/rows/table_maker.hpp"

namespace pgcrm::store {

const room_tables &observation_tables();

// The comments of table observation, and of its columns whose name does not say all.
void describe_observation(table_maker &tables);

} // namespace pgcrm::store
