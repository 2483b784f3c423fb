// The types of one event loop: each is run by one thread, so their executors need no locks.
//
// What waits is written as straight code on a stack of its own (Boost.Context): a function that may wait
// takes `waiting` as its last parameter. What may wait ten thousand at a time and for long, idle clients, has
// a callback instead, and no stack.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/context/pooled_fixedsize_stack.hpp>

#include <chrono>
#include <exception>
#include <memory>
#include <utility>

namespace pgcrm::gateway {

namespace asio = boost::asio;

using error_code = boost::system::error_code;
using steady_clock = std::chrono::steady_clock;
using time_point = steady_clock::time_point;

using loop_executor = asio::io_context::executor_type;
using stack_context = asio::basic_yield_context<loop_executor>;
using waiting = const stack_context &; // lives as long as the stack

using tcp_socket = asio::basic_stream_socket<asio::ip::tcp, loop_executor>;
using tcp_acceptor = asio::basic_socket_acceptor<asio::ip::tcp, loop_executor>;
using descriptor = asio::posix::basic_stream_descriptor<loop_executor>;
using timer = asio::basic_waitable_timer<steady_clock, asio::wait_traits<steady_clock>, loop_executor>;

// Runs `body(waiting)` on a stack of its own. On the loop's thread, since the stacks are pooled by thread.
// An exception that leaves it ends the loop.
template <class Body> void start(asio::io_context &loop, Body body) {
    constexpr std::size_t stack_size = 128 * 1024; // of which as much is real memory as was ever touched
    thread_local boost::context::pooled_fixedsize_stack stacks(stack_size);
    asio::spawn(loop.get_executor(), std::allocator_arg, boost::context::pooled_fixedsize_stack(stacks),
                std::move(body), [](const std::exception_ptr &failed) {
                    if (failed)
                        std::rethrow_exception(failed);
                });
}

} // namespace pgcrm::gateway
