// Values that their columns could not hold, of events that were kept with a null in their place: one narrow
// row for each, so that what was hidden is counted and can be looked at.
#pragma once

#include "store/account/account.hpp"
#include "store/rows/row_table.hpp"

#include <span>
#include <string_view>
#include <tuple>

namespace pgcrm::store {

struct unread_value_row {
    std::string_view origin; // the stream
    std::string_view event_id;
    std::string_view column_name;
    std::string_view problem;
};

template <> struct row_list<unread_value_row> {
    static constexpr std::string_view table = "unread_value";
    static constexpr std::tuple key{
        column{"origin", as::text, &unread_value_row::origin},
        column{"event_id", as::text, &unread_value_row::event_id},
        column{"column_name", as::text, &unread_value_row::column_name},
    };
    static constexpr std::tuple rest{column{"problem", as::text, &unread_value_row::problem}};
};

void write_unread_values(pgcxx::spi::session &sql, const account &of, std::span<const unread_value_row> rows);

// Takes back those of an event that another one has replaced.
void withdraw_unread_values(pgcxx::spi::session &sql, const account &of, std::string_view origin,
                            std::string_view event_id);

void forget_unread_values(pgcxx::spi::session &sql, const account &of, std::string_view origin);

} // namespace pgcrm::store
