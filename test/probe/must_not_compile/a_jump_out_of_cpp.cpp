// An error is thrown, never raised.
#include "probe.hpp"

using namespace pgcxx;

#ifdef LAWFUL
void refuse() { throw error(ERRCODE_DATA_EXCEPTION, "no"); }
#else
void refuse() { ereport(ERROR, (errmsg("no"))); }
#endif
