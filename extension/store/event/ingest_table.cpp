#include "store/event/ingest_table.hpp"

#include "store/rows/page_size.hpp"

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::statement;

// A relation of bodies: who it is, and how its one column is read.
struct body_relation {
    identifier name;
    identifier column;
    bool is_bytes; // else the text of the column is
};

std::string name_of(pgcxx::spi::session &sql, pgcxx::regclass relation) {
    return std::get<0>(sql.query<std::string>("select $1::text", relation).front());
}

body_relation describe(pgcxx::spi::session &sql, pgcxx::regclass relation) {
    const auto columns = sql.query<std::string, std::string, std::string, std::string>(
        "select n.nspname::text, c.relname::text, a.attname::text, a.atttypid::regtype::text"
        " from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
        " join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
        " where c.oid = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f')",
        relation);
    if (columns.empty())
        throw error(ERRCODE_WRONG_OBJECT_TYPE, "bodies can be read from a table or a view only")
            .detail(name_of(sql, relation) + " is neither, or has no columns.");
    const auto [schema, table, column, type] = columns.front();
    const bool is_bytes = type == "bytea";
    if (columns.size() != 1 || !(is_bytes || type == "text" || type == "json" || type == "jsonb"))
        throw error(ERRCODE_WRONG_OBJECT_TYPE,
                    "\"" + schema + "." + table +
                        "\" must have one column of type text, bytea, json or jsonb")
            .detail("It has " + std::to_string(columns.size()) + ", the first is \"" + column +
                    "\" of type " + type + ".")
            .hint("Ingest from a view that shows the column with the bodies alone.");
    return {identifier{schema, table}, identifier{column}, is_bytes};
}

statement reading(const body_relation &from) {
    statement text;
    text << "select b." << from.column
         << (from.is_bytes ? pgcxx::sql_literal("") : pgcxx::sql_literal("::text")) << " from " << from.name
         << " b";
    return text;
}

class table_ingest {
public:
    table_ingest(const account &of, pgcxx::regclass relation)
        : of_(of), report_(relation.oid, progress_type) {}

    template <class Text> ingest_counts run(pgcxx::spi::session &sql, const statement &text) {
        pgcxx::spi::cursor cursor(sql, text);
        page_size page;
        for (;;) {
            report_.update(bytes_, counts_.bodies, counts_.quarantined);
            const auto rows = cursor.fetch<std::optional<Text>>(page.rows());
            if (rows.empty())
                return counts_;
            const std::int64_t before = bytes_;
            std::vector<std::string_view> bodies;
            bodies.reserve(rows.size());
            for (const auto &[body] : rows) {
                bodies.push_back(body ? view_of(*body) : std::string_view());
                bytes_ += static_cast<std::int64_t>(bodies.back().size());
            }
            counts_.add(ingest(of_, bodies));
            page.learn(bytes_ - before, rows.size());
        }
    }

private:
    static std::string_view view_of(std::string_view text) { return text; }
    static std::string_view view_of(pgcxx::bytes value) { return value.data; }

    const account &of_;
    const pgcxx::progress_report report_;
    ingest_counts counts_;
    std::int64_t bytes_ = 0;
};

} // namespace

ingest_counts ingest_table(const account &of, pgcxx::regclass relation) {
    pgcxx::spi::session sql;
    const body_relation from = describe(sql, relation);
    table_ingest work(of, relation);
    return from.is_bytes ? work.run<pgcxx::bytes>(sql, reading(from))
                         : work.run<std::string_view>(sql, reading(from));
}

} // namespace pgcrm::store
