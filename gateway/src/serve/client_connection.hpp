// One client's connection: requests one after the other, each read, answered, and counted.
//
//   handshake ─> idle ─> header ─> [100 Continue] ─> body ─> waiting for the commit ─> answer ─> idle
//
// An idle connection holds no stack and no buffer. While a request is read it holds what it has taken of the
// memory budget; a request that gets none is refused. Each phase but the waiting has a deadline, which the
// loop looks at.
#pragma once

#include "operations/log.hpp"
#include "operations/loop.hpp"
#include "serve/routes.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/intrusive/list.hpp>

#include <functional>
#include <memory>
#include <string>

namespace pgcrm::gateway {

using tls_stream = boost::beast::ssl_stream<tcp_socket>;

// What the loop does with all its connections, encrypted or not.
class client_connection : public boost::intrusive::list_base_hook<> {
public:
    virtual ~client_connection() = default;
    client_connection() = default;
    client_connection(const client_connection &) = delete;
    client_connection &operator=(const client_connection &) = delete;

    // Serves the client for as long as he stays; `ended` is the last thing that happens.
    void begin(std::function<void(client_connection &)> ended) {
        ended_ = std::move(ended);
        begin();
    }

    // Ends the phase that the connection is in when its time is over.
    void check_time(time_point now) {
        if (now >= deadline_)
            interrupt();
    }
    // After the answer to the present request there will be no other; who is idle for a moment has to go.
    void drain(time_point now) {
        is_draining_ = true;
        if (is_idle_)
            deadline_ = std::min(deadline_, now + std::chrono::milliseconds(500));
    }

protected:
    virtual void begin() = 0;
    virtual void interrupt() = 0;

    // Deletes the connection.
    void end() {
        const auto ended = std::move(ended_);
        ended(*this);
    }

    time_point deadline_ = time_point::max();
    bool is_idle_ = false;
    bool is_draining_ = false;

private:
    std::function<void(client_connection &)> ended_;
};

// Takes the socket over. `tls` is null for plain HTTP.
std::unique_ptr<client_connection> make_connection(asio::io_context &loop, tcp_socket socket,
                                                   std::shared_ptr<asio::ssl::context> tls,
                                                   const services &in, door at);

} // namespace pgcrm::gateway
