// Restatement: what has changed in the numbers of months that had been reported.
//
// A month is reported by the first run that starts at or after its end in the account's zone, not before the
// account's reported_from and not before a run had leads: what nobody had numbers of was told to nobody. Each
// later change of a number of that month is kept, with the lead that it came through; so what was reported at
// any time can be told: the number of now without the changes since.
#pragma once

#include "core/marts/mart_sums.hpp"
#include "store/account/account.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace pgcrm::store {

enum class restatement_cause : std::uint8_t { event, definition };

// What a run logs, and about which months.
struct restating {
    std::int64_t run_id = 0;
    std::optional<day> reported_through; // by earlier runs; none: nothing is logged
    bool logs_all = false;               // else only measures that do not ripen: what is dated by the entry
    restatement_cause cause = restatement_cause::event;
};

// What the next step of a run has to know; the run is the one that has no end, or a new one.
restating read_restating(pgcxx::spi::session &sql, const account &of, restatement_cause cause);

// Writes down that the run reports all months that ended before it started and that no earlier one has
// reported; not as long as no run had leads. `month` is that of its start. The row of the account decides
// from when on.
void note_reported(pgcxx::spi::session &sql, const account &of, std::int64_t run_id,
                   pgcxx::timestamptz started_at, day month);

class restatements {
public:
    explicit restatements(const restating &by) : by_(by) {}

    // The facts of a lead that counted, and those that count now; the texts are kept by the caller until
    // `write`.
    void compare(std::string_view lead_id, const lead_facts &before, const lead_facts &now);

    void write(pgcxx::spi::session &sql, const account &of) const;

private:
    struct change {
        std::string_view lead_id, mart;
        day month;
        std::vector<std::string> cell; // the rest of its key
        std::string_view measure;
        std::string delta;
    };

    bool is_reported(day month) const { return by_.reported_through && month <= *by_.reported_through; }
    bool has_reported(const lead_facts &facts) const;
    void add(std::string_view lead_id, const mart &of, const cell_row &cell);

    const restating by_;
    mart_sums delta_; // of one lead
    std::vector<change> changes_;
};

} // namespace pgcrm::store
