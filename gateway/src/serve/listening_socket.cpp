#include "serve/listening_socket.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <systemd/sd-daemon.h>

#include <cstdlib>
#include <cstring>

namespace pgcrm::gateway {
namespace {

using boost::asio::ip::tcp;
constexpr int backlog = 4096;

void check(const boost::system::error_code &failed, const endpoint &at) {
    if (failed)
        throw settings_error("listen: cannot listen on " + at.host + ":" + at.port + ": " + failed.message());
}

tcp::endpoint address_of(boost::asio::io_context &io, const endpoint &at) {
    boost::system::error_code failed;
    tcp::resolver resolver(io);
    const auto flags = tcp::resolver::passive | tcp::resolver::numeric_service;
    const auto found = resolver.resolve(at.host.empty() ? "::" : at.host, at.port, flags, failed);
    check(failed, at);
    return *found.begin();
}

int listen_on(const endpoint &at) {
    boost::asio::io_context io;
    boost::system::error_code failed;
    tcp::endpoint address = address_of(io, at);
    tcp::acceptor made(io);
    made.open(address.protocol(), failed);
    if (failed && at.host.empty()) { // a machine without IPv6
        address = tcp::endpoint(tcp::v4(), address.port());
        made.open(address.protocol(), failed);
    }
    check(failed, at);
    made.set_option(tcp::acceptor::reuse_address(true));
    if (address.protocol() == tcp::v6())
        made.set_option(boost::asio::ip::v6_only(false), failed);
    made.bind(address, failed);
    check(failed, at);
    made.listen(backlog, failed);
    check(failed, at);
    return made.release();
}

// In the order of the units' sockets; one that is named "metrics" is for that.
listening_sockets handed_over() {
    char **names = nullptr;
    const int count = sd_listen_fds_with_names(1, &names);
    listening_sockets found;
    for (int i = 0; i < count; ++i) {
        int &place = names && std::strcmp(names[i], "metrics") == 0 ? found.metrics : found.webhooks;
        if (place == -1)
            place = SD_LISTEN_FDS_START + i;
    }
    for (int i = 0; names && i < count; ++i)
        std::free(names[i]);
    std::free(names);
    found.are_handed_over = found.webhooks != -1;
    return found;
}

} // namespace

listening_sockets open_listening_sockets(const settings &with) {
    listening_sockets open = handed_over();
    if (open.webhooks == -1)
        open.webhooks = listen_on(with.listen);
    if (open.metrics == -1 && with.metrics_listen)
        open.metrics = listen_on(*with.metrics_listen);
    return open;
}

unsigned port_of(int socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return 0;
    return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6 &>(address).sin6_port
                                               : reinterpret_cast<sockaddr_in &>(address).sin_port);
}

} // namespace pgcrm::gateway
