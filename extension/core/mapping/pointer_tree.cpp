#include "core/mapping/pointer_tree.hpp"

#include "core/text/ascii.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <optional>

namespace pgcrm {

namespace {

// "0", or digits that do not begin with it, as RFC 6901 has it.
std::optional<std::size_t> array_index(std::string_view token) noexcept {
    if (token.empty() || token.size() > 9 || !std::all_of(token.begin(), token.end(), is_digit))
        return std::nullopt;
    if (token.front() == '0' && token.size() > 1)
        return std::nullopt;
    std::size_t index = 0;
    std::from_chars(token.data(), token.data() + token.size(), index);
    return index;
}

// Keys of one object differ in length or at an end nearly always.
std::size_t hash_of(std::string_view token) noexcept {
    if (token.empty())
        return 0;
    const auto first = static_cast<unsigned char>(token.front());
    const auto last = static_cast<unsigned char>(token.back());
    return token.size() * 31 + first * std::size_t{7} + last * std::size_t{13};
}

} // namespace

pointer_tree::pointer_tree(std::vector<json_pointer> pointers) {
    std::sort(pointers.begin(), pointers.end());
    pointers.erase(std::unique(pointers.begin(), pointers.end()), pointers.end());
    add_place(pointers, 0);
}

// `sorted` are the pointers that begin with the `depth` tokens which lead here.
std::uint32_t pointer_tree::add_place(std::span<const json_pointer> sorted, std::size_t depth) {
    const auto number = static_cast<std::uint32_t>(places_.size());
    places_.emplace_back();
    place made;
    made.slots_begin = static_cast<std::uint32_t>(slots_.size());
    if (!sorted.empty() && sorted.front().size() == depth) {
        made.has_slot = true;
        slots_.emplace(sorted.front(), made.slots_begin);
        sorted = sorted.subspan(1);
    }
    add_children(made, sorted, depth);
    made.slots_end = static_cast<std::uint32_t>(slots_.size());
    places_[number] = std::move(made);
    return number;
}

void pointer_tree::add_children(place &to, std::span<const json_pointer> sorted, std::size_t depth) {
    std::vector<child> children;
    while (!sorted.empty()) {
        const std::string &token = sorted.front()[depth];
        std::size_t count = 1;
        while (count < sorted.size() && sorted[count][depth] == token)
            ++count;
        const std::uint32_t child_place = add_place(sorted.first(count), depth + 1);
        children.push_back({token, child_place});
        if (const std::optional<std::size_t> index = array_index(token))
            to.elements.push_back({*index, child_place});
        sorted = sorted.subspan(count);
    }
    to.members = hash_table(children);
    std::sort(to.elements.begin(), to.elements.end(),
              [](const element &a, const element &b) { return a.index < b.index; });
}

// At most a quarter full, so a key that nobody asks for is seldom compared with anything.
std::vector<pointer_tree::child> pointer_tree::hash_table(std::span<const child> children) {
    std::vector<child> table(children.empty() ? 0 : std::bit_ceil(children.size() * 4));
    const std::size_t mask = table.size() - 1;
    for (const child &c : children) {
        std::size_t at = hash_of(c.token) & mask;
        while (table[at].place != 0)
            at = (at + 1) & mask;
        table[at] = c;
    }
    return table;
}

const pointer_tree::child *pointer_tree::find_member(const place &in, std::string_view token) noexcept {
    const std::size_t mask = in.members.size() - 1;
    for (std::size_t at = hash_of(token) & mask; in.members[at].place != 0; at = (at + 1) & mask)
        if (in.members[at].token == token)
            return &in.members[at];
    return nullptr;
}

std::size_t pointer_tree::slot_of(const json_pointer &pointer) const { return slots_.at(pointer); }

void pointer_tree::locate(std::span<const json_node> nodes, std::span<std::uint32_t> slots) const {
    visit(0, 0, nodes, slots);
}

void pointer_tree::visit(std::uint32_t at, std::uint32_t node, std::span<const json_node> nodes,
                         std::span<std::uint32_t> slots) const {
    const place &here = places_[at];
    const json_kind kind = nodes[node].kind;
    std::fill(slots.begin() + here.slots_begin, slots.begin() + here.slots_end,
              kind == json_kind::null ? node : nowhere);
    if (here.has_slot)
        slots[here.slots_begin] = node;
    if (kind == json_kind::array)
        return visit_array(here, node, nodes, slots);
    if (kind != json_kind::object || here.members.empty())
        return;
    for (std::uint32_t key = node + 1; key < nodes[node].next; key = nodes[key + 1].next)
        if (const child *found = find_member(here, nodes[key].text))
            visit(found->place, key + 1, nodes, slots);
}

void pointer_tree::visit_array(const place &here, std::uint32_t node, std::span<const json_node> nodes,
                               std::span<std::uint32_t> slots) const {
    std::size_t index = 0;
    auto wanted = here.elements.begin();
    for (std::uint32_t item = node + 1; item < nodes[node].next && wanted != here.elements.end();
         item = nodes[item].next, ++index)
        if (wanted->index == index)
            visit((wanted++)->place, item, nodes, slots);
}

} // namespace pgcrm
