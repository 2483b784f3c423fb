// The credentials file: {"accounts": {"office_a": {"nocrm_api_keys": ["..."]}}}.
#pragma once

#include "ingest/accounts.hpp"

#include <string>

namespace pgcrm::gateway {

// Nothing for an empty path. Errors: settings_error, also when everybody may read the file.
api_keys read_credentials(const std::string &path);

} // namespace pgcrm::gateway
