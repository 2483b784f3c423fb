// pgcrm-post: posts webhooks, a body a line, to a gateway over connections that stay open, as a CRM with much
// to tell would. What is answered 429 or 503 is sent again after Retry-After; what was under way when a
// connection broke is sent again at once, since nobody knows whether it arrived, and the database takes it
// once.
//
// While it works it prints a line every 200 ms, and one at the end, for scripts.
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/url/parse.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using namespace std::chrono_literals;

constexpr int most_attempts = 50;

struct target {
    std::string host, port, path;
    std::string secret;
};

struct job {
    target to;
    std::vector<std::string> bodies;
    unsigned connections = 16;
    bool is_quiet = false;
};

// stored, duplicate, unhandled, quarantined, refused
constexpr std::array<const char *, 4> outcomes{"stored", "duplicate", "unhandled", "quarantined"};

struct tally {
    std::atomic<std::size_t> next{0}, sent{0};
    std::array<std::atomic<std::size_t>, outcomes.size()> by_outcome{};
    std::atomic<std::size_t> refused{0};

    void count(const std::string &answer) {
        const auto body = nlohmann::json::parse(answer, nullptr, false);
        const std::string outcome = body.is_object() ? body.value("outcome", "") : "";
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            if (outcome == outcomes[i])
                ++by_outcome[i];
    }
    void print() const {
        std::printf("%zu", sent.load());
        for (const auto &each : by_outcome)
            std::printf("|%zu", each.load());
        std::printf("|%zu\n", refused.load());
        std::fflush(stdout);
    }
};

class connection {
public:
    explicit connection(const target &to) : to_(to) {}

    // None when the connection broke before the answer was there.
    std::optional<http::response<http::string_body>> post(const std::string &body) {
        boost::system::error_code failed;
        if (!is_open_ && !open())
            return std::nullopt;
        http::request<http::string_body> request(http::verb::post, to_.path, 11, body);
        request.set(http::field::host, to_.host);
        request.set(http::field::content_type, "application/json");
        request.set(http::field::authorization, "Bearer " + to_.secret);
        request.prepare_payload();
        http::response<http::string_body> answer;
        http::write(stream_, request, failed);
        if (!failed)
            http::read(stream_, buffer_, answer, failed);
        is_open_ = !failed && answer.keep_alive();
        if (!is_open_)
            stream_.close();
        return failed ? std::nullopt : std::optional(std::move(answer));
    }

private:
    bool open() {
        boost::system::error_code failed;
        buffer_.clear();
        const auto found = asio::ip::tcp::resolver(io_).resolve(to_.host, to_.port, failed);
        if (!failed)
            stream_.connect(found, failed);
        is_open_ = !failed;
        if (is_open_)
            stream_.socket().set_option(asio::ip::tcp::no_delay(true), failed);
        return is_open_;
    }

    const target &to_;
    asio::io_context io_{1};
    beast::tcp_stream stream_{io_};
    beast::flat_buffer buffer_;
    bool is_open_ = false;
};

// How long to wait before the body is sent again; none when its fate is sealed.
std::optional<std::chrono::milliseconds>
pause_before_again(const std::optional<http::response<http::string_body>> &answer) {
    if (!answer)
        return 100ms;
    const auto status = answer->result_int();
    if (status != 429 && status != 503)
        return std::nullopt;
    const std::string seconds((*answer)[http::field::retry_after]); // a proxy's 503 may have none
    return std::chrono::seconds(std::max(1, std::atoi(seconds.c_str())));
}

void post_one(connection &over, const std::string &body, tally &into) {
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        const auto answer = over.post(body);
        const auto pause = pause_before_again(answer);
        if (pause) {
            std::this_thread::sleep_for(*pause);
            continue;
        }
        if (answer->result() == http::status::ok) {
            into.count(answer->body());
            return;
        }
        if (into.refused == 0)
            std::cerr << "pgcrm-post: answered " << answer->result_int() << ": " << answer->body() << '\n';
        break;
    }
    ++into.refused;
}

void work(const job &of, tally &into) {
    connection over(of.to);
    for (std::size_t i = into.next++; i < of.bodies.size(); i = into.next++) {
        post_one(over, of.bodies[i], into);
        ++into.sent;
    }
}

tally &post_all(const job &of, tally &into) {
    std::vector<std::jthread> threads;
    threads.reserve(of.connections);
    for (unsigned i = 0; i < of.connections; ++i)
        threads.emplace_back([&of, &into] { work(of, into); });
    while (!of.is_quiet && into.sent < of.bodies.size()) {
        std::this_thread::sleep_for(200ms);
        into.print();
    }
    threads.clear();
    into.print();
    return into;
}

constexpr const char *usage =
    "usage: PGCRM_SECRET=... pgcrm-post [OPTION...] http://HOST:PORT/webhook/ACCOUNT FILE\n"
    "\n"
    "Posts the lines of FILE, each a webhook's body, to a gateway; again when it answers 429 or 503.\n"
    "\n"
    "  --connections N  how many are open at once, 1 to 1000 (16)\n"
    "  --quiet          prints only the last line of progress\n"
    "  --help\n"
    "\n"
    "Each line of progress is sent|stored|duplicate|unhandled|quarantined|refused. The exit status is 0\n"
    "when every body was acknowledged, 1 when some were refused, 2 when the arguments make no sense.\n";

[[noreturn]] void refuse(const std::string &why) {
    std::cerr << "pgcrm-post: " << why << "\n\n" << usage;
    std::exit(2);
}

target read_target(const std::string &text) {
    const auto url = boost::urls::parse_uri(text);
    if (!url || url->scheme() != "http" || url->host().empty())
        refuse("expected a URL such as http://127.0.0.1:8080/webhook/office_a, not \"" + text + "\"");
    const char *secret = std::getenv("PGCRM_SECRET");
    if (!secret)
        refuse("the account's secret is expected in PGCRM_SECRET");
    return {url->host(), url->has_port() ? std::string(url->port()) : "80",
            std::string(url->encoded_target()), secret};
}

std::vector<std::string> read_bodies(const std::string &path) {
    std::ifstream file(path);
    if (!file)
        refuse("cannot read \"" + path + "\"");
    std::vector<std::string> bodies;
    for (std::string line; std::getline(file, line);)
        if (!line.empty())
            bodies.push_back(line);
    return bodies;
}

job read_arguments(const std::vector<std::string> &arguments) {
    job read;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--quiet")
            read.is_quiet = true;
        else if (arguments[i] == "--connections" && i + 1 < arguments.size())
            read.connections = static_cast<unsigned>(std::atoi(arguments[++i].c_str()));
        else if (arguments[i] == "--help") {
            std::cout << usage;
            std::exit(0);
        } else if (arguments[i].starts_with('-'))
            refuse("there is no option \"" + arguments[i] + "\"");
        else
            names.push_back(arguments[i]);
    }
    if (names.size() != 2 || read.connections < 1 || read.connections > 1000)
        refuse("expected a URL and a file, and 1 to 1000 connections");
    read.to = read_target(names[0]);
    read.bodies = read_bodies(names[1]);
    return read;
}

} // namespace

int main(int count, char **arguments) {
    const job of = read_arguments(std::vector<std::string>(arguments + 1, arguments + count));
    tally into;
    return post_all(of, into).refused == 0 ? 0 : 1;
}
