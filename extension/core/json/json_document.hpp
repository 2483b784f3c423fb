// A JSON text as a flat list of nodes, after everything about it was checked.
//
//   {"id": 7, "tags": ["a"]}     object  key "id"  number 7  key "tags"  array  string "a"
//                                   0       1         2          3         4        5
//
// What passes here passes the server's jsonb_in and numeric_in: they raise errors, and this code
// runs where one bad body must not fail its neighbours. So the grammar, the encoding, the depth,
// every escape and the range of every number are looked at, also where nobody asks for the value.
// simdjson finds the tokens and checks UTF-8; the grammar is checked here, in one walk over them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm {

// A jsonb can hold any body of this size that is well-formed: its own limits (256 MB of value,
// 1 GB while it is built) cannot be reached from here.
inline constexpr std::size_t largest_body_size = std::size_t{32} << 20;

// The server builds and prints a jsonb by recursion.
inline constexpr std::size_t largest_depth = 1000;

// What is larger than the two constants is taken as them.
struct json_limits {
    std::size_t max_size = std::size_t{1} << 20; // bytes
    std::size_t max_depth = 64;                  // of nested objects and arrays
};

enum class json_kind : std::uint8_t { null, boolean, number, string, array, object, key };

// Left uninitialised on purpose: nodes live in memory that is used again and again.
struct json_node {
    json_kind kind;
    std::uint32_t next; // the first node that is not inside this one; after a key comes its value
    // string, key: without escapes; number: as the server prints it, if it can hold it; all others: as the
    // body spells them
    std::string_view text;
};

class json_document {
public:
    explicit json_document(json_limits limits);
    ~json_document();
    json_document(const json_document &) = delete;
    json_document &operator=(const json_document &) = delete;

    // Reads `body`; texts of nodes point into it, or into `arena` where they had escapes
    // or exponents.
    // False when it is no JSON, and `problems` says why. True when there are nodes; what is
    // added to `problems` are then values that the server cannot store.
    bool read(std::string_view body, std::pmr::memory_resource &arena, std::vector<std::string> &problems);

    // Of the body read last, until the next one is read; empty when it was no JSON.
    std::span<const json_node> nodes() const noexcept;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace pgcrm
