// crm_rebuild: observations, stays and marts again from the stored events.
#include "pgcxx/pgcxx.hpp"
#include "store/refresh/refresh.hpp"

namespace pgcrm {
namespace {

// leads, observations, stays_written, cells_changed
using rebuild_row = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>;

rebuild_row rebuild(std::string_view account) {
    store::check_isolation();
    const store::account of = store::use_account(account, store::account_right::own);
    const store::refresh_counts counts = store::rebuild(of);
    return {counts.leads, counts.observations, counts.stays_written, counts.cells_changed};
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_rebuild, pgcrm::rebuild);
