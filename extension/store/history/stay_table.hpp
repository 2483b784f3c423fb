// Silver: stage_history, the stored stays, and the writing of nothing but differences.
#pragma once

#include "core/history/stays.hpp"
#include "store/account/account.hpp"
#include "store/rows/row_table.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

namespace pgcrm::store {

struct written_stay {
    std::string_view lead_id;
    stay row;
};

template <> struct row_list<written_stay> {
    static constexpr std::string_view table = "stage_history";
    static constexpr std::string_view place = "in a stay";
    static constexpr std::tuple key{
        column{"lead_id", as::text, &written_stay::lead_id},
        column{"stay_no", as::integer, &written_stay::row, &stay::stay_no},
    };
    static constexpr std::tuple of_stay{
        column{"life_no", as::integer, &stay::life_no},
        column{"stage_id", as::text, &stay::stage_id},
        column{"pipeline", as::text, &stay::pipeline},
        column{"owner", as::text, &stay::owner},
        column{"amount", as::numeric, &stay::amount},
        column{"exit_amount", as::numeric, &stay::exit_amount},
        column{"currency", as::text, &stay::currency},
        column{"entered_at", as::timestamptz, &stay::entered_at},
        column{"exited_at", as::timestamptz, &stay::exited_at},
        column{"entry_month", as::date, &stay::entry_month},
        column{"exit_month", as::date, &stay::exit_month},
        column{"outcome", as::word<parse_stay_outcome>, &stay::outcome},
        column{"is_first_entry", as::boolean, &stay::is_first_entry},
        column{"is_reopened", as::boolean, &stay::is_reopened},
        column{"is_inferred", as::boolean, &stay::is_inferred},
        column{"entry_event_id", as::text, &stay::entry_event_id},
        column{"exit_event_id", as::text, &stay::exit_event_id},
    };
    static constexpr auto rest = within(&written_stay::row, of_stay);
};

using stay_table = row_table<written_stay>;
using stored_stay = stay_table::stored;

// What must be written so that the stored stays become the new ones.
class stay_changes {
public:
    // Both in order of stay_no. The texts are kept by the caller until `write`.
    void compare(std::string_view lead_id, std::span<const stay> stored, std::span<const stay> derived);

    // Returns how many stays were written or deleted.
    std::int64_t write(pgcxx::spi::session &sql, const account &of) const;

private:
    std::vector<written_stay> added_;
    std::vector<written_stay> changed_;
    std::vector<written_stay> surplus_;
};

} // namespace pgcrm::store
