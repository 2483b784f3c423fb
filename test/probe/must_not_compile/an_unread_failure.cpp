// What an attempt returns says whether the work was done.
#include "probe.hpp"

using namespace pgcxx;

#ifdef LAWFUL
bool done() {
    return !attempt([] { probe::fail("call"); });
}
#else
void done() {
    attempt([] { probe::fail("call"); });
}
#endif
