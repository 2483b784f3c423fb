// A table of rows that are compared and merged: how they are written and read follows from one list.
//
//   template <> struct row_list<written_state> {
//       static constexpr std::string_view table = "lead_current";
//       static constexpr std::string_view place = "of a lead"; // unknown status "frozen" of a lead
//       static constexpr std::tuple key{column{"lead_id", as::text, &written_state::lead_id}};
//       static constexpr std::tuple of_state{column{"stage_id", as::text, &lead_state::stage_id}, ...};
//       static constexpr auto rest = within(&written_state::row, of_state);
//   };
//
// A row with a new column takes one line here and one where the table is made. Rows travel as one parameter,
// an array of the table's row type, and each function is one statement, whose text is put together once in a
// backend, but for the account's schema.
#pragma once

#include "store/rows/column.hpp"
#include "store/rows/prepared.hpp"
#include "store/rows/row_texts.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace pgcrm::store {

template <class Row> struct row_list;

// Whether a row of the same key may be there already. To look for one costs as much as an index entry.
enum class clashing { impossible, replaces_the_old };

template <class Row> struct unlike_rows {
    std::vector<Row> rows;
    std::size_t unknown = 0; // of so many of them no row of the same key is stored
};

template <class Row> class row_table {
    using list = row_list<Row>;
    static constexpr auto columns = std::tuple_cat(list::key, list::rest);
    static constexpr std::size_t key_size = std::tuple_size_v<decltype(list::key)>;
    static constexpr std::size_t size = std::tuple_size_v<decltype(columns)>;
    static constexpr std::make_index_sequence<key_size> key{};
    static constexpr std::make_index_sequence<size> all{};

    template <class... Columns>
    static auto stored_row(const std::tuple<Columns...> &)
        -> std::tuple<typename Columns::template stored<Row>...>;

public:
    // A row as a query gives it: the columns in the order of the list, money in hundredths.
    using stored = decltype(stored_row(columns));

    // select ... from office_a.lead_current t
    static pgcxx::statement selection(std::string_view schema) {
        pgcxx::statement text = texts().selection;
        return text << " from " << name_in(schema) << " t";
    }

    // The texts are those of `from`. Error XX001 when it holds a word that the table's constraints keep out.
    static Row read(const stored &from) { return read(from, all); }

    // So that two batches with the same rows never wait for each other.
    static std::vector<const Row *> in_key_order(std::span<const Row> rows) {
        std::vector<const Row *> ordered;
        ordered.reserve(rows.size());
        for (const Row &each : rows)
            ordered.push_back(&each);
        std::sort(ordered.begin(), ordered.end(),
                  [](const Row *a, const Row *b) { return key_of(*a, key) < key_of(*b, key); });
        return ordered;
    }

    // Below, `rows` are rows or pointers to rows.

    // Error 23505 when a row is there that could not be.
    template <class Rows>
    static void insert(pgcxx::spi::session &sql, std::string_view schema, const Rows &rows, clashing clashes,
                       planning how = planning::by_cost) {
        pgcxx::statement text;
        text << "insert into " << name_in(schema) << texts().insertion;
        if (clashes == clashing::replaces_the_old)
            text << texts().replacing;
        execute(sql, text, parameters_of(schema, rows, all), how);
    }

    // Those that have the keys of these rows.
    template <class Rows>
    static void remove(pgcxx::spi::session &sql, std::string_view schema, const Rows &rows) {
        pgcxx::statement text;
        text << "delete from " << name_in(schema) << " t using unnest($1) r where " << texts().same_key;
        const parameters with = parameters_of(schema, rows, key);
        planned_now(sql, text, with).execute();
    }

    // Those that are not stored as they are here.
    static unlike_rows<Row> find_unlike(pgcxx::spi::session &sql, std::string_view schema,
                                        const std::vector<const Row *> &rows) {
        pgcxx::statement text;
        text << "select r.\"pgcrm$row\", not (" << texts().is_absent
             << ") from (select u.*, row_number() over () as \"pgcrm$row\" from unnest($1) u) r left join "
             << name_in(schema) << " t on " << texts().same_key << " where " << texts().is_absent << " or "
             << texts().unlike;
        const parameters with = parameters_of(schema, rows, all);
        unlike_rows<Row> found;
        planned_now look_up(sql, text, with);
        for (const auto &[position, is_known] : look_up.template query<std::int64_t, bool>()) {
            found.rows.push_back(*rows[static_cast<std::size_t>(position - 1)]);
            found.unknown += is_known ? 0 : 1;
        }
        return found;
    }

private:
    static pgcxx::identifier name_in(std::string_view schema) { return {schema, list::table}; }

    template <std::size_t... I>
    static constexpr std::array<pgcxx::wanted_column, sizeof...(I)> wanted(std::index_sequence<I...>) {
        return {{{std::get<I>(columns).name(), std::get<I>(columns).oid}...}};
    }

    static const row_texts &texts() {
        static const auto *const made = new row_texts(wanted(all), key_size); // per backend, never freed
        return *made;
    }

    template <std::size_t... I> static auto key_of(const Row &row, std::index_sequence<I...>) {
        return std::tie(std::get<I>(columns).in(row)...);
    }

    template <std::size_t... I> static Row read(const stored &from, std::index_sequence<I...>) {
        Row row{};
        (std::get<I>(columns).set(row, std::get<I>(from), list::place), ...);
        return row;
    }

    static const Row &row_in(const Row &each) { return each; }
    static const Row &row_in(const Row *each) { return *each; }

    // The columns that are not among those of `I` are null.
    template <class Rows, std::size_t... I>
    static parameters parameters_of(std::string_view schema, const Rows &rows, std::index_sequence<I...>) {
        static constexpr auto names = wanted(std::index_sequence<I...>());
        pgcxx::table_row_builder built(schema, list::table, names);
        built.reserve(rows.size());
        for (const auto &each : rows) {
            const Row &row = row_in(each);
            built.add(std::array<NullableDatum, sizeof...(I)>{std::get<I>(columns).get(row)...});
        }
        return parameters().add_typed(built.array(), built.array_type());
    }
};

} // namespace pgcrm::store
