// A connection to PostgreSQL on an event loop: libpq, never blocking.
//
// Connecting is done by a thread of its own, since libpq looks names up and tries several hosts while its
// caller waits. After that all is reading and writing without waiting.
#pragma once

#include "operations/loop.hpp"
#include "operations/settings.hpp"

#include <boost/asio/thread_pool.hpp>
#include <libpq-fe.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pgcrm::gateway {

struct free_result {
    void operator()(PGresult *of) const noexcept { PQclear(of); }
};
using database_result = std::unique_ptr<PGresult, free_result>;

struct finish_connection {
    void operator()(PGconn *of) const noexcept { PQfinish(of); }
};
using database_handle = std::unique_ptr<PGconn, finish_connection>;

bool is_ok(const database_result &of);
std::string sqlstate_of(const database_result &of); // "" without one
std::string message_of(const database_result &of);  // first line

// A value, none for null.
std::optional<std::string_view> value_of(const database_result &of, int row, int column);

class database_connection {
public:
    explicit database_connection(const loop_executor &loop);
    ~database_connection() { close(); }
    database_connection(const database_connection &) = delete;
    database_connection &operator=(const database_connection &) = delete;

    // Connects, and sets the session as safe as the gateway needs it, whatever the role's defaults. Gives the
    // schema that the extension's functions are in, quoted; none when that failed, and problem() tells why.
    std::optional<std::string> open(asio::thread_pool &connectors, const settings &with, waiting wait);
    void close() noexcept;

    bool is_open() const noexcept { return handle_ != nullptr; }
    const std::string &problem() const noexcept { return problem_; }
    PGconn *handle() const noexcept { return handle_.get(); }

    // Waits for the socket. False when the connection was closed meanwhile.
    bool readable(waiting wait);
    bool writable(waiting wait);

    // Calls back once when something has come, unless waiting is stopped or the connection closed before.
    template <class Callback> void on_readable(Callback callback) {
        socket_.async_wait(descriptor::wait_read, [callback](error_code failed) {
            if (!failed)
                callback();
        });
    }
    void stop_waiting() noexcept {
        error_code ignored;
        if (socket_.is_open())
            socket_.cancel(ignored);
    }

    // The result of one statement, all of it; an error of the connection closes it. Not in pipeline mode.
    database_result query(const std::string &statement, waiting wait);

    // Sends what libpq holds back. False when the connection is broken; true with `left` when the socket is
    // full.
    bool flush(bool &left);

private:
    bool connect(asio::thread_pool &connectors, const std::string &conninfo, waiting wait);
    std::optional<std::string> extension_schema(waiting wait);
    bool flush_all(waiting wait);
    void note_problem();

    database_handle handle_;
    descriptor socket_; // libpq's own, lent
    std::string problem_;
};

} // namespace pgcrm::gateway
