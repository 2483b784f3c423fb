// The funnel by month of entry, stage and owner at entry.
#include "core/marts/funnel_measures.hpp"

namespace pgcrm {
namespace {

struct funnel_monthly_by_owner {
    static constexpr std::string_view name = "funnel_monthly_by_owner";
    static constexpr std::string_view comment =
        "The funnel by month of entry, stage and owner at entry, empty where there was none. leads are "
        "distinct for each owner, so they do not add up to those of funnel_monthly";

    struct key {
        day month;
        std::string_view stage_id, owner;
        friend auto operator<=>(const key &, const key &) = default;
    };
    static constexpr auto key_columns =
        std::tuple(part("month", &key::month, "First day of the month of entry, in the account's time zone"),
                   part("stage_id", &key::stage_id, "Id of the stage at the source"),
                   part("owner", &key::owner, "Owner at entry, empty where none was said"));

    using measures = funnel_measures;
    static constexpr auto measure_columns = funnel_measure_columns;

    static void contribute(const lead_facts &lead, int sign, cells_of<funnel_monthly_by_owner> &to) {
        add_stays(lead, sign, to, [](const stay &s) {
            return key{s.entry_month, s.stage_id, s.owner.value_or(std::string_view())};
        });
    }
};

const registered funnel_monthly_by_owner_is_known(described<funnel_monthly_by_owner>);

} // namespace
} // namespace pgcrm
