// crm_schedule and crm_unschedule: pg_cron calls crm_refresh_all from time to time.
#include "store/refresh/schedule.hpp"
#include "pgcxx/pgcxx.hpp"

namespace pgcrm {
namespace {

std::int64_t schedule(std::string_view wanted) { return store::schedule_refresh(wanted); }

bool unschedule() { return store::unschedule_refresh(); }

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_schedule, pgcrm::schedule);
PGCXX_FUNCTION(pgcrm_unschedule, pgcrm::unschedule);
