// libFuzzer's entry to the way of a request up to the database: bytes of a connection, as they come.
//
// The first byte says how the rest is cut into reads; the rest is a request, with what follows it. It goes
// through the parser with the gateway's limits, and what the parser lets pass through everything that looks
// at it. Whatever comes, nothing may crash, the limits hold, and no answer depends on how the bytes were cut.
//
//   cmake -S . -B build/fuzz -DPGCRM_FUZZ=ON -DCMAKE_CXX_COMPILER=clang++ && cmake --build build/fuzz -t
//   request_fuzz
#include "ingest/authentication.hpp"
#include "ingest/nocrm_signature.hpp"
#include "operations/log.hpp"
#include "serve/request.hpp"
#include "serve/routes.hpp"

#include <boost/beast/core/flat_buffer.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace pgcrm::gateway;
namespace asio = boost::asio;

constexpr std::uint32_t header_limit = 8192;
constexpr std::size_t body_limit = 4096; // the gateway's has a megabyte; here both sides of it are reached

void expect(bool is_so) {
    if (!is_so)
        std::abort();
}

// What was made of the bytes.
struct reading {
    bool has_header = false, is_whole = false;
    std::string error;
    std::string target, secret, path, body;
    bool is_json = false, is_signed = false;
    bool operator==(const reading &) const = default;
};

void look_at_header(const request_header &header, reading &into) {
    into.has_header = true;
    into.target = std::string(header.target());
    const auto target = read_target(into.target);
    if (target)
        into.secret = shown_secret(header, *target);
    into.is_json = is_json(header);
    into.path = path_for_log(header);
    expect(into.path.size() <= 200);
    expect(into.path.find_first_of("?#") == std::string::npos);
    expect(into.path.empty() || into.path.front() == '/');
    if (const auto id = given_request_id(header))
        expect(!id->empty() && id->size() <= 64);
    expect(opened_account(directory(), into.target, into.secret, time_point{}) == nullptr);
}

// As connection_over reads: the header without its body, then the body, `step` bytes at most at a time.
reading read_in_steps(std::string_view bytes, std::size_t step) {
    reading made;
    request_parser parser;
    parser.header_limit(header_limit);
    parser.body_limit(boost::none);
    parser.eager(false);
    boost::beast::flat_buffer buffer;
    for (std::size_t at = 0; at < bytes.size() && !parser.is_done();) {
        const std::size_t count = std::min(step, bytes.size() - at);
        buffer.commit(asio::buffer_copy(buffer.prepare(count), asio::buffer(bytes.data() + at, count)));
        at += count;
        for (bool goes_on = true; goes_on && buffer.size() > 0;) {
            error_code wrong;
            const std::size_t used = parser.put(buffer.data(), wrong);
            buffer.consume(used);
            if (wrong && wrong != http::error::need_more) {
                made.error = wrong.message();
                return made;
            }
            goes_on = false;
            if (parser.is_header_done() && !made.has_header) {
                look_at_header(parser.get(), made);
                if (parser.content_length() && *parser.content_length() > body_limit) { // as route() does
                    made.error = "too large";
                    return made;
                }
                parser.body_limit(body_limit);
                parser.eager(true);
                goes_on = !parser.is_done();
            }
        }
    }
    made.is_whole = parser.is_done();
    if (made.is_whole) {
        made.body = parser.get().body();
        expect(made.body.size() <= body_limit);
        made.is_signed = is_signed(made.body, {"key", made.secret});
    }
    return made;
}

constexpr std::array<std::string_view, 10> first_lines{
    "POST /webhook/office_a HTTP/1.1",
    "POST /webhook/office_a?token=key HTTP/1.1",
    "POST /webhook/%6fffice?a&token=%41%zz HTTP/1.1",
    "POST http://user:word@host/webhook/a?token#x HTTP/1.0",
    "HEAD /healthz HTTP/1.1",
    "GET /metrics/../a//b?token=a&token=b HTTP/1.0",
    "PUT * HTTP/1.1",
    "CONNECT host:80 HTTP/1.1",
    "POST ?token=key HTTP/1.1",
    "GET / HTTP/2.0"};

constexpr std::array<std::string_view, 20> fields{"Content-Type: application/json",
                                                  "Content-Type: application/a+json; charset=\"utf-8\"",
                                                  "Content-Type: ;charset=",
                                                  "Content-Encoding: identity",
                                                  "Authorization: Basic bm9jcm06cGdjcm1feA==",
                                                  "Authorization: Basic Og==Og==",
                                                  "Authorization: Basic ====",
                                                  "Authorization: Bearer key",
                                                  "Authorization: Bearer",
                                                  "X-Request-Id: a.b-c_1",
                                                  "X-Request-Id: \"",
                                                  "Expect: 100-continue",
                                                  "Connection: close",
                                                  "Connection: keep-alive, upgrade",
                                                  "Transfer-Encoding: chunked",
                                                  "Transfer-Encoding: gzip, chunked",
                                                  "Content-Length: 5",
                                                  "Content-Length: 4097",
                                                  "Content-Length: 18446744073709551615",
                                                  "Host: a"};

// A line for each choice, until one says that the rest is the body: as it is, with its length, in chunks, or
// as the envelope of an event.
std::string made_of(std::string_view choices) {
    std::string made;
    const auto next = [&choices] {
        const auto choice = static_cast<unsigned char>(choices.empty() ? 255 : choices.front());
        choices.remove_prefix(choices.empty() ? 0 : 1);
        return choice;
    };
    made.append(first_lines[next() % first_lines.size()]).append("\r\n");
    unsigned choice = next();
    for (; choice < 200; choice = next())
        made.append(fields[choice % fields.size()]).append("\r\n");
    std::string body(choices);
    if (choice % 2 == 0)
        body = R"({"webhook_event": {"id": 1, "signature": ")" + body + "\"}}";
    if (choice % 3 == 0)
        return made + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    if (choice % 3 == 1)
        return made + "\r\n" + body;
    std::array<char, 20> size{};
    std::snprintf(size.data(), size.size(), "%zx", body.size());
    return made + "Transfer-Encoding: chunked\r\n\r\n" + size.data() + "\r\n" + body + "\r\n0\r\n\r\n";
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size == 0)
        return 0;
    std::string bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    if (data[0] % 2 == 1)
        bytes = made_of(bytes);
    const reading whole = read_in_steps(bytes, 2048);
    const reading cut = read_in_steps(bytes, data[0] / 2 % 64 + 1);
    // A limit may be told by different words, but what one accepts the other does as well.
    if (whole.error.empty() && cut.error.empty())
        expect(whole == cut);
    if (whole.is_whole && whole.has_header)
        expect(!cut.has_header || cut.target == whole.target);
    return 0;
}
