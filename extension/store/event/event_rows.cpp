#include "store/event/event_rows.hpp"

#include "store/rows/row_texts.hpp"
#include "store/rows/server_value.hpp"

#include <algorithm>
#include <numeric>

namespace pgcrm::store {
namespace {

using pgcxx::literal;
using pgcxx::statement;

Oid type_of(const column &each) {
    if (each.from == column_origin::body)
        return JSONBOID;
    switch (each.type) {
    case column_type::bigint:
        return INT8OID;
    case column_type::integer:
        return INT4OID;
    case column_type::boolean:
        return BOOLOID;
    case column_type::text:
        return TEXTOID;
    case column_type::numeric:
        return NUMERICOID;
    case column_type::timestamptz:
        return TIMESTAMPTZOID;
    case column_type::date:
        return DATEOID;
    }
    return InvalidOid;
}

Datum value_of(const cell &value, column_type type) {
    switch (type) {
    case column_type::bigint:
        return pgcxx::to_datum(value.number).value;
    case column_type::integer:
        return pgcxx::to_datum(static_cast<std::int32_t>(value.number)).value;
    case column_type::boolean:
        return pgcxx::to_datum(value.number != 0).value;
    case column_type::text:
        return pgcxx::to_datum(value.text).value;
    case column_type::numeric:
        return numeric_datum(value.text);
    case column_type::timestamptz:
        return pgcxx::to_datum(pgcxx::timestamptz::from_unix_micros(value.number)).value;
    case column_type::date:
        return pgcxx::to_datum(pgcxx::date::from_unix_days(static_cast<std::int32_t>(value.number))).value;
    }
    return Datum(0);
}

NullableDatum value_of(const column &each, const cell &value, const event_row &row, Datum body) {
    if (each.from == column_origin::body)
        return {body, false};
    if (each.from == column_origin::arrival)
        return pgcxx::to_datum(row.received_at);
    if (value.is != presence::value)
        return {Datum(0), true};
    return {value_of(value, each.type), false};
}

std::vector<std::string_view> names_in(const stream &kind, const std::vector<std::size_t> &columns) {
    std::vector<std::string_view> names;
    names.reserve(columns.size());
    for (const std::size_t number : columns)
        names.push_back(kind.columns[number].name);
    return names;
}

bool is_text(const stream &kind, std::size_t column_number) {
    return kind.columns[column_number].type == column_type::text;
}

} // namespace

std::vector<std::size_t> all_columns(const stream &kind) {
    std::vector<std::size_t> all(kind.columns.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
}

std::vector<std::size_t> sent_columns(const stream &kind) {
    std::vector<std::size_t> sent;
    for (std::size_t i = 0; i < kind.columns.size(); ++i)
        if (kind.columns[i].from == column_origin::pointer)
            sent.push_back(i);
    return sent;
}

std::string_view body_column(const stream &kind) {
    for (const column &each : kind.columns)
        if (each.from == column_origin::body)
            return each.name;
    return {};
}

std::vector<const event_row *> in_order_given(std::span<const event_row> rows) {
    std::vector<const event_row *> ordered;
    ordered.reserve(rows.size());
    for (const event_row &row : rows)
        ordered.push_back(&row);
    return ordered;
}

std::vector<const event_row *> in_key_order(const stream &kind, std::span<const event_row> rows) {
    std::vector<const event_row *> ordered = in_order_given(rows);
    std::sort(ordered.begin(), ordered.end(), [&kind](const event_row *a, const event_row *b) {
        for (const std::size_t part : kind.key) {
            const cell &left = a->cells[part];
            const cell &right = b->cells[part];
            if (is_text(kind, part) ? left.text != right.text : left.number != right.number)
                return is_text(kind, part) ? left.text < right.text : left.number < right.number;
        }
        return false;
    });
    return ordered;
}

parameters rows_of(const account &of, const stream &kind, const std::vector<std::size_t> &columns,
                   const std::vector<const event_row *> &rows) {
    std::vector<pgcxx::wanted_column> wanted;
    wanted.reserve(columns.size());
    for (const std::size_t number : columns)
        wanted.push_back({kind.columns[number].name, type_of(kind.columns[number])});
    pgcxx::table_row_builder built(of.name, kind.name, wanted);
    built.reserve(rows.size());
    std::vector<NullableDatum> values(columns.size());
    for (const event_row *row : rows) {
        const Datum body = row->image.empty() ? Datum(0) : pgcxx::compressed(pgcxx::image_datum(row->image));
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = value_of(kind.columns[columns[i]], row->cells[columns[i]], *row, body);
        built.add(values);
    }
    return parameters().add_typed(built.array(), built.array_type());
}

statement names_of(const stream &kind, const std::vector<std::size_t> &columns) {
    return list_of(names_in(kind, columns), "");
}

statement columns_of(const stream &kind, const std::vector<std::size_t> &columns, pgcxx::sql_literal alias) {
    return list_of(names_in(kind, columns), alias);
}

statement same_key(const stream &kind, pgcxx::sql_literal alias) {
    return same_in(names_in(kind, kind.key), "t", alias);
}

statement path_of(const json_pointer &pointer) {
    statement text;
    text << "array[";
    for (std::size_t i = 0; i < pointer.size(); ++i) {
        if (i > 0)
            text << ", ";
        text << literal{pointer[i]};
    }
    return text << "]::text[]";
}

} // namespace pgcrm::store
