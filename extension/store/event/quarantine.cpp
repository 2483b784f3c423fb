#include "store/event/quarantine.hpp"

#include "core/text/digest.hpp"
#include "store/rows/prepared.hpp"
#include "store/rows/server_value.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace pgcrm::store {
namespace {

using pgcxx::statement;

struct counted {
    const refused_body *body;
    body_history came;
};

// The different bodies, in order of their digests, which is the order of the key.
std::map<sha256_digest, counted> fold(std::span<const refused_body> bodies) {
    std::map<sha256_digest, counted> folded;
    for (const refused_body &each : bodies) {
        const auto [at, is_new] = folded.try_emplace(sha256(each.body), counted{&each, each.came});
        if (is_new)
            continue;
        body_history &came = at->second.came;
        at->second.body = &each;
        came.times += each.came.times;
        came.first_received_at = std::min(came.first_received_at, each.came.first_received_at);
        came.last_received_at = std::max(came.last_received_at, each.came.last_received_at);
    }
    return folded;
}

std::optional<std::string_view> or_null(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

// Nothing lies beyond quarantine: what a trigger of the owner's keeps out of it would be stored nowhere.
void check_is_kept(pgcxx::spi::session &sql, const account &of, const sha256_digest &digest) {
    statement text;
    text << "select true from " << table_of(of, "quarantine") << " q where q.digest = $1";
    if (query<bool>(sql, text, parameters().add(digest)).empty())
        throw pgcxx::error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                           "a trigger keeps bodies out of table \"quarantine\" of account \"" + of.name +
                               "\"")
            .detail("What could not become an event would be stored nowhere, so nothing was stored.")
            .hint("Let the account's owner drop that trigger, and delete rows of the table afterwards.");
}

// The places of those bodies that are not in the table, in order.
std::vector<std::size_t> not_in_other_event(pgcxx::spi::session &sql, const account &of,
                                            const std::vector<std::string_view> &texts) {
    statement text;
    text << "select u.place from unnest($1) with ordinality u(body, place) where not exists (select from "
         << table_of(of, "other_event")
         << " o where o.digest = sha256(convert_to(u.body::jsonb::text, 'UTF8'))) order by 1";
    std::vector<std::size_t> places;
    for (const auto &[place] : query<std::int64_t>(sql, text, parameters().add(texts)))
        places.push_back(static_cast<std::size_t>(place - 1));
    return places;
}

} // namespace

void quarantine(pgcxx::spi::session &sql, const account &of, std::span<const refused_body> bodies) {
    if (bodies.empty())
        return;
    const pgcxx::identifier table = table_of(of, "quarantine");
    statement text;
    text << "insert into " << table
         << " as q (digest, body, stream, problems, times, first_received_at, last_received_at)"
            " values ($1, $2, $3, $4, $5, $6, $7)"
            " on conflict (digest) do update set times = q.times + excluded.times,"
            " first_received_at = least(q.first_received_at, excluded.first_received_at),"
            " last_received_at = greatest(q.last_received_at, excluded.last_received_at)";
    for (const auto &[digest, entry] : fold(bodies)) {
        parameters with;
        with.add(digest).add(pgcxx::bytes{entry.body->body}).add(or_null(entry.body->stream));
        with.add(entry.body->problems).add(entry.came.times);
        with.add(entry.came.first_received_at).add(entry.came.last_received_at);
        if (execute(sql, text, with) == 0)
            check_is_kept(sql, of, digest);
    }
}

std::vector<std::size_t> keep_unhandled(pgcxx::spi::session &sql, const account &of,
                                        std::span<const unhandled_body> bodies) {
    if (bodies.empty())
        return {};
    std::vector<std::optional<std::string_view>> ids, events;
    std::vector<std::string_view> texts;
    std::vector<std::int64_t> times;
    std::vector<pgcxx::timestamptz> received;
    for (const unhandled_body &each : bodies) {
        ids.push_back(or_null(each.event_id));
        events.push_back(or_null(each.event));
        texts.push_back(each.body);
        times.push_back(each.came.times);
        received.push_back(each.came.first_received_at);
    }
    parameters with;
    with.add(ids).add(events).add(texts).add(times).add(received);
    statement text;
    text << "with sent as (select sha256(convert_to(s.printed, 'UTF8')) as digest, min(s.event_id) as "
            "event_id,"
            " min(s.event) as event, sum(s.times)::bigint as times, min(s.received_at) as received_at,"
            " s.printed::jsonb as raw_data"
            " from (select u.event_id, u.event, u.body::jsonb::text as printed, u.times, u.received_at"
            " from unnest($1, $2, $3, $4, $5) u(event_id, event, body, times, received_at)) s"
            " group by s.printed), kept as (insert into "
         << table_of(of, "other_event")
         << " as o (digest, event_id, event, times, received_at, raw_data)"
            " select n.digest, n.event_id, n.event, n.times, n.received_at, n.raw_data from sent n order by "
            "n.digest"
            " on conflict (digest) do update set times = o.times + excluded.times,"
            " received_at = least(o.received_at, excluded.received_at) returning 1)"
            " select (select count(*) from sent) - (select count(*) from kept)";
    const auto rows = query<std::int64_t>(sql, text, with);
    const auto [lacking] = rows[0];
    return lacking == 0 ? std::vector<std::size_t>() : not_in_other_event(sql, of, texts);
}

namespace {

std::vector<taken_body> taken(pgcxx::spi::session &sql, const statement &text, const parameters &with) {
    std::vector<taken_body> bodies;
    planned_now look_up(sql, text, with);
    for (const auto &[digest, body, first, last, times] :
         look_up.query<pgcxx::bytes, pgcxx::bytes, pgcxx::timestamptz, pgcxx::timestamptz, std::int64_t>())
        bodies.push_back({std::string(digest.data), {first, last, times}, std::string(body.data)});
    std::sort(bodies.begin(), bodies.end(),
              [](const taken_body &a, const taken_body &b) { return a.digest < b.digest; });
    return bodies;
}

} // namespace

std::vector<taken_body> take_quarantined(pgcxx::spi::session &sql, const account &of,
                                         const std::string &after, std::optional<std::string_view> stream,
                                         std::int64_t most) {
    const pgcxx::identifier table = table_of(of, "quarantine");
    statement text;
    text << "delete from " << table << " q where q.digest = any (array(select n.digest from " << table
         << " n where n.digest > $1 and ($2 is null or n.stream = $2) order by n.digest limit $3))"
            " returning q.digest, q.body, q.first_received_at, q.last_received_at, q.times";
    return taken(sql, text, parameters().add(pgcxx::bytes{after}).add(stream).add(most));
}

std::vector<taken_body> take_unhandled(pgcxx::spi::session &sql, const account &of, const std::string &after,
                                       std::int64_t most) {
    const pgcxx::identifier table = table_of(of, "other_event");
    statement text;
    text
        << "delete from " << table << " q where q.digest = any (array(select n.digest from " << table
        << " n where n.digest > $1 order by n.digest limit $2))"
           " returning q.digest, convert_to(q.raw_data::text, 'UTF8'), q.received_at, q.received_at, q.times";
    return taken(sql, text, parameters().add(pgcxx::bytes{after}).add(most));
}

} // namespace pgcrm::store
