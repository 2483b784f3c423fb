// Boost.Context by ucontext, for the sanitizers alone.
//
// The address sanitizer has to be told when the stack changes. Otherwise it keeps variables of a coroutine in
// memory of the thread, which is gone when the coroutine outlives the thread, and does not clean up after an
// exception that leaves a coroutine: both are reported as errors of ours. Boost tells it, but only where it
// switches by ucontext, and the libraries of the distributions switch otherwise. All that they lack is the
// record of what runs in each thread.
#include <boost/context/fiber.hpp>

#if !defined(BOOST_USE_UCONTEXT) || !defined(BOOST_USE_ASAN)
#error "for builds with sanitizers only"
#endif

namespace boost::context::detail {

// The record of a thread's own stack lives as long as the thread.
// NOLINTNEXTLINE(bugprone-exception-escape): Boost declares it so
fiber_activation_record *&fiber_activation_record::current() noexcept {
    thread_local fiber_activation_record of_thread;
    thread_local fiber_activation_record *running = &of_thread;
    return running;
}

} // namespace boost::context::detail
