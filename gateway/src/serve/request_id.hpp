// A name for each request, in its answer and in the log: the sender's own when he gives one.
#pragma once

#include "serve/request.hpp"

#include <string>

namespace pgcrm::gateway {

std::string request_id(const request_header &header);

} // namespace pgcrm::gateway
