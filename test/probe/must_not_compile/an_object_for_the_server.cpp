// Only plain data crosses into the server.
#include "probe.hpp"

using namespace pgcxx;

void take(std::string_view) {}

#ifdef LAWFUL
void give(const std::string &text) { call(take, std::string_view(text)); }
#else
void give(const std::string &text) { call(take, text); }
#endif
