#include "store/redecode.hpp"

#include "store/observation_table.hpp"
#include "store/source.hpp"

#include <limits>
#include <memory_resource>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::statement;

constexpr std::int64_t bodies_at_once = 1000;

// A stored body was small enough when it came; printed again it has more blanks.
decode_limits limits_of_stored_bodies() {
    decode_limits limits;
    limits.max_body_size = std::numeric_limits<std::int32_t>::max();
    return limits;
}

void forget_observations(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text << "delete from " << table_of(of, "observation");
    sql.execute(text);
}

statement bodies_of(const account &of, const stream &kind, const column &body) {
    statement text;
    text << "select t." << identifier{body.name} << "::text from " << table_of(of, kind.name) << " t";
    return text;
}

void derive_from(pgcxx::spi::session &sql, const account &of, decoder &bodies, const stream &kind,
                 const column &body) {
    pgcxx::spi::cursor cursor(sql, bodies_of(of, kind, body));
    for (;;) {
        const auto rows = cursor.fetch<std::string_view>(bodies_at_once);
        if (rows.size() == 0)
            return;
        std::pmr::monotonic_buffer_resource arena;
        std::vector<observation> seen;
        for (const auto &[text] : rows)
            if (const decoded each = bodies.decode(text, arena); each.says)
                seen.push_back(*each.says);
        insert_observations(sql, of, seen);
    }
}

} // namespace

void derive_observations_again(pgcxx::spi::session &sql, const account &of) {
    const std::shared_ptr<source> by = compiled_source(of.source);
    decoder bodies(by->streams, limits_of_stored_bodies());
    forget_observations(sql, of);
    for (const stream &kind : by->streams)
        for (const column &each : kind.columns)
            if (each.from == column_origin::body)
                derive_from(sql, of, bodies, kind, each);
}

} // namespace pgcrm::store
