#include "ingest/nocrm_signature.hpp"

#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <array>
#include <optional>

namespace pgcrm::gateway {
namespace {

using nlohmann::json;

struct signed_event {
    std::string id;
    std::string signature;
};

std::string sha1_in_hexadecimal(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<unsigned char, SHA_DIGEST_LENGTH> of{};
    SHA1(reinterpret_cast<const unsigned char *>(text.data()), text.size(), of.data());
    std::string hexadecimal;
    hexadecimal.reserve(of.size() * 2);
    for (const unsigned char byte : of) {
        hexadecimal.push_back(digits[byte >> 4]);
        hexadecimal.push_back(digits[byte & 15]);
    }
    return hexadecimal;
}

// The envelope is told bare or as member webhook_event.
std::optional<signed_event> read_signature(std::string_view body) {
    // What lies deeper is not built: a megabyte of brackets would become a hundred of them.
    const auto is_kept = [](int depth, json::parse_event_t part, const json &) {
        return part == json::parse_event_t::object_start ? depth < 2
                                                         : part != json::parse_event_t::array_start;
    };
    const json document = json::parse(body, is_kept, false);
    if (!document.is_object())
        return std::nullopt;
    const auto wrapped = document.find("webhook_event");
    const json &envelope = wrapped != document.end() && wrapped->is_object() ? *wrapped : document;
    const auto id = envelope.find("id");
    const auto signature = envelope.find("signature");
    if (id == envelope.end() || !id->is_number_integer() || signature == envelope.end() ||
        !signature->is_string())
        return std::nullopt;
    return signed_event{id->dump(), signature->get<std::string>()};
}

} // namespace

bool is_signed(std::string_view body, const std::vector<std::string> &keys) {
    const auto event = read_signature(body);
    if (!event)
        return false;
    unsigned matches = 0;
    for (const std::string &key : keys) {
        const std::string expected = sha1_in_hexadecimal(event->id + key);
        matches |= static_cast<unsigned>(
            expected.size() == event->signature.size() &&
            CRYPTO_memcmp(expected.data(), event->signature.data(), expected.size()) == 0);
    }
    return matches != 0;
}

} // namespace pgcrm::gateway
