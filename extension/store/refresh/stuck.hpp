// Leads that cannot be brought up to date: an error that is theirs alone, such as a trigger of the customer's
// own that refuses a row. They keep the stays and the place in the marts that they had, are shown, and are
// tried again when something new comes of them, by crm_repair and by crm_rebuild.
#pragma once

#include "store/account/account.hpp"

#include <span>
#include <string>

namespace pgcrm::store {

struct data_failure {
    std::string sqlstate; // empty for an error of our own
    std::string message;
};

void park(pgcxx::spi::session &sql, const account &of, const std::string &lead, const data_failure &failure);

// These leads are up to date.
void release(pgcxx::spi::session &sql, const account &of, std::span<const std::string> leads);

// Marks all of them pending. Returns how many there were.
std::int64_t mark_stuck_pending(pgcxx::spi::session &sql, const account &of);

// What went wrong in `work`, after all that it did was rolled back. Deadlocks, a cancel, a lack of memory or
// disk go on: they are no lead's fault.
template <class Work> std::optional<data_failure> failure_of_data(Work work) {
    try {
        if (const auto failure = pgcxx::attempt(work))
            return data_failure{pgcxx::sqlstate_text(failure->sqlstate()), failure->what()};
        return std::nullopt;
    } catch (const pgcxx::error &ours) {
        return data_failure{pgcxx::sqlstate_text(ours.sqlstate()), ours.what()};
    }
}

} // namespace pgcrm::store
