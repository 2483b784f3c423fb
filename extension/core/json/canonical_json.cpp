// Each value is a letter for its kind, and what follows ends where it says: texts and numbers begin with
// their size, objects and lists end with a bracket.
#include "core/json/canonical_json.hpp"

#include <map>
#include <string_view>

namespace pgcrm {

namespace {

void append_sized(std::string_view text, std::string &to) {
    to += std::to_string(text.size());
    to += ':';
    to += text;
}

// A number of a document is printed without an exponent; zeros at the end of its fraction make no difference.
std::string_view without_last_zeros(std::string_view number) noexcept {
    if (number.find('.') == std::string_view::npos)
        return number;
    number = number.substr(0, number.find_last_not_of('0') + 1);
    if (number.back() == '.')
        number.remove_suffix(1);
    return number;
}

void append_object(std::span<const json_node> nodes, std::uint32_t object, std::string &to) {
    std::map<std::string_view, std::uint32_t> members; // of a key that comes twice the last one counts
    for (std::uint32_t key = object + 1; key < nodes[object].next; key = nodes[key + 1].next)
        members.insert_or_assign(nodes[key].text, key + 1);
    to += '{';
    for (const auto &[key, value] : members) {
        append_sized(key, to);
        append_canonical(nodes, value, to);
    }
    to += '}';
}

void append_array(std::span<const json_node> nodes, std::uint32_t array, std::string &to) {
    to += '[';
    for (std::uint32_t item = array + 1; item < nodes[array].next; item = nodes[item].next)
        append_canonical(nodes, item, to);
    to += ']';
}

} // namespace

void append_canonical(std::span<const json_node> nodes, std::uint32_t at, std::string &to) {
    const std::string_view text = nodes[at].text;
    switch (nodes[at].kind) {
    case json_kind::null:
        to += 'n';
        return;
    case json_kind::boolean:
        to += text == "true" ? 't' : 'f';
        return;
    case json_kind::number:
        to += '#';
        return append_sized(without_last_zeros(text), to);
    case json_kind::array:
        return append_array(nodes, at, to);
    case json_kind::object:
        return append_object(nodes, at, to);
    case json_kind::string:
    case json_kind::key:
        to += '"';
        return append_sized(text, to);
    }
}

} // namespace pgcrm
