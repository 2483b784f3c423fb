// The names in an account's schema that are not a stream's to take: those of the account's own tables, of the
// marts and tables that later versions make beside them, and of what the server keeps in the same list of
// names. An upgrade that made a table of a name that a stream has would have nowhere to put it.
#pragma once

#include "core/marts/mart.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pgcrm {

inline constexpr auto account_tables = std::to_array<std::string_view>(
    {"account", "lead_current", "movement", "observation", "other_event", "pending", "pending_mark",
     "quarantine", "refresh_run", "restatement", "reported", "stuck_lead", "secret", "secret_secret_id_seq",
     "stage", "stage_seen", "stage_history", "stage_definition", "unread_value"});

// To come: what the business counts beside leads, with what each event says of it and what people enter.
inline constexpr auto subject_tables = std::to_array<std::string_view>(
    {"activity", "alias", "campaign", "category", "customer", "product", "sale", "target"});
inline constexpr auto subject_table_suffixes =
    std::to_array<std::string_view>({"", "_entered", "_monthly", "_statement"});

// To come, and of no family.
inline constexpr auto later_tables =
    std::to_array<std::string_view>({"built_stream", "campaign_result", "pending_event", "quality_limit",
                                     "reader_owner", "sale_monthly_by_customer", "segment", "stuck_event"});

// Of families of marts, those to come included.
inline constexpr auto account_table_prefixes = std::to_array<std::string_view>(
    {"activity_", "closing_", "conversion_", "cycle_", "funnel_", "movement_", "stay_"});

// The primary key of a table `x` is an index `x_is_unique`.
inline constexpr std::string_view account_index_suffix = "_is_unique";

template <class Names> bool is_among(const Names &names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

inline bool is_of_a_subject(std::string_view name) {
    return std::any_of(subject_tables.begin(), subject_tables.end(), [&](std::string_view subject) {
        return name.starts_with(subject) && is_among(subject_table_suffixes, name.substr(subject.size()));
    });
}

inline bool is_account_table(std::string_view name) {
    const auto begins_the_name = [&](std::string_view prefix) { return name.starts_with(prefix); };
    return is_among(account_tables, name) || is_of_a_subject(name) || is_among(later_tables, name) ||
           std::any_of(account_table_prefixes.begin(), account_table_prefixes.end(), begins_the_name) ||
           name.ends_with(account_index_suffix) || find_mart(name) != nullptr;
}

} // namespace pgcrm
