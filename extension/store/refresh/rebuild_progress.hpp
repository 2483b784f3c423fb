// How far a rebuild is, for pgcrm.rebuild_progress: first the events that were decoded again, then the
// observations that stays and marts were made of. A refresh that has to build everything again shows the
// latter.
#pragma once

#include "store/account/account.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace pgcrm::store {

class rebuild_progress {
public:
    rebuild_progress(pgcxx::spi::session &sql, const account &of)
        : report_(relation(sql, of), progress_type) {}

    void add_events(std::size_t count) {
        events_ += static_cast<std::int64_t>(count);
        report_.update(0, observations_, events_);
    }
    void add_observations(std::size_t count) {
        observations_ += static_cast<std::int64_t>(count);
        report_.update(0, observations_, events_);
    }
    void begin_again() { observations_ = 0; }

private:
    static constexpr std::int64_t progress_type = 1702; // that of crm_ingest_table is 1701

    // None where the table is missing: whoever reads it says so better.
    static Oid relation(pgcxx::spi::session &sql, const account &of) {
        const auto rows = sql.query<std::optional<pgcxx::regclass>>("select pg_catalog.to_regclass($1)",
                                                                    table_of(of, "observation").text());
        return std::get<0>(rows.front()).value_or(pgcxx::regclass{}).oid;
    }

    const pgcxx::progress_report report_;
    std::int64_t events_ = 0, observations_ = 0;
};

} // namespace pgcrm::store
