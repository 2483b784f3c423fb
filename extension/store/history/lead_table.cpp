#include "store/history/lead_table.hpp"

namespace pgcrm::store {

void state_changes::compare(std::string_view lead_id, const std::optional<lead_state> &stored,
                            const lead_state &now, bool has_observations) {
    if (!has_observations) {
        if (stored)
            gone_.push_back({lead_id, *stored});
    } else if (!stored) {
        added_.push_back({lead_id, now});
    } else if (*stored != now) {
        changed_.push_back({lead_id, now});
    }
}

void state_changes::write(pgcxx::spi::session &sql, const account &of) const {
    if (!gone_.empty())
        state_table::remove(sql, of.name, gone_);
    if (!added_.empty())
        state_table::insert(sql, of.name, added_, clashing::impossible);
    if (!changed_.empty())
        state_table::insert(sql, of.name, changed_, clashing::replaces_the_old);
}

} // namespace pgcrm::store
