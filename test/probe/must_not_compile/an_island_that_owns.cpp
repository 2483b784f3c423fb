// What an island captures survives a jump.
#include "probe.hpp"

using namespace pgcxx;

#ifdef LAWFUL
int length(const std::string &text) {
    return island([&text] { return static_cast<int>(strlen(text.c_str())); });
}
#else
int length(const std::string &text) {
    return island([text] { return static_cast<int>(strlen(text.c_str())); });
}
#endif
