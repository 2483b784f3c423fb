#include "store/redecode.hpp"

#include "settings.hpp"
#include "store/observation_table.hpp"
#include "store/source.hpp"

#include <algorithm>
#include <limits>
#include <memory_resource>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::statement;

// As many bodies at once as take a bounded amount of memory, were they all of the largest size.
std::int64_t bodies_at_once() {
    constexpr std::int64_t memory = std::int64_t{64} * 1024 * 1024;
    return std::clamp<std::int64_t>(memory / settings::max_payload_size, 1, 1000);
}

// A stored body was small enough when it came; printed again it has more blanks.
decode_limits limits_of_stored_bodies() {
    decode_limits limits;
    limits.max_body_size = std::numeric_limits<std::int32_t>::max();
    return limits;
}

void forget_observations(pgcxx::spi::session &sql, const account &of, const stream &kind) {
    statement text;
    text << "delete from " << table_of(of, "observation") << " o where o.origin = $1";
    sql.execute(text, kind.name);
}

// An event that was stored and cannot be read any more must not vanish from the numbers.
[[noreturn]] void refuse(const stream &kind, const decoded &each) {
    std::string problems;
    for (const std::string &problem : each.problems)
        problems += (problems.empty() ? "" : "; ") + problem;
    throw pgcxx::error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                       "an event of stream \"" + kind.name +
                           "\" cannot be read by the stream's mapping any more")
        .detail("Event \"" + std::string(each.event_id) + "\": " + problems + ".")
        .hint("Mend the mapping in pgcrm.stream; nothing was changed.");
}

statement bodies_of(const account &of, const stream &kind, const column &body) {
    statement text;
    text << "select t." << identifier{body.name} << "::text from " << table_of(of, kind.name) << " t";
    return text;
}

const column *body_column(const stream &kind) {
    for (const column &each : kind.columns)
        if (each.from == column_origin::body)
            return &each;
    return nullptr;
}

void derive_from(pgcxx::spi::session &sql, const account &of, decoder &bodies, const stream &kind,
                 const column &body) {
    pgcxx::spi::cursor cursor(sql, bodies_of(of, kind, body));
    for (;;) {
        const auto rows = cursor.fetch<std::string_view>(bodies_at_once());
        if (rows.size() == 0)
            return;
        std::pmr::monotonic_buffer_resource arena;
        std::vector<observation> seen;
        for (const auto &[text] : rows)
            if (const decoded each = bodies.decode(text, arena); each.of == &kind && each.says)
                seen.push_back(*each.says);
            else
                refuse(kind, each);
        insert_observations(sql, of, seen);
    }
}

} // namespace

void derive_observations_again(pgcxx::spi::session &sql, const account &of) {
    const std::shared_ptr<source> by = compiled_source(of.source);
    decoder bodies(by->streams, limits_of_stored_bodies());
    for (const stream &kind : by->streams) {
        const column *body = body_column(kind);
        if (body == nullptr || !kind.observes)
            continue;
        forget_observations(sql, of, kind);
        derive_from(sql, of, bodies, kind, *body);
    }
}

} // namespace pgcrm::store
