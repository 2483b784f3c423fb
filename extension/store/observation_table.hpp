// Silver: the observations of leads, and the marks that say which leads are pending.
#pragma once

#include "core/observation.hpp"
#include "store/account.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

// Whether an observation may be there already. To look for one costs as much as an index entry.
enum class clashing { impossible, keeps_the_old };

// Error 23505 when an observation is there that could not be.
void insert_observations(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen,
                         clashing clashes);

// Takes back the observation of an event that another one has replaced, and marks its lead. What the account
// knows of all observations together (span of time, spellings of stages) is marked as well.
void withdraw_observation(pgcxx::spi::session &sql, const account &of, std::string_view lead_id,
                          std::string_view origin, std::string_view event_id);

// Appends a mark for each different lead of the observations. Must be in the transaction of the events.
void mark_pending(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen);

// The observations of some leads, lead by lead. The texts live as long as the object.
class observations_of_leads {
public:
    observations_of_leads(pgcxx::spi::session &sql, const account &of, const std::vector<std::string> &leads);

    std::span<observation> all() noexcept { return all_; }

private:
    using columns =
        pgcxx::spi::rows<std::string_view, pgcxx::timestamptz, std::int64_t, std::string_view,
                         std::string_view, std::optional<std::string_view>, std::optional<std::string_view>,
                         std::optional<std::string_view>, std::optional<std::string_view>,
                         std::optional<std::int64_t>, std::optional<std::string_view>,
                         std::optional<std::string_view>, bool, bool, bool, std::string_view>;

    static columns read(pgcxx::spi::session &sql, const account &of, const std::vector<std::string> &leads);

    const columns rows_;
    std::vector<observation> all_;
};

} // namespace pgcrm::store
