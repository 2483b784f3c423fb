// jsonb as its text.  A view on the way in costs one printing of the document and
// lives as long as the context it was read in; jsonb_text owns its copy.
#pragma once

#include "pgcxx/datum.hpp"

namespace pgcxx {

struct jsonb_view {
    std::string_view text;
};
struct jsonb_text {
    std::string text;
};

template <> struct datum_traits<jsonb_view> {
    static constexpr Oid oid = JSONBOID;
    static jsonb_view from(Datum d) {
        StringInfoData printed;
        island([d, &printed] {
            Jsonb *document = DatumGetJsonbP(d);
            initStringInfo(&printed);
            JsonbToCString(&printed, &document->root, static_cast<int>(VARSIZE(document)));
        });
        return {{printed.data, static_cast<std::size_t>(printed.len)}};
    }
    // The server parses and checks: bad JSON is its 22P02, with its own words.
    static Datum to(jsonb_view v) {
        char *text = detail::make_cstring(v.text);
        context_owned owner(text);
        return call(DirectFunctionCall1Coll, jsonb_in, InvalidOid, CStringGetDatum(text));
    }
};

template <> inline constexpr bool is_view<jsonb_view> = true;

template <> struct datum_traits<jsonb_text> {
    static constexpr Oid oid = JSONBOID;
    static jsonb_text from(Datum d) {
        std::string_view const printed = datum_traits<jsonb_view>::from(d).text;
        context_owned owner(printed.data());
        return {std::string(printed)};
    }
    static Datum to(const jsonb_text &v) { return datum_traits<jsonb_view>::to({v.text}); }
};

} // namespace pgcxx
