// Time zones of accounts, read from the server once per backend and zone.
#pragma once

#include "core/text/time_zone.hpp"

#include <string>
#include <string_view>

namespace pgcrm::store {

// Error 22023 unless it is UTC or a full name. Only full names mean the same everywhere: "at time zone"
// takes CET for an abbreviation without summer time.
void check_zone_name(std::string_view name);

// Error 22023 when the server does not know the zone. Lives as long as the backend.
const time_zone &zone_named(const std::string &name);

} // namespace pgcrm::store
