#include "ingest/authentication.hpp"

#include "operations/text.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>

namespace pgcrm::gateway {
namespace {

digest sha256(std::string_view text) {
    digest of{};
    SHA256(reinterpret_cast<const unsigned char *>(text.data()), text.size(), of.data());
    return of;
}

// None when it is not base64 with its padding.
std::optional<std::string> from_base64(std::string_view text) {
    if (text.empty() || text.size() % 4 != 0)
        return std::nullopt;
    const std::size_t padding = std::min(text.find('='), text.size());
    const std::string_view rest = text.substr(padding);
    if (!rest.empty() && rest != "=" && rest != "==")
        return std::nullopt; // the decoder would take it for zeros
    std::string decoded(text.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char *>(decoded.data()),
                        reinterpret_cast<const unsigned char *>(text.data()), static_cast<int>(text.size()));
    if (size < 0)
        return std::nullopt;
    const std::size_t filled = text.size() - padding;
    decoded.resize(static_cast<std::size_t>(size) > filled ? static_cast<std::size_t>(size) - filled : 0);
    return decoded;
}

// Stands in for an account that is not there.
const account_entry &nobody() {
    static const account_entry none{nullptr, {}, {}};
    return none;
}

bool is_valid(const secret &of, time_point now) { return !of.valid_until || now < *of.valid_until; }

} // namespace

std::optional<std::string> secret_of_authorization(std::string_view header) {
    const std::size_t space = header.find(' ');
    if (space == std::string_view::npos)
        return std::nullopt;
    const std::string_view scheme = header.substr(0, space);
    const std::string_view value = trimmed(header.substr(space + 1));
    if (equal_in_any_case(scheme, "bearer"))
        return std::string(value);
    if (!equal_in_any_case(scheme, "basic"))
        return std::nullopt;
    const auto pair = from_base64(value);
    const std::size_t colon = pair ? pair->find(':') : std::string::npos;
    return colon == std::string::npos ? std::nullopt : std::optional(pair->substr(colon + 1));
}

const account_entry *opened_account(const directory &among, std::string_view name, std::string_view shown,
                                    time_point now) {
    static const secret no_secret{digest{}, time_point::min()};
    const digest of_shown = sha256(shown);
    const account_entry *found = among.find(name);
    const std::vector<secret> &secrets = (found ? *found : nobody()).secrets;
    // Always the same number of comparisons, each over all bytes.
    unsigned opened = 0;
    for (std::size_t i = 0; i < most_secrets; ++i) {
        const secret &each = i < secrets.size() ? secrets[i] : no_secret;
        const bool is_equal = CRYPTO_memcmp(each.of.data(), of_shown.data(), of_shown.size()) == 0;
        opened |= static_cast<unsigned>(is_equal) & static_cast<unsigned>(is_valid(each, now));
    }
    return opened != 0 ? found : nullptr;
}

bool may_open_later(const directory &among, std::string_view name, std::string_view shown) {
    const account_entry *found = among.find(name);
    return found && !found->is_current && !shown.empty();
}

} // namespace pgcrm::gateway
