#include "serve/client_connection.hpp"

#include "serve/request_id.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http/write.hpp>

#include <type_traits>

namespace pgcrm::gateway {
namespace {

namespace beast = boost::beast;
using namespace std::chrono_literals;

constexpr std::size_t first_read = 2048;     // most requests whole
constexpr std::size_t next_read = 32 * 1024; // of a larger body
constexpr auto write_timeout = 20s;
constexpr auto closing_timeout = 1s;
constexpr std::size_t most_drained = 2 * 1024 * 1024;

// Why a request could not be read.
answer answer_of_parse_error(error_code error) {
    if (error == http::error::header_limit)
        return error_answer(431, "header_too_large", "the header is larger than this gateway takes");
    if (error == http::error::body_limit)
        return error_answer(413, "too_large", "the body is larger than this gateway takes");
    if (error == http::error::bad_version)
        return error_answer(505, "version_not_supported", "expected HTTP/1.0 or HTTP/1.1");
    return error_answer(400, "bad_request", "the request is not HTTP: " + error.message());
}

template <class Stream> class connection_over final : public client_connection {
    static constexpr bool is_encrypted = std::is_same_v<Stream, tls_stream>;

public:
    connection_over(asio::io_context &loop, Stream stream, std::shared_ptr<asio::ssl::context> tls,
                    const services &in, door at)
        : loop_(loop), tls_(std::move(tls)), stream_(std::move(stream)), in_(in), at_(at) {}

    void begin() override {
        if constexpr (is_encrypted)
            start(loop_, [this](waiting wait) { shake_hands(wait); });
        else
            wait_for_request();
    }

private:
    enum class phase : std::uint8_t { header, body, answered };

    // One request on its way.
    struct exchange {
        explicit exchange(memory_budget &budget) : memory(budget) {}
        request_parser parser;
        reservation memory;
        phase in = phase::header;
        time_point read_at{};
        std::string_view account;
    };

    void interrupt() override {
        deadline_ = time_point::max();
        was_interrupted_ = true;
        error_code ignored;
        beast::get_lowest_layer(stream_).cancel(ignored);
    }

    void set_deadline(steady_clock::duration from_now) { deadline_ = steady_clock::now() + from_now; }

    void shake_hands(waiting wait) {
        error_code failed;
        set_deadline(in_.with.header_timeout);
        stream_.async_handshake(asio::ssl::stream_base::server, wait[failed]);
        if (failed)
            end();
        else
            wait_for_request();
    }

    // Without a stack, and without a buffer where that is possible: ten thousand idle clients must cost
    // little.
    void wait_for_request() {
        buffer_.shrink_to_fit();
        is_idle_ = true;
        set_deadline(is_draining_ ? 500ms : steady_clock::duration(in_.with.idle_timeout));
        if constexpr (is_encrypted)
            stream_.async_read_some(buffer_.prepare(first_read),
                                    [this](error_code failed, std::size_t count) {
                                        buffer_.commit(count);
                                        on_request(failed);
                                    });
        else
            stream_.async_wait(tcp_socket::wait_read, [this](error_code failed) { on_request(failed); });
    }

    // The client sent something, has gone, or was idle for too long.
    void on_request(error_code failed) {
        is_idle_ = false;
        is_gone_ = static_cast<bool>(failed) && !was_interrupted_;
        if (failed)
            start(loop_, [this](waiting wait) { close(wait); });
        else
            start(loop_, [this](waiting wait) { serve(wait); });
    }

    void serve(waiting wait) {
        while (serve_request(wait)) {
            if (buffer_.size() > 0) // the next request came along with this one
                continue;
            wait_for_request();
            return;
        }
        close(wait);
    }

    error_code read_more(std::size_t most, waiting wait) {
        error_code failed;
        buffer_.commit(stream_.async_read_some(buffer_.prepare(most), wait[failed]));
        return failed;
    }

    // True when another request may follow.
    bool serve_request(waiting wait) {
        exchange with(in_.memory);
        with.parser.header_limit(static_cast<std::uint32_t>(in_.with.header_limit));
        with.parser.body_limit(boost::none);
        set_deadline(in_.with.header_timeout);
        std::optional<answer> given = read_header(with, wait);
        if (!given && !is_gone_)
            given = answer_request(with, wait);
        if (is_gone_ || !given)
            return false;
        with.memory.try_hold(0);
        return write(with, *given, wait);
    }

    // Feeds the parser until `is_done`. An answer when that cannot be.
    template <class Done> std::optional<answer> read_until(exchange &with, waiting wait, Done is_done) {
        for (;;) {
            if (buffer_.size() > 0) {
                error_code wrong;
                buffer_.consume(with.parser.put(buffer_.data(), wrong));
                if (wrong && wrong != http::error::need_more)
                    return answer_of_parse_error(wrong);
                if (is_done())
                    return std::nullopt;
            }
            if (auto full = take_memory(with))
                return full;
            const error_code failed = read_more(with.in == phase::header ? first_read : next_read, wait);
            if (failed)
                return answer_of_end(with);
        }
    }

    std::optional<answer> take_memory(exchange &with) {
        std::size_t needed = with.parser.get().body().size() + buffer_.size();
        if (with.in == phase::body)
            needed = std::max<std::size_t>(needed, with.parser.content_length().value_or(0));
        if (needed <= first_read || with.memory.try_hold(needed))
            return std::nullopt;
        return too_busy(503, "busy", "too many requests at once", 2s);
    }

    // The client went away, or took too long.
    std::optional<answer> answer_of_end(const exchange &with) {
        const bool has_begun = with.parser.got_some() || buffer_.size() > 0;
        if (std::exchange(was_interrupted_, false) && has_begun)
            return error_answer(408, "too_slow", "the request did not come in time");
        is_gone_ = true;
        return std::nullopt;
    }

    std::optional<answer> read_header(exchange &with, waiting wait) {
        // Eager parsing would take a body before anybody has asked whether it may come.
        with.parser.eager(false);
        return read_until(with, wait, [&with] { return with.parser.is_header_done(); });
    }

    std::optional<answer> answer_request(exchange &with, waiting wait) {
        std::optional<std::uint64_t> length;
        if (with.parser.content_length())
            length = *with.parser.content_length();
        auto decided = route(in_, at_, with.parser.get(), length);
        if (answer *at_once = std::get_if<answer>(&decided))
            return std::move(*at_once);
        const admitted &by = std::get<admitted>(decided);
        with.account = by.of->name;
        if (auto failed = read_body(with, wait))
            return failed;
        if (is_gone_)
            return std::nullopt;
        return ingest(with, by, wait);
    }

    std::optional<answer> read_body(exchange &with, waiting wait) {
        with.in = phase::body;
        with.parser.body_limit(in_.with.body_limit);
        with.parser.eager(true);
        set_deadline(in_.with.body_timeout);
        if (with.parser.is_done())
            return std::nullopt;
        if (auto full = take_memory(with))
            return full;
        if (auto unwanted = continue_if_expected(with, wait))
            return unwanted;
        return read_until(with, wait, [&with] { return with.parser.is_done(); });
    }

    // A client that asks whether it may send its body is told so.
    std::optional<answer> continue_if_expected(exchange &with, waiting wait) {
        const auto &header = with.parser.get();
        const auto expected = header.find(http::field::expect);
        if (expected == header.end() || header.version() < 11)
            return std::nullopt;
        if (!beast::iequals(expected->value(), "100-continue"))
            return error_answer(417, "expectation_failed", "expected no expectation but 100-continue");
        if (buffer_.size() > 0)
            return std::nullopt; // it does not wait
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        error_code failed;
        asio::async_write(stream_, asio::buffer(go_on.data(), go_on.size()), wait[failed]);
        is_gone_ = static_cast<bool>(failed);
        return std::nullopt;
    }

    std::optional<answer> ingest(exchange &with, const admitted &by, waiting wait) {
        std::string &body = with.parser.get().body();
        if (auto refused = refusal_of_body(in_, by, body))
            return refused;
        with.in = phase::answered;
        with.read_at = steady_clock::now();
        deadline_ = time_point::max(); // the queue has a time of its own
        // Small bodies are counted as well from here on: many of them may wait.
        if (!with.memory.try_hold(body.size()))
            return too_busy(503, "busy", "too many requests at once", 2s);
        const ingest_result result =
            in_.queue.async_ingest(by.of, std::move(body), std::move(with.memory), wait);
        return answer_of(result, by.of->name);
    }

    // Whether the connection can be used again: the request was read to its end and nobody wants to close.
    bool can_stay(const exchange &with, const answer &given) const {
        return with.parser.is_done() && with.parser.keep_alive() && !is_draining_ && !given.closes;
    }

    bool write(exchange &with, const answer &given, waiting wait) {
        const bool stays = can_stay(with, given);
        const std::string id = request_id(with.parser.get());
        http::response<http::string_body> message = response_of(with, given, id, stays);
        set_deadline(write_timeout);
        const bool is_head = with.parser.is_header_done() && with.parser.get().method() == http::verb::head;
        const error_code failed = send(message, is_head, wait);
        note(with, given, id);
        if (failed)
            is_gone_ = true;
        return !failed && stays;
    }

    error_code send(http::response<http::string_body> &message, bool is_head, waiting wait) {
        error_code failed;
        http::response_serializer<http::string_body> serializer(message);
        if (is_head)
            http::async_write_header(stream_, serializer, wait[failed]);
        else
            http::async_write(stream_, serializer, wait[failed]);
        return failed;
    }

    static http::response<http::string_body> response_of(const exchange &with, const answer &given,
                                                         const std::string &id, bool stays) {
        const unsigned version = with.parser.is_header_done() ? with.parser.get().version() : 11;
        http::response<http::string_body> message(static_cast<http::status>(given.status), version,
                                                  given.body);
        const auto set = [&message](auto name, std::string_view value) {
            message.set(name, beast::string_view(value.data(), value.size()));
        };
        set(http::field::server, "pgcrm-gateway");
        set(http::field::content_type, given.content_type);
        set(beast::string_view("X-Request-Id"), id);
        if (given.retry_after)
            set(http::field::retry_after, std::to_string(given.retry_after->count()));
        if (!given.allow.empty())
            set(http::field::allow, given.allow);
        if (given.status == 401)
            set(http::field::www_authenticate, "Basic realm=\"pgcrm\", charset=\"UTF-8\"");
        message.keep_alive(stays);
        message.prepare_payload();
        return message;
    }

    void note(const exchange &with, const answer &given, const std::string &id) {
        in_.counts.count_answer(given.status);
        const time_point now = steady_clock::now();
        if (with.read_at != time_point{})
            in_.counts.request_time.observe(now - with.read_at);
        const bool failed = given.status >= 400;
        if (!failed && !in_.with.logs_access)
            return;
        log_fields fields{
            {"status", given.status}, {"request", id}, {"path", path_for_log(with.parser.get())}};
        if (!with.account.empty())
            fields["account"] = with.account;
        if (in_.with.logs_access)
            log::write(log_level::info, "request", fields);
        else
            log::limited(log_level::warning, "request refused", fields);
    }

    // What the client still sends is read for a moment: closing with unread bytes would reset the connection,
    // and the answer could be lost with it.
    void close(waiting wait) {
        error_code failed;
        auto &socket = beast::get_lowest_layer(stream_);
        set_deadline(closing_timeout);
        if constexpr (is_encrypted) {
            if (!is_gone_)
                stream_.async_shutdown(wait[failed]);
        }
        socket.shutdown(tcp_socket::shutdown_send, failed);
        failed = {};
        for (std::size_t drained = 0; !is_gone_ && !failed && drained < most_drained;) {
            buffer_.clear();
            drained += socket.async_read_some(buffer_.prepare(next_read), wait[failed]);
        }
        socket.close(failed);
        end();
    }

    asio::io_context &loop_;
    std::shared_ptr<asio::ssl::context> tls_; // of the stream
    Stream stream_;
    const services &in_;
    const door at_;
    beast::flat_buffer buffer_;
    bool was_interrupted_ = false;
    bool is_gone_ = false;
};

} // namespace

std::unique_ptr<client_connection> make_connection(asio::io_context &loop, tcp_socket socket,
                                                   std::shared_ptr<asio::ssl::context> tls,
                                                   const services &in, door at) {
    if (!tls)
        return std::make_unique<connection_over<tcp_socket>>(loop, std::move(socket), nullptr, in, at);
    tls_stream stream(std::move(socket), *tls);
    return std::make_unique<connection_over<tls_stream>>(loop, std::move(stream), std::move(tls), in, at);
}

} // namespace pgcrm::gateway
