// Bodies that did not become an event of a stream: quarantine and other_event.
//
// The key is a digest, so the same body any number of times is one row that counts: of the bytes in
// quarantine, which may be anything; of the value as the server prints it in other_event, which is the same
// for every spelling.
#pragma once

#include "store/account.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

struct refused_body {
    std::string_view body;
    std::string_view stream; // empty when none was recognised
    std::vector<std::string> problems;
};

void quarantine(pgcxx::spi::session &sql, const account &of, std::span<const refused_body> bodies,
                pgcxx::timestamptz received_at);

struct unhandled_body {
    std::string_view body;
    std::string_view event_id; // empty when the body has none
    std::string_view event;
};

void keep_unhandled(pgcxx::spi::session &sql, const account &of, std::span<const unhandled_body> bodies,
                    pgcxx::timestamptz received_at);

} // namespace pgcrm::store
