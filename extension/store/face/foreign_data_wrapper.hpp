// The foreign data wrapper of the extension: what the server calls when somebody reads a relation of crm_bi.
#pragma once

#include "pgcxx/pgcxx.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pgcrm::store {

pgcxx::fdw_handler face_handler();

// Errors: HV00D unless these are the options of an object of this wrapper: `relation` of a foreign table,
// none of others; HV024 no such relation.
void check_face_options(pgcxx::array_of<std::string> options, Oid catalog);

} // namespace pgcrm::store
