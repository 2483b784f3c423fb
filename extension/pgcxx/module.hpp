// What makes a shared library a server module: the magic block and _PG_init, which
// is a boundary like every other entry.  Written once, in one source file.
#pragma once

#include "pgcxx/boundary.hpp"

// `name` is what a server that lists its modules shows; `on_load` is a void function without arguments.
#define PGCXX_MODULE(name, on_load)                                                                          \
    extern "C" {                                                                                             \
    PGCXX_EXPORT const Pg_magic_struct *PG_MAGIC_FUNCTION_NAME(void);                                        \
    PGCXX_MAGIC_BLOCK(name);                                                                                 \
    PGCXX_EXPORT void _PG_init(void);                                                                        \
    void _PG_init(void) { ::pgcxx::callback<&on_load>(); }                                                   \
    }                                                                                                        \
    static_assert(true, "")
