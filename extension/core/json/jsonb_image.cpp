// A container is a header word, one entry word for each element (for an object: for each key, then for each
// value), and their bytes in that order. An entry tells the type and the length of its bytes; every 32nd, the
// first included, tells instead where they end, so that the server need not add up all lengths before it.
#include "core/json/jsonb_image.hpp"

#include "core/json/numeric_image.hpp"
#include "core/json/varlena_image.hpp"
#include "core/text/number.hpp"

#include <algorithm>
#include <cstring>

namespace pgcrm {

namespace {

constexpr std::uint32_t object_flag = 0x20000000;
constexpr std::uint32_t array_flag = 0x40000000;

constexpr std::uint32_t entry_string = 0x00000000;
constexpr std::uint32_t entry_numeric = 0x10000000;
constexpr std::uint32_t entry_false = 0x20000000;
constexpr std::uint32_t entry_true = 0x30000000;
constexpr std::uint32_t entry_null = 0x40000000;
constexpr std::uint32_t entry_container = 0x50000000;
constexpr std::uint32_t entry_type = 0x70000000;
constexpr std::uint32_t entry_length = 0x0FFFFFFF;
constexpr std::uint32_t entry_has_offset = 0x80000000;
constexpr std::size_t offset_stride = 32;

constexpr std::size_t word_bytes = sizeof(std::uint32_t);

// What a node takes beside its text: entry, header or image of a number, padding.
constexpr std::size_t most_around_text = 2 * word_bytes + largest_numeric_image(0);

// Fills in the entries of one container as its parts are written.
class entry_list {
public:
    explicit entry_list(char *at) noexcept : at_(at) {}

    void add(std::uint32_t entry) noexcept {
        total_ += entry & entry_length;
        if (count_++ % offset_stride == 0)
            entry = (entry & entry_type) | total_ | entry_has_offset;
        std::memcpy(at_, &entry, word_bytes);
        at_ += word_bytes;
    }

private:
    char *at_;
    std::uint32_t total_ = 0;
    std::size_t count_ = 0;
};

// Orders most keys by one comparison of numbers: the length, then the first bytes.
std::uint64_t rank_of(std::string_view key) noexcept {
    constexpr std::size_t longest_ranked = 0xFFFF;
    std::uint64_t rank = std::min(key.size(), longest_ranked);
    for (std::size_t i = 0; i < 6; ++i)
        rank = rank << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
    return rank;
}

std::size_t room_for(std::span<const json_node> nodes) noexcept {
    std::size_t room = 2 * word_bytes;
    for (const json_node &node : nodes) {
        room += most_around_text;
        if (node.kind != json_kind::object && node.kind != json_kind::array)
            room += node.text.size();
    }
    return room;
}

} // namespace

std::string_view jsonb_writer::write(std::span<const json_node> nodes, std::pmr::memory_resource &arena) {
    nodes_ = nodes;
    members_.clear();
    if (const std::size_t room = room_for(nodes); buffer_.size() < room)
        buffer_.resize(room);
    end_ = buffer_.data() + length_word_size;
    write_value(0);
    const auto size = static_cast<std::size_t>(end_ - buffer_.data());
    write_length_word(size, buffer_.data());
    char *const image = static_cast<char *>(arena.allocate(size, alignof(std::uint64_t)));
    std::memcpy(image, buffer_.data(), size);
    return {image, size};
}

// Returns the entry of what was written; the bytes that align it count as its own.
std::uint32_t jsonb_writer::write_value(std::uint32_t node) {
    const std::string_view text = nodes_[node].text;
    switch (nodes_[node].kind) {
    case json_kind::null:
        return entry_null;
    case json_kind::boolean:
        return text == "true" ? entry_true : entry_false;
    case json_kind::number:
        return write_number(text);
    case json_kind::array:
        return write_array(node);
    case json_kind::object:
        return write_object(node);
    case json_kind::string:
    case json_kind::key:
        break;
    }
    end_ = std::copy(text.begin(), text.end(), end_);
    return entry_string | static_cast<std::uint32_t>(text.size());
}

std::uint32_t jsonb_writer::write_number(std::string_view text) {
    const char *const begin = end_;
    align();
    end_ += write_numeric_image(*parse_number(text), end_);
    return entry_numeric | static_cast<std::uint32_t>(end_ - begin);
}

std::uint32_t jsonb_writer::write_array(std::uint32_t node) {
    const char *const begin = end_;
    std::size_t count = 0;
    for (std::uint32_t item = node + 1; item < nodes_[node].next; item = nodes_[item].next)
        ++count;
    write_header(array_flag, count);
    entry_list entries(end_);
    end_ += count * word_bytes;
    for (std::uint32_t item = node + 1; item < nodes_[node].next; item = nodes_[item].next)
        entries.add(write_value(item));
    return entry_container | static_cast<std::uint32_t>(end_ - begin);
}

std::uint32_t jsonb_writer::write_object(std::uint32_t node) {
    const char *const begin = end_;
    const std::size_t first = gather_members(node);
    const std::size_t count = members_.size() - first;
    write_header(object_flag, count);
    entry_list entries(end_);
    end_ += 2 * count * word_bytes;
    for (std::size_t i = first; i < first + count; ++i)
        entries.add(write_value(members_[i].key));
    for (std::size_t i = first; i < first + count; ++i) // objects inside add members behind these
        entries.add(write_value(members_[i].key + 1));
    members_.resize(first);
    return entry_container | static_cast<std::uint32_t>(end_ - begin);
}

// The members of an object in the server's order, each key once, at the end of members_ from the result on.
std::size_t jsonb_writer::gather_members(std::uint32_t object) {
    const std::size_t begin = members_.size();
    for (std::uint32_t key = object + 1; key < nodes_[object].next; key = nodes_[key + 1].next)
        members_.push_back({rank_of(nodes_[key].text), key});
    std::sort(members_.begin() + static_cast<std::ptrdiff_t>(begin), members_.end(),
              [this](const member &a, const member &b) { return is_before(a, b); });
    keep_last_of_each(begin);
    return begin;
}

// Of members with one key, the one that came last in the text, which sorts first.
void jsonb_writer::keep_last_of_each(std::size_t begin) {
    const auto is_repeat = [this](const member &a, const member &b) {
        return a.rank == b.rank && nodes_[a.key].text == nodes_[b.key].text;
    };
    members_.erase(
        std::unique(members_.begin() + static_cast<std::ptrdiff_t>(begin), members_.end(), is_repeat),
        members_.end());
}

bool jsonb_writer::is_before(const member &a, const member &b) const noexcept {
    if (a.rank != b.rank)
        return a.rank < b.rank;
    const std::string_view left = nodes_[a.key].text;
    const std::string_view right = nodes_[b.key].text;
    if (left.size() != right.size())
        return left.size() < right.size();
    const int order = std::memcmp(left.data(), right.data(), left.size());
    return order != 0 ? order < 0 : a.key > b.key;
}

void jsonb_writer::align() noexcept {
    while (static_cast<std::size_t>(end_ - buffer_.data()) % word_bytes != 0)
        *end_++ = '\0';
}

void jsonb_writer::write_header(std::uint32_t flag, std::size_t count) noexcept {
    align();
    const std::uint32_t header = flag | static_cast<std::uint32_t>(count);
    std::memcpy(end_, &header, word_bytes);
    end_ += word_bytes;
}

} // namespace pgcrm
