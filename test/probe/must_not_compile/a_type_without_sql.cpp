// A type that SQL does not know is no argument.
#include "probe.hpp"

using namespace pgcxx;

#ifdef LAWFUL
int answer(std::int32_t n) { return n; }
PGCXX_FUNCTION(probe_answer, answer);
#else
int answer(unsigned char n) { return n; }
PGCXX_FUNCTION(probe_answer, answer);
#endif
