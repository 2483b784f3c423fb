// numeric as its text: exact at any size, never a double.
#pragma once

#include "pgcxx/datum.hpp"

namespace pgcxx {

struct numeric_text {
    std::string text; // as the server prints and reads it, "NaN" and "Infinity" included

    friend bool operator==(const numeric_text &, const numeric_text &) = default;
};

template <> struct datum_traits<numeric_text> {
    static constexpr Oid oid = NUMERICOID;
    static numeric_text from(Datum d) {
        char *printed = DatumGetCString(call(DirectFunctionCall1Coll, numeric_out, InvalidOid, d));
        context_owned owner(printed);
        return {printed};
    }
    static Datum to(const numeric_text &v) {
        detail::check_no_zero_byte(v.text);
        return call(DirectFunctionCall3Coll, numeric_in, InvalidOid, CStringGetDatum(v.text.c_str()),
                    ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
    }
};

} // namespace pgcxx
