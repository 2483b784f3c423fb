#include "store/refresh/sequence_filling.hpp"

#include "store/refresh/rebuild_progress.hpp"

#include <string>
#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

bool is_numbered_by_key(const stream &kind) {
    return kind.observes && kind.observes->sequence && kind.key.size() == 1 &&
           kind.key.front() == *kind.observes->sequence;
}

std::vector<std::string_view> numbered_by_key(std::span<const stream> streams) {
    std::vector<std::string_view> names;
    for (const stream &kind : streams)
        if (is_numbered_by_key(kind))
            names.push_back(kind.name);
    return names;
}

std::int64_t count_pages(pgcxx::spi::session &sql, const account &of) {
    const auto rows = sql.query<std::int64_t>("select pg_catalog.pg_relation_size($1::pg_catalog.regclass)"
                                              " / pg_catalog.current_setting('block_size')::bigint",
                                              table_of(of, "observation").text());
    return std::get<0>(rows.front());
}

pgcxx::literal begin_of_page(std::int64_t page) { return pgcxx::literal{"(" + std::to_string(page) + ",0)"}; }

// An observation that moves to another page by this is right when it is met there again. The id of an event
// of another stream need not be a number, so that nothing but the case may look at it.
std::size_t fill_pages(pgcxx::spi::session &sql, const account &of,
                       const std::vector<std::string_view> &origins, std::int64_t first, std::int64_t end) {
    statement text;
    text << "update " << table_of(of, "observation")
         << " o set sequence = o.event_id::bigint where o.ctid >= " << begin_of_page(first)
         << "::pg_catalog.tid and o.ctid < " << begin_of_page(end)
         << "::pg_catalog.tid and o.sequence <>"
            " case when o.origin = any ($1) then o.event_id::bigint else o.sequence end";
    return static_cast<std::size_t>(sql.execute(text, origins));
}

} // namespace

void fill_sequences(pgcxx::spi::session &sql, const account &of, std::span<const stream> streams) {
    constexpr std::int64_t pages_at_once = 1024; // 8 MB
    const std::vector<std::string_view> origins = numbered_by_key(streams);
    const std::int64_t pages = count_pages(sql, of);
    rebuild_progress progress(sql, of);
    for (std::int64_t page = 0; page < pages; page += pages_at_once)
        progress.add_observations(fill_pages(sql, of, origins, page, page + pages_at_once));
}

} // namespace pgcrm::store
