// A JSON text as the server keeps it: the bytes of a value of type jsonb, straight from the nodes that
// json_document found.
//
// The layout is that of src/include/utils/jsonb.h, the same in all versions since 9.4 (a change would break
// every data directory). Every image equals, byte for byte, what jsonb_in makes of the same text; that parser
// takes 15 to 19 us for a webhook of 1.2 KB, this writer about 2.
#pragma once

#include "core/json/json_document.hpp"

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

namespace pgcrm {

class jsonb_writer {
public:
    // The image of a document whose root is an object or an array, with its length word, aligned to 8 bytes;
    // it lives as long as the arena. The document had no problems.
    std::string_view write(std::span<const json_node> nodes, std::pmr::memory_resource &arena);

private:
    // A member of the object at hand, by what the server sorts keys: length, then bytes.
    struct member {
        std::uint64_t rank; // length and first bytes
        std::uint32_t key;  // number of the node; its value is the next one
    };

    std::uint32_t write_value(std::uint32_t node);
    std::uint32_t write_number(std::string_view text);
    std::uint32_t write_array(std::uint32_t node);
    std::uint32_t write_object(std::uint32_t node);
    std::size_t gather_members(std::uint32_t object);
    void keep_last_of_each(std::size_t begin);
    bool is_before(const member &a, const member &b) const noexcept;
    void align() noexcept;
    void write_header(std::uint32_t flag, std::size_t count) noexcept;

    std::span<const json_node> nodes_;
    std::vector<char> buffer_;    // large enough before the first byte is written
    char *end_ = nullptr;         // of what is written of it
    std::vector<member> members_; // of the objects that are being written, the innermost last
};

} // namespace pgcrm
