// What the file of a mart says, and what follows from it. A mart is a type that has
//
//   name, comment       of its table
//   struct key          the parts of a cell's key: day, std::string_view or std::int64_t; compared by <=>
//   key_columns         a tuple of part("month", &key::month, "What it is"), ...
//   struct measures     what is added up: std::int64_t, amount_sum or duration_sum, all 0 at first; compared
//                       by ==
//   measure_columns     a tuple of dated("entries", &measures::entries, "What it counts"), ripening("won",
//   ...), ... contribute          static void (const lead_facts &, int sign, cells_of<the type> &)
//
// and `const registered <name>_is_known(described<the type>)`. A cell whose measures are all 0 is no cell:
// where sums of amounts may happen to be 0, count what was added up as well.
#pragma once

#include "core/marts/mart_cells.hpp"

#include <array>
#include <concepts>
#include <map>
#include <tuple>

namespace pgcrm {

// Of amounts of money, which have two decimals.
struct amount_sum {
    static constexpr std::size_t decimals = 2;
    wide_integer hundredths = 0;

    amount_sum &operator+=(const amount_sum &other) noexcept {
        hundredths += other.hundredths;
        return *this;
    }
    decimal value() const noexcept { return {hundredths, decimals}; }
    friend bool operator==(const amount_sum &, const amount_sum &) = default;
};

// Of times, told in seconds with six decimals.
struct duration_sum {
    static constexpr std::size_t decimals = 6;
    wide_integer microseconds = 0;

    duration_sum &operator+=(const duration_sum &other) noexcept {
        microseconds += other.microseconds;
        return *this;
    }
    decimal value() const noexcept { return {microseconds, decimals}; }
    friend bool operator==(const duration_sum &, const duration_sum &) = default;
};

template <class Key, class Value> struct part {
    std::string_view name;
    Value Key::*value;
    std::string_view comment;

    constexpr part(std::string_view column, Value Key::*member, std::string_view what)
        : name(column), value(member), comment(what) {}
    constexpr key_column column() const {
        if constexpr (std::same_as<Value, day>)
            return {name, key_type::date, comment};
        else if constexpr (std::same_as<Value, std::string_view>)
            return {name, key_type::text, comment};
        else
            return {name, key_type::integer, comment};
    }
};

template <class Measures, class Value> struct measure {
    std::string_view name;
    Value Measures::*value;
    bool is_dated;
    std::string_view comment;

    constexpr measure_column column() const {
        if constexpr (std::same_as<Value, std::int64_t>)
            return {name, measure_type::bigint, 0, is_dated, comment};
        else
            return {name, measure_type::numeric, Value::decimals, is_dated, comment};
    }
};

template <class Measures, class Value>
constexpr measure<Measures, Value> dated(std::string_view name, Value Measures::*value,
                                         std::string_view comment) {
    return {name, value, true, comment};
}
template <class Measures, class Value>
constexpr measure<Measures, Value> ripening(std::string_view name, Value Measures::*value,
                                            std::string_view comment) {
    return {name, value, false, comment};
}

inline cell_value value_of(std::int64_t value) { return value; }
inline cell_value value_of(day value) { return value; }
inline cell_value value_of(std::string_view value) { return value; }
inline cell_value value_of(const amount_sum &sum) { return sum.value(); }
inline cell_value value_of(const duration_sum &sum) { return sum.value(); }

template <class Mart> class cells_of final : public mart_cells {
public:
    using key = typename Mart::key;
    using measures = typename Mart::measures;

    using mart_cells::mart_cells;

    // The cell, made if it was not there.
    measures &at(const key &where) { return cells_[where]; }

    void add(const lead_facts &of_one_lead, int sign) override { Mart::contribute(of_one_lead, sign, *this); }

    void add(const mart_cells &part, kept_texts &texts) override {
        for (const auto &[where, what] : static_cast<const cells_of &>(part).cells_) {
            auto found = cells_.lower_bound(where);
            if (found == cells_.end() || found->first != where)
                found = cells_.emplace_hint(found, kept(where, texts), measures{});
            add_up(found->second, what);
        }
    }

    void remove_zero_cells() override {
        std::erase_if(cells_, [](const auto &cell) { return cell.second == measures{}; });
    }

    void clear() noexcept override { cells_.clear(); }
    std::size_t size() const noexcept override { return cells_.size(); }

    void for_each(const std::function<void(const cell_row &)> &visit) const override {
        for (const auto &[where, what] : cells_) {
            const auto key_values = values(Mart::key_columns, where);
            const auto measure_values = values(Mart::measure_columns, what);
            visit({key_values, measure_values});
        }
    }

private:
    template <class Columns, class Row> static auto values(const Columns &columns, const Row &row) {
        return std::apply(
            [&row](const auto &...each) {
                return std::array<cell_value, sizeof...(each)>{value_of(row.*each.value)...};
            },
            columns);
    }

    static void add_up(measures &to, const measures &what) {
        std::apply([&](const auto &...each) { (static_cast<void>(to.*each.value += what.*each.value), ...); },
                   Mart::measure_columns);
    }

    static key kept(key where, kept_texts &texts) {
        const auto keep = [&texts](auto &value) {
            if constexpr (std::same_as<std::remove_reference_t<decltype(value)>, std::string_view>)
                value = texts.keep(value);
        };
        std::apply([&](const auto &...each) { (keep(where.*each.value), ...); }, Mart::key_columns);
        return where;
    }

    std::map<key, measures> cells_;
};

namespace detail {

template <class Columns> constexpr auto columns_of(const Columns &columns) {
    return std::apply([](const auto &...each) { return std::array{each.column()...}; }, columns);
}

template <class Mart> struct description {
    static constexpr auto key = columns_of(Mart::key_columns);
    static constexpr auto measures = columns_of(Mart::measure_columns);
    static_assert(key.front().type == key_type::date,
                  "the first part of a key is the month that dates the cell");

    static std::unique_ptr<mart_cells> make_cells();
};

} // namespace detail

template <class Mart>
inline constexpr mart described{Mart::name, Mart::comment, detail::description<Mart>::key,
                                detail::description<Mart>::measures, &detail::description<Mart>::make_cells};

template <class Mart> std::unique_ptr<mart_cells> detail::description<Mart>::make_cells() {
    return std::make_unique<cells_of<Mart>>(described<Mart>);
}

} // namespace pgcrm
