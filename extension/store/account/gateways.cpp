#include "store/account/gateways.hpp"

#include "pgcxx/pgcxx.hpp"

namespace pgcrm::store {

void tell_gateways() {
    pgcxx::spi::session sql;
    sql.execute("notify pgcrm_gateway");
}

} // namespace pgcrm::store
