// The order of observations, spellings of kinds and statuses, and keys that are computed from several texts.
#include "core/history/observation.hpp"

#include "core/text/ascii.hpp"
#include "core/text/digest.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <tuple>

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

enum class turn : std::uint8_t { creation, look, step };

turn turn_of(observation_kind kind) noexcept {
    switch (kind) {
    case observation_kind::created:
        return turn::creation;
    case observation_kind::snapshot:
        return turn::look;
    case observation_kind::moved:
    case observation_kind::changed:
    case observation_kind::deleted:
        break;
    }
    return turn::step;
}

// A look has no place among the steps that the source numbers, whatever its mapping calls a sequence.
std::int64_t number_among_steps(const observation &o) noexcept {
    return o.kind == observation_kind::snapshot ? 0 : o.sequence;
}

auto place_without_names(const observation &o) noexcept {
    return std::tuple(o.occurred_at, turn_of(o.kind), number_among_steps(o), o.kind);
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

bool comes_before(const observation &a, const observation &b) noexcept {
    const auto place_of_a = place_without_names(a), place_of_b = place_without_names(b);
    if (place_of_a != place_of_b)
        return place_of_a < place_of_b;
    if (const int order = compare_event_ids(a.event_id, b.event_id); order != 0)
        return order < 0;
    return a.origin < b.origin;
}

int compare_event_ids(std::string_view a, std::string_view b) noexcept {
    const bool a_is_number = is_whole_number(a), b_is_number = is_whole_number(b);
    if (a_is_number != b_is_number)
        return a_is_number ? -1 : 1;
    if (a_is_number)
        if (const int order = compare_whole_numbers(a, b); order != 0)
            return order;
    return a.compare(b);
}

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
