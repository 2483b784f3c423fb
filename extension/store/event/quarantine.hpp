// Bodies that did not become an event of a stream: quarantine and other_event.
//
// The key is a digest, so the same body any number of times is one row that counts: of the bytes in
// quarantine, which may be anything; of the value as the server prints it in other_event, which is the same
// for every spelling.
#pragma once

#include "store/account/account.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

// When a body came, and how often.
struct body_history {
    pgcxx::timestamptz first_received_at;
    pgcxx::timestamptz last_received_at;
    std::int64_t times;
};

struct refused_body {
    body_history came;
    std::string_view body;
    std::string_view stream; // empty when none was recognised
    std::vector<std::string> problems;
};

// Error 55000 when a trigger of the owner's keeps one out: it would be stored nowhere.
void quarantine(pgcxx::spi::session &sql, const account &of, std::span<const refused_body> bodies);

struct unhandled_body {
    body_history came;
    std::string_view body;
    std::string_view event_id; // empty when the body has none
    std::string_view event;
};

// Returns the places, in order, of those that a trigger of the owner's keeps out of other_event.
std::vector<std::size_t> keep_unhandled(pgcxx::spi::session &sql, const account &of,
                                        std::span<const unhandled_body> bodies);

// A body that was taken out of one of the two tables, to go through ingest again.
struct taken_body {
    std::string digest; // its key
    body_history came;
    std::string body;
};

// Takes at most `most` bodies out, in order of their keys from the one after `after` on; with `stream`, those
// of that stream only. Whoever takes them stores them again in the same transaction.
std::vector<taken_body> take_quarantined(pgcxx::spi::session &sql, const account &of,
                                         const std::string &after, std::optional<std::string_view> stream,
                                         std::int64_t most);
std::vector<taken_body> take_unhandled(pgcxx::spi::session &sql, const account &of, const std::string &after,
                                       std::int64_t most);

} // namespace pgcrm::store
