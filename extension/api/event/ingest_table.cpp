// crm_ingest_table: all bodies of a table.
#include "store/event/ingest_table.hpp"
#include "pgcxx/pgcxx.hpp"
#include "store/catalog/stale_tables.hpp"

namespace pgcrm {
namespace {

// bodies, stored, duplicate, unhandled, quarantined
using load_row = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>;

load_row ingest_table(std::string_view account, pgcxx::regclass relation) {
    const store::account of = store::use_account(account, store::account_right::ingest);
    const store::ingest_counts counts =
        store::on_fitting_tables(of, [&] { return store::ingest_table(of, relation); });
    return {counts.bodies, counts.stored, counts.duplicate, counts.unhandled, counts.quarantined};
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_ingest_table, pgcrm::ingest_table);
