// The take-off: the outermost C++ frame of everything that the server calls.
//
// `boundary` runs a body, closes every handler, and only then raises, from a frame
// that holds nothing but plain data.  A server error goes back as it came
// (ReThrowError: the same ErrorData, its context lines not gathered twice); one of
// ours gets its SQLSTATE, detail, hint and the location of its throw; a standard
// exception gets the SQLSTATE of its class.
//
// Every address handed to the server is a boundary: SQL functions
// (PGCXX_FUNCTION), callbacks that may raise (`callback<f>`), and callbacks that
// must not (`quiet<f>`).
#pragma once

#include "pgcxx/guard.hpp"

namespace pgcxx {
namespace detail {

// What is left of an exception once its catch block is over: plain data.
struct pending_error {
    ErrorData *server = nullptr; // a server error to put back as it was
    int sqlstate = ERRCODE_INTERNAL_ERROR;
    const char *message = nullptr, *detail = nullptr, *hint = nullptr;
    const char *file = __FILE__, *function = "";
    int line = 0;
};

// A message may quote bytes that came from outside; the client must not get them unless they are text.
inline void make_printable(char *text, std::size_t size) noexcept {
    if (pg_verifymbstr(text, static_cast<int>(size), true)) // "true": reports, does not raise
        return;
    std::replace_if(
        text, text + size, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
}

// At most so many bytes of a text, cut where a character begins.
inline std::string_view beginning_of(std::string_view text, std::size_t most) noexcept {
    std::size_t size = std::min(text.size(), most);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
        --size;
    return text.substr(0, size);
}

inline constexpr std::size_t longest_message = 64 * 1024 * 1024;

// Copies into server memory without raising: with NO_OOM a failed allocation is null, and so is the result.
inline const char *keep(MemoryContext where, std::string_view text) noexcept {
    text = beginning_of(text, longest_message);
    auto *copy = static_cast<char *>(MemoryContextAllocExtended(where, text.size() + 1, MCXT_ALLOC_NO_OOM));
    if (!copy)
        return nullptr;
    text.copy(copy, text.size());
    copy[text.size()] = '\0';
    make_printable(copy, std::strlen(copy));
    return copy;
}

inline const char *keep_unless_empty(MemoryContext where, std::string_view text) noexcept {
    return text.empty() ? nullptr : keep(where, text);
}

inline pending_error keep_ours(MemoryContext where, const error &e) noexcept {
    pending_error pending;
    pending.sqlstate = e.sqlstate();
    pending.message = keep(where, e.message());
    pending.detail = keep_unless_empty(where, e.detail());
    pending.hint = keep_unless_empty(where, e.hint());
    pending.file = e.file();
    pending.line = e.line();
    pending.function = e.function();
    return pending;
}

inline pending_error keep_text(MemoryContext where, int sqlstate, const char *text) noexcept {
    pending_error pending;
    pending.sqlstate = sqlstate;
    pending.message = keep(where, text);
    return pending;
}

// Of the exception being handled.  Called in a catch block only.
inline pending_error keep_current(MemoryContext where) noexcept {
    try {
        throw;
    } catch (server_error &e) {
        pending_error pending;
        pending.server = e.bequeath(where);
        return pending;
    } catch (const error &e) {
        return keep_ours(where, e);
    } catch (const std::bad_alloc &) {
        return keep_text(where, ERRCODE_OUT_OF_MEMORY, "out of memory");
    } catch (const std::invalid_argument &e) {
        return keep_text(where, ERRCODE_INVALID_PARAMETER_VALUE, e.what());
    } catch (const std::length_error &e) {
        return keep_text(where, ERRCODE_PROGRAM_LIMIT_EXCEEDED, e.what());
    } catch (const std::exception &e) {
        return keep_text(where, ERRCODE_INTERNAL_ERROR, e.what());
    } catch (...) {
        return keep_text(where, ERRCODE_INTERNAL_ERROR, "unexpected exception of unknown type");
    }
}

// Raises at ERROR, or only reports at a lower level.  Plain C: may jump.
inline void report(int level, const pending_error &e) {
    if (!errstart(level, nullptr))
        return;
    errcode(e.sqlstate);
    errmsg_internal("%s", e.message ? e.message : "out of memory");
    if (e.detail)
        errdetail_internal("%s", e.detail);
    if (e.hint)
        errhint("%s", e.hint);
    errfinish(e.file, e.line, e.function);
}

[[noreturn, gnu::noinline, gnu::cold]] inline void raise(const pending_error &e) {
    server_error_in_flight = false; // it is the server's again
    if (e.server)
        ReThrowError(e.server);
    report(ERROR, e);
    pg_unreachable();
}

// A server error was caught and dropped: the server's stacks are in the state of
// the error, and going on would end in a crash far from here.
[[gnu::cold]] inline pending_error swallowed() noexcept {
    pending_error pending;
    pending.message = swallowed_error_message;
    return pending;
}

// Where the server was when it called us.
struct entry_state {
    sigjmp_buf *const handlers = PG_exception_stack;
    ErrorContextCallback *const callbacks = error_context_stack;
    MemoryContext const memory = CurrentMemoryContext;

    void restore() const noexcept {
        Assert(PG_exception_stack == handlers); // else somebody threw through a PG_TRY
        PG_exception_stack = handlers;
        error_context_stack = callbacks;
        CurrentMemoryContext = memory;
    }
};

} // namespace detail

// Runs `body` as the outermost C++ frame.  Returns what it returns, or raises.
template <class Body> auto boundary(Body body) -> decltype(body()) {
    using R = decltype(body());
    static_assert(detail::survives_jump<Body>, "the body of a boundary captures plain data");
    static_assert(std::is_void_v<R> || std::is_trivially_destructible_v<R>,
                  "what leaves a boundary is plain data");
    detail::entry_state const entry;
    detail::pending_error pending;
    detail::server_error_in_flight = false;
    try {
        if constexpr (std::is_void_v<R>) {
            body();
            if (!detail::server_error_in_flight)
                return;
        } else {
            R result = body();
            if (!detail::server_error_in_flight)
                return result;
        }
        pending = detail::swallowed();
    } catch (...) {
        pending = detail::keep_current(entry.memory);
    }
    entry.restore();
    detail::raise(pending);
}

namespace detail {

// Writes the exception being handled to the server log.  Called in a catch block
// only; what fails here is forgotten.
inline void log_current() noexcept {
    pending_error pending;
    try {
        throw;
    } catch (const server_error &e) {
        finished_quietly([&e] {
            ErrorData record = e.data();
            record.elevel = LOG;
            ThrowErrorData(&record);
        });
        return;
    } catch (const error &e) {
        pending.sqlstate = e.sqlstate();
        pending.message = e.what();
        finished_quietly([&pending] { report(LOG, pending); });
    } catch (const std::exception &e) {
        pending.message = e.what();
        finished_quietly([&pending] { report(LOG, pending); });
    } catch (...) {
        pending.message = "unexpected exception of unknown type";
        finished_quietly([&pending] { report(LOG, pending); });
    }
}

template <auto Function> struct callback_of;

template <class R, class... A, R (*Function)(A...)> struct callback_of<Function> {
    static R raising(A... arguments) {
        return boundary([&arguments...]() -> R { return Function(arguments...); });
    }

    // For callbacks in which an ERROR would be a PANIC or an endless loop: logs and returns a zero.
    static R silent(A... arguments) noexcept {
        entry_state const entry;
        bool const in_flight = server_error_in_flight; // we may be part of an abort
        try {
            return Function(arguments...);
        } catch (...) {
            entry.restore();
            log_current();
            server_error_in_flight = in_flight;
        }
        return R();
    }
};

} // namespace detail

// Addresses for the server: `callback<f>` may raise, `quiet<f>` never does.
//   CacheRegisterRelcacheCallback(quiet<forget_mappings>, Datum(0))
template <auto Function> inline constexpr auto callback = &detail::callback_of<Function>::raising;
template <auto Function> inline constexpr auto quiet = &detail::callback_of<Function>::silent;

} // namespace pgcxx
