#include "store/quarantine.hpp"

#include "core/digest.hpp"
#include "store/prepared.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

template <class Body> struct counted {
    const Body *body;
    std::int64_t times = 0;
};

// The different bodies, in order of their digests, which is the order of the key.
template <class Body> std::map<sha256_digest, counted<Body>> fold(std::span<const Body> bodies) {
    std::map<sha256_digest, counted<Body>> folded;
    for (const Body &each : bodies) {
        counted<Body> &entry = folded[sha256(each.body)];
        entry.body = &each;
        ++entry.times;
    }
    return folded;
}

pgcxx::bytes key_of(const sha256_digest &digest) {
    return pgcxx::bytes{{reinterpret_cast<const char *>(digest.data()), digest.size()}};
}

std::optional<std::string_view> or_null(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

} // namespace

void quarantine(pgcxx::spi::session &sql, const account &of, std::span<const refused_body> bodies,
                pgcxx::timestamptz received_at) {
    if (bodies.empty())
        return;
    const pgcxx::identifier table = table_of(of, "quarantine");
    statement text;
    text << "insert into " << table
         << " as q (digest, body, stream, problems, times, first_received_at, last_received_at)"
            " values ($1, $2, $3, $4, $5, $6, $6)"
            " on conflict (digest) do update set times = q.times + excluded.times,"
            " first_received_at = least(q.first_received_at, excluded.first_received_at),"
            " last_received_at = greatest(q.last_received_at, excluded.last_received_at)";
    for (const auto &[digest, entry] : fold(bodies)) {
        parameters with;
        with.add(key_of(digest)).add(pgcxx::bytes{entry.body->body}).add(or_null(entry.body->stream));
        with.add(entry.body->problems).add(entry.times).add(received_at);
        execute(sql, text, with);
    }
}

void keep_unhandled(pgcxx::spi::session &sql, const account &of, std::span<const unhandled_body> bodies,
                    pgcxx::timestamptz received_at) {
    if (bodies.empty())
        return;
    std::vector<std::optional<std::string_view>> ids, events;
    std::vector<std::string_view> texts;
    for (const unhandled_body &each : bodies) {
        ids.push_back(or_null(each.event_id));
        events.push_back(or_null(each.event));
        texts.push_back(each.body);
    }
    parameters with;
    with.add(ids).add(events).add(texts).add(received_at);
    statement text;
    text << "insert into " << table_of(of, "other_event")
         << " as o (digest, event_id, event, times, received_at, raw_data)"
            " select sha256(convert_to(s.printed, 'UTF8')), min(s.event_id), min(s.event), count(*), $4,"
            " s.printed::jsonb from (select u.event_id, u.event, u.body::jsonb::text as printed"
            " from unnest($1, $2, $3) u(event_id, event, body)) s group by s.printed order by 1"
            " on conflict (digest) do update set times = o.times + excluded.times";
    execute(sql, text, with);
}

} // namespace pgcrm::store
