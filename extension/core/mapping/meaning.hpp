// What an event means: the parts of its body that the mapping's `same` names, or all of it. Events of one key
// that mean different things, at one time, are told apart by the digest of that.
#pragma once

#include "core/mapping/mapping.hpp"
#include "core/text/digest.hpp"

#include <string_view>

namespace pgcrm {

// Equal for two bodies when each of the parts is equal as jsonb, or is in neither. A part is what the
// server's operator #> finds. `body` is a JSON text that is stored, or could be.
sha256_digest digest_of_meaning(const stream &of, std::string_view body);

} // namespace pgcrm
