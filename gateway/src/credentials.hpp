// The credentials file: {"accounts": {"office_a": {"nocrm_api_keys": ["..."]}}}.
#pragma once

#include "accounts.hpp"

#include <string>

namespace pgcrm::gateway {

// Nothing for an empty path. Errors: settings_error, also when others than the file's owner and group may
// read it.
api_keys read_credentials(const std::string &path);

} // namespace pgcrm::gateway
