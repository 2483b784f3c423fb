// The law:
//
//   The server raises by jumping.  A jump runs no destructor.  So: between a jump
//   and its landing there is nothing but plain data.
//
// `call` and `island` are the landings: they run server code and turn its ERROR
// into a C++ exception.  `boundary` (boundary.hpp) is the take-off: it turns an
// exception back into an ERROR when no C++ object is left.
//
// Catching a server error cleans nothing on the server's side: locks, snapshots
// and SPI connections wait for the abort of the (sub)transaction.  So an error is
// passed on, or survived by `attempt` (transaction.hpp).  There is no third way,
// and the boundary refuses a function that tried one.
#pragma once

#include "pgcxx/error.hpp"

namespace pgcxx {
namespace detail {

#if defined(USE_ASSERT_CHECKING) || defined(PGCXX_CHECK_THREAD)
// The thread that loaded the library is the backend; fork keeps its id.
inline const pthread_t backend_thread = pthread_self();
inline void assert_backend_thread() noexcept {
    if (!pthread_equal(backend_thread, pthread_self()))
        std::abort(); // raising would need the very state that is not ours to touch
}
#else
inline void assert_backend_thread() noexcept {}
#endif

// Puts the server's error handlers back on every way out of a scope.
struct handler_scope {
    sigjmp_buf *const handlers = PG_exception_stack;
    ErrorContextCallback *const callbacks = error_context_stack;
    // errfinish zeroes these before it jumps; whoever survives the error wants his own values back.
    uint32 const interrupt_holds = InterruptHoldoffCount;
    uint32 const cancel_holds = QueryCancelHoldoffCount;

    handler_scope() = default;
    handler_scope(const handler_scope &) = delete;
    handler_scope &operator=(const handler_scope &) = delete;
    ~handler_scope() {
        PG_exception_stack = handlers;
        error_context_stack = callbacks;
    }
    void landed() const noexcept {
        InterruptHoldoffCount = interrupt_holds;
        QueryCancelHoldoffCount = cancel_holds;
    }
};

// The only sigsetjmp in the project.  True: `body` finished.  False: the server
// raised an ERROR, which is still on its error stack.  Never inlined, so that no
// register of a caller lives across the jump.
[[gnu::noinline]] inline bool finished(void (*body)(void *), void *state) {
    assert_backend_thread();
    handler_scope scope; // born before the landing, in the same frame
    sigjmp_buf landing;
    if (sigsetjmp(landing, 0) != 0) {
        scope.landed();
        return false;
    }
    PG_exception_stack = &landing;
    body(state);
    return true;
}

// For cleanup that must not fail (destructors): runs a closure of plain C and
// forgets its ERROR.  True if there was none.
template <class Cleanup> bool finished_quietly(Cleanup cleanup) noexcept {
    MemoryContext const memory = CurrentMemoryContext;
    if (finished([](void *p) { (*static_cast<Cleanup *>(p))(); }, &cleanup))
        return true;
    CurrentMemoryContext = memory;
    FlushErrorState();
    return false;
}

// Copies the pending ERROR into a context of its own.  Plain C: raises when memory is short.
inline void keep_pending(void *result) {
    auto &kept = *static_cast<kept_error *>(result);
    kept.memory = AllocSetContextCreateInternal(TopMemoryContext, "pgcxx server error", ALLOCSET_SMALL_SIZES);
    MemoryContextSwitchTo(kept.memory); // the error arrived in ErrorContext, where nothing may be copied to
    kept.data = CopyErrorData();
    kept.self = static_cast<kept_error *>(palloc(sizeof(kept_error)));
}

// Turns the pending ERROR into a C++ exception.
[[noreturn, gnu::noinline, gnu::cold]] inline void throw_pending(MemoryContext caller) {
    kept_error kept{};
    bool const copied = finished(keep_pending, &kept); // copying may itself fail
    CurrentMemoryContext = caller;
    FlushErrorState();
    server_error_in_flight = true;
    if (!copied) {
        if (kept.memory)
            MemoryContextDelete(kept.memory);
        throw std::bad_alloc();
    }
    throw server_error(::new (kept.self) kept_error(kept));
}

template <class T>
inline constexpr bool survives_jump = std::is_trivially_copyable_v<T> &&std::is_trivially_destructible_v<T>;

} // namespace detail

// Calls one server function; its ERROR arrives as pgcxx::server_error.
//   auto *row = call(SearchSysCache1, PROCOID, ObjectIdGetDatum(oid));
// Arguments convert to the parameter types as in an ordinary call.
template <class R, class... P, class... A> R call(R (*function)(P...), A... arguments) {
    static_assert(sizeof...(P) == sizeof...(A), "wrong number of arguments");
    static_assert((detail::survives_jump<A> && ...), "only plain data may cross into the server");
    static_assert((std::is_convertible_v<A, P> && ...), "an argument does not convert to the parameter");
    MemoryContext const caller = CurrentMemoryContext;
    if constexpr (std::is_void_v<R>) {
        struct {
            R (*function)(P...);
            std::tuple<P...> arguments;
        } state{function, std::tuple<P...>(static_cast<P>(arguments)...)};
        auto run = [](void *p) {
            auto &s = *static_cast<decltype(state) *>(p);
            std::apply(s.function, s.arguments);
        };
        if (!detail::finished(run, &state))
            detail::throw_pending(caller);
    } else {
        static_assert(detail::survives_jump<R>, "a server function returns plain data");
        struct {
            R (*function)(P...);
            std::tuple<P...> arguments;
            R result;
        } state{function, std::tuple<P...>(static_cast<P>(arguments)...), R()};
        auto run = [](void *p) {
            auto &s = *static_cast<decltype(state) *>(p);
            s.result = std::apply(s.function, s.arguments);
        };
        if (!detail::finished(run, &state))
            detail::throw_pending(caller);
        return state.result; // written before the jump could happen, read only if it did not
    }
}

// Runs a C island: at most fifteen lines of plain C with several server calls or
// macros in a row.  It captures by reference, owns nothing, and nothing with a
// destructor may be born inside (ci/islands.query looks for that).
template <class Island> auto island(Island body) -> decltype(body()) {
    using R = decltype(body());
    static_assert(detail::survives_jump<Island>, "an island captures by reference and owns nothing");
    MemoryContext const caller = CurrentMemoryContext;
    if constexpr (std::is_void_v<R>) {
        if (!detail::finished([](void *p) { (*static_cast<Island *>(p))(); }, &body))
            detail::throw_pending(caller);
    } else {
        static_assert(detail::survives_jump<R>, "an island returns plain data");
        struct {
            Island *body;
            R result;
        } state{&body, R()};
        auto run = [](void *p) {
            auto &s = *static_cast<decltype(state) *>(p);
            s.result = (*s.body)();
        };
        if (!detail::finished(run, &state))
            detail::throw_pending(caller);
        return state.result;
    }
}

// For loops of ours.  CHECK_FOR_INTERRUPTS() itself would jump over our destructors.
inline void check_for_interrupts() {
    if (unlikely(InterruptPending))
        call(ProcessInterrupts);
}

// At the head of every recursive walk: an error instead of a crash when the stack runs out.
// stack_is_too_deep only compares addresses; the message is the server's own.
inline void check_stack() {
    if (unlikely(stack_is_too_deep()))
        call(check_stack_depth);
}

} // namespace pgcxx
