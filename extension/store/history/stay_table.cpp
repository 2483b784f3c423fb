#include "store/history/stay_table.hpp"

namespace pgcrm::store {

void stay_changes::compare(std::string_view lead_id, std::span<const stay> stored,
                           std::span<const stay> derived) {
    auto old = stored.begin();
    for (const stay &each : derived) {
        // A gap in the stored numbers (a row that somebody deleted) is filled again.
        while (old != stored.end() && old->stay_no < each.stay_no)
            surplus_.push_back({lead_id, *old++});
        const bool is_stored = old != stored.end() && old->stay_no == each.stay_no;
        if (!is_stored)
            added_.push_back({lead_id, each});
        else if (*old != each)
            changed_.push_back({lead_id, each});
        if (is_stored)
            ++old;
    }
    for (; old != stored.end(); ++old)
        surplus_.push_back({lead_id, *old});
}

std::int64_t stay_changes::write(pgcxx::spi::session &sql, const account &of) const {
    if (!surplus_.empty())
        stay_table::remove(sql, of.name, surplus_);
    if (!added_.empty())
        stay_table::insert(sql, of.name, added_, clashing::impossible);
    if (!changed_.empty())
        stay_table::insert(sql, of.name, changed_, clashing::replaces_the_old);
    return static_cast<std::int64_t>(added_.size() + changed_.size() + surplus_.size());
}

} // namespace pgcrm::store
