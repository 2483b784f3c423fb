// Work that writes events, where an account's tables may be behind the mappings: a stream that was written
// into pgcrm.stream by hand, or defined by somebody who does not own the account, has no table in it yet, or
// one that lacks columns. That is looked for only when the work has failed.
#pragma once

#include "store/account/account.hpp"

#include <utility>

namespace pgcrm::store {

// Raises 55000 with the way out when a stream's table is missing or lacks columns; does nothing otherwise.
void check_has_stream_tables(const account &of);

template <class Work> auto on_fitting_tables(const account &of, Work &&work) {
    try {
        return std::forward<Work>(work)();
    } catch (const pgcxx::error &failure) { // thrown by us: the server's stacks are in order
        if (failure.sqlstate() == ERRCODE_UNDEFINED_TABLE ||
            failure.sqlstate() == ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE)
            check_has_stream_tables(of);
        throw;
    }
}

} // namespace pgcrm::store
