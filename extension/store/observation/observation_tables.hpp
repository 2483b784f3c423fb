// What events say of leads and stages, and which leads are pending.
#pragma once

#include "store/rows/table_maker.hpp"

namespace pgcrm::store {

const room_tables &observation_tables();

} // namespace pgcrm::store
