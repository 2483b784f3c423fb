// The refresh: stays and marts of pending leads brought up to date.
//
//   lock ─> claim leads ─> observations ─> stays ─┬─ differences ──────────> stage_history
//                                                 └─ new minus old ─> sum ─> funnel_monthly
//
// What is stored was built with certain definitions (time zone, stage order, engine version).
// While these hold, a mart changes by new minus old contributions of the claimed leads.
// When one has changed, nothing stored can be subtracted any more: the marts are cleared
// and added up again from all leads.
#pragma once

#include "store/account/account.hpp"
#include "store/refresh/redecode.hpp"
#include "store/refresh/refresh_counts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pgcrm::store {

// Raised when the rules of the stays or the marts change: accounts built by an older engine are built again.
inline constexpr std::int32_t engine_version = 3;

enum class refresh_outcome : std::uint8_t { refreshed, busy, failed };

struct refresh_step {
    refresh_outcome outcome = refresh_outcome::refreshed;
    bool has_more = false; // pending leads are left
    refresh_counts counts;
    std::string message; // of a failure
};

// Error 25001 unless each statement sees what was committed before it: elsewhere claims lose updates.
void check_isolation();

// Refreshes at most pgcrm.refresh_batch leads. An error of this account's data is survived,
// written into its row and returned; a cancel or a lack of resources goes on.
refresh_step refresh_batch(const account &of);

// The same for an account that may be in any state: what use_account says is returned as a failure.
refresh_step refresh_batch(std::string_view name);

// Derives observations, stays and marts again from the stored events, in this transaction.
// Waits for a refresh under way. With decoded_again the typed columns of the events are written again as
// well.
refresh_counts rebuild(const account &of, event_columns columns = event_columns::kept);

} // namespace pgcrm::store
