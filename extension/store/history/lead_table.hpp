// Silver: lead_current, where each lead stands.
#pragma once

#include "core/history/stays.hpp"
#include "store/account/account.hpp"

#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace pgcrm::store {

// A row of the table as it is read: lead_id, stage_id, pipeline, entered_at, status, amount in hundredths,
// currency, owner, created_at, closed_at, deleted_at.
using stored_state =
    std::tuple<std::string_view, std::optional<std::string_view>, std::optional<std::string_view>,
               std::optional<pgcxx::timestamptz>, std::string_view, std::optional<std::int64_t>,
               std::optional<std::string_view>, std::optional<std::string_view>,
               std::optional<pgcxx::timestamptz>, std::optional<pgcxx::timestamptz>,
               std::optional<pgcxx::timestamptz>>;

// "select ... from office_a.lead_current l", in the columns of stored_state.
pgcxx::statement select_states(const account &of);

// The texts are those of the row. Error XX001 when it says what the table's constraints keep out.
lead_state state_of(const stored_state &row);

using written_state = std::pair<std::string_view, lead_state>; // of a lead

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
    std::vector<std::string_view> gone_;
};

} // namespace pgcrm::store
