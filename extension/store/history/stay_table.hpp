// Silver: the stored stays, and the writing of nothing but differences.
#pragma once

#include "core/history/stays.hpp"
#include "store/account/account.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

namespace pgcrm::store {

// A row of the table as it is read: lead_id, stay_no, life_no, stage_id, pipeline, owner, amount and
// exit_amount in hundredths, currency, entered_at, exited_at, entry_month, exit_month, outcome,
// is_first_entry, is_reopened, is_inferred, entry_event_id, exit_event_id.
using stored_stay =
    std::tuple<std::string_view, std::int32_t, std::int32_t, std::string_view, std::string_view,
               std::optional<std::string_view>, std::optional<std::int64_t>, std::optional<std::int64_t>,
               std::optional<std::string_view>, pgcxx::timestamptz, std::optional<pgcxx::timestamptz>,
               pgcxx::date, std::optional<pgcxx::date>, std::string_view, bool, bool, bool, std::string_view,
               std::optional<std::string_view>>;

// "select ... from office_a.stage_history s", in the columns of stored_stay.
pgcxx::statement select_stays(const account &of);

// The texts are those of the row. Error XX001 when it says what the table's constraints keep out.
stay stay_of(const stored_stay &row);

struct written_stay {
    std::string_view lead_id;
    stay row;
};

// What must be written so that the stored stays become the new ones.
class stay_changes {
public:
    // Both in order of stay_no. The texts are kept by the caller until `write`.
    void compare(std::string_view lead_id, std::span<const stay> stored, std::span<const stay> derived);

    // Returns how many stays were written or deleted.
    std::int64_t write(pgcxx::spi::session &sql, const account &of) const;

private:
    void delete_surplus(pgcxx::spi::session &sql, const account &of) const;

    std::vector<written_stay> added_;
    std::vector<written_stay> changed_;
    std::vector<written_stay> surplus_;
};

} // namespace pgcrm::store
