// What refreshes did, and the leads that they could not bring up to date.
#pragma once

#include "store/rows/table_maker.hpp"

namespace pgcrm::store {

const room_tables &refresh_tables();

} // namespace pgcrm::store
