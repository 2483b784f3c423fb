#include "store/catalog/stream_table.hpp"

#include "store/account/compatible_views.hpp"
#include "store/catalog/source.hpp"
#include "store/catalog/typed_tables.hpp"

namespace pgcrm::store {
namespace {

using pgcxx::literal;

void warn_of(const std::string &name, const std::string &why) {
    pgcxx::warning("the tables of account \"" + name + "\" are not up to date", why,
                   "Let its owner run: select crm_account_upgrade(" + literal{name}.text() + ").");
}

void fit_account(const account_of_any_layout &found, const stream &changed) {
    if (found.layout != layout_version)
        return warn_of(found.of.name, "Its layout is " + std::to_string(found.layout) + ", not " +
                                          std::to_string(layout_version) + ".");
    if (!has_right(pgcxx::current_user(), found.of, account_right::own))
        return warn_of(found.of.name, "It belongs to somebody else.");
    fit_typed_tables(found.of, std::span(&changed, 1));
    pgcxx::spi::session sql;
    if (!compatible_views_of(sql, found.of).empty())
        make_compatible_views(found.of, streams_with_tables(found.of));
}

} // namespace

bool has_stream(std::string_view source, std::string_view stream, stream_kind kind) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    const auto rows = sql.query<bool>("select true from pgcrm.stream s"
                                      " where s.source = $1 and s.stream = $2 and s.shipped = $3",
                                      source, stream, kind == stream_kind::shipped);
    return !rows.empty();
}

void write_stream(std::string_view source, std::string_view stream, std::string_view mapping,
                  std::optional<std::int32_t> ordinal) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    sql.execute(
        "insert into pgcrm.stream as s (source, stream, ordinal, mapping, shipped)"
        " values ($1, $2, coalesce($4,"
        " (select o.ordinal from pgcrm.stream o where o.source = $1 and o.stream = $2"
        " order by o.shipped limit 1),"
        " (select pg_catalog.max(o.ordinal) + 1 from pgcrm.stream o where o.source = $1), 1), $3, false)"
        " on conflict (source, stream, shipped) do update"
        " set mapping = excluded.mapping, ordinal = excluded.ordinal",
        source, stream, pgcxx::jsonb_view{mapping}, ordinal);
}

void erase_stream(std::string_view source, std::string_view stream) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    sql.execute("delete from pgcrm.stream s where s.source = $1 and s.stream = $2 and not s.shipped", source,
                stream);
}

std::vector<std::string> streams_without_sequence(std::string_view source) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    std::vector<std::string> names;
    for (const auto &[name] : sql.query<std::string>(
             "select o.stream from pgcrm.stream o join pgcrm.stream s using (source, stream)"
             " where o.source = $1 and not o.shipped and s.shipped and o.mapping ? 'observation'"
             " and s.mapping -> 'observation' ? 'sequence' and not o.mapping -> 'observation' ? 'sequence'"
             " order by o.stream",
             source))
        names.push_back(name);
    return names;
}

bool has_streams(std::string_view source) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    const auto rows = sql.query<bool>("select true from pgcrm.stream s where s.source = $1 limit 1", source);
    return !rows.empty();
}

void fit_accounts(std::string_view source, std::string_view name) {
    const pgcrm::stream changed = stream_that_counts(source, name);
    const accounts_found found = accounts_of_source(source);
    for (const account_of_any_layout &each : found.of_source)
        fit_account(each, changed);
    for (const std::string &held : found.held)
        warn_of(held, "Somebody holds its tables, so it was not looked at; it may be of another source.");
}

} // namespace pgcrm::store
