// What a foreign data wrapper gives to the server: the addresses of its callbacks, each a boundary.
//
//   pgcxx::fdw_handler handler() {
//       pgcxx::fdw_handler made = pgcxx::make_fdw_handler();
//       made.routine->BeginForeignScan = pgcxx::callback<begin_scan>;
//       ...
//   }
//   PGCXX_FUNCTION(pgcrm_handler, handler);
#pragma once

#include "pgcxx/datum.hpp"

namespace pgcxx {

struct fdw_handler {
    FdwRoutine *routine;
};

template <> struct datum_traits<fdw_handler> {
    static constexpr Oid oid = FDW_HANDLEROID;
    static fdw_handler from(Datum d) { return {reinterpret_cast<FdwRoutine *>(DatumGetPointer(d))}; }
    static Datum to(const fdw_handler &handler) { return PointerGetDatum(handler.routine); }
};

// In CurrentMemoryContext, without a callback.
inline fdw_handler make_fdw_handler() {
    return {island([] { return makeNode(FdwRoutine); })};
}

} // namespace pgcxx
