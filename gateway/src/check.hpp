// --check: looks at settings, files and database as a start would, and says what it found.
#pragma once

#include "operations/settings.hpp"

namespace pgcrm::gateway {

// True when a start would succeed and there is an account to serve.
bool check(const settings &with);

} // namespace pgcrm::gateway
