// What is answered: a status and a JSON body that says what happened.
#pragma once

#include "ingest/ingest_result.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pgcrm::gateway {

struct answer {
    unsigned status = 200;
    std::string body;
    std::string_view content_type = "application/json";
    std::optional<std::chrono::seconds> retry_after; // 429 and 503 say when to come again
    std::string_view allow;                          // 405 says which methods there are
    bool closes = false;                             // the connection cannot go on after this
};

// {"status":"error","code":...,"message":...}; the code is for programs, the message for people.
answer error_answer(unsigned status, std::string_view code, std::string_view message);

answer unauthorized();
answer too_busy(unsigned status, std::string_view code, std::string_view message,
                std::chrono::seconds retry_after);

// What became of an event that was handed to the database.
answer answer_of(const ingest_result &result, std::string_view account);

} // namespace pgcrm::gateway
