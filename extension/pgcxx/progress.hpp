// How far a long command is, for others to see while it runs.
//
// The server has progress reports for its own commands only. This one is shown as a COPY into the
// account (view pg_stat_progress_copy), with a type of its own, so that a view can tell them apart.
#pragma once

#include "pgcxx/datum.hpp"

namespace pgcxx {

class progress_report {
public:
    // `type` is any number above those of COPY.
    progress_report(Oid relation, std::int64_t type) noexcept : relation_(relation), type_(type) {}
    progress_report(const progress_report &) = delete;
    progress_report &operator=(const progress_report &) = delete;
    ~progress_report() {
        pgstat_progress_end_command();
    } // writes shared memory of this backend: cannot raise

    void update(std::int64_t bytes, std::int64_t rows, std::int64_t excluded) const noexcept {
        // the abort of a subtransaction has ended the report
        if (MyBEEntry && MyBEEntry->st_progress_command == PROGRESS_COMMAND_INVALID)
            pgstat_progress_start_command(PROGRESS_COMMAND_COPY, relation_);
        static constexpr std::array<int, 5> what{
            PROGRESS_COPY_BYTES_PROCESSED, PROGRESS_COPY_TUPLES_PROCESSED, PROGRESS_COPY_TUPLES_EXCLUDED,
            PROGRESS_COPY_COMMAND, PROGRESS_COPY_TYPE};
        std::array<std::int64_t, what.size()> const values{bytes, rows, excluded, PROGRESS_COPY_COMMAND_FROM,
                                                           type_};
        pgstat_progress_update_multi_param(what.size(), what.data(), values.data());
    }

private:
    Oid const relation_;
    std::int64_t const type_;
};

} // namespace pgcxx
