// The sequence of observations that were stored before their stream's mapping named one.
#pragma once

#include "core/mapping/mapping.hpp"
#include "store/account/account.hpp"

#include <span>

namespace pgcrm::store {

// Takes it from the event's id, for the streams whose sequence is their key. What is right already is not
// written again. Shown by pgcrm.rebuild_progress. To be used as the owner, with nobody else at work in the
// account.
void fill_sequences(pgcxx::spi::session &sql, const account &of, std::span<const stream> streams);

} // namespace pgcrm::store
