#include "store/refresh/redecode.hpp"

#include "store/catalog/source.hpp"
#include "store/event/event_table.hpp"
#include "store/event/replacement_lock.hpp"
#include "store/observation/observation_table.hpp"
#include "store/observation/stage_definition_table.hpp"
#include "store/rows/page_size.hpp"

#include <limits>
#include <memory_resource>
#include <optional>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::statement;

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

// One row at least: how many observations the stream has, and beside it each event's key and body, all as one
// snapshot has them.
statement events_of(const account &of, const stream &kind) {
    statement text;
    return text << "select c.observations, " << key_expression(kind, "t") << ", t."
                << identifier{body_column(kind)} << "::text from (select count(*) as observations from "
                << table_of(of, "observation") << " o where o.origin = " << pgcxx::literal{kind.name}
                << ") c left join " << table_of(of, kind.name) << " t on true";
}

// One page of stored bodies, decoded again.
struct decoded_page {
    std::pmr::monotonic_buffer_resource arena;
    std::vector<observation> seen;
    std::vector<stage_definition_row> definitions;
    std::vector<event_row> rows;

    void read(decoder &bodies, const stream &kind, std::string_view key, std::string_view body) {
        const decoded each = bodies.decode(body, arena);
        if (each.of != &kind || each.is != verdict::event)
            refuse(kind, each);
        if (key_text(kind, each.cells) != key)
            refuse_another_key(kind);
        if (each.says)
            seen.push_back(*each.says);
        if (each.defines)
            definitions.push_back({kind.name, copy_text(each.event_id, arena), *each.defines});
        rows.push_back({rows.size(), each.cells, {}, {}, {}});
    }
};

class stream_derivation {
public:
    stream_derivation(pgcxx::spi::session &sql, const account &of, decoder &bodies, const stream &kind,
                      event_columns columns, rebuild_progress &progress)
        : sql_(sql), of_(of), bodies_(bodies), kind_(kind), columns_(columns), progress_(progress) {}

    void run() {
        forget_stage_definitions(sql_, of_, kind_.name);
        if (write_differences())
            return;
        // Which of the stored ones have no event any more is not asked of each: that is rare, and all of
        // them can be written again.
        forget_observations(sql_, of_, kind_);
        write_differences();
    }

private:
    // False when observations are left that no event makes any more.
    bool write_differences() {
        pgcxx::spi::cursor cursor(sql_, events_of(of_, kind_));
        std::int64_t observations = 0, found = 0;
        for (page_size at_once;;) {
            const auto stored =
                cursor.fetch<std::int64_t, std::optional<std::string_view>, std::optional<std::string_view>>(
                    at_once.rows());
            if (stored.empty())
                return found == observations;
            observations = std::get<0>(stored.front());
            decoded_page page;
            std::int64_t bytes = 0;
            for (const auto &[count, key, body] : stored)
                if (key && body) {
                    page.read(bodies_, kind_, *key, *body);
                    bytes += static_cast<std::int64_t>(body->size());
                }
            found += write(page);
            at_once.learn(bytes, stored.size());
            progress_.add_events(page.rows.size());
        }
    }

    // How many of the page's observations had been there, as they are or other ones of the same events.
    std::int64_t write(const decoded_page &page) {
        if (columns_ == event_columns::decoded_again)
            rewrite_columns(sql_, of_, kind_, page.rows);
        const unlike_rows<observation> unlike = find_unlike(sql_, of_, page.seen);
        insert_observations(sql_, of_, unlike.rows, clashing::replaces_the_old);
        write_stage_definitions(sql_, of_, page.definitions);
        return static_cast<std::int64_t>(page.seen.size() - unlike.unknown);
    }

    pgcxx::spi::session &sql_;
    const account &of_;
    decoder &bodies_;
    const stream &kind_;
    const event_columns columns_;
    rebuild_progress &progress_;
};

} // namespace

void derive_observations_again(pgcxx::spi::session &sql, const account &of, event_columns columns,
                               rebuild_progress &progress) {
    lock_for_deriving(sql, of);
    const std::shared_ptr<source> by = compiled_source(of.source);
    decoder bodies(by->streams, limits_of_stored_bodies());
    for (const stream &kind : by->streams) {
        if (body_column(kind).empty() || (!kind.observes && !kind.defines && columns == event_columns::kept))
            continue;
        stream_derivation(sql, of, bodies, kind, columns, progress).run();
    }
}

} // namespace pgcrm::store
