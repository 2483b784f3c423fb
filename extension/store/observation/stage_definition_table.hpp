// Silver: what events say of the definitions of stages, one narrow row for each. The refresh makes names,
// positions and pipelines of table stage of them (store/history/stage_table.hpp).
#pragma once

#include "core/mapping/defined_stage.hpp"
#include "store/account/account.hpp"
#include "store/rows/row_table.hpp"

#include <span>
#include <string_view>
#include <tuple>

namespace pgcrm::store {

struct stage_definition_row {
    std::string_view origin; // the stream
    std::string_view event_id;
    defined_stage says;
};

template <> struct row_list<stage_definition_row> {
    static constexpr std::string_view table = "stage_definition";
    static constexpr std::tuple key{
        column{"origin", as::text, &stage_definition_row::origin},
        column{"event_id", as::text, &stage_definition_row::event_id},
    };
    static constexpr std::tuple of_definition{
        column{"stage_id", as::text, &defined_stage::stage_id},
        column{"name", as::text, &defined_stage::name},
        column{"pipeline", as::text, &defined_stage::pipeline},
        column{"position", as::bigint, &defined_stage::position},
        column{"defined_at", as::timestamptz, &defined_stage::defined_at},
        column{"is_deleted", as::boolean, &defined_stage::is_deleted},
    };
    static constexpr auto rest = within(&stage_definition_row::says, of_definition);
};

// A row of the same event is replaced: what is in the event's table now is what counts.
void write_stage_definitions(pgcxx::spi::session &sql, const account &of,
                             std::span<const stage_definition_row> rows);

// Takes back what an event said that another one has replaced.
void withdraw_stage_definition(pgcxx::spi::session &sql, const account &of, std::string_view origin,
                               std::string_view event_id);

void forget_stage_definitions(pgcxx::spi::session &sql, const account &of, std::string_view origin);

} // namespace pgcrm::store
