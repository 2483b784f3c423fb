// Which months an account's numbers are plausibly of.
//
// A date that was mistyped lies far from all others. Months with entries that are at most a year apart belong
// together; the months between them have no entry and are shown with zeros. Months that are farther apart
// are shown without what lies between: no number is left out, and a stray date costs a month.
//
//   1970-01                        2025-11 2025-12 ....... 2026-02 2026-03
//   stray, and shown alone         plausible: from the first to the last, zeros included
//
// Plausible is the group that most entries are in, up to the month of the last refresh.
#pragma once

#include "pgcxx/pgcxx.hpp"

#include <string_view>

namespace pgcrm::store {

// A query for the months that are shown, of one column, month.
pgcxx::statement shown_months(std::string_view account);

// A scalar query for how many stays begin outside of the plausible months; the account's own row is called a.
pgcxx::statement stray_entries(std::string_view account);

} // namespace pgcrm::store
