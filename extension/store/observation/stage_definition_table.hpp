// Silver: what events say of the definitions of stages, one narrow row for each. The refresh makes names,
// positions and pipelines of table stage of them (store/history/stage_table.hpp).
#pragma once

#include "core/mapping/defined_stage.hpp"
#include "store/account/account.hpp"

#include <span>
#include <string_view>

namespace pgcrm::store {

struct stage_definition_row {
    std::string_view origin; // the stream
    std::string_view event_id;
    defined_stage says;
};

// A row of the same event is replaced: what is in the event's table now is what counts.
void write_stage_definitions(pgcxx::spi::session &sql, const account &of,
                             std::span<const stage_definition_row> rows);

// Takes back what an event said that another one has replaced.
void withdraw_stage_definition(pgcxx::spi::session &sql, const account &of, std::string_view origin,
                               std::string_view event_id);

void forget_stage_definitions(pgcxx::spi::session &sql, const account &of, std::string_view origin);

} // namespace pgcrm::store
