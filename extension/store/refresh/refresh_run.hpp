// Silver: refresh_run, one row for each refresh or rebuild that found something to do. A refresh that commits
// between its batches is one run.
#pragma once

#include "store/account/account.hpp"
#include "store/refresh/refresh_counts.hpp"

#include <cstdint>

namespace pgcrm::store {

enum class run_kind : std::uint8_t { refresh, rebuild };

struct run_step {
    run_kind kind;
    pgcxx::timestamptz started_at; // of this batch
    refresh_counts counts;         // of this batch
    bool is_last;
};

struct run {
    std::int64_t id; // 0 before the first
    pgcxx::timestamptz started_at;
};

// Begins a run, or goes on with the one that has no end. A refresh that had nothing to do is no run of its
// own: it has the number of the last one.
run note_run(pgcxx::spi::session &sql, const account &of, const run_step &step);

} // namespace pgcrm::store
