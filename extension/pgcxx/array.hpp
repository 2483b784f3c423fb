// One-dimensional arrays, both ways.
//
// array_of<T> is a view of an array argument: taken apart once, elements are read
// on demand and are optional.  std::vector<T> and std::vector<std::optional<T>>
// become an array.
#pragma once

#include "pgcxx/jsonb.hpp"
#include "pgcxx/numeric.hpp"

namespace pgcxx {

// The array type over T's SQL type.
template <class T> struct array_type;

#define PGCXX_ARRAY_TYPE(type, type_oid)                                                                     \
    template <> struct array_type<type> : std::integral_constant<Oid, type_oid> {}
PGCXX_ARRAY_TYPE(bool, BOOLARRAYOID);
PGCXX_ARRAY_TYPE(std::int16_t, INT2ARRAYOID);
PGCXX_ARRAY_TYPE(std::int32_t, INT4ARRAYOID);
PGCXX_ARRAY_TYPE(std::int64_t, INT8ARRAYOID);
PGCXX_ARRAY_TYPE(float, FLOAT4ARRAYOID);
PGCXX_ARRAY_TYPE(double, FLOAT8ARRAYOID);
PGCXX_ARRAY_TYPE(Oid, OIDARRAYOID);
PGCXX_ARRAY_TYPE(std::string_view, TEXTARRAYOID);
PGCXX_ARRAY_TYPE(std::string, TEXTARRAYOID);
PGCXX_ARRAY_TYPE(bytes, BYTEAARRAYOID);
PGCXX_ARRAY_TYPE(timestamptz, TIMESTAMPTZARRAYOID);
PGCXX_ARRAY_TYPE(date, DATEARRAYOID);
PGCXX_ARRAY_TYPE(numeric_text, NUMERICARRAYOID);
PGCXX_ARRAY_TYPE(jsonb_view, JSONBARRAYOID);
PGCXX_ARRAY_TYPE(jsonb_text, JSONBARRAYOID);
#undef PGCXX_ARRAY_TYPE

template <class T> inline constexpr Oid array_oid = array_type<typename nullable<T>::type>::value;

namespace detail {

// An array in pieces, all of them in the context that was current.
struct array_pieces {
    Datum *values = nullptr;
    bool *nulls = nullptr;
    int count = 0;
    int dimensions = 0;
};

inline array_pieces take_apart(Datum d, Oid element) {
    array_pieces pieces;
    island([d, element, &pieces] {
        ArrayType *array = DatumGetArrayTypeP(d);
        int16 length;
        bool by_value;
        char alignment;
        pieces.dimensions = ARR_NDIM(array);
        get_typlenbyvalalign(element, &length, &by_value, &alignment);
        if (pieces.dimensions == 1)
            deconstruct_array(array, element, length, by_value, alignment, &pieces.values, &pieces.nulls,
                              &pieces.count);
    });
    if (pieces.dimensions > 1)
        throw error(ERRCODE_ARRAY_SUBSCRIPT_ERROR, "expected a one-dimensional array, not one of " +
                                                       std::to_string(pieces.dimensions) + " dimensions");
    return pieces;
}

// Copies the elements into one array in the current context.
inline Datum put_together(Datum *values, bool *nulls, std::size_t size, Oid element) {
    if (size > MaxArraySize)
        throw error(ERRCODE_PROGRAM_LIMIT_EXCEEDED, "array has too many elements");
    int count = static_cast<int>(size);
    return PointerGetDatum(island([values, nulls, count, element]() mutable -> ArrayType * {
        int16 length;
        bool by_value;
        char alignment;
        int first = 1;
        if (count == 0)
            return construct_empty_array(element);
        get_typlenbyvalalign(element, &length, &by_value, &alignment);
        return construct_md_array(values, nulls, 1, &count, &first, element, length, by_value, alignment);
    }));
}

template <class T> Datum array_from(const std::vector<T> &elements) {
    std::vector<Datum> values(elements.size());
    std::unique_ptr<bool[]> nulls(new bool[elements.size()]);
    MemoryContext const target = CurrentMemoryContext;
    context_scope pieces("pgcxx array elements"); // the array gets its own copy of each
    for (std::size_t i = 0; i < elements.size(); ++i) {
        NullableDatum const element = to_datum<T>(elements[i]);
        values[i] = element.value;
        nulls[i] = element.isnull;
    }
    context_switch into(target);
    return put_together(values.data(), nulls.get(), elements.size(), oid_of<T>);
}

} // namespace detail

// A one-dimensional array as an indexable list; positions count from 0 whatever
// the array's lower bound.  Lives as long as the context it was read in.
template <class T> class array_of {
public:
    explicit array_of(detail::array_pieces pieces) noexcept : pieces_(pieces) {}

    std::size_t size() const noexcept { return static_cast<std::size_t>(pieces_.count); }
    bool empty() const noexcept { return pieces_.count == 0; }
    std::optional<T> operator[](std::size_t n) const {
        return from_datum<std::optional<T>>({pieces_.values[n], pieces_.nulls[n]});
    }

    using iterator = detail::index_iterator<array_of, std::optional<T>>;
    iterator begin() const noexcept { return {this, 0}; }
    iterator end() const noexcept { return {this, size()}; }

private:
    detail::array_pieces pieces_;
};

template <class T> inline constexpr bool is_view<array_of<T>> = true;

template <class T> struct datum_traits<array_of<T>> {
    static constexpr Oid oid = array_oid<T>;
    static array_of<T> from(Datum d) { return array_of<T>(detail::take_apart(d, oid_of<T>)); }
};

template <class T> struct datum_traits<std::vector<T>> {
    static constexpr Oid oid = array_oid<T>;
    static Datum to(const std::vector<T> &v) { return detail::array_from(v); }
};

} // namespace pgcxx
