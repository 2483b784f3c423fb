#include "store/observation/stage_definition_table.hpp"

#include "store/observation/claim.hpp"

namespace pgcrm::store {

using pgcxx::statement;
using definition_table = row_table<stage_definition_row>;

void write_stage_definitions(pgcxx::spi::session &sql, const account &of,
                             std::span<const stage_definition_row> rows) {
    if (rows.empty())
        return;
    definition_table::insert(sql, of.name, definition_table::in_key_order(rows), clashing::replaces_the_old);
}

void withdraw_stage_definition(pgcxx::spi::session &sql, const account &of, std::string_view origin,
                               std::string_view event_id) {
    // A rebuild under way has deleted the row and made it again: what to delete is looked for by a statement
    // that began after it.
    statement wait;
    wait << "select from " << table_of(of, "stage_definition")
         << " d where d.origin = $1 and d.event_id = $2 for update";
    sql.execute(wait, origin, event_id);
    const stage_definition_row withdrawn{origin, event_id, {}};
    definition_table::remove(sql, of.name, std::span(&withdrawn, 1));
    mark_whole_account(sql, of);
}

void forget_stage_definitions(pgcxx::spi::session &sql, const account &of, std::string_view origin) {
    statement text;
    text << "delete from " << table_of(of, "stage_definition") << " d where d.origin = $1";
    sql.execute(text, origin);
}

} // namespace pgcrm::store
