#include "store/observation/unread_value_table.hpp"

namespace pgcrm::store {

using pgcxx::statement;
using unread_table = row_table<unread_value_row>;

void write_unread_values(pgcxx::spi::session &sql, const account &of,
                         std::span<const unread_value_row> rows) {
    if (rows.empty())
        return;
    // An event that was deleted by hand and came again has left its rows.
    unread_table::insert(sql, of.name, unread_table::in_key_order(rows), clashing::replaces_the_old);
}

void withdraw_unread_values(pgcxx::spi::session &sql, const account &of, std::string_view origin,
                            std::string_view event_id) {
    statement text;
    text << "delete from " << table_of(of, "unread_value") << " v where v.origin = $1 and v.event_id = $2";
    sql.execute(text, origin, event_id);
}

void forget_unread_values(pgcxx::spi::session &sql, const account &of, std::string_view origin) {
    statement text;
    text << "delete from " << table_of(of, "unread_value") << " v where v.origin = $1";
    sql.execute(text, origin);
}

} // namespace pgcrm::store
