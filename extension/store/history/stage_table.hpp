// The stages of an account: what they are called, and in which order they stand.
//
// Ingest never writes them. A refresh keeps, for each spelling (stage, name, pipeline), the
// latest source time at which it was seen; a stage is called what it was called last, so its
// name does not depend on the order of arrival. Definitions that the source sends count with them.
#pragma once

#include "core/history/observation.hpp"
#include "core/history/stage_order.hpp"
#include "store/account/account.hpp"

#include <map>
#include <span>
#include <string>

namespace pgcrm::store {

// Writes what is known of each stage. Name and pipeline: a person's own, else of the latest spelling or
// definition that has one; of two equally late the greater text. Position and deletion: of the latest
// definition. A definition without a time is older than all others; of two equally late the one whose event
// has the greater id counts, as observations are ordered.
void describe_stages(pgcxx::spi::session &sql, const account &of);

// Takes notice of the stages that these observations name.
void note_stages(pgcxx::spi::session &sql, const account &of, std::span<const observation> seen);

// Takes notice of all observations of the account afresh. A stage that none names any more is gone, unless a
// person has written something beside it.
void note_all_stages(pgcxx::spi::session &sql, const account &of);

stage_order read_stage_order(pgcxx::spi::session &sql, const account &of);

// The places that the stored stays were built with.
std::map<std::string, stage_place, std::less<>> read_built_places(pgcxx::spi::session &sql,
                                                                  const account &of);

// Writes down the places that stays are built with from now on.
void write_built_places(pgcxx::spi::session &sql, const account &of, const stage_order &order);

} // namespace pgcrm::store
