#include "store/event/replacement_lock.hpp"

namespace pgcrm::store {

using pgcxx::statement;

void lock_for_replacing(pgcxx::spi::session &sql, const account &of) {
    sql.execute(statement() << "lock table " << table_of(of, "refresh_run") << " in row exclusive mode");
}

void lock_for_deriving(pgcxx::spi::session &sql, const account &of) {
    sql.execute(statement() << "lock table " << table_of(of, "refresh_run") << " in share mode");
}

} // namespace pgcrm::store
