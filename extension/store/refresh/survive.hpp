// One account's trouble never stops the others.
#pragma once

#include "pgcxx/pgcxx.hpp"
#include "store/rows/few_words.hpp"

#include <optional>
#include <string>

namespace pgcrm::store {

// What went wrong in `work`, after all that it did was rolled back. A deadlock or a serialization
// failure of this account is survived as well; a cancel, a shutdown, a lack of memory or disk goes on.
template <class Work> std::optional<std::string> failure_of(Work work) {
    try {
        if (const auto failure = pgcxx::attempt(work))
            return in_few_words(failure->what());
        return std::nullopt;
    } catch (const pgcxx::error &ours) {
        return in_few_words(ours.what());
    } catch (const pgcxx::server_error &theirs) {
        // attempt() has rolled the subtransaction back before it let this through
        if (ERRCODE_TO_CATEGORY(theirs.sqlstate()) != ERRCODE_TO_CATEGORY(ERRCODE_TRANSACTION_ROLLBACK))
            throw;
        return in_few_words(theirs.what());
    }
}

} // namespace pgcrm::store
