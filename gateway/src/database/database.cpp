#include "database/database.hpp"

#include "operations/log.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <array>

namespace pgcrm::gateway {
namespace {

std::string first_line(const char *text) {
    const std::string_view all = text ? text : "";
    return std::string(all.substr(0, all.find('\n')));
}

// Ours stand before the user's words and can be overruled by them, but for the last one.
database_handle connect_blocking(const std::string &conninfo) {
    constexpr std::array<const char *, 11> names{"fallback_application_name", "connect_timeout",
                                                 "target_session_attrs",      "tcp_user_timeout",
                                                 "keepalives_idle",           "keepalives_interval",
                                                 "keepalives_count",          "dbname",
                                                 "client_encoding",           nullptr};
    const std::array<const char *, 11> values{"pgcrm-gateway",  "5",    "read-write", "15000", "10", "5", "3",
                                              conninfo.c_str(), "UTF8", nullptr};
    return database_handle(PQconnectdbParams(names.data(), values.data(), 1));
}

// Runs the blocking connect on the pool and comes back to the loop with the handle. Where the loop has ended
// meanwhile, the handle goes with what was posted to it.
database_handle connect_on(asio::thread_pool &pool, const std::string &conninfo, waiting wait) {
    return asio::async_initiate<const stack_context, void(database_handle)>(
        [&pool](auto handler, std::string info) {
            auto executor = asio::get_associated_executor(handler);
            auto work = asio::make_work_guard(executor);
            asio::post(pool, [handler = std::move(handler), info = std::move(info), executor,
                              work = std::move(work)]() mutable {
                asio::post(executor, [handler = std::move(handler), made = connect_blocking(info)]() mutable {
                    handler(std::move(made));
                });
            });
        },
        wait, conninfo);
}

std::string session_settings(std::chrono::milliseconds statement_timeout,
                             std::chrono::milliseconds lock_timeout) {
    // An answer is a promise: a session that would not wait for its commit to be on disk is made to.
    return "select set_config('statement_timeout', '" + std::to_string(statement_timeout.count()) +
           "', false), set_config('lock_timeout', '" + std::to_string(lock_timeout.count()) +
           "', false), set_config('synchronous_commit', case current_setting('synchronous_commit') when "
           "'off' "
           "then 'on' else current_setting('synchronous_commit') end, false)";
}

void drop_notice(void *, const char *) {}

} // namespace

bool is_ok(const database_result &of) {
    const ExecStatusType status = PQresultStatus(of.get());
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

std::string sqlstate_of(const database_result &of) {
    const char *state = PQresultErrorField(of.get(), PG_DIAG_SQLSTATE);
    return state ? state : "";
}

std::string message_of(const database_result &of) { return first_line(PQresultErrorMessage(of.get())); }

std::optional<std::string_view> value_of(const database_result &of, int row, int column) {
    if (PQgetisnull(of.get(), row, column) != 0)
        return std::nullopt;
    return std::string_view(PQgetvalue(of.get(), row, column),
                            static_cast<std::size_t>(PQgetlength(of.get(), row, column)));
}

database_connection::database_connection(const loop_executor &loop) : socket_(loop) {}

bool database_connection::connect(asio::thread_pool &connectors, const std::string &conninfo, waiting wait) {
    close();
    handle_ = connect_on(connectors, conninfo, wait);
    if (PQstatus(handle_.get()) != CONNECTION_OK) {
        problem_ = first_line(PQerrorMessage(handle_.get()));
        handle_.reset();
        return false;
    }
    PQsetNoticeProcessor(handle_.get(), drop_notice, nullptr);
    PQsetnonblocking(handle_.get(), 1);
    error_code failed;
    socket_.assign(PQsocket(handle_.get()), failed);
    if (failed) {
        problem_ = failed.message();
        handle_.reset();
    }
    return handle_ != nullptr;
}

void database_connection::close() noexcept {
    if (socket_.is_open()) {
        error_code ignored;
        socket_.cancel(ignored);
        socket_.release();
    }
    handle_.reset();
}

bool database_connection::readable(waiting wait) {
    error_code failed;
    socket_.async_wait(descriptor::wait_read, wait[failed]);
    return !failed && is_open();
}

bool database_connection::writable(waiting wait) {
    error_code failed;
    socket_.async_wait(descriptor::wait_write, wait[failed]);
    return !failed && is_open();
}

void database_connection::note_problem() {
    if (handle_)
        problem_ = first_line(PQerrorMessage(handle_.get()));
}

bool database_connection::flush(bool &left) {
    const int state = PQflush(handle_.get());
    left = state == 1;
    if (state < 0)
        note_problem();
    return state >= 0;
}

bool database_connection::flush_all(waiting wait) {
    for (bool left = true; left;) {
        if (!flush(left))
            return false;
        if (left && !writable(wait))
            return false;
    }
    return true;
}

database_result database_connection::query(const std::string &statement, waiting wait) {
    database_result last;
    if (PQsendQueryParams(handle_.get(), statement.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0) == 0 ||
        !flush_all(wait)) {
        note_problem();
        close();
        return last;
    }
    for (;;) {
        while (PQisBusy(handle_.get()) != 0) {
            if (!readable(wait) || PQconsumeInput(handle_.get()) == 0) {
                note_problem();
                close();
                return database_result();
            }
        }
        database_result next(PQgetResult(handle_.get()));
        if (!next)
            break;
        last = std::move(next);
    }
    if (!is_ok(last))
        problem_ = message_of(last);
    return last;
}

std::optional<std::string> database_connection::open(asio::thread_pool &connectors, const settings &with,
                                                     waiting wait) {
    if (!connect(connectors, with.database, wait))
        return std::nullopt;
    const database_result set = query(session_settings(with.statement_timeout, with.lock_timeout), wait);
    return set && is_ok(set) ? extension_schema(wait) : std::nullopt;
}

std::optional<std::string> database_connection::extension_schema(waiting wait) {
    const database_result found =
        query("select pg_catalog.quote_ident(n.nspname) from pg_catalog.pg_extension e join "
              "pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname = 'pgcrm'",
              wait);
    if (!found || !is_ok(found))
        return std::nullopt;
    if (PQntuples(found.get()) == 0) {
        problem_ = "the database has no extension pgcrm: connect with psql and run: create extension pgcrm;";
        return std::nullopt;
    }
    return std::string(*value_of(found, 0, 0));
}

} // namespace pgcrm::gateway
