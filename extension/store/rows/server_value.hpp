// Values of the core as values of the server, and back.
#pragma once

#include "core/json/numeric_image.hpp"
#include "core/text/digest.hpp"
#include "core/text/instant.hpp"
#include "core/text/number.hpp"
#include "pgcxx/pgcxx.hpp"

#include <optional>
#include <string_view>

// A digest is a bytea of its size, and a value that owns its bytes, so that it can be a result.
template <> struct pgcxx::datum_traits<pgcrm::sha256_digest> {
    static constexpr Oid oid = BYTEAOID;
    static pgcrm::sha256_digest from(Datum d) {
        const std::string_view data = datum_traits<bytes>::from(d).data;
        pgcrm::sha256_digest digest;
        if (data.size() != digest.size())
            throw error(ERRCODE_DATA_CORRUPTED,
                        "expected a digest of 32 bytes, not of " + std::to_string(data.size()));
        std::copy(data.begin(), data.end(), digest.begin());
        return digest;
    }
    static Datum to(const pgcrm::sha256_digest &v) {
        return datum_traits<bytes>::to({{reinterpret_cast<const char *>(v.data()), v.size()}});
    }
};
template <> struct pgcxx::array_type<pgcrm::sha256_digest> : std::integral_constant<Oid, BYTEAARRAYOID> {};

namespace pgcrm::store {

// `text` is a number as JSON spells it, which fits_numeric().
inline Datum numeric_datum(std::string_view text) {
    auto *const image = pgcxx::allocate_array<char>(largest_numeric_image(text.size()));
    write_numeric_image(*parse_number(text), image);
    return PointerGetDatum(image);
}

inline pgcxx::timestamptz to_server(instant at) {
    return pgcxx::timestamptz::from_unix_micros(at.microseconds);
}
inline pgcxx::date to_server(day on) { return pgcxx::date::from_unix_days(on.number); }

template <class T>
auto to_server(const std::optional<T> &value) -> std::optional<decltype(to_server(*value))> {
    return value ? std::optional(to_server(*value)) : std::nullopt;
}

inline instant from_server(pgcxx::timestamptz at) { return instant{at.unix_micros()}; }
inline day from_server(pgcxx::date on) { return day{on.unix_days()}; }

template <class T>
auto from_server(const std::optional<T> &value) -> std::optional<decltype(from_server(*value))> {
    return value ? std::optional(from_server(*value)) : std::nullopt;
}

} // namespace pgcrm::store
