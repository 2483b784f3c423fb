// What the gateway reads from the head of a request, and whom it lets in.
#include "ingest/authentication.hpp"
#include "ingest/nocrm_signature.hpp"
#include "serve/request.hpp"
#include "serve/routes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

namespace pgcrm::gateway {
namespace {

using strings = std::vector<std::string>;

request_header with(http::field name, const std::string &value) {
    request_header header;
    header.target("/webhook/office_a?token=of_the_query");
    header.set(name, value);
    return header;
}

std::string shown(const request_header &header) {
    return shown_secret(header, *read_target({header.target().data(), header.target().size()}));
}

TEST(request_target, is_its_path_decoded_and_the_token) {
    const auto read = read_target("/webhook/office%5Fa?a=1&token=t%2Dk&b");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->path, (strings{"webhook", "office_a"}));
    EXPECT_EQ(read->token, "t-k");
    EXPECT_EQ(read_target("http://host:80/webhook/a?token=x")->path, (strings{"webhook", "a"}));
    EXPECT_EQ(read_target("/")->path, strings{});
    EXPECT_EQ(read_target("/webhook/a/")->path, (strings{"webhook", "a", ""}));
    EXPECT_EQ(read_target("/webhook%2Fa")->path, strings{"webhook/a"}); // one segment: it names no account
}

TEST(request_target, has_no_token_unless_one_is_given) {
    for (const char *none : {"/a", "/a?", "/a?token", "/a?Token=x", "/a?tokens=x", "/a?x=token=y"})
        EXPECT_FALSE(read_target(none)->token) << none;
    EXPECT_EQ(read_target("/a?token=")->token, "");
}

TEST(request_target, that_is_no_url_is_none) {
    for (const char *wrong : {"", "*", "a", "/%", "/%zz", "/a b", "/\xff", "?token=x", "//:80", "/a#b"})
        EXPECT_FALSE(read_target(wrong) && !read_target(wrong)->path.empty() &&
                     read_target(wrong)->path[0] == "webhook")
            << wrong;
    for (const char *wrong : {"", "*", "/%", "/%zz", "/a b", "/\xff"})
        EXPECT_FALSE(read_target(wrong)) << wrong;
}

TEST(shown_secret, is_the_password_the_bearer_token_or_the_token_of_the_query) {
    EXPECT_EQ(shown(with(http::field::authorization, "Bearer pgcrm_x")), "pgcrm_x");
    EXPECT_EQ(shown(with(http::field::authorization, "bearer \t pgcrm_x ")), "pgcrm_x");
    EXPECT_EQ(shown(with(http::field::authorization, "Basic bm9jcm06cGdjcm1feA==")),
              "pgcrm_x");                                                        // nocrm:pgcrm_x
    EXPECT_EQ(shown(with(http::field::authorization, "BASIC OmE6Yg==")), "a:b"); // :a:b
    EXPECT_EQ(shown(with(http::field::host, "a")), "of_the_query");
}

TEST(shown_secret, is_nothing_when_the_header_is_of_another_kind) {
    for (const char *wrong :
         {"", "Bearer", "Bearer ", "Basic", "Basic !", "Basic YQ==", "Basic bm9jcm06cGdjcm1feA",
          "Basic ====", "Basic  ", "Digest x", "Basic Og==Og=="})
        EXPECT_EQ(shown(with(http::field::authorization, wrong)), "") << wrong;
}

TEST(is_json, takes_json_in_utf8_and_not_compressed) {
    for (const char *good :
         {"application/json", "APPLICATION/JSON ; charset=UTF-8", "application/json;charset=\"utf-8\"",
          "application/cloudevents+json", "application/json; profile=\"a\""})
        EXPECT_TRUE(is_json(with(http::field::content_type, good))) << good;
    for (const char *bad : {"", "text/plain", "application/json; charset=latin1", "+json",
                            "application/jsonp", "json", "application/x-www-form-urlencoded"})
        EXPECT_FALSE(is_json(with(http::field::content_type, bad))) << bad;
    request_header zipped = with(http::field::content_type, "application/json");
    zipped.set(http::field::content_encoding, "gzip");
    EXPECT_FALSE(is_json(zipped));
    zipped.set(http::field::content_encoding, "Identity");
    EXPECT_TRUE(is_json(zipped));
}

TEST(request_id, is_the_senders_own_when_it_can_be_logged) {
    const auto given = [](const std::string &id) {
        request_header header;
        header.set("X-Request-Id", id);
        const auto found = given_request_id(header);
        return found ? std::optional(std::string(*found)) : std::nullopt;
    };
    EXPECT_EQ(given("Order-1_a.b"), "Order-1_a.b");
    EXPECT_EQ(given(std::string(64, 'a')), std::string(64, 'a'));
    for (const std::string &bad :
         {std::string(), std::string(65, 'a'), std::string("a b"), std::string("\"")})
        EXPECT_FALSE(given(bad)) << bad;
}

TEST(path_for_log, holds_nothing_that_may_be_a_secret) {
    const auto logged = [](const char *target) {
        request_header header;
        header.target(target);
        return std::string(path_for_log(header));
    };
    EXPECT_EQ(logged("/webhook/a?token=x"), "/webhook/a");
    EXPECT_EQ(logged("/webhook/a#x"), "/webhook/a");
    EXPECT_EQ(logged("http://user:x@host/webhook/a?token=x"), "/webhook/a");
    for (const char *none : {"", "?token=x", "x", "user:x@host", "http://x", "http://x?y", "*"})
        EXPECT_EQ(logged(none), "") << none;
    EXPECT_EQ(logged(("/" + std::string(500, 'a')).c_str()).size(), 200U);
}

// sha256 of "pgcrm_a", "pgcrm_b", by sha256sum.
constexpr std::string_view digest_a = "645dc59494539b649a8755e4d713021288fe00d71fcfe80ed2bf4332a0587b16",
                           digest_b = "41803a2942d650ec0d29eb129c91ffd5cfeb207ee77a9a7e02c7d964395cde20";

digest digest_of(std::string_view hexadecimal) {
    digest of{};
    for (std::size_t i = 0; i < of.size(); ++i)
        of[i] = static_cast<unsigned char>(std::stoi(std::string(hexadecimal.substr(2 * i, 2)), nullptr, 16));
    return of;
}

class secrets : public ::testing::Test {
protected:
    const time_point now = steady_clock::now();
    account_registry registry;
    const std::vector<secret> no_secrets{}; // of an account that has none

    const account_entry *opened(std::string_view name, std::string_view shown, time_point at) {
        return opened_account(*registry.now(), name, shown, at);
    }
};

TEST_F(secrets, open_their_account_until_their_time_is_over) {
    const time_point end = now + std::chrono::hours(1);
    registry.replace({{"a", {{{digest_of(digest_a), {}}, {digest_of(digest_b), end}}}}, {"b", no_secrets}},
                     {});
    EXPECT_EQ(opened("a", "pgcrm_a", now)->of->name, "a");
    EXPECT_TRUE(opened("a", "pgcrm_b", end - std::chrono::nanoseconds(1)));
    EXPECT_FALSE(opened("a", "pgcrm_b", end));
    EXPECT_TRUE(opened("a", "pgcrm_a", end));
    EXPECT_FALSE(opened("b", "pgcrm_a", now));
    EXPECT_FALSE(opened("c", "pgcrm_a", now));
    EXPECT_FALSE(opened("a", "", now));
}

TEST_F(secrets, are_all_looked_at) {
    std::vector<secret> many(most_secrets, secret{digest{}, {}});
    many.back().of = digest_of(digest_a);
    registry.replace({{"a", many}}, {});
    EXPECT_TRUE(opened("a", "pgcrm_a", now));
}

TEST_F(secrets, of_an_account_that_is_being_altered_stay_what_they_were) {
    EXPECT_FALSE(registry.is_told());
    registry.replace({{"a", {{{digest_of(digest_a), {}}}}}}, {});
    EXPECT_TRUE(registry.is_told());
    registry.replace({{"a", std::nullopt}, {"b", std::nullopt}}, {});
    EXPECT_TRUE(opened("a", "pgcrm_a", now));
    EXPECT_FALSE(opened("b", "pgcrm_a", now));
    registry.replace({{"a", no_secrets}}, {});
    EXPECT_FALSE(opened("a", "pgcrm_a", now));
    registry.replace({}, {});
    EXPECT_FALSE(opened("a", "pgcrm_a", now));
}

TEST_F(secrets, count_for_their_account_whatever_is_told_later) {
    registry.replace({{"a", no_secrets}}, {});
    registry.now()->find("a")->of->counters.bytes.add(7);
    registry.replace({}, {});
    registry.replace({{"a", no_secrets}}, {{"a", {"key"}}});
    EXPECT_EQ(registry.now()->find("a")->of->counters.bytes.value(), 7U);
    EXPECT_EQ(registry.now()->find("a")->nocrm_api_keys, strings{"key"});
    EXPECT_EQ(registry.all().size(), 1U);
}

// Computed by sha1sum of id and key.
const std::string key = "0123456789abcdef0123456789abcdef0123456789abcdef";
const std::map<long, std::string> vectors{{8812345, "3cb48f46fa3c798e15a3db3c5b73f2e635eb0368"},
                                          {8812346, "ccdb7220555edb0c1b59df116d9d5e69257b21c0"},
                                          {8812347, "dbd68be0b86eea41be7cff9f99271fb9c5139b9a"},
                                          {8812353, "51c4811a6ca4736461a23d422e3e44ad684203ff"}};

TEST(nocrm_signature, is_good_for_its_id_and_key) {
    for (const auto &[id, signature] : vectors) {
        const std::string bare =
            R"({"id": )" + std::to_string(id) + R"(, "signature": ")" + signature + R"("})";
        EXPECT_TRUE(is_signed(bare, {key}));
        EXPECT_TRUE(is_signed(R"({"webhook_event": )" + bare + "}", {"another", key}));
        EXPECT_FALSE(is_signed(bare, {"another"}));
        EXPECT_FALSE(is_signed(bare, {}));
    }
}

TEST(nocrm_signature, is_nothing_else) {
    const std::string good = vectors.at(8812345);
    for (const std::string &body : {std::string(), std::string("{"), std::string("[]"), std::string("null"),
                                    std::string(R"({"id": 8812345})"), R"({"signature": ")" + good + R"("})",
                                    R"({"id": "8812345", "signature": ")" + good + R"("})",
                                    R"({"id": 8812345.0, "signature": ")" + good + R"("})",
                                    R"({"id": 8812346, "signature": ")" + good + R"("})",
                                    R"({"id": 8812345, "signature": ")" + good.substr(1) + R"("})",
                                    std::string(R"({"id": 8812345, "signature": 3})")})
        EXPECT_FALSE(is_signed(body, {key})) << body;
    EXPECT_FALSE(is_signed(std::string(100'000, '['), {key}));
}

} // namespace
} // namespace pgcrm::gateway
