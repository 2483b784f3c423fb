// Rows belong to a session that lives longer.
#include "probe.hpp"

using namespace pgcxx;

#ifdef LAWFUL
std::int32_t one() {
    spi::session sql;
    return std::get<0>(sql.query<std::int32_t>("select 1").front());
}
#else
std::int32_t one() { return std::get<0>(spi::session().query<std::int32_t>("select 1").front()); }
#endif
