// Two exceptions and no hierarchy to learn.
//
// `error` is ours: values only, thrown where we decide that something is wrong.
// `server_error` is theirs: the server's own ErrorData, lifted off its error
// stack with every field (SQLSTATE, DETAIL, HINT, CONTEXT, names, location), in a
// memory context of its own, so that it outlives the rollback of the
// subtransaction that it came from.
//
// Both copy without allocating: an exception that throws while it is copied ends
// the backend.
#pragma once

#include "pgcxx/prelude.hpp"

namespace pgcxx {

// The five characters users know, as "23505".
inline std::string sqlstate_text(int sqlstate) { return unpack_sql_state(sqlstate); }

// An ERROR that this extension decides to raise:
//   throw error(ERRCODE_..., "message").detail("Sentence.").hint("What to do.");
class error : public std::exception {
public:
    error(int sqlstate, std::string message, const char *file = __builtin_FILE(), int line = __builtin_LINE(),
          const char *function = __builtin_FUNCTION())
        : fields_(
              std::make_shared<fields>(fields{sqlstate, std::move(message), {}, {}, file, line, function})) {}

    error &&detail(std::string text) && {
        fields_->detail = std::move(text);
        return std::move(*this);
    }
    error &&hint(std::string text) && {
        fields_->hint = std::move(text);
        return std::move(*this);
    }

    const char *what() const noexcept override { return fields_->message.c_str(); }
    int sqlstate() const noexcept { return fields_->sqlstate; }
    std::string_view message() const noexcept { return fields_->message; }
    std::string_view detail() const &noexcept { return fields_->detail; }
    std::string_view hint() const &noexcept { return fields_->hint; }
    const char *file() const noexcept { return fields_->file; }
    int line() const noexcept { return fields_->line; }
    const char *function() const noexcept { return fields_->function; }

private:
    struct fields {
        int sqlstate;
        std::string message, detail, hint;
        const char *file; // static text, as made by the compiler
        int line;
        const char *function;
    };
    std::shared_ptr<fields> fields_;
};

namespace detail {

// A server error and its keeper, both inside `memory`.
struct kept_error {
    MemoryContext memory;
    ErrorData *data;
    kept_error *self; // where this record lives
    int owners;       // copies of server_error that refer to it
    bool adopted;     // the memory now belongs to another context, which frees it
};

// True from the moment a server error was caught until its (sub)transaction is
// rolled back or the error is handed back to the server.  In between the server's
// stacks (SPI connections, portals, snapshots) are as the error left them, so
// destructors leave the cleaning to the abort.  Per backend.
inline bool server_error_in_flight = false;
inline constexpr const char *swallowed_error_message =
    "a server error was caught without rolling back its subtransaction";

} // namespace detail

// An ERROR that the server raised while we were calling it.  Never kept in a
// static: it is meant to be handled or passed on by the call that met it.
class server_error : public std::exception {
public:
    explicit server_error(detail::kept_error *record) noexcept : record_(record) { ++record_->owners; }
    server_error(const server_error &other) noexcept : std::exception(other), record_(other.record_) {
        ++record_->owners;
    }
    server_error &operator=(const server_error &other) noexcept {
        ++other.record_->owners;
        let_go();
        record_ = other.record_;
        return *this;
    }
    ~server_error() override { let_go(); }

    const char *what() const noexcept override { return data().message ? data().message : ""; }
    int sqlstate() const noexcept { return data().sqlerrcode; }
    std::string_view message() const noexcept { return what(); }
    std::string_view detail() const noexcept { return text(data().detail); }
    std::string_view hint() const noexcept { return text(data().hint); }
    std::string_view context() const noexcept { return text(data().context); }
    std::string_view schema_name() const noexcept { return text(data().schema_name); }
    std::string_view table_name() const noexcept { return text(data().table_name); }
    std::string_view column_name() const noexcept { return text(data().column_name); }
    std::string_view constraint_name() const noexcept { return text(data().constraint_name); }
    const ErrorData &data() const noexcept { return *record_->data; }

    // Hands the record to `heir`: it now dies with that context, not with us.
    // MemoryContextSetParent only relinks two lists, so it cannot raise.
    ErrorData *bequeath(MemoryContext heir) noexcept {
        MemoryContextSetParent(record_->memory, heir);
        record_->adopted = true;
        return record_->data;
    }

private:
    static std::string_view text(const char *field) noexcept { return field ? field : std::string_view(); }
    void let_go() noexcept {
        if (--record_->owners == 0 && !record_->adopted)
            MemoryContextDelete(record_->memory); // plain memory without callbacks: cannot raise
    }
    detail::kept_error *record_;
};

} // namespace pgcxx
