// Handlers of the server break when an exception leaves them.
#include "probe.hpp"

using namespace pgcxx;

#ifdef LAWFUL
bool tried() {
    return !attempt([] { probe::fail("call"); });
}
#else
bool tried() {
    PG_TRY();
    { probe::fail("call"); }
    PG_CATCH();
    { return false; }
    PG_END_TRY();
    return true;
}
#endif
