#include "store/event/replacement_lock.hpp"

namespace pgcrm::store {

using pgcxx::statement;

void lock_for_replacing(pgcxx::spi::session &sql, const account &of) {
    sql.execute(statement() << "select from " << table_of(of, "account") << " a for key share");
}

void lock_for_deriving(pgcxx::spi::session &sql, const account &of) {
    sql.execute(statement() << "select from " << table_of(of, "account") << " a for update");
}

} // namespace pgcrm::store
