#include "store/refresh/redecode.hpp"

#include "core/text/number.hpp"
#include "store/catalog/source.hpp"
#include "store/event/event_table.hpp"
#include "store/event/ingest.hpp"
#include "store/event/replacement_lock.hpp"
#include "store/observation/observation_table.hpp"
#include "store/observation/stage_definition_table.hpp"
#include "store/observation/unread_value_table.hpp"
#include "store/rows/page_size.hpp"

#include <limits>
#include <memory_resource>
#include <optional>
#include <set>

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

// The parts of a key's text (store/event/event_table.hpp).
std::vector<std::string_view> parts_of_key(const stream &kind, std::string_view key) {
    if (kind.key.size() == 1)
        return {key};
    std::vector<std::string_view> parts;
    while (!key.empty()) {
        const std::size_t colon = key.find(':');
        const auto size = static_cast<std::size_t>(std::stoul(std::string(key.substr(0, colon))));
        parts.push_back(key.substr(colon + 1, size));
        key.remove_prefix(colon + 1 + size);
    }
    return parts;
}

bool is_spelling_of(std::string_view part, std::string_view number) {
    const std::optional<number_parts> parsed = parse_number(part);
    if (!parsed || !fits_numeric(*parsed))
        return false;
    std::string plain(static_cast<std::size_t>(plain_size(*parsed)), '0');
    write_plain(*parsed, plain.data());
    return plain == number;
}

// Whether the key of a stored row is that of the event, but for how its numbers are spelled: earlier versions
// kept 1e3 as the body had it, and the body that is stored has 1000.
bool is_key_spelled_otherwise(const stream &kind, std::string_view key, std::span<const cell> cells) {
    const std::vector<std::string_view> parts = parts_of_key(kind, key);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const cell &now = cells[kind.key[i]];
        if (kind.columns[kind.key[i]].type == column_type::text
                ? parts[i] != now.text && !is_spelling_of(parts[i], now.text)
                : parts[i] != std::to_string(now.number))
            return false;
    }
    return true;
}

// One page of stored bodies, decoded again.
struct decoded_page {
    std::pmr::monotonic_buffer_resource arena;
    std::vector<observation> seen;
    std::vector<stage_definition_row> definitions;
    std::vector<unread_value_row> unread;
    std::vector<event_row> rows;
    std::vector<std::string_view> event_ids; // of the rows

    // False when the row spells a number as no event does any more; then nothing was read.
    bool read(decoder &bodies, const stream &kind, std::string_view key, std::string_view body) {
        const decoded each = bodies.decode(body, arena);
        if (each.of == &kind && each.has_only_long_numbers)
            return false;
        if (each.of != &kind || each.is != verdict::event)
            refuse(kind, each);
        if (key_text(kind, each.cells) != key) {
            if (is_key_spelled_otherwise(kind, key, each.cells))
                return false;
            refuse_another_key(kind);
        }
        const std::string_view event_id = copy_text(each.event_id, arena);
        if (each.says)
            seen.push_back(*each.says);
        if (each.defines)
            definitions.push_back({kind.name, event_id, *each.defines});
        for (const unread_value &value : each.unread)
            unread.push_back({kind.name, event_id, value.of->name, copy_text(value.problem, arena)});
        rows.push_back({rows.size(), each.cells, {}, {}, {}});
        event_ids.push_back(event_id);
        return true;
    }

    // The rows of these observations.
    std::vector<event_row> rows_of(std::span<const observation> some) const {
        std::set<std::string_view> wanted;
        for (const observation &each : some)
            wanted.insert(each.event_id);
        std::vector<event_row> found;
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (wanted.contains(event_ids[i]))
                found.push_back(rows[i]);
        return found;
    }
};

// Events whose rows were taken out, to go through ingest again.
struct taken_events {
    std::vector<std::string> bodies;
    std::vector<pgcxx::timestamptz> received_at;
};

statement arrival_of(const stream &kind) {
    for (const pgcrm::column &each : kind.columns)
        if (each.from == column_origin::arrival)
            return statement() << "coalesce(t." << identifier{each.name} << ", statement_timestamp())";
    return statement() << "statement_timestamp()";
}

taken_events take_events(pgcxx::spi::session &sql, const account &of, const stream &kind,
                         const std::vector<std::string> &keys) {
    statement text;
    text << "delete from " << table_of(of, kind.name) << " t where " << key_expression(kind, "t")
         << " = any ($1) returning t." << identifier{body_column(kind)} << "::text, " << arrival_of(kind);
    taken_events taken;
    for (const auto &[body, received_at] :
         query<std::string, pgcxx::timestamptz>(sql, text, parameters().add(keys))) {
        taken.bodies.push_back(body);
        taken.received_at.push_back(received_at);
    }
    return taken;
}

void send_again(const account &of, const taken_events &taken) {
    std::vector<incoming_body> bodies;
    for (std::size_t i = 0; i < taken.bodies.size(); ++i)
        bodies.push_back({taken.bodies[i], taken.received_at[i], taken.received_at[i], 1});
    ingest(of, bodies);
}

class stream_derivation {
public:
    stream_derivation(pgcxx::spi::session &sql, const account &of, decoder &bodies, const stream &kind,
                      event_columns columns, rebuild_progress &progress)
        : sql_(sql), of_(of), bodies_(bodies), kind_(kind), columns_(columns), progress_(progress) {}

    void run() {
        forget_stage_definitions(sql_, of_, kind_.name);
        forget_unread_values(sql_, of_, kind_.name);
        if (write_differences())
            return;
        const taken_events taken = take_misspelled();
        // Which of the stored ones have no event any more is not asked of each: that is rare, and all of
        // them can be written again.
        forget_observations(sql_, of_, kind_);
        write_differences();
        send_again(of_, taken);
    }

private:
    // Two rows may turn out to be one event, and one of them to be the other's conflicting duplicate. Ingest
    // knows what becomes of these.
    taken_events take_misspelled() {
        if (misspelled_.empty())
            return {};
        taken_events taken = take_events(sql_, of_, kind_, misspelled_);
        if (taken.bodies.size() != misspelled_.size())
            refuse_another_key(kind_); // a trigger of the owner's keeps them
        misspelled_.clear();
        return taken;
    }

    // False when observations are left that no event makes any more, or events are left out.
    bool write_differences() {
        pgcxx::spi::cursor cursor(sql_, events_of(of_, kind_));
        std::int64_t observations = 0, found = 0;
        for (page_size at_once;;) {
            const auto stored =
                cursor.fetch<std::int64_t, std::optional<std::string_view>, std::optional<std::string_view>>(
                    at_once.rows());
            if (stored.empty())
                return found == observations && misspelled_.empty();
            observations = std::get<0>(stored.front());
            decoded_page page;
            std::int64_t bytes = 0;
            for (const auto &[count, key, body] : stored)
                if (key && body) {
                    if (!page.read(bodies_, kind_, *key, *body))
                        misspelled_.emplace_back(*key);
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
        // What an event says is checked against its columns.
        if (columns_ == event_columns::kept && !unlike.rows.empty())
            rewrite_columns(sql_, of_, kind_, page.rows_of(unlike.rows));
        insert_observations(sql_, of_, unlike.rows, clashing::replaces_the_old);
        write_stage_definitions(sql_, of_, page.definitions);
        write_unread_values(sql_, of_, page.unread);
        return static_cast<std::int64_t>(page.seen.size() - unlike.unknown);
    }

    pgcxx::spi::session &sql_;
    const account &of_;
    decoder &bodies_;
    const stream &kind_;
    const event_columns columns_;
    rebuild_progress &progress_;
    std::vector<std::string> misspelled_; // keys of rows
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
