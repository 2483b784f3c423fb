#include "serve/answer.hpp"

#include <nlohmann/json.hpp>

namespace pgcrm::gateway {
namespace {

using nlohmann::ordered_json;

// A body that is not valid UTF-8 has an event id that is not either; it is answered all the same.
std::string text_of(const ordered_json &body) {
    return body.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

answer committed(const ingest_result &result, std::string_view account) {
    ordered_json body{{"status", "success"}, {"account", account}};
    if (!result.event_id.empty())
        body["event"] = result.event_id;
    if (!result.stream.empty())
        body["stream"] = result.stream;
    body["outcome"] = outcome_names[static_cast<std::size_t>(result.what)];
    if (!result.problems.empty())
        body["problems"] = ordered_json::parse(result.problems, nullptr, false);
    answer given;
    given.body = text_of(body);
    return given;
}

answer refused(const ingest_result &result) {
    answer given;
    given.status = 500;
    given.body = text_of({{"status", "error"},
                          {"code", "refused_by_database"},
                          {"message", "the database refused the event; the gateway's log tells why"},
                          {"sqlstate", result.sqlstate}});
    return given;
}

answer unavailable(const ingest_result &result) {
    using std::chrono_literals::operator""s;
    switch (result.why) {
    case refusal::too_late:
        return too_busy(503, "too_late", "the database did not get to the event in time", 5s);
    case refusal::by_database:
        return too_busy(503, "not_now", "the database cannot take events of this account now", 10s);
    default:
        return too_busy(503, "database_away", "the database cannot be reached", 5s);
    }
}

} // namespace

answer error_answer(unsigned status, std::string_view code, std::string_view message) {
    answer given;
    given.status = status;
    given.body = text_of({{"status", "error"}, {"code", code}, {"message", message}});
    return given;
}

answer unauthorized() {
    return error_answer(401, "unauthorized", "no such account, or the secret does not open it");
}

answer too_busy(unsigned status, std::string_view code, std::string_view message,
                std::chrono::seconds retry_after) {
    answer given = error_answer(status, code, message);
    given.retry_after = retry_after;
    return given;
}

answer answer_of(const ingest_result &result, std::string_view account) {
    switch (result.is) {
    case ingest_result::kind::committed:
        return committed(result, account);
    case ingest_result::kind::refused:
        return refused(result);
    default:
        return unavailable(result);
    }
}

} // namespace pgcrm::gateway
