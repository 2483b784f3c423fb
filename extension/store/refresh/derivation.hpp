// From the observations of some leads to their stays, their present state and the marts: the heart of refresh
// and rebuild.
#pragma once

#include "core/history/stays.hpp"
#include "core/marts/mart_sums.hpp"
#include "store/account/account.hpp"
#include "store/history/lead_rows.hpp"
#include "store/marts/restatement.hpp"
#include "store/refresh/refresh_counts.hpp"

#include <algorithm>
#include <optional>
#include <span>

namespace pgcrm::store {

// First and last time of observations.
class time_span {
public:
    void add(instant at) {
        first_ = first_ ? std::min(*first_, at) : at;
        last_ = last_ ? std::max(*last_, at) : at;
    }
    void add(const time_span &other) {
        if (other.first_)
            add(*other.first_);
        if (other.last_)
            add(*other.last_);
    }
    const std::optional<instant> &first() const { return first_; }
    const std::optional<instant> &last() const { return last_; }

private:
    std::optional<instant> first_, last_;
};

struct derived_batch {
    refresh_counts counts;
    time_span span;
    mart_sums contributions; // what cleared marts are still to have; the texts are those of the leads' rows
};

// Whether the marts have the contributions of the stored stays, so that what differs is written to them; or
// have nothing, and the caller adds everything up.
enum class marts_state { hold_stored_stays, are_cleared };

// Whether leads that are deleted in the end count in the marts: in those that are stored, and from now on.
struct counting_of_deleted {
    bool before;
    bool now;
};

class derivation {
public:
    derivation(const account &of, const time_zone &zone, counting_of_deleted counting)
        : of_(of), zone_(zone), counting_(counting) {}

    // Stays, states and contributions of these leads. None when their stages have changed the stage order in
    // a way that older outcomes do not survive; then nothing was written but stages.
    std::optional<derived_batch> derive(const lead_batch &batch, marts_state state,
                                        const restating &log) const;

    // What one lead contributes with the stays that are stored.
    mart_sums stored_contributions(const lead_batch &one) const;

private:
    derived_batch write_differences(pgcxx::spi::session &sql, const lead_batch &batch,
                                    std::span<observation> seen, const stage_order &order, marts_state state,
                                    const restating &log) const;
    static lead_facts facts_that_count(std::span<const stay> stays, const std::optional<lead_state> &state,
                                       bool counts_deleted_leads) {
        return counts_deleted_leads || !state || !state->deleted_at ? lead_facts{stays} : lead_facts{};
    }

    const account &of_;
    const time_zone &zone_;
    const counting_of_deleted counting_;
};

} // namespace pgcrm::store
