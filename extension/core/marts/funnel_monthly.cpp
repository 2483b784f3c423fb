// The funnel by month of entry and stage.
#include "core/marts/funnel_measures.hpp"

namespace pgcrm {
namespace {

struct funnel_monthly {
    static constexpr std::string_view name = "funnel_monthly";
    static constexpr std::string_view comment =
        "The funnel by month of entry and stage: entries, what became of them, and seconds in settled stays";

    struct key {
        day month;
        std::string_view stage_id;
        friend auto operator<=>(const key &, const key &) = default;
    };
    static constexpr auto key_columns =
        std::tuple(part("month", &key::month, "First day of the month of entry, in the account's time zone"),
                   part("stage_id", &key::stage_id, "Id of the stage at the source"));

    using measures = funnel_measures;
    static constexpr auto measure_columns = funnel_measure_columns;

    static void contribute(const lead_facts &lead, int sign, cells_of<funnel_monthly> &to) {
        add_stays(lead, sign, to, [](const stay &s) { return key{s.entry_month, s.stage_id}; });
    }
};

const registered funnel_monthly_is_known(described<funnel_monthly>);

} // namespace
} // namespace pgcrm
