// The names in an account's schema that are not a stream's to take: those of the account's own tables, of the
// marts and tables that later versions make beside them, and of what the server keeps in the same list of
// names.
#pragma once

#include "core/marts/mart.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace pgcrm {

inline constexpr std::array<std::string_view, 19> account_tables{
    "account",    "lead_current",  "movement",         "observation",          "other_event",
    "pending",    "pending_mark",  "quarantine",       "refresh_run",          "restatement",
    "reported",   "stuck_lead",    "secret",           "secret_secret_id_seq", "stage",
    "stage_seen", "stage_history", "stage_definition", "unread_value"};

// Of families of marts, those to come included.
inline constexpr std::array<std::string_view, 5> account_table_prefixes{"activity_", "conversion_", "funnel_",
                                                                        "movement_", "stay_"};

// The primary key of a table `x` is an index `x_is_unique`.
inline constexpr std::string_view account_index_suffix = "_is_unique";

inline bool is_account_table(std::string_view name) {
    const auto begins_the_name = [&](std::string_view prefix) { return name.starts_with(prefix); };
    return std::find(account_tables.begin(), account_tables.end(), name) != account_tables.end() ||
           std::any_of(account_table_prefixes.begin(), account_table_prefixes.end(), begins_the_name) ||
           name.ends_with(account_index_suffix) || find_mart(name) != nullptr;
}

} // namespace pgcrm
