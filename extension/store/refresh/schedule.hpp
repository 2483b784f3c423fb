// The schedule: one job of pg_cron in a database, which refreshes all accounts.
//
// It belongs to the extension's owner, whoever asks for it: pg_cron shows a role its own jobs only and lets
// each role have one of the same name, so with a job for each caller nobody could tell how many there are.
// What it calls works on each account as the account's owner. Jobs of other roles, which earlier versions
// have made, end with the first change.
#pragma once

#include <cstdint>
#include <string_view>

namespace pgcrm::store {

// Returns the number of the job. Errors: 55000 pg_cron cannot run jobs here, 42704 it is not installed, 22023
// no schedule, 42501 the extension's owner may not use pg_cron.
std::int64_t schedule_refresh(std::string_view schedule);

// Whether there was one.
bool unschedule_refresh();

} // namespace pgcrm::store
