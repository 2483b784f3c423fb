// C++ types and the SQL types they stand for.
//
// datum_traits<T> is undefined for unknown types, so that they do not compile.
//   oid        the SQL type
//   from       Datum to T; views point into the value or into its detoasted copy
//              in CurrentMemoryContext and live as long as that does
//   to         T to Datum, allocated in CurrentMemoryContext
// std::optional<T> is the only spelling of NULL.
#pragma once

#include "pgcxx/memory.hpp"
#include "pgcxx/time.hpp"

namespace pgcxx {

template <class T> struct datum_traits;

// bytea.  A view: reading points into the value, writing copies.
struct bytes {
    std::string_view data;
};

// The types that need a name of their own because C++ has no other for them.
struct regclass {
    Oid oid = InvalidOid;
};
struct object_name {
    std::string text;
};

// The server's accessor macros, never a cast: widths differ between versions.
#define PGCXX_BY_VALUE(type, type_oid, suffix)                                                               \
    template <> struct datum_traits<type> {                                                                  \
        static constexpr Oid oid = type_oid;                                                                 \
        static type from(Datum d) noexcept { return DatumGet##suffix(d); }                                   \
        static Datum to(type v) noexcept { return suffix##GetDatum(v); }                                     \
    }
PGCXX_BY_VALUE(bool, BOOLOID, Bool);
PGCXX_BY_VALUE(std::int16_t, INT2OID, Int16);
PGCXX_BY_VALUE(std::int32_t, INT4OID, Int32);
PGCXX_BY_VALUE(std::int64_t, INT8OID, Int64);
PGCXX_BY_VALUE(float, FLOAT4OID, Float4);
PGCXX_BY_VALUE(double, FLOAT8OID, Float8);
PGCXX_BY_VALUE(Oid, OIDOID, ObjectId);
#undef PGCXX_BY_VALUE

template <> struct datum_traits<regclass> {
    static constexpr Oid oid = REGCLASSOID;
    static regclass from(Datum d) noexcept { return {DatumGetObjectId(d)}; }
    static Datum to(regclass v) noexcept { return ObjectIdGetDatum(v.oid); }
};

template <> struct datum_traits<timestamptz> {
    static constexpr Oid oid = TIMESTAMPTZOID;
    static timestamptz from(Datum d) noexcept { return {DatumGetTimestampTz(d)}; }
    static Datum to(timestamptz v) noexcept { return TimestampTzGetDatum(v.microseconds); }
};

template <> struct datum_traits<date> {
    static constexpr Oid oid = DATEOID;
    static date from(Datum d) noexcept { return {DatumGetDateADT(d)}; }
    static Datum to(date v) noexcept { return DateADTGetDatum(v.days); }
};

template <> struct datum_traits<interval> {
    static constexpr Oid oid = INTERVALOID;
    static interval from(Datum d) noexcept {
        const Interval *value = DatumGetIntervalP(d);
        return {value->time, value->day, value->month};
    }
    static Datum to(interval v) {
        auto *value = static_cast<Interval *>(allocate_in(CurrentMemoryContext, sizeof(Interval)));
        *value = {v.microseconds, v.days, v.months};
        return IntervalPGetDatum(value);
    }
};

namespace detail {

// Only compressed and external values need the server, so the common path has no guard.
inline varlena *detoast(Datum d) {
    auto *value = reinterpret_cast<varlena *>(DatumGetPointer(d));
    return VARATT_IS_COMPRESSED(value) || VARATT_IS_EXTERNAL(value) ? call(pg_detoast_datum_packed, value)
                                                                    : value;
}

// EXHDR and not "size - VARHDRSZ": a short value has a header of one byte.
inline std::string_view varlena_view(Datum d) {
    varlena *value = detoast(d);
    return {VARDATA_ANY(value), static_cast<std::size_t>(VARSIZE_ANY_EXHDR(value))};
}

inline void check_size(std::string_view data) {
    if (data.size() > MaxAllocSize - VARHDRSZ)
        throw error(ERRCODE_PROGRAM_LIMIT_EXCEEDED, "value is too long")
            .detail("It has " + std::to_string(data.size()) + " bytes; a value can have 1 GB.");
}

inline Datum make_varlena(std::string_view data) {
    check_size(data);
    auto *value = static_cast<varlena *>(allocate_in(CurrentMemoryContext, VARHDRSZ + data.size()));
    SET_VARSIZE(value, VARHDRSZ + data.size());
    data.copy(VARDATA(value), data.size());
    return PointerGetDatum(value);
}

inline void check_no_zero_byte(std::string_view text) {
    if (text.find('\0') != text.npos)
        throw error(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE, "text contains a zero byte");
}

// A NUL-terminated copy, for the input functions of types.
inline char *make_cstring(std::string_view text) {
    check_size(text);
    check_no_zero_byte(text);
    auto *copy = static_cast<char *>(allocate_in(CurrentMemoryContext, text.size() + 1));
    text.copy(copy, text.size());
    copy[text.size()] = '\0';
    return copy;
}

// As users know the type: "bigint", "text[]".
inline std::string type_name(Oid type) {
    char *name = call(format_type_be, type);
    context_owned owner(name);
    return name;
}

} // namespace detail

// Whether bytes are what a text may hold. Told not to raise, it only looks.
inline bool can_be_text(std::string_view value) {
    return pg_verify_mbstr(GetDatabaseEncoding(), value.data(), static_cast<int>(value.size()), true);
}

// text.  The view is not NUL-terminated.  What is written must already be valid in
// the server's encoding: validation belongs where the bytes come in.
template <> struct datum_traits<std::string_view> {
    static constexpr Oid oid = TEXTOID;
    static std::string_view from(Datum d) { return detail::varlena_view(d); }
    static Datum to(std::string_view v) {
        detail::check_size(v);
        detail::check_no_zero_byte(v);
        return detail::make_varlena(v);
    }
};
template <> struct datum_traits<std::string> : datum_traits<std::string_view> {
    static std::string from(Datum d) { return std::string(detail::varlena_view(d)); }
};
template <> struct datum_traits<const char *> { // arguments written as literals; never read
    static constexpr Oid oid = TEXTOID;
    static Datum to(const char *v) { return datum_traits<std::string_view>::to(v); }
};

template <> struct datum_traits<bytes> {
    static constexpr Oid oid = BYTEAOID;
    static bytes from(Datum d) { return {detail::varlena_view(d)}; }
    static Datum to(bytes v) { return detail::make_varlena(v.data); }
};

template <> struct datum_traits<object_name> {
    static constexpr Oid oid = NAMEOID;
    static object_name from(Datum d) { return {NameStr(*DatumGetName(d))}; }
    static Datum to(const object_name &v) {
        if (v.text.size() >= NAMEDATALEN)
            throw error(ERRCODE_NAME_TOO_LONG, "name \"" + v.text + "\" is too long");
        detail::check_no_zero_byte(v.text);
        auto *name = static_cast<Name>(allocate_in(CurrentMemoryContext, sizeof(NameData)));
        *name = NameData{}; // the bytes after the end are compared too
        v.text.copy(NameStr(*name), v.text.size());
        return NameGetDatum(name);
    }
};

namespace detail {

// Walks anything that has operator[].
template <class List, class Value> class index_iterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Value;
    using reference = Value;
    using pointer = void;
    using difference_type = std::ptrdiff_t;

    index_iterator() = default;
    index_iterator(const List *list, std::size_t at) noexcept : list_(list), at_(at) {}
    Value operator*() const { return (*list_)[at_]; }
    index_iterator &operator++() noexcept {
        ++at_;
        return *this;
    }
    index_iterator operator++(int) noexcept { return {list_, at_++}; }
    friend bool operator==(const index_iterator &a, const index_iterator &b) noexcept {
        return a.at_ == b.at_;
    }

private:
    const List *list_ = nullptr;
    std::size_t at_ = 0;
};

} // namespace detail

template <class T> struct nullable : std::false_type { using type = T; };
template <class T> struct nullable<std::optional<T>> : std::true_type { using type = T; };

template <class T> using traits_of = datum_traits<typename nullable<std::decay_t<T>>::type>;

template <class T> inline constexpr Oid oid_of = traits_of<T>::oid;

// Types that point into the value they were read from.
template <class T> inline constexpr bool is_view = false;
template <class T> inline constexpr bool is_view<std::optional<T>> = is_view<T>;
template <> inline constexpr bool is_view<std::string_view> = true;
template <> inline constexpr bool is_view<bytes> = true;

// `what` and `number` name the value in the error about an unexpected NULL, as "argument 2".
template <class T> T from_datum(NullableDatum d, const char *what = "value", std::size_t number = 0) {
    if constexpr (nullable<T>::value) {
        return d.isnull ? T() : T(traits_of<T>::from(d.value));
    } else {
        if (d.isnull)
            throw error(ERRCODE_NULL_VALUE_NOT_ALLOWED,
                        what + (number ? " " + std::to_string(number) : std::string()) + " must not be null");
        return traits_of<T>::from(d.value);
    }
}

template <class T> NullableDatum to_datum(const T &value) {
    if constexpr (nullable<T>::value) {
        if (!value)
            return {Datum(0), true};
        return {traits_of<T>::to(*value), false};
    } else {
        return {traits_of<T>::to(value), false};
    }
}

} // namespace pgcxx
