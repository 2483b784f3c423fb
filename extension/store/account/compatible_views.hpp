// Views public.<account>_<stream> for reports that were written against such tables.
//
// Plain views with all columns of the stream's table, owned by the account's owner; no other trace of
// them is kept. Their comment tells them from a view of that name that a person has made.
#pragma once

#include "store/account/account.hpp"

#include <string>
#include <vector>

namespace pgcrm::store {

// Names of those that are there.
std::vector<std::string> compatible_views_of(pgcxx::spi::session &sql, const account &of);

// Makes those that are missing of these streams, and gives those that are there the columns that their tables
// have got since: to be called again when a stream comes. Whoever may read the account may read them. Errors:
// 42P07 the name of one is in use, 42501 the owner may not create in schema public.
void make_compatible_views(const account &of, const std::vector<std::string> &streams);

void drop_compatible_views(const account &of);

// Errors 3F000 and 42501 unless this role may create in schema public.
void check_may_create_in_public(Oid role);

} // namespace pgcrm::store
