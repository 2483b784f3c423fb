// Spellings of kinds and statuses, and keys that are computed from several texts.
#include "core/history/observation.hpp"

#include "core/text/digest.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace pgcrm {

namespace {

constexpr std::array<std::string_view, 5> kind_names{"created", "moved", "changed", "snapshot", "deleted"};
constexpr std::array<std::string_view, 4> status_names{"open", "won", "lost", "cancelled"};

template <class Enum, std::size_t N>
std::optional<Enum> parse_name(const std::array<std::string_view, N> &names, std::string_view text) noexcept {
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end())
        return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

constexpr bool needs_escape(char c) noexcept { return c == '~' || c == '/'; }

std::size_t escaped_size(std::string_view part) noexcept {
    return part.size() + static_cast<std::size_t>(std::count_if(part.begin(), part.end(), needs_escape));
}

char *write_escaped(char *out, std::string_view part) noexcept {
    for (const char c : part) {
        *out++ = needs_escape(c) ? '~' : c;
        if (needs_escape(c))
            *out++ = c == '~' ? '0' : '1';
    }
    return out;
}

} // namespace

std::string_view to_text(observation_kind kind) noexcept {
    return kind_names[static_cast<std::size_t>(kind)];
}

std::string_view to_text(lead_status status) noexcept {
    return status_names[static_cast<std::size_t>(status)];
}

std::optional<observation_kind> parse_observation_kind(std::string_view text) noexcept {
    return parse_name<observation_kind>(kind_names, text);
}

std::optional<lead_status> parse_lead_status(std::string_view text) noexcept {
    return parse_name<lead_status>(status_names, text);
}

std::string_view copy_text(std::string_view text, std::pmr::memory_resource &arena) {
    if (text.empty())
        return {};
    char *const copy = static_cast<char *>(arena.allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
}

std::string_view joined_key(std::span<const std::string_view> parts, std::size_t limit,
                            std::pmr::memory_resource &arena) {
    std::size_t size = 0;
    for (const std::string_view part : parts)
        size += escaped_size(part) + 1;
    char *const text = static_cast<char *>(arena.allocate(size + 1, 1));
    char *end = text;
    for (const std::string_view part : parts) {
        end = write_escaped(end, part);
        *end++ = '/';
    }
    const std::string_view key(text, size == 0 ? 0 : size - 1);
    if (key.size() <= limit)
        return key;
    const std::array<char, 64> hex = to_hex(sha256(key));
    return copy_text({hex.data(), hex.size()}, arena);
}

} // namespace pgcrm
