// Bodies that are no event of a stream: of kinds that nobody takes, and such as could not be read.
#pragma once

#include "store/rows/table_maker.hpp"

namespace pgcrm::store {

const room_tables &body_tables();

} // namespace pgcrm::store
