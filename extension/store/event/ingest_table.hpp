// Bodies that stand in a table, ingested in one transaction.
#pragma once

#include "store/event/ingest.hpp"

namespace pgcrm::store {

// In view pgcrm.ingest_progress, what tells crm_ingest_table from a COPY.
inline constexpr std::int64_t progress_type = 1701;

// The relation has one column, of type text, bytea, json or jsonb, and is read with the rights of the current
// user. Errors: 42P01 no such relation, 42809 not one column of these types, 42501 not readable.
ingest_counts ingest_table(const account &of, pgcxx::regclass relation);

} // namespace pgcrm::store
