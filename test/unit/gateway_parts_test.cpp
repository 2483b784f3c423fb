// The small parts of the gateway: limits, settings, what is sent to the database and what is counted.
#include "database/error_kind.hpp"
#include "ingest/authentication.hpp"
#include "ingest/bytea_array.hpp"
#include "operations/budget.hpp"
#include "operations/metrics.hpp"
#include "operations/rate_limit.hpp"
#include "operations/settings.hpp"
#include "serve/metrics_text.hpp"

#include <gtest/gtest.h>

namespace pgcrm::gateway {
namespace {

using namespace std::chrono_literals;

TEST(rate_limit, lets_the_requests_of_a_second_pass_at_once_and_then_an_even_rate) {
    rate_limiter rate;
    const time_point start = steady_clock::now();
    for (int i = 0; i < 10; ++i)
        EXPECT_FALSE(rate.admit(10, start)) << i;
    EXPECT_EQ(rate.admit(10, start), 100ms);
    EXPECT_EQ(rate.admit(10, start + 40ms), 60ms);
    EXPECT_FALSE(rate.admit(10, start + 100ms));
    EXPECT_TRUE(rate.admit(10, start + 100ms));
    int passed = 0;
    for (auto at = start + 200ms; at < start + 10200ms; at += 1ms)
        passed += rate.admit(10, at) ? 0 : 1;
    EXPECT_EQ(passed, 100);
}

TEST(rate_limit, of_nothing_lets_all_pass) {
    rate_limiter rate;
    for (int i = 0; i < 1000; ++i)
        EXPECT_FALSE(rate.admit(0, time_point{}));
}

TEST(memory_budget, is_never_more_than_taken_and_comes_back) {
    memory_budget budget(100);
    {
        reservation one(budget), other(budget);
        EXPECT_TRUE(one.try_hold(60));
        EXPECT_FALSE(other.try_hold(41));
        EXPECT_TRUE(other.try_hold(40));
        EXPECT_FALSE(other.try_hold(41)); // and keeps what it has
        EXPECT_EQ(budget.taken(), 100U);
        EXPECT_TRUE(one.try_hold(10));
        EXPECT_EQ(budget.taken(), 50U);
        reservation moved = std::move(one);
        EXPECT_EQ(moved.bytes(), 10U);
        EXPECT_TRUE(other.try_hold(90));
    }
    EXPECT_EQ(budget.taken(), 0U);
}

std::string array_of(const std::vector<std::string> &bodies) {
    memory_budget budget(0);
    std::vector<waiting_event> events;
    events.reserve(bodies.size());
    for (const std::string &body : bodies)
        events.push_back({body, reservation(budget), {}, {}});
    std::string written = "what was here before";
    write_bytea_array(written, events);
    return written;
}

std::string bytes_of(std::string_view hexadecimal) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
        bytes.push_back(static_cast<char>(std::stoi(std::string(hexadecimal.substr(i, 2)), nullptr, 16)));
    return bytes;
}

// By the server: select encode(array_send(array['\x61', '', '\x0062ff']::bytea[]), 'hex')
TEST(bytea_array, is_what_the_server_writes_for_the_same) {
    using namespace std::string_literals;
    EXPECT_EQ(array_of({"a", "", "\0b\xff"s}),
              bytes_of("0000000100000000000000110000000300000001000000016100000000000000030062ff"));
}

TEST(histogram, counts_each_value_in_the_first_bucket_that_holds_it) {
    histogram of;
    for (const std::uint64_t value : {0U, 100U, 101U, 200U, 1000U, 50'000'000U, 50'000'001U})
        of.observe(value);
    EXPECT_EQ(of.count_up_to(0), 2U); // 100
    EXPECT_EQ(of.count_up_to(1), 4U); // 200
    EXPECT_EQ(of.count_up_to(3), 5U); // 1000
    EXPECT_EQ(of.count_up_to(histogram::bounds.size() - 1), 6U);
    EXPECT_EQ(of.count_up_to(histogram::bounds.size()), 7U);
    EXPECT_EQ(of.sum(), 100'001'402U);
    of.observe(std::chrono::milliseconds(1));
    EXPECT_EQ(of.sum(), 100'002'402U);
}

TEST(metrics_text, tells_buckets_in_seconds_and_accounts_by_name) {
    metrics counts;
    account_registry registry;
    const memory_budget memory(5);
    registry.replace({{"office_a", std::vector<secret>()}}, {});
    registry.now()->find("office_a")->of->counters.events[0].add(3);
    counts.commit_time.observe(std::chrono::microseconds(150));
    counts.set_statuses({{"office_a", 1.5, 2, {}, {}, 1}});
    const std::string text = metrics_text(counts, registry, memory);
    for (const char *line : {"pgcrm_gateway_commit_seconds_bucket{le=\"0.0001\"} 0\n",
                             "pgcrm_gateway_commit_seconds_bucket{le=\"0.0002\"} 1\n",
                             "pgcrm_gateway_commit_seconds_bucket{le=\"50\"} 1\n",
                             "pgcrm_gateway_commit_seconds_bucket{le=\"+Inf\"} 1\n",
                             "pgcrm_gateway_commit_seconds_sum 0.00015\n",
                             "pgcrm_gateway_events_total{account=\"office_a\",outcome=\"stored\"} 3\n",
                             "pgcrm_gateway_refresh_lag_seconds{account=\"office_a\"} 1.5\n",
                             "pgcrm_gateway_pending_leads{account=\"office_a\"} 2\n",
                             "pgcrm_gateway_refresh_failed{account=\"office_a\"} 1\n"})
        EXPECT_NE(text.find(line), std::string::npos) << line;
    EXPECT_EQ(text.find("stuck_leads{"), std::string::npos); // not known
}

TEST(error_kind, tells_data_that_failed_from_all_else) {
    for (const char *of_data : {"22003", "23505", "54000", "P0001", "UE003", "ZZ123", "90001"})
        EXPECT_TRUE(is_of_the_data(of_data)) << of_data;
    for (const char *other : {"", "5", "08006", "0A000", "25006", "3F000", "40001", "42P01", "42501", "53100",
                              "55000", "55P03", "57014", "58030", "72000", "F0000", "HV000", "XX000"})
        EXPECT_FALSE(is_of_the_data(other)) << other;
}

TEST(account_registry, keeps_what_was_known_of_an_account_that_cannot_be_read) {
    account_registry registry;
    const auto is_open = [&registry](std::string_view name) {
        return opened_account(*registry.now(), name, "a secret", steady_clock::now()) != nullptr;
    };
    const auto may_open = [&registry](std::string_view name, std::string_view shown) {
        return may_open_later(*registry.now(), name, shown);
    };
    const digest of_secret{0x98, 0x4c, 0xa5, 0x16, 0x22, 0x00, 0x73, 0x4c, 0x59, 0x21, 0x48,
                           0xf1, 0x82, 0x0b, 0x71, 0x05, 0x7f, 0x09, 0x85, 0x73, 0xd1, 0x38,
                           0x66, 0x6b, 0x48, 0x66, 0x3e, 0x4e, 0x30, 0xcd, 0x8d, 0x3a};
    registry.replace({{"known", std::vector<secret>{{of_secret, std::nullopt}}}, {"new", std::nullopt}}, {});
    EXPECT_TRUE(is_open("known"));
    EXPECT_FALSE(may_open("known", "another"));
    EXPECT_TRUE(may_open("new", "any"));
    EXPECT_FALSE(may_open("new", ""));
    EXPECT_FALSE(may_open("nobody", "any"));
    registry.replace({{"known", std::nullopt}}, {});
    EXPECT_TRUE(is_open("known"));
    EXPECT_TRUE(may_open("known", "another"));
    EXPECT_FALSE(is_open("new"));
    registry.replace({{"known", std::vector<secret>()}}, {});
    EXPECT_FALSE(may_open("known", "another"));
    EXPECT_FALSE(is_open("known"));
}

settings read(std::vector<const char *> flags) {
    flags.insert(flags.begin(), "pgcrm-gateway");
    return read_settings(static_cast<int>(flags.size()), flags.data()).with;
}

TEST(settings, have_units) {
    const settings with =
        read({"--body-limit=64kB", "--memory-limit=2MB", "--header-limit", "4096", "--idle-timeout=2min",
              "--body-timeout=500ms", "--request-timeout=1h", "--header-timeout=24h"});
    EXPECT_EQ(with.body_limit, 65536U);
    EXPECT_EQ(with.memory_limit, 2097152U);
    EXPECT_EQ(with.header_limit, 4096U);
    EXPECT_EQ(with.idle_timeout, 120s);
    EXPECT_EQ(with.body_timeout, 500ms);
    EXPECT_EQ(with.request_timeout, 1h);
    EXPECT_EQ(with.header_timeout, 24h);
}

TEST(settings, name_addresses) {
    EXPECT_EQ(read({"--listen=[::1]:80"}).listen.host, "::1");
    EXPECT_EQ(read({"--listen=*:0"}).listen.host, "");
    EXPECT_EQ(read({"--listen=example.com:65535"}).listen.port, "65535");
    EXPECT_FALSE(read({"--metrics-listen="}).metrics_listen);
    EXPECT_FALSE(read({"--metrics-listen", ""}).metrics_listen);
    EXPECT_TRUE(read({}).metrics_listen);
}

TEST(settings, that_are_wrong_are_refused) {
    for (const char *flag : {"--threads=0",
                             "--threads=65",
                             "--threads=-1",
                             "--threads=1.5",
                             "--threads=",
                             "--threads= 1",
                             "--body-limit=1mb",
                             "--body-limit=1023",
                             "--body-limit=9999999999999999999999",
                             "--idle-timeout=1",
                             "--idle-timeout=1441min",
                             "--listen=a",
                             "--listen=a:",
                             "--listen=:1",
                             "--listen=a:65536",
                             "--listen=a:1x",
                             "--listen=[]:",
                             "--access-log=ON",
                             "--log-level=",
                             "--memory-limit=1MB",
                             "--tls-key=a",
                             "--database=password=a",
                             "--database=postgres://a:b@c/d",
                             "--no-such=1",
                             "word",
                             "--thread=1",
                             "-x"})
        EXPECT_THROW(read({flag}), settings_error) << flag;
}

TEST(settings, say_what_is_expected) {
    try {
        read({"--idle-timeout=soon"});
        FAIL();
    } catch (const settings_error &wrong) {
        EXPECT_STREQ(wrong.what(),
                     "idle-timeout: expected a time such as 500ms, 10s or 2min, up to a day, not \"soon\"");
    }
}

} // namespace
} // namespace pgcrm::gateway
