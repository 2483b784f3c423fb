// Two bodies are compared as jsonb where that is all that is asked (store/event/event_conflict.cpp), so the
// parts are looked up here as the server does it.
#include "core/mapping/meaning.hpp"

#include "core/json/canonical_json.hpp"
#include "core/text/ascii.hpp"

#include <charconv>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pgcrm {

namespace {

constexpr std::uint32_t no_node = 0; // the root is in no other value

std::uint32_t member_of(std::span<const json_node> nodes, std::uint32_t object, std::string_view wanted) {
    std::uint32_t found = no_node;
    for (std::uint32_t key = object + 1; key < nodes[object].next; key = nodes[key + 1].next)
        if (nodes[key].text == wanted)
            found = key + 1;
    return found;
}

// The server reads an index by strtol: white space and a sign may stand before it.
std::optional<std::int32_t> index_in(std::string_view token) {
    while (!token.empty() && is_blank(token.front()))
        token.remove_prefix(1);
    if (token.starts_with('+') && !token.starts_with("+-"))
        token.remove_prefix(1);
    std::int32_t index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    return error == std::errc{} && end == token.data() + token.size() ? std::optional(index) : std::nullopt;
}

// One below zero counts from the end.
std::uint32_t item_of(std::span<const json_node> nodes, std::uint32_t array, std::string_view token) {
    const std::optional<std::int32_t> index = index_in(token);
    if (!index)
        return no_node;
    std::vector<std::uint32_t> items;
    for (std::uint32_t item = array + 1; item < nodes[array].next; item = nodes[item].next)
        items.push_back(item);
    const std::int64_t place = *index < 0 ? static_cast<std::int64_t>(items.size()) + *index : *index;
    return place >= 0 && place < static_cast<std::int64_t>(items.size())
               ? items[static_cast<std::size_t>(place)]
               : no_node;
}

std::optional<std::uint32_t> node_at(std::span<const json_node> nodes, const json_pointer &pointer) {
    std::uint32_t at = 0;
    for (const std::string &token : pointer) {
        const json_kind kind = nodes[at].kind;
        at = kind == json_kind::object  ? member_of(nodes, at, token)
             : kind == json_kind::array ? item_of(nodes, at, token)
                                        : no_node;
        if (at == no_node)
            return std::nullopt;
    }
    return at;
}

} // namespace

sha256_digest digest_of_meaning(const stream &of, std::string_view body) {
    json_document document({largest_body_size, largest_depth});
    std::pmr::monotonic_buffer_resource arena;
    std::vector<std::string> problems;
    std::string meaning;
    if (!document.read(body, arena, problems))
        return sha256(body);
    const std::vector<json_pointer> whole{json_pointer{}};
    for (const json_pointer &part : of.same.empty() ? whole : of.same) {
        if (const std::optional<std::uint32_t> at = node_at(document.nodes(), part))
            append_canonical(document.nodes(), *at, meaning);
        else
            meaning += '-';
    }
    return sha256(meaning);
}

} // namespace pgcrm
