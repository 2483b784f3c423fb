#include "serve/request.hpp"

#include "ingest/authentication.hpp"
#include "operations/text.hpp"

#include <boost/url.hpp>

namespace pgcrm::gateway {
namespace {

constexpr std::size_t longest_request_id = 64;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

// "charset=utf-8" is the only parameter that could change what the body means.
bool is_in_utf8(std::string_view parameters) {
    const std::size_t at = parameters.find('=');
    if (at == std::string_view::npos || !equal_in_any_case(trimmed(parameters.substr(0, at)), "charset"))
        return true;
    std::string_view charset = trimmed(parameters.substr(at + 1));
    if (charset.size() >= 2 && charset.front() == '"' && charset.back() == '"')
        charset = charset.substr(1, charset.size() - 2);
    return equal_in_any_case(charset, "utf-8");
}

bool ends_in_json(std::string_view type) {
    constexpr std::string_view suffix = "+json";
    return type.size() > suffix.size() && equal_in_any_case(type.substr(type.size() - suffix.size()), suffix);
}

} // namespace

std::optional<request_target> read_target(std::string_view target) {
    namespace urls = boost::urls;
    const auto url = !target.empty() && target.front() == '/' ? urls::parse_origin_form(target)
                                                              : urls::parse_absolute_uri(target);
    if (!url)
        return std::nullopt;
    request_target read;
    for (const auto &segment : url->segments())
        read.path.push_back(segment);
    for (const auto &parameter : url->params())
        if (parameter.key == "token" && parameter.has_value)
            read.token = parameter.value;
    return read;
}

std::string shown_secret(const request_header &header, const request_target &target) {
    if (const auto found = header.find(http::field::authorization); found != header.end())
        return secret_of_authorization(view(found->value())).value_or("");
    return target.token.value_or("");
}

bool is_json(const request_header &header) {
    const std::string_view encoding = view(header[http::field::content_encoding]);
    if (!encoding.empty() && !equal_in_any_case(encoding, "identity"))
        return false;
    const std::string_view value = view(header[http::field::content_type]);
    const std::size_t end = value.find(';');
    const std::string_view type = trimmed(value.substr(0, end));
    const std::string_view parameters = end == std::string_view::npos ? "" : value.substr(end + 1);
    return (equal_in_any_case(type, "application/json") || ends_in_json(type)) && is_in_utf8(parameters);
}

std::optional<std::string_view> given_request_id(const request_header &header) {
    const std::string_view id = view(header["X-Request-Id"]);
    if (id.empty() || id.size() > longest_request_id || !std::all_of(id.begin(), id.end(), is_word_character))
        return std::nullopt;
    return id;
}

} // namespace pgcrm::gateway
