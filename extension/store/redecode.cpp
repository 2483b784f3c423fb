#include "store/redecode.hpp"

#include "settings.hpp"
#include "store/event_table.hpp"
#include "store/observation_table.hpp"
#include "store/source.hpp"
#include "store/stage_definition_table.hpp"

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
    if (each.is != verdict::rejected)
        problems = each.of ? "it belongs to stream \"" + each.of->name + "\" now" : "no stream takes it now";
    throw pgcxx::error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                       "an event of stream \"" + kind.name +
                           "\" cannot be read by the stream's mapping any more")
        .detail("Event \"" + std::string(each.event_id) + "\": " + problems + ".")
        .hint("Mend the mapping in pgcrm.stream; nothing was changed.");
}

statement bodies_of(const account &of, const stream &kind) {
    statement text;
    text << "select t." << identifier{body_column(kind)} << "::text from " << table_of(of, kind.name) << " t";
    return text;
}

// One page of stored bodies, decoded again.
struct decoded_page {
    std::pmr::monotonic_buffer_resource arena;
    std::vector<observation> seen;
    std::vector<stage_definition_row> definitions;
    std::vector<event_row> rows;

    void read(decoder &bodies, const stream &kind, std::string_view body) {
        const decoded each = bodies.decode(body, arena);
        if (each.of != &kind || each.is != verdict::event)
            refuse(kind, each);
        if (each.says)
            seen.push_back(*each.says);
        if (each.defines)
            definitions.push_back({kind.name, copy_text(each.event_id, arena), *each.defines});
        rows.push_back({rows.size(), each.cells, {}, {}, {}});
    }
};

void derive_from(pgcxx::spi::session &sql, const account &of, decoder &bodies, const stream &kind,
                 event_columns columns) {
    pgcxx::spi::cursor cursor(sql, bodies_of(of, kind));
    for (;;) {
        const auto stored = cursor.fetch<std::string_view>(bodies_at_once());
        if (stored.size() == 0)
            return;
        decoded_page page;
        for (const auto &[text] : stored)
            page.read(bodies, kind, text);
        if (columns == event_columns::decoded_again)
            rewrite_columns(sql, of, kind, page.rows);
        // of an event that came meanwhile there is one already
        insert_observations(sql, of, page.seen, clashing::keeps_the_old);
        write_stage_definitions(sql, of, page.definitions);
    }
}

} // namespace

void derive_observations_again(pgcxx::spi::session &sql, const account &of, event_columns columns) {
    const std::shared_ptr<source> by = compiled_source(of.source);
    decoder bodies(by->streams, limits_of_stored_bodies());
    for (const stream &kind : by->streams) {
        if (body_column(kind).empty() || (!kind.observes && !kind.defines && columns == event_columns::kept))
            continue;
        forget_observations(sql, of, kind);
        forget_stage_definitions(sql, of, kind.name);
        derive_from(sql, of, bodies, kind, columns);
    }
}

} // namespace pgcrm::store
