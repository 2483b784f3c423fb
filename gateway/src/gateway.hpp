// The process as a whole: loops, the watch over accounts, signals, start and end.
#pragma once

#include "ingest/directory_watch.hpp"
#include "serve/event_loop.hpp"
#include "serve/listening_socket.hpp"

#include <boost/asio/signal_set.hpp>

#include <memory>
#include <thread>
#include <vector>

namespace pgcrm::gateway {

class gateway {
public:
    // Errors: settings_error.
    explicit gateway(settings with);

    // Serves until SIGTERM or SIGINT.
    void run();

private:
    void heed_signals(waiting wait);
    void reload();
    void drain(waiting wait);
    void say_ready() const;

    shared_state shared_;
    listening_sockets sockets_;
    std::vector<std::unique_ptr<event_loop>> loops_;
    std::unique_ptr<directory_watch> watch_; // on the first loop
};

} // namespace pgcrm::gateway
