// The account's own row, and the secrets by which events are posted to it.
#pragma once

#include "store/rows/table_maker.hpp"

namespace pgcrm::store {

const room_tables &own_tables();

} // namespace pgcrm::store
