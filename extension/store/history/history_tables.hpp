// Stages, and the history and present state of leads.
#pragma once

#include "store/rows/table_maker.hpp"

namespace pgcrm::store {

const room_tables &history_tables();

} // namespace pgcrm::store
