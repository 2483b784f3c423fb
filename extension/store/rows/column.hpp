// A column of a table and the member of a row that holds its value, said once:
//
//   column{"amount", as::numeric, &stay::amount}
//   column{"amount", as::numeric, &observation::amount, &said<money>::value}    a member of a member
//
// How a value travels is said by its type: as it is in C++, as the server has it, and as a query gives it. A
// member that is optional stands for a column that can be null. All of it is known to the compiler: a row is
// written and read as if it had been spelled out.
#pragma once

#include "core/text/money.hpp"
#include "store/rows/server_value.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace pgcrm::store {

// Each type says its oid, what a query gives for it, and how to come from a value to a datum and from what a
// query gave to the value.
namespace as {

// The same in the core and in the server.
template <class Value> struct plain_type {
    static constexpr Oid oid = pgcxx::oid_of<Value>;
    using stored = Value;
    static Datum datum(const std::same_as<Value> auto &value) { return pgcxx::to_datum(value).value; }
    static Value value(const Value &given) { return given; }
};

template <class Stored> struct time_type {
    static constexpr Oid oid = pgcxx::oid_of<Stored>;
    using stored = Stored;
    static Datum datum(const auto &value) {
        const Stored sent = to_server(value);
        return pgcxx::to_datum(sent).value;
    }
    static auto value(const Stored &given) { return from_server(given); }
};

// Money. A query gives its hundredths, which cost less than the text of a numeric.
struct numeric_type {
    static constexpr Oid oid = NUMERICOID;
    using stored = std::int64_t;
    static Datum datum(money value) { return numeric_datum(to_text(value)); }
    static money value(std::int64_t hundredths) { return money{hundredths}; }
};

// One of some words, which stand for an enumeration. None for a word that a check constraint should have kept
// out.
template <auto Parse> struct word_type {
    static constexpr Oid oid = TEXTOID;
    using stored = std::string_view;
    static Datum datum(auto value) { return pgcxx::to_datum(to_text(value)).value; }
    static auto value(std::string_view given) { return Parse(given); }
};

inline constexpr plain_type<std::string_view> text;
inline constexpr plain_type<std::int32_t> integer;
inline constexpr plain_type<std::int64_t> bigint;
inline constexpr plain_type<bool> boolean;
inline constexpr numeric_type numeric;
inline constexpr time_type<pgcxx::timestamptz> timestamptz;
inline constexpr time_type<pgcxx::date> date;
template <auto Parse> inline constexpr word_type<Parse> word;

} // namespace as

template <class Type, class... Steps> class column {
public:
    // `steps` are pointers to members: from the row to a member, from there to a member of it, ...
    constexpr column(std::string_view name, Type, Steps... steps) : name_(name), steps_(steps...) {}
    constexpr column(std::string_view name, Type, std::tuple<Steps...> steps) : name_(name), steps_(steps) {}

    static constexpr Oid oid = Type::oid;
    constexpr std::string_view name() const noexcept { return name_; }

    // The same column of rows that hold this one's rows.
    template <class Outer> constexpr column<Type, Outer, Steps...> within(Outer outer) const {
        return {name_, Type(), std::tuple_cat(std::tuple(outer), steps_)};
    }

    template <class Row> constexpr auto &in(Row &row) const {
        return std::apply(
            [&row](auto... steps) -> auto & { return (row.*....*steps); }, steps_);
    }

    template <class Row>
    using member = std::remove_cvref_t<decltype((std::declval<Row &>().*....*std::declval<Steps>()))>;

    // What a query gives for the column.
    template <class Row>
    using stored = std::conditional_t<pgcxx::nullable<member<Row>>::value,
                                      std::optional<typename Type::stored>, typename Type::stored>;

    template <class Row> NullableDatum get(const Row &row) const {
        const member<Row> &value = in(row);
        if constexpr (!pgcxx::nullable<member<Row>>::value)
            return {Type::datum(value), false};
        else
            return value ? NullableDatum{Type::datum(*value), false} : NullableDatum{Datum(0), true};
    }

    // `place` says where a word stands that nobody knows: "of a lead".
    template <class Row> void set(Row &row, const stored<Row> &given, std::string_view place) const {
        if constexpr (!pgcxx::nullable<stored<Row>>::value)
            in(row) = known(given, place);
        else if (given)
            in(row) = known(*given, place);
        else
            in(row) = std::nullopt;
    }

private:
    auto known(const typename Type::stored &given, std::string_view place) const {
        if constexpr (!pgcxx::nullable<decltype(Type::value(given))>::value)
            return Type::value(given);
        else if (const auto value = Type::value(given))
            return *value;
        else
            refuse(given, place);
    }

    [[noreturn]] void refuse(std::string_view word, std::string_view place) const {
        throw pgcxx::error(ERRCODE_DATA_CORRUPTED, "unknown " + std::string(name_) + " \"" +
                                                       std::string(word) + "\" " + std::string(place));
    }

    std::string_view name_;
    std::tuple<Steps...> steps_;
};

// One bit of a column of bits, and the member that it stands for, which is a bool.
template <class... Steps> struct bit {
    std::int16_t value;
    std::tuple<Steps...> steps;

    constexpr bit(std::int16_t number, Steps... to) : value(number), steps(to...) {}
    template <class Row> constexpr auto &in(Row &row) const {
        return std::apply(
            [&row](auto... each) -> auto & { return (row.*....*each); }, steps);
    }
};

// Several members in one smallint: column_of_bits{"said", bit{1, &observation::amount,
// &said<money>::is_said},
// ...}. Bits of no member are written as 0.
template <class... Bits> class column_of_bits {
public:
    constexpr column_of_bits(std::string_view name, Bits... bits) : name_(name), bits_(bits...) {}

    static constexpr Oid oid = pgcxx::oid_of<std::int16_t>;
    constexpr std::string_view name() const noexcept { return name_; }

    template <class Row> using stored = std::int16_t;

    template <class Row> NullableDatum get(const Row &row) const {
        const auto sum = std::apply(
            [&row](const auto &...each) { return (0 | ... | (each.in(row) ? each.value : 0)); }, bits_);
        return {pgcxx::to_datum(static_cast<std::int16_t>(sum)).value, false};
    }

    template <class Row> void set(Row &row, std::int16_t given, std::string_view) const {
        std::apply([&](const auto &...each) { ((each.in(row) = (given & each.value) != 0), ...); }, bits_);
    }

private:
    std::string_view name_;
    std::tuple<Bits...> bits_;
};

// Columns whose values are in a member of the row.
template <class Outer, class... Columns>
constexpr auto within(Outer outer, const std::tuple<Columns...> &columns) {
    return std::apply([outer](const auto &...each) { return std::tuple(each.within(outer)...); }, columns);
}

} // namespace pgcrm::store
