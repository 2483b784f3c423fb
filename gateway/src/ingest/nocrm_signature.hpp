// noCRM's signature of a webhook: sha1 of the event's id in decimal and the API key, in hexadecimal, in the
// body. It says nothing about the rest of the body, so it is asked for beside the secret, never instead of
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::gateway {

// Whether the body's signature was made with one of these keys. A body without id or signature is not signed.
bool is_signed(std::string_view body, const std::vector<std::string> &keys);

} // namespace pgcrm::gateway
