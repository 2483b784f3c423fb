// Silver: the observations of leads, and the marks that say which leads are pending.
#pragma once

#include "core/history/observation.hpp"
#include "store/account/account.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

namespace pgcrm::store {

// Whether an observation may be there already. To look for one costs as much as an index entry.
enum class clashing { impossible, keeps_the_old, replaces_the_old };

// Error 23505 when an observation is there that could not be.
void insert_observations(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen,
                         clashing clashes);

struct unlike_observations {
    std::vector<observation> rows;
    std::size_t unknown = 0; // so many of them are of events that have no observation
};

// Those that are not stored as they are here.
unlike_observations find_unlike(pgcxx::spi::session &sql, const account &of,
                                std::span<const observation> seen);

// Takes back the observation of an event that another one has replaced, and marks its lead. What the account
// knows of all observations together (span of time, spellings of stages) is marked as well.
void withdraw_observation(pgcxx::spi::session &sql, const account &of, std::string_view lead_id,
                          std::string_view origin, std::string_view event_id);

// Appends a mark for each different lead of the observations. Must be in the transaction of the events.
void mark_pending(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen);

// A row of the table as it is read: lead_id, occurred_at, sequence, kind, event_id, stage_id, stage,
// pipeline, status, amount in hundredths, currency, owner, amount_said, currency_said, owner_said, origin.
using stored_observation =
    std::tuple<std::string_view, pgcxx::timestamptz, std::int64_t, std::string_view, std::string_view,
               std::optional<std::string_view>, std::optional<std::string_view>,
               std::optional<std::string_view>, std::optional<std::string_view>, std::optional<std::int64_t>,
               std::optional<std::string_view>, std::optional<std::string_view>, bool, bool, bool,
               std::string_view>;

// "select ... from office_a.observation o", in the columns of stored_observation.
pgcxx::statement select_observations(const account &of);

// The texts are those of the row. Error XX001 when it says what the table's constraints keep out.
observation observation_of(const stored_observation &row);

} // namespace pgcrm::store
