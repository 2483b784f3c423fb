// Silver: lead_current, where each lead stands.
#pragma once

#include "core/history/stays.hpp"
#include "store/account/account.hpp"
#include "store/rows/row_table.hpp"

#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

namespace pgcrm::store {

struct written_state {
    std::string_view lead_id;
    lead_state row;
};

template <> struct row_list<written_state> {
    static constexpr std::string_view table = "lead_current";
    static constexpr std::string_view place = "of a lead";
    static constexpr std::tuple key{
        column{"lead_id", as::text, &written_state::lead_id},
    };
    static constexpr std::tuple of_state{
        column{"stage_id", as::text, &lead_state::stage_id},
        column{"pipeline", as::text, &lead_state::pipeline},
        column{"entered_at", as::timestamptz, &lead_state::entered_at},
        column{"status", as::word<parse_lead_status>, &lead_state::status},
        column{"amount", as::numeric, &lead_state::amount},
        column{"currency", as::text, &lead_state::currency},
        column{"owner", as::text, &lead_state::owner},
        column{"created_at", as::timestamptz, &lead_state::created_at},
        column{"closed_at", as::timestamptz, &lead_state::closed_at},
        column{"deleted_at", as::timestamptz, &lead_state::deleted_at},
    };
    static constexpr auto rest = within(&written_state::row, of_state);
};

using state_table = row_table<written_state>;
using stored_state = state_table::stored;

// What must be written so that the stored states become the new ones.
class state_changes {
public:
    // A lead without any observation is gone. The texts are kept by the caller until `write`.
    void compare(std::string_view lead_id, const std::optional<lead_state> &stored, const lead_state &now,
                 bool has_observations);

    void write(pgcxx::spi::session &sql, const account &of) const;

private:
    std::vector<written_state> added_;
    std::vector<written_state> changed_;
    std::vector<written_state> gone_;
};

} // namespace pgcrm::store
