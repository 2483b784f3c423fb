// Names of column types as SQL spells them: they go into `create table` and into mappings.
#include "core/mapping/cell.hpp"

namespace pgcrm {

std::string_view sql_name(column_type type) noexcept {
    switch (type) {
    case column_type::bigint:
        return "bigint";
    case column_type::integer:
        return "integer";
    case column_type::boolean:
        return "boolean";
    case column_type::text:
        return "text";
    case column_type::numeric:
        return "numeric";
    case column_type::timestamptz:
        return "timestamptz";
    case column_type::date:
        return "date";
    }
    return "text";
}

std::optional<column_type> parse_column_type(std::string_view text) noexcept {
    for (const column_type type :
         {column_type::bigint, column_type::integer, column_type::boolean, column_type::text,
          column_type::numeric, column_type::timestamptz, column_type::date})
        if (text == sql_name(type))
            return type;
    return std::nullopt;
}

} // namespace pgcrm
