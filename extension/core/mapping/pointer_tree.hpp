// All JSON Pointers of all streams as one tree, so that one walk over a document finds
// what every one of them points to. Each distinct pointer has a slot.
//
//   /webhook_event/event      ─┐        webhook_event ─┬─ event      slot 0
//   /webhook_event/data/id     ├──>                    └─ data ─┬─ id         slot 1
//   /webhook_event/data/user/email                              └─ user ── email   slot 2
//
// The slots of everything under a place lie side by side: a null on the way fills them
// all, and a key that comes again (the last one counts) empties them all.
#pragma once

#include "core/json/json_document.hpp"
#include "core/mapping/mapping.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm {

class pointer_tree {
public:
    // In a slot: the document does not have the place.
    static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

    explicit pointer_tree(std::vector<json_pointer> pointers);

    // The slot of one of the pointers that the tree was made of.
    std::size_t slot_of(const json_pointer &pointer) const;

    std::size_t slot_count() const noexcept { return slots_.size(); }

    // Finds all places in a document. `slots` has room for all of them; each becomes the number of
    // the node that is there, of the null on the way to it, or `nowhere`.
    void locate(std::span<const json_node> nodes, std::span<std::uint32_t> slots) const;

private:
    struct child {
        std::string token;
        std::uint32_t place = 0; // 0, the root, is no child
    };
    struct element {
        std::size_t index;
        std::uint32_t place;
    };
    struct place {
        std::uint32_t slots_begin = 0, slots_end = 0; // of the place and all below
        bool has_slot = false;                        // of its own, the first of these
        std::vector<child> members;                   // a hash table; its size is a power of two, or 0
        std::vector<element> elements;                // children that can also be elements of an array
    };

    std::uint32_t add_place(std::span<const json_pointer> sorted, std::size_t depth);
    void add_children(place &to, std::span<const json_pointer> sorted, std::size_t depth);
    static std::vector<child> hash_table(std::span<const child> children);
    static const child *find_member(const place &in, std::string_view token) noexcept;
    void visit(std::uint32_t at, std::uint32_t node, std::span<const json_node> nodes,
               std::span<std::uint32_t> slots) const;
    void visit_array(const place &here, std::uint32_t node, std::span<const json_node> nodes,
                     std::span<std::uint32_t> slots) const;

    std::vector<place> places_; // the root first
    std::map<json_pointer, std::size_t> slots_;
};

} // namespace pgcrm
