// Cancel and terminate, at each place where a function of ours can be.
#include "probe.hpp"

#include <csignal>
#include <unistd.h>

using namespace pgcxx;

namespace {

// Until somebody ends it.
void spin(std::string_view frame) {
    probe::run_in_frame(frame, [] {
        for (;;)
            check_for_interrupts();
    });
}

// The wait is the server's.
void wait_in_sql(std::string_view frame) {
    probe::run_in_frame(frame, [] {
        spi::session sql;
        sql.execute("select pg_sleep(60)");
    });
}

// A cancel request that arrives now: makes the tests independent of timing.
void cancel_myself() { kill(getpid(), SIGINT); }

std::int64_t cancel_while_reading_rows() {
    probe::witness on_stack;
    spi::session sql;
    std::int64_t sum = 0;
    for (auto [n] : sql.query<std::int64_t>("select g from generate_series(1::bigint, 1000) as g")) {
        if (n == 500)
            cancel_myself();
        check_for_interrupts();
        sum += n;
    }
    return sum;
}

std::int64_t cancel_while_fetching() {
    probe::witness on_stack;
    spi::session sql;
    spi::cursor numbers(sql, "select g from generate_series(1::bigint, 1000) as g");
    for (std::int64_t read = 0;;) {
        auto page = numbers.fetch<std::int64_t>(100);
        if (page.empty())
            return read;
        read += static_cast<std::int64_t>(page.size());
        cancel_myself();
    }
}

} // namespace

PGCXX_FUNCTION(probe_spin, spin);
PGCXX_FUNCTION(probe_sleep, wait_in_sql);
PGCXX_FUNCTION(probe_cancel_while_reading_rows, cancel_while_reading_rows);
PGCXX_FUNCTION(probe_cancel_while_fetching, cancel_while_fetching);
