// Bytes of a webhook in, a typed record and what it says of a lead or a stage out. No server, no clock,
// no allocation per field: texts point into the body or into the batch's arena.
//
// A body is one of three things: an event of a stream; an event of a kind that no stream
// matches; or rejected, with every reason. A body never makes the decoder throw
// (std::bad_alloc excepted).
#pragma once

#include "core/history/observation.hpp"
#include "core/json/json_document.hpp"
#include "core/mapping/cell.hpp"
#include "core/mapping/defined_stage.hpp"
#include "core/mapping/mapping.hpp"

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm {

struct decode_limits {
    std::size_t max_body_size = std::size_t{1} << 20; // bytes
    std::size_t max_depth = 64;                       // of nested objects and arrays
    std::size_t max_text_size = 255;                  // bytes, of keys and names
};

enum class verdict : std::uint8_t { event, unhandled, rejected };

// A value that its column could not hold, of an event that was kept with a null in its place.
struct unread_value {
    const column *of = nullptr;
    std::string problem;
};

struct decoded {
    verdict is = verdict::rejected;
    const stream *of = nullptr; // null when unhandled, or rejected before a stream was known
    // One for each column of the stream; also of a rejected body, where the stream has rules that may say
    // more of it and the server could hold the body.
    std::span<const cell> cells;
    std::string_view
        event_id; // text of the key (parts joined by '/'); for unhandled: found at the key's place, or empty
    std::string_view event_name;     // for unhandled: what the body says it is
    std::optional<observation> says; // of a lead
    std::optional<defined_stage> defines;
    std::vector<std::string> problems; // of a rejected body, all of them
    std::vector<std::size_t> faulty;   // of a rejected body, the numbers of columns that a problem is about
    std::vector<unread_value> unread;  // of an event, in columns that are null then
    bool has_only_long_numbers =
        false; // rejected for keys or names alone that are numbers of too many digits
};

class decoder {
public:
    // `streams` outlive the decoder. Streams are tried in their order; the first that matches wins.
    decoder(std::span<const stream> streams, decode_limits limits);
    ~decoder();
    decoder(const decoder &) = delete;
    decoder &operator=(const decoder &) = delete;

    // `body` and what `arena` hands out outlive the result.
    decoded decode(std::string_view body, std::pmr::memory_resource &arena);

    // The body decoded last, as json_document has it; empty when it was no JSON. Until the next decode.
    std::span<const json_node> nodes() const noexcept;

private:
    struct state;
    std::unique_ptr<state> state_;
};

} // namespace pgcrm
