// SQL is a literal or a statement.
#include "probe.hpp"

using namespace pgcxx;

#ifdef LAWFUL
void run(spi::session &sql, const statement &text) { sql.execute(text); }
#else
void run(spi::session &sql, const std::string &text) { sql.execute(text.c_str()); }
#endif
