// Silver: the observations of leads, and the marks that say which leads are pending.
#pragma once

#include "core/history/observation.hpp"
#include "store/account/account.hpp"
#include "store/rows/row_table.hpp"

#include <span>
#include <string_view>
#include <tuple>

namespace pgcrm::store {

template <> struct row_list<observation> {
    static constexpr std::string_view table = "observation";
    static constexpr std::string_view place = "in an observation";
    static constexpr std::tuple key{
        column{"lead_id", as::text, &observation::lead_id},
        column{"origin", as::text, &observation::origin},
        column{"event_id", as::text, &observation::event_id},
    };
    static constexpr std::tuple rest{
        column{"occurred_at", as::timestamptz, &observation::occurred_at},
        column{"sequence", as::bigint, &observation::sequence},
        column{"kind", as::word<parse_observation_kind>, &observation::kind},
        column{"stage_id", as::text, &observation::stage_id},
        column{"stage", as::text, &observation::stage},
        column{"pipeline", as::text, &observation::pipeline},
        column{"status", as::word<parse_lead_status>, &observation::status},
        column{"amount", as::numeric, &observation::amount, &said<money>::value},
        column{"currency", as::text, &observation::currency, &said<std::string_view>::value},
        column{"owner", as::text, &observation::owner, &said<std::string_view>::value},
        // The bits are told in the comment of the column (observation_tables.cpp).
        column_of_bits{"said", bit{1, &observation::amount, &said<money>::is_said},
                       bit{2, &observation::currency, &said<std::string_view>::is_said},
                       bit{4, &observation::owner, &said<std::string_view>::is_said}},
    };
};

using observation_table = row_table<observation>;
using stored_observation = observation_table::stored;

// Error 23505 when an observation is there that could not be.
void insert_observations(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen,
                         clashing clashes);

// Those that are not stored as they are here.
unlike_rows<observation> find_unlike(pgcxx::spi::session &sql, const account &of,
                                     std::span<const observation> seen);

// Takes back the observation of an event that another one has replaced, and marks its lead. What the account
// knows of all observations together (span of time, spellings of stages) is marked as well.
void withdraw_observation(pgcxx::spi::session &sql, const account &of, std::string_view lead_id,
                          std::string_view origin, std::string_view event_id);

// Appends a mark for each different lead of the observations. Must be in the transaction of the events.
void mark_pending(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen);

} // namespace pgcrm::store
