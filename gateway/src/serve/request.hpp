// What a request asks for, read from its header alone.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::gateway {

namespace http = boost::beast::http;

using request_parser = http::request_parser<http::string_body>;
using request_header = http::request_header<>;

// The path's segments, decoded, and the token of the query. None when the target is no URL.
struct request_target {
    std::vector<std::string> path;
    std::optional<std::string> token;
};
std::optional<request_target> read_target(std::string_view target);

// The secret that the request shows; of a header rather than of the target. Empty when there is none.
std::string shown_secret(const request_header &header, const request_target &target);

// application/json and application/...+json, in UTF-8, as it is and not compressed.
bool is_json(const request_header &header);

// What the sender calls his request, when that can be put into a log as it is.
std::optional<std::string_view> given_request_id(const request_header &header);

} // namespace pgcrm::gateway
