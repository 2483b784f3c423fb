// Amounts at entry by month of entry, stage and currency: the stays whose amount at entry is known. Counted
// as well as added up, so that a cell whose amounts happen to make zero is there.
#include "core/marts/mart_definition.hpp"

namespace pgcrm {
namespace {

struct funnel_amount_monthly {
    static constexpr std::string_view name = "funnel_amount_monthly";
    static constexpr std::string_view comment =
        "Amounts at entry by month of entry, stage and currency, empty where none was said; entries are "
        "those with a known amount";

    struct key {
        day month;
        std::string_view stage_id, currency;
        friend auto operator<=>(const key &, const key &) = default;
    };
    static constexpr auto key_columns =
        std::tuple(part("month", &key::month, "First day of the month of entry, in the account's time zone"),
                   part("stage_id", &key::stage_id, "Id of the stage at the source"),
                   part("currency", &key::currency, "Currency of the amount, empty where none was said"));

    struct measures {
        std::int64_t entries = 0;
        std::int64_t first_entries = 0;
        amount_sum entry_amount;
        amount_sum first_entry_amount;
        friend bool operator==(const measures &, const measures &) = default;
    };
    static constexpr auto measure_columns = std::tuple(
        dated("entries", &measures::entries, "Stays with a known amount at entry"),
        dated("first_entries", &measures::first_entries, "Of these, each lead's first in the stage"),
        dated("entry_amount", &measures::entry_amount, "Sum of their amounts at entry"),
        dated("first_entry_amount", &measures::first_entry_amount,
              "Sum of the amounts at entry of the first ones"));

    static void contribute(const lead_facts &lead, int sign, cells_of<funnel_amount_monthly> &to) {
        for (const stay &s : lead.stays)
            if (s.amount)
                add(s, sign, to.at({s.entry_month, s.stage_id, s.currency.value_or(std::string_view())}));
    }

    static void add(const stay &s, int sign, measures &to) {
        const wide_integer amount = sign * wide_integer{s.amount->hundredths};
        to.entries += sign;
        to.entry_amount.hundredths += amount;
        if (s.is_first_entry) {
            to.first_entries += sign;
            to.first_entry_amount.hundredths += amount;
        }
    }
};

const registered funnel_amount_monthly_is_known(described<funnel_amount_monthly>);

} // namespace
} // namespace pgcrm
