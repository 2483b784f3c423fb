// One account's trouble never stops the others.
#pragma once

#include "pgcxx/pgcxx.hpp"
#include "store/rows/few_words.hpp"

#include <optional>
#include <string>

namespace pgcrm::store {

struct failure {
    int sqlstate;
    std::string message;
    std::string hint; // of ours; the server's speak to who has written the statement
};

// What went wrong in `work`, after all that it did was rolled back. A deadlock or a serialization
// failure of this account is survived as well; a cancel, a shutdown, a lack of memory or disk goes on.
template <class Work> std::optional<failure> failure_of(Work work) {
    const auto told = [](const pgcxx::server_error &theirs) {
        return failure{theirs.sqlstate(), in_few_words(theirs.what()), {}};
    };
    try {
        if (const auto caught = pgcxx::attempt(work))
            return told(*caught);
        return std::nullopt;
    } catch (const pgcxx::error &ours) {
        return failure{ours.sqlstate(), in_few_words(ours.what()), std::string(ours.hint())};
    } catch (const pgcxx::server_error &theirs) {
        // attempt() has rolled the subtransaction back before it let this through
        if (ERRCODE_TO_CATEGORY(theirs.sqlstate()) != ERRCODE_TO_CATEGORY(ERRCODE_TRANSACTION_ROLLBACK))
            throw;
        return told(theirs);
    }
}

} // namespace pgcrm::store
