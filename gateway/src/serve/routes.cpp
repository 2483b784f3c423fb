#include "serve/routes.hpp"

#include "ingest/authentication.hpp"
#include "ingest/nocrm_signature.hpp"
#include "operations/text.hpp"
#include "serve/metrics_text.hpp"

namespace pgcrm::gateway {
namespace {

using namespace std::chrono_literals;

answer plain(unsigned status, std::string text) {
    answer given;
    given.status = status;
    given.body = std::move(text);
    given.content_type = "text/plain; charset=utf-8";
    return given;
}

answer wrong_method(std::string_view allowed) {
    answer given = error_answer(405, "method_not_allowed", "this path does not take this method");
    given.allow = allowed;
    return given;
}

answer not_found() { return error_answer(404, "not_found", "there is nothing at this path"); }

bool is_read(const request_header &header) {
    return header.method() == http::verb::get || header.method() == http::verb::head;
}

answer readiness(const services &in) {
    if (in.queue.is_ready() && in.registry.is_told())
        return plain(200, "ready\n");
    return too_busy(503, "database_away", "the database cannot be reached", 5s);
}

answer read_path(const services &in, door at, const request_header &header, const std::string &name) {
    if (name != "healthz" && name != "readyz" && (name != "metrics" || at != door::metrics))
        return not_found();
    if (!is_read(header))
        return wrong_method("GET, HEAD");
    if (name == "healthz")
        return plain(200, "alive\n");
    if (name == "readyz")
        return readiness(in);
    answer given = plain(200, metrics_text(in.counts, in.registry, in.memory));
    given.content_type = "text/plain; version=0.0.4; charset=utf-8";
    return given;
}

answer refused(account &of, refusal why) {
    of.counters.refused[static_cast<std::size_t>(why)].add();
    switch (why) {
    case refusal::queue_full:
        return too_busy(429, "queue_full", "too many events of this account are waiting", 2s);
    case refusal::memory_full:
        return too_busy(503, "busy", "too many requests at once", 2s);
    default:
        return too_busy(503, "database_away", "the database cannot be reached", 5s);
    }
}

std::optional<answer> over_rate(const services &in, account &of) {
    const auto wait = of.rate.admit(in.with.rate_limit, steady_clock::now());
    if (!wait)
        return std::nullopt;
    of.counters.refused[static_cast<std::size_t>(refusal::rate)].add();
    return too_busy(429, "rate_limit", "this account sends more than it may",
                    std::chrono::ceil<std::chrono::seconds>(*wait));
}

std::optional<answer> unfit_body(const services &in, const request_header &header,
                                 std::optional<std::uint64_t> content_length) {
    if (!is_json(header))
        return error_answer(415, "unsupported_media_type",
                            "expected application/json, in UTF-8 and not compressed");
    const auto encoding = header.find(http::field::transfer_encoding);
    if (encoding != header.end() &&
        !equal_in_any_case({encoding->value().data(), encoding->value().size()}, "chunked"))
        return error_answer(501, "unsupported_transfer", "expected no transfer encoding but chunked");
    if (content_length && *content_length > in.with.body_limit)
        return error_answer(413, "too_large", "the body is larger than this gateway takes");
    return std::nullopt;
}

std::variant<answer, admitted> admit_webhook(const services &in, const request_header &header,
                                             const request_target &target,
                                             std::optional<std::uint64_t> content_length) {
    if (header.method() != http::verb::post)
        return wrong_method("POST");
    if (!in.registry.is_told()) // no secret can be called wrong yet
        return too_busy(503, "database_away", "the database cannot be reached", 5s);
    const auto known = in.registry.now();
    const std::string shown = shown_secret(header, target);
    const account_entry *opened = opened_account(*known, target.path[1], shown, steady_clock::now());
    if (!opened) {
        if (may_open_later(*known, target.path[1], shown))
            return too_busy(503, "account_unknown", "the account cannot be read just now", 5s);
        in.counts.unauthorized.add();
        return unauthorized();
    }
    if (auto late = over_rate(in, *opened->of))
        return *late;
    if (auto unfit = unfit_body(in, header, content_length))
        return *unfit;
    if (const auto why = in.queue.refusal_of(*opened->of))
        return refused(*opened->of, *why);
    return admitted{opened->of, opened->nocrm_api_keys};
}

} // namespace

std::variant<answer, admitted> route(const services &in, door at, const request_header &header,
                                     std::optional<std::uint64_t> content_length) {
    const auto target = read_target({header.target().data(), header.target().size()});
    if (!target)
        return error_answer(400, "bad_target", "the request's target is not a URL");
    if (at == door::webhooks && target->path.size() == 2 && target->path[0] == "webhook")
        return admit_webhook(in, header, *target, content_length);
    if (target->path.size() == 1)
        return read_path(in, at, header, target->path[0]);
    return not_found();
}

std::optional<answer> refusal_of_body(const services &in, const admitted &by, std::string_view body) {
    if (body.empty())
        return error_answer(400, "no_body", "expected an event as JSON in the body");
    if (!by.nocrm_api_keys.empty() && !is_signed(body, by.nocrm_api_keys)) {
        in.counts.unauthorized.add();
        return unauthorized();
    }
    return std::nullopt;
}

std::string_view path_for_log(const request_header &header) {
    std::string_view target(header.target().data(), header.target().size());
    if (!target.starts_with('/')) { // http://user:secret@host/path
        const std::size_t host = target.find("://");
        const std::size_t path = host == std::string_view::npos ? host : target.find('/', host + 3);
        target.remove_prefix(std::min(path, target.size()));
    }
    constexpr std::size_t longest = 200;
    return target.substr(0, std::min(target.find_first_of("?#"), longest));
}

} // namespace pgcrm::gateway
