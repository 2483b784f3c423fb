// One typed value of a decoded record.
#pragma once

#include "core/text/instant.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace pgcrm {

enum class column_type : std::uint8_t { bigint, integer, boolean, text, numeric, timestamptz, date };

// Absent: the body does not carry the key. Null: it carries a JSON null (or one on the way to the key).
enum class presence : std::uint8_t { absent, null, value };

// Plain data; which member holds the value follows from the column's type.
struct cell {
    presence is = presence::absent;
    std::int64_t number =
        0; // bigint, integer, boolean (0 or 1), timestamptz (microseconds since 1970), date (days since 1970)
    std::string_view text; // text, numeric (a number as JSON spells it)
};

std::string_view sql_name(column_type type) noexcept;
std::optional<column_type> parse_column_type(std::string_view text) noexcept;

} // namespace pgcrm
