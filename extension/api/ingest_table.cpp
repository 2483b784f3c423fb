// crm_ingest_table: all bodies of a table.
#include "store/ingest_table.hpp"
#include "pgcxx/pgcxx.hpp"

namespace pgcrm {
namespace {

// bodies, stored, duplicate, unhandled, quarantined
using result_row = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>;

result_row ingest_table(std::string_view account, pgcxx::regclass relation) {
    const store::ingest_counts counts =
        store::ingest_table(store::use_account(account, store::account_right::ingest), relation);
    return {counts.bodies, counts.stored, counts.duplicate, counts.unhandled, counts.quarantined};
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_ingest_table, pgcrm::ingest_table);
