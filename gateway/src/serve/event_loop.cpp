#include "serve/event_loop.hpp"

#include <boost/asio/post.hpp>

#include <unistd.h>

namespace pgcrm::gateway {
namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 250ms; // how exact deadlines are
constexpr auto longest_start = 3s;

void answer_at_once(tcp_socket &socket) {
    static constexpr std::string_view text = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n"
                                             "Retry-After: 5\r\nConnection: close\r\n\r\n";
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text.data(), text.size()), ignored);
}

} // namespace

event_loop::event_loop(shared_state &shared)
    : shared_(shared),
      queue_(io_, *shared.connectors, shared.with, shared.counts), services_{shared.with, shared.registry,
                                                                             shared.memory, shared.counts,
                                                                             queue_} {}

event_loop::~event_loop() { clients_.clear_and_dispose(std::default_delete<client_connection>()); }

void event_loop::accept_on(int socket, door at) {
    const int own = ::dup(socket);
    entrances_.push_back(std::make_unique<entrance>(entrance{tcp_acceptor(io_), at}));
    entrances_.back()->socket.assign(asio::ip::tcp::v6(), own);
}

void event_loop::run(const std::function<void()> &also) {
    queue_.start();
    start(io_, [this](waiting wait) { watch_time(wait); });
    for (const auto &each : entrances_)
        start(io_, [this, from = each.get()](waiting wait) { accept(from->socket, from->at, wait); });
    if (also)
        also();
    io_.run();
}

// Who comes while the gateway starts waits in the socket's queue rather than being sent away; but not for
// long, so that it can be told that the database is away.
void event_loop::wait_for_database(timer &pause, waiting wait) {
    const time_point end = steady_clock::now() + longest_start;
    while (!is_draining_ && steady_clock::now() < end && !(queue_.is_ready() && shared_.registry.is_told())) {
        pause.expires_after(5ms);
        pause.async_wait(wait);
    }
}

void event_loop::accept(tcp_acceptor &from, door at, waiting wait) {
    timer pause(io_.get_executor());
    if (at == door::webhooks)
        wait_for_database(pause, wait);
    while (!is_draining_) {
        error_code failed;
        tcp_socket socket(io_);
        from.async_accept(socket, wait[failed]);
        if (!failed) {
            take(std::move(socket), at);
        } else if (!is_draining_) {
            log::limited(log_level::error, "cannot accept a client", {{"detail", failed.message()}});
            pause.expires_after(100ms); // no descriptors left, most likely
            pause.async_wait(wait);
        }
    }
}

void event_loop::take(tcp_socket socket, door at) {
    metrics &counts = shared_.counts;
    // Whoever looks at the metrics wants to see why the others are turned away.
    if (at == door::webhooks && counts.connections.value() >= shared_.with.connection_limit) {
        counts.connections_refused.add();
        if (!shared_.tls.load()) // what is not a handshake would say nothing to a client that begins one
            answer_at_once(socket);
        return;
    }
    counts.connections_accepted.add();
    counts.connections.add(1);
    error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    auto tls = at == door::webhooks ? shared_.tls.load() : nullptr;
    client_connection *client =
        make_connection(io_, std::move(socket), std::move(tls), services_, at).release();
    clients_.push_back(*client);
    client->begin([this](client_connection &ended) { on_ended(ended); });
    if (is_draining_)
        client->drain(steady_clock::now());
}

void event_loop::on_ended(client_connection &client) {
    clients_.erase_and_dispose(clients_.iterator_to(client), std::default_delete<client_connection>());
    shared_.counts.connections.add(-1);
    note_if_drained();
}

void event_loop::watch_time(waiting wait) {
    timer pause(io_.get_executor());
    for (;;) {
        pause.expires_after(look_every);
        pause.async_wait(wait);
        const time_point now = steady_clock::now();
        for (client_connection &each : clients_)
            each.check_time(now);
        queue_.check_time(now);
    }
}

void event_loop::drain(bool takes_waiting) {
    asio::post(io_, [this, takes_waiting] {
        if (takes_waiting)
            accept_waiting();
        is_draining_ = true;
        error_code ignored;
        for (const auto &each : entrances_)
            each->socket.close(ignored);
        for (client_connection &each : clients_)
            each.drain(steady_clock::now());
        note_if_drained();
    });
}

void event_loop::accept_waiting() {
    for (const auto &each : entrances_) {
        error_code failed;
        each->socket.non_blocking(true, failed);
        while (!failed) {
            tcp_socket next(io_);
            each->socket.accept(next, failed);
            if (!failed)
                take(std::move(next), each->at);
        }
    }
}

void event_loop::note_if_drained() { is_drained_ = is_draining_ && clients_.empty(); }

} // namespace pgcrm::gateway
