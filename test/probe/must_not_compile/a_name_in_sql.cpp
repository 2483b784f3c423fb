// A name goes into SQL as an identifier, never as text.
#include "probe.hpp"

using namespace pgcxx;

#ifdef LAWFUL
void name(statement &sql, const std::string &table) { sql << "select from " << identifier{table}; }
#else
void name(statement &sql, const std::string &table) { sql << "select from " << table; }
#endif
