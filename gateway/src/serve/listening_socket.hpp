// The sockets that clients connect to: made here, or handed over by systemd (socket activation), which keeps
// them open over a restart so that nobody is turned away.
#pragma once

#include "operations/settings.hpp"

#include <optional>

namespace pgcrm::gateway {

struct listening_sockets {
    int webhooks = -1;
    int metrics = -1; // -1: none
    bool are_handed_over = false;
};

// Errors: settings_error.
listening_sockets open_listening_sockets(const settings &with);

// The port that a socket is bound to.
unsigned port_of(int socket);

} // namespace pgcrm::gateway
