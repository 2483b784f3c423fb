// The secrets of an account: whoever shows one to the gateway may post events into it. Kept is the sha256 of
// a secret's text alone; 256 random bits need no salt and no slow hash.
#pragma once

#include "core/text/digest.hpp"
#include "store/account/account.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace pgcrm::store {

// Returns the number of the new secret, which is valid until it is ended.
// Error 54000 when the account has as many valid secrets as it may have.
std::int64_t add_secret(const account &of, const sha256_digest &digest, std::optional<std::string_view> note);

// Lets a secret be valid for `overlap` from now on, and no longer than it was. Returns until when.
// Errors: 42704 no such secret, 22023 the overlap is negative.
pgcxx::timestamptz end_secret(const account &of, std::int64_t secret_id, pgcxx::interval overlap);

struct valid_secret {
    sha256_digest digest;
    std::optional<double> seconds; // that are left of its time; none: without end
};

// Those that are valid now, in order of their numbers.
std::vector<valid_secret> valid_secrets(const account &of);

} // namespace pgcrm::store
