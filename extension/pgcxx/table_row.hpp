// Rows of a table, made in C++ and handed to SQL as one parameter, an array of the table's row type:
//
//   table_row_builder rows("office_a", "stage", wanted);
//   rows.add(values);                                  // one for each wanted column, in their order
//   insert into ... select r.a, r.b from unnest($1) r  // $1 is rows.array() of type rows.array_type()
//
// One array of rows costs a third of one array for each column: unnest() of n arrays goes through
// n tuplestores.
//
// The table is locked for writing before its columns are looked at, until the end of the
// transaction: nobody can change a column's type between the making and the reading of a row.
#pragma once

#include "pgcxx/array.hpp"
#include "pgcxx/security.hpp"

namespace pgcxx {

struct wanted_column {
    std::string_view name;
    Oid type;
};

class table_row_builder {
public:
    // Errors: 42P01 no such table, 55000 a column is missing or of another type.
    table_row_builder(std::string_view schema, std::string_view table, std::span<const wanted_column> columns)
        : name_(std::string(schema) + "." + std::string(table)) {
        find_table(schema, table);
        values_.resize(static_cast<std::size_t>(shape_->natts));
        nulls_.reset(new bool[values_.size()]);
        std::fill_n(nulls_.get(), values_.size(), true); // columns that nobody asked for
        places_.reserve(columns.size());
        for (const wanted_column &column : columns)
            places_.push_back(place_of(column));
    }
    table_row_builder(const table_row_builder &) = delete;
    table_row_builder &operator=(const table_row_builder &) = delete;
    ~table_row_builder() = default;

    void reserve(std::size_t rows) { rows_.reserve(rows); }

    // The row is copied into CurrentMemoryContext.
    void add(std::span<const NullableDatum> values) {
        for (std::size_t i = 0; i < places_.size(); ++i) {
            values_[places_[i]] = values[i].value;
            nulls_[places_[i]] = values[i].isnull;
        }
        HeapTuple const row = call(heap_form_tuple, shape_, values_.data(), nulls_.get());
        rows_.push_back(PointerGetDatum(row->t_data)); // heap_form_tuple fills in what makes it a value
    }

    std::size_t size() const noexcept { return rows_.size(); }
    Oid array_type() const noexcept { return array_type_; }

    // All rows, in the order in which they came.
    Datum array() {
        std::unique_ptr<bool[]> const nulls(new bool[rows_.size()]());
        return detail::put_together(rows_.data(), nulls.get(), rows_.size(), row_type_);
    }

private:
    void find_table(std::string_view schema, std::string_view table) {
        std::string const schema_name(schema);
        std::string const table_name(table);
        struct found {
            Oid table, row_type, array_type;
            TupleDesc shape;
        };
        found const it = island([&schema_name, &table_name] {
            // makeRangeVar keeps the pointers it is given, and no longer than this call
            RangeVar *name = makeRangeVar(const_cast<char *>(schema_name.c_str()),
                                          const_cast<char *>(table_name.c_str()), -1);
            found result{};
            result.table = RangeVarGetRelid(name, RowExclusiveLock, true);
            if (!OidIsValid(result.table))
                return result;
            result.row_type = get_rel_type_id(result.table);
            result.array_type = get_array_type(result.row_type);
            if (OidIsValid(result.array_type))
                result.shape = lookup_rowtype_tupdesc_copy(result.row_type, -1);
            return result;
        });
        if (!it.shape)
            throw error(ERRCODE_UNDEFINED_TABLE, "table \"" + name_ + "\" does not exist");
        row_type_ = it.row_type;
        array_type_ = it.array_type;
        shape_ = it.shape;
    }

    std::size_t place_of(const wanted_column &column) const {
        for (int i = 0; i < shape_->natts; ++i) {
            const FormData_pg_attribute *attribute = TupleDescAttr(shape_, i);
            if (attribute->attisdropped || column.name != NameStr(attribute->attname))
                continue;
            if (attribute->atttypid == column.type)
                return static_cast<std::size_t>(i);
            throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "column \"" + std::string(column.name) +
                                                                      "\" of table \"" + name_ + "\" is " +
                                                                      detail::type_name(attribute->atttypid))
                .detail("It must be " + detail::type_name(column.type) + ".");
        }
        throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "table \"" + name_ + "\" has no column \"" + std::string(column.name) + "\"");
    }

    std::string const name_;
    Oid row_type_ = InvalidOid;
    Oid array_type_ = InvalidOid;
    TupleDesc shape_ = nullptr; // a copy in CurrentMemoryContext
    std::vector<std::size_t> places_;
    std::vector<Datum> values_;
    std::unique_ptr<bool[]> nulls_;
    std::vector<Datum> rows_;
};

// A value of variable length that is there in the server's own layout, its length word first.
inline Datum image_datum(std::string_view image) noexcept { return PointerGetDatum(image.data()); }

// A value of variable length, compressed if that makes it smaller: the server
// compresses only rows above 2 kB, but keeps what arrives compressed. Unchanged where it is built without
// lz4.
inline Datum compressed(Datum value) {
#ifdef USE_LZ4
    Datum const smaller = call(toast_compress_datum, value, TOAST_LZ4_COMPRESSION);
    if (DatumGetPointer(smaller))
        return smaller;
#endif
    return value;
}

// Large values that are written while the settings hold are compressed by lz4, in a tenth of the time, where
// the server is built with it.
inline void compress_fast([[maybe_unused]] settings_scope &settings) {
#ifdef USE_LZ4
    settings.set("default_toast_compression", "lz4");
#endif
}

} // namespace pgcxx
