// Images of jsonb and numeric. That they are what the server makes, byte for byte, is tested against a
// server: test/sql/raw_data_is_what_the_server_makes.sql.
#include "core/json/jsonb_image.hpp"

#include "jsonb_reader.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pgcrm {
namespace {

std::string image_of(std::string_view text) {
    json_document document(json_limits{});
    std::pmr::monotonic_buffer_resource arena;
    std::vector<std::string> problems;
    EXPECT_TRUE(document.read(text, arena, problems) && problems.empty()) << text;
    jsonb_writer writer;
    return std::string(writer.write(document.nodes(), arena));
}

std::string value_of(std::string_view text) { return test::jsonb_reader::read(image_of(text)).dump(); }

TEST(jsonb_images, hold_what_the_text_says) {
    EXPECT_EQ(value_of("{}"), "{}");
    EXPECT_EQ(value_of("[]"), "[]");
    EXPECT_EQ(value_of(R"([null, true, false, "", "aé", [[]], {"": {}}])"),
              R"([null,true,false,"","aé",[[]],{"":{}}])");
    EXPECT_EQ(value_of(R"({"b": 1, "aa": 2, "a": 3})"),
              R"({"a":"0003e0 |0","aa":"0002e0 |0","b":"0001e0 |0"})");
}

TEST(jsonb_images, keep_the_last_of_a_repeated_key) {
    EXPECT_EQ(value_of(R"({"a": 1, "b": true, "a": 2, "a": "three"})"), R"({"a":"three","b":true})");
}

TEST(jsonb_images, order_keys_that_differ_only_far_behind) {
    const std::string long_key(70000, 'k');
    EXPECT_EQ(test::jsonb_reader::read(image_of("{\"" + long_key + "b\":1,\"" + long_key + "a\":2,\"z\":3}"))
                  .size(),
              3U);
}

TEST(jsonb_images, tell_offsets_at_every_32nd_entry) {
    for (const int count : {1, 15, 16, 17, 31, 32, 33, 64, 65, 1000}) {
        std::string object = "{", list = "[";
        for (int i = 0; i < count; ++i) {
            object += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":\"" +
                      std::string(static_cast<std::size_t>(i % 7), 'v') + '"';
            list += (i > 0 ? "," : "") + std::to_string(i);
        }
        EXPECT_EQ(test::jsonb_reader::read(image_of(object + "}")).size(), static_cast<std::size_t>(count));
        EXPECT_EQ(test::jsonb_reader::read(image_of(list + "]")).size(), static_cast<std::size_t>(count));
    }
}

TEST(numeric_images, have_no_zeros_at_the_ends_and_the_scale_of_the_text) {
    EXPECT_EQ(value_of("[0]"), R"(["|0"])");
    EXPECT_EQ(value_of("[-0.00]"), R"(["|2"])");
    EXPECT_EQ(value_of("[10000]"), R"(["0001e4 |0"])");
    EXPECT_EQ(value_of("[12345.6789]"), R"(["0001e4 2345e0 6789e-4 |4"])");
    EXPECT_EQ(value_of("[-0.00001]"), R"(["-1000e-8 |5"])");
    EXPECT_EQ(value_of("[1e3]"), R"(["1000e0 |0"])");
    EXPECT_EQ(value_of("[1.50e1]"), R"(["0015e0 |1"])");
    EXPECT_EQ(value_of("[1e-5]"), R"(["1000e-8 |5"])");
    EXPECT_EQ(value_of("[100020003]"), R"(["0001e8 0002e4 0003e0 |0"])");
}

TEST(numeric_images, take_the_long_form_where_the_short_one_ends) {
    EXPECT_EQ(value_of("[1e255]"), R"(["1000e252 |0"])");
    EXPECT_EQ(value_of("[1e256]"), R"(["0001e256 |0"])");
    EXPECT_EQ(value_of("[1e-63]"), R"(["0010e-64 |63"])");
    EXPECT_EQ(value_of("[-1e-64]"), R"(["-0001e-64 |64"])");
    EXPECT_EQ(value_of("[1e131071]"), R"(["1000e131068 |0"])");
    EXPECT_EQ(value_of("[1e-16383]"), R"(["0010e-16384 |16383"])");
}

} // namespace
} // namespace pgcrm
