// One thread's share: it accepts clients, serves them, and has connections to the database of its own. The
// loops share the accounts, the memory budget and what is counted, and nothing else.
#pragma once

#include "serve/client_connection.hpp"
#include "serve/routes.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <memory>
#include <optional>

namespace pgcrm::gateway {

// What all loops share.
struct shared_state {
    const settings with;
    account_registry registry;
    memory_budget memory;
    metrics counts;
    std::atomic<std::shared_ptr<asio::ssl::context>> tls; // null: plain HTTP
    std::optional<asio::thread_pool> connectors{std::in_place, 1};

    explicit shared_state(settings of) : with(std::move(of)), memory(with.memory_limit) {}
};

class event_loop {
public:
    explicit event_loop(shared_state &shared);
    ~event_loop();
    event_loop(const event_loop &) = delete;
    event_loop &operator=(const event_loop &) = delete;

    // Accepts on a copy of this socket once it runs, for as long as it is not drained.
    void accept_on(int socket, door at);

    // Until stop(). `also` is begun on the loop's thread.
    void run(const std::function<void()> &also = {});

    // No new clients; those who are here get the answers that they wait for. Can be called from any thread.
    // `takes_waiting`: clients that wait to be accepted are served, because nobody comes after this process.
    void drain(bool takes_waiting);
    bool is_drained() const noexcept { return is_drained_; } // the last client has gone
    void stop() { io_.stop(); }

    asio::io_context &io() { return io_; }

private:
    void accept(tcp_acceptor &from, door at, waiting wait);
    void watch_time(waiting wait);
    void take(tcp_socket socket, door at);
    void accept_waiting();
    void on_ended(client_connection &client);
    void note_if_drained();
    void wait_for_database(timer &pause, waiting wait);

    struct entrance {
        tcp_acceptor socket;
        door at;
    };

    shared_state &shared_;
    asio::io_context io_{1};
    ingest_queue queue_;
    services services_;
    std::vector<std::unique_ptr<entrance>> entrances_;
    boost::intrusive::list<client_connection> clients_; // owned
    bool is_draining_ = false;
    std::atomic<bool> is_drained_{false};
};

} // namespace pgcrm::gateway
