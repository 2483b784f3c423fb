// The macro jumps over the witness; ours does not.
#include "probe.hpp"

using namespace pgcxx;

#ifdef LAWFUL
void wait() {
    probe::witness alive;
    check_for_interrupts();
}
#else
void wait() {
    probe::witness alive;
    CHECK_FOR_INTERRUPTS();
}
#endif
