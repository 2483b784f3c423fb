#include "store/catalog/source.hpp"

#include "core/mapping/account_tables.hpp"
#include "settings.hpp"
#include "store/catalog/rule_check.hpp"

#include <map>

namespace pgcrm::store {
namespace {

using pgcxx::error;

std::map<std::string, std::shared_ptr<source>, std::less<>> &compiled() {
    static auto *const kept =
        new std::map<std::string, std::shared_ptr<source>, std::less<>>; // per backend, never freed
    return *kept;
}

// A row of the user's stands in the place of the shipped one of the same name.
std::string current_revision(pgcxx::spi::session &sql, std::string_view name) {
    static pgcxx::spi::kept_plan<std::string_view> digests_of{
        "select pg_catalog.string_agg(s.stream || ' ' || s.revision, ',' order by s.ordinal, s.stream)"
        " from (select distinct on (r.stream) r.* from pgcrm.stream r where r.source = $1"
        " order by r.stream, r.shipped) s"};
    const auto rows = sql.query<std::optional<std::string>>(digests_of, name);
    const auto [digests] = rows[0];
    if (!digests)
        throw error(ERRCODE_UNDEFINED_OBJECT, "source \"" + std::string(name) + "\" does not exist")
            .hint("Table pgcrm.stream lists the sources.");
    return *digests + " " + std::to_string(settings::max_payload_size);
}

[[noreturn]] void refuse(std::string_view source_name, std::string_view stream_name,
                         const std::vector<mapping_fault> &faults) {
    throw error(ERRCODE_INVALID_PARAMETER_VALUE, "mapping of stream \"" + std::string(stream_name) +
                                                     "\" of source \"" + std::string(source_name) +
                                                     "\" is faulty")
        .detail(in_lines(faults))
        .hint("Define the stream with crm_stream_define, or drop it with crm_stream_drop.");
}

// Rows can be written by hand, and come with a dump: what crm_stream_define asks of rules is asked of each.
stream checked(std::string_view source_name, std::string_view stream_name, std::string_view mapping) {
    check_stream_name(source_name, stream_name);
    parsed_mapping parsed = parse_mapping(mapping);
    if (!parsed.value)
        refuse(source_name, stream_name, parsed.faults);
    if (const auto faults = faulty_rules(*parsed.value, rule_trial::none); !faults.empty())
        refuse(source_name, stream_name, faults);
    return std::move(*parsed.value);
}

std::vector<stream> read_streams(pgcxx::spi::session &sql, std::string_view name) {
    std::vector<stream> streams;
    const auto rows = sql.query<std::string, std::string>(
        "select s.stream, s.mapping::text from (select distinct on (r.stream) r.*"
        " from pgcrm.stream r where r.source = $1"
        " order by r.stream, r.shipped) s order by s.ordinal, s.stream",
        name);
    for (const auto &[stream_name, mapping] : rows)
        streams.push_back(checked(name, stream_name, mapping));
    return streams;
}

decode_limits limits_now() {
    decode_limits limits;
    limits.max_body_size = static_cast<std::size_t>(settings::max_payload_size);
    return limits;
}

} // namespace

void check_stream_name(std::string_view source_name, std::string_view stream_name) {
    if (!is_account_table(stream_name))
        return;
    throw error(ERRCODE_DUPLICATE_TABLE, "stream \"" + std::string(stream_name) + "\" of source \"" +
                                             std::string(source_name) +
                                             "\" has a name that is kept for tables of every account")
        .detail("Versions of the extension make a table of that name in the schema in which the stream has "
                "its own.")
        .hint("Rename the stream in table pgcrm.stream, and its table in each account of the source. The "
              "statements are in docs/how-to/upgrade.md, under \"A stream whose name is kept\".");
}

void check_stream_names() {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    for (const auto &[source_name, stream_name] : sql.query<std::string, std::string>(
             "select s.source, s.stream from pgcrm.stream s where not s.shipped order by 1, 2"))
        check_stream_name(source_name, stream_name);
}

std::string in_lines(const std::vector<mapping_fault> &faults) {
    std::string lines;
    for (const mapping_fault &fault : faults)
        lines += (lines.empty() ? "" : "\n") + ("At \"" + fault.at + "\": " + fault.what + ".");
    return lines;
}

std::shared_ptr<source> compiled_source(std::string_view name) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    std::string revision = current_revision(sql, name);
    if (auto found = compiled().find(name); found != compiled().end() && found->second->revision == revision)
        return found->second;
    auto fresh = std::make_shared<source>(std::move(revision), read_streams(sql, name), limits_now());
    compiled().insert_or_assign(std::string(name), fresh);
    return fresh;
}

stream stream_that_counts(std::string_view source_name, std::string_view stream_name) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    pgcxx::spi::session sql;
    const auto rows = sql.query<std::string>("select s.mapping::text from pgcrm.stream s"
                                             " where s.source = $1 and s.stream = $2"
                                             " order by s.shipped limit 1",
                                             source_name, stream_name);
    const auto [mapping] = rows[0];
    return checked(source_name, stream_name, mapping);
}

std::vector<std::string> streams_with_tables(const account &of) {
    std::vector<std::string> names;
    for (const stream &each : compiled_source(of.source)->streams)
        if (table_exists(of, each.name))
            names.push_back(each.name);
    return names;
}

} // namespace pgcrm::store
