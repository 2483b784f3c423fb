// Whose an error is. It is told here and nowhere else, for ingest and refresh; the gateway tells it by the
// SQLSTATE alone (gateway/src/database/error_kind.hpp), and docs/reference/errors.md says the same to people.
//
//   of the data      its body or its lead is looked for by halving, and put aside: quarantine, stuck_lead
//   of the account   every body and every lead of it would meet it: the call fails, nothing is put aside
//   of the server    another account would meet it as well: it goes on to the caller
//
// What is in doubt is the account's: then nothing is stored and nothing is lost, and it is seen at once. Data
// that were put aside for an error of the account are stale in silence.
#pragma once

#include "pgcxx/pgcxx.hpp"
#include "store/rows/few_words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace pgcrm::store {

enum class error_kind : std::uint8_t { of_data, of_account, of_server };

namespace error_classes {

// Values that do not fit, constraints, limits of a row or a statement, RAISE without a code of its own.
inline constexpr std::array<std::string_view, 4> of_data{"22", "23", "54", "P0"};
// States of a transaction or of tables, names that are not there, missing rights, a lock that was not got.
inline constexpr std::array<std::string_view, 4> of_account{"25", "3F", "42", "55"};

inline bool are_among(const std::array<std::string_view, 4> &classes, int sqlstate) {
    return std::find(classes.begin(), classes.end(), pgcxx::sqlstate_text(sqlstate).substr(0, 2)) !=
           classes.end();
}

} // namespace error_classes

// A customer's trigger is believed when it names the data or the account. What it says of the server is a
// word like any other, and so is an SQLSTATE of its own making: it does not want this row.
inline error_kind kind_of(const pgcxx::server_error &theirs) {
    if (pgcxx::must_propagate(theirs))
        return error_kind::of_server;
    if (error_classes::are_among(error_classes::of_data, theirs.sqlstate()))
        return error_kind::of_data;
    const bool is_word = pgcxx::is_raised_by_plpgsql(theirs);
    return is_word && !error_classes::are_among(error_classes::of_account, theirs.sqlstate())
               ? error_kind::of_data
               : error_kind::of_account;
}

// We know what we say: two of ours speak of one row, which holds what the extension never writes (XX001) or
// was given another key on its way in (23000). The others, a faulty mapping too, speak of the account.
inline error_kind kind_of(const pgcxx::error &ours) {
    const bool is_of_a_row = ours.sqlstate() == ERRCODE_DATA_CORRUPTED ||
                             ours.sqlstate() == ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION;
    return is_of_a_row ? error_kind::of_data : error_kind::of_account;
}

struct data_failure {
    int sqlstate;
    std::string message;
};

// What is wrong with the data that `work` was about, after all that it did was rolled back. Every other error
// goes on.
template <class Work> std::optional<data_failure> failure_of_data(Work work) {
    try {
        const auto failure = pgcxx::attempt(work);
        if (!failure)
            return std::nullopt;
        if (kind_of(*failure) != error_kind::of_data)
            throw *failure;
        return data_failure{failure->sqlstate(), in_few_words(failure->what())};
    } catch (const pgcxx::error &ours) {
        if (kind_of(ours) != error_kind::of_data)
            throw;
        return data_failure{ours.sqlstate(), in_few_words(ours.what())};
    }
}

} // namespace pgcrm::store
