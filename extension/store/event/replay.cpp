#include "store/event/replay.hpp"

#include "store/event/quarantine.hpp"

#include <functional>

namespace pgcrm::store {
namespace {

using taking = std::function<std::vector<taken_body>(pgcxx::spi::session &sql, const std::string &after,
                                                     std::int64_t most)>;

// Out of the table, through ingest, and what is refused is back in the table: all in the caller's
// transaction, so that nothing is lost whatever happens on the way.
ingest_counts replay(const account &of, const taking &take) {
    constexpr std::int64_t bodies_at_once = 500;
    ingest_counts counts;
    std::string after;
    for (;;) {
        std::vector<taken_body> taken;
        {
            const owner_scope as_owner(of);
            pgcxx::spi::session sql;
            taken = take(sql, after, bodies_at_once);
        }
        if (taken.empty())
            return counts;
        after = taken.back().digest;
        std::vector<incoming_body> bodies;
        bodies.reserve(taken.size());
        for (const taken_body &each : taken)
            bodies.push_back(
                {each.body, each.came.first_received_at, each.came.last_received_at, each.came.times});
        counts.add(ingest(of, bodies));
    }
}

} // namespace

ingest_counts replay_quarantined(const account &of, std::optional<std::string_view> stream) {
    return replay(of, [&](pgcxx::spi::session &sql, const std::string &after, std::int64_t most) {
        return take_quarantined(sql, of, after, stream, most);
    });
}

ingest_counts replay_unhandled(const account &of) {
    return replay(of, [&](pgcxx::spi::session &sql, const std::string &after, std::int64_t most) {
        return take_unhandled(sql, of, after, most);
    });
}

} // namespace pgcrm::store
