// crm_replay: bodies that are in the account go through ingest again, after a mapping was mended.
#include "store/event/replay.hpp"
#include "pgcxx/pgcxx.hpp"
#include "store/catalog/stale_tables.hpp"
#include "store/refresh/refresh.hpp"

namespace pgcrm {
namespace {

using pgcxx::error;

// bodies, stored, duplicate, unhandled, quarantined
using replay_row = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>;

// Stored events are where they belong; what is derived from them is made again.
store::ingest_counts decode_again(const store::account &of) {
    store::check_isolation();
    const store::refresh_counts rebuilt = store::rebuild(of, store::event_columns::decoded_again);
    store::ingest_counts counts;
    counts.bodies = counts.stored = rebuilt.observations;
    return counts;
}

store::ingest_counts replay_what(const store::account &of, std::string_view what,
                                 std::optional<std::string_view> stream) {
    if (what == "quarantined")
        return store::replay_quarantined(of, stream);
    if (what != "unhandled" && what != "stored")
        throw error(ERRCODE_INVALID_PARAMETER_VALUE, "cannot replay \"" + std::string(what) + "\"")
            .hint("Use quarantined, unhandled or stored.");
    if (stream)
        throw error(ERRCODE_INVALID_PARAMETER_VALUE, "only quarantined bodies can be replayed by stream");
    return what == "unhandled" ? store::replay_unhandled(of) : decode_again(of);
}

replay_row replay(std::optional<std::string_view> account, std::optional<std::string_view> what,
                  std::optional<std::string_view> stream) {
    if (!account)
        throw error(ERRCODE_NULL_VALUE_NOT_ALLOWED, "account must not be null");
    const store::account of = store::use_account(*account, store::account_right::own);
    const store::ingest_counts counts =
        store::on_fitting_tables(of, [&] { return replay_what(of, what.value_or("quarantined"), stream); });
    return {counts.bodies, counts.stored, counts.duplicate, counts.unhandled, counts.quarantined};
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_replay, pgcrm::replay);
