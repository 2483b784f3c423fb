// Numbers that were read without the server, as values of type numeric.
#pragma once

#include "core/number.hpp"
#include "core/numeric_image.hpp"
#include "pgcxx/pgcxx.hpp"

#include <string_view>

namespace pgcrm::store {

// `text` is a number as JSON spells it, which fits_numeric().
inline Datum numeric_datum(std::string_view text) {
    auto *const image = pgcxx::allocate_array<char>(largest_numeric_image(text.size()));
    write_numeric_image(*parse_number(text), image);
    return PointerGetDatum(image);
}

} // namespace pgcrm::store
