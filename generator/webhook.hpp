// A change in, the events that tell of it and their bodies out.
//
// One change may match several subscriptions; each makes an event with an id and a
// signature of its own and the same data. A body never says what was before, who did it,
// or when it was sent: the CRM does not either.
#pragma once

#include "change.hpp"
#include "office.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace pgcrm::gen {

// Indexes into `office::event_names`.
class event_list {
public:
    void add(std::uint16_t name) noexcept { names_[size_++] = name; }
    void add(plain_event name) noexcept { add(static_cast<std::uint16_t>(name)); }
    const std::uint16_t *begin() const noexcept { return names_.data(); }
    const std::uint16_t *end() const noexcept { return names_.data() + size_; }
    std::size_t size() const noexcept { return size_; }

private:
    std::array<std::uint16_t, 12> names_; // one change has at most nine
    std::size_t size_ = 0;
};

event_list events_of(const office &of, const change &what) noexcept;

struct event {
    std::int64_t id = 0;
    std::uint16_t name = 0;
    change of;
};

// What the sender says of its own tries.
struct delivery_notes {
    bool has_succeeded = false;
    std::uint16_t try_count = 0;
    std::optional<std::uint16_t> last_returned_code;
};

// Ways in which a body is of no use.
enum class defect : std::uint8_t {
    truncated,
    no_lead_id,
    lead_id_is_text,
    unknown_status,
    invalid_date,
    nul_character,
    count
};

void append_body(std::string &out, const office &of, const event &what, const delivery_notes &notes,
                 std::optional<defect> flaw);

} // namespace pgcrm::gen
