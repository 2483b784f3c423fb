// SPI has its scopes.
#include "probe.hpp"

using namespace pgcxx;

#ifdef LAWFUL
void run() {
    spi::session sql;
    sql.execute("select 1");
}
#else
void run() {
    (void)SPI_connect();
    (void)SPI_execute("select 1", false, 0);
}
#endif
