// Time zones of accounts, read from the server once per backend and zone.
#pragma once

#include "core/time_zone.hpp"

#include <string>

namespace pgcrm::store {

// Error 22023 when the server does not know the zone. Lives as long as the backend.
const time_zone &zone_named(const std::string &name);

} // namespace pgcrm::store
