// One walk finds what every pointer points to, by RFC 6901.
#include "core/mapping/pointer_tree.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pgcrm {
namespace {

// What is at a pointer: the text of the node, "null" for a null on the way too, or "nowhere".
class located {
public:
    located(std::vector<std::string_view> pointers, std::string body)
        : body_(std::move(body)), tree_(parsed(pointers)) {
        std::vector<std::string> problems;
        EXPECT_TRUE(document_.read(body_, arena_, problems)) << body_;
        slots_.assign(tree_.slot_count(), 0);
        tree_.locate(document_.nodes(), slots_);
    }

    std::string at(std::string_view pointer) const {
        const std::uint32_t node = slots_[tree_.slot_of(*parse_json_pointer(pointer))];
        return node == pointer_tree::nowhere ? "nowhere" : std::string(document_.nodes()[node].text);
    }

private:
    static std::vector<json_pointer> parsed(const std::vector<std::string_view> &texts) {
        std::vector<json_pointer> pointers;
        for (const std::string_view text : texts)
            pointers.push_back(*parse_json_pointer(text));
        return pointers;
    }

    std::string body_;
    std::pmr::monotonic_buffer_resource arena_;
    json_document document_{json_limits{}};
    pointer_tree tree_;
    std::vector<std::uint32_t> slots_;
};

TEST(pointer_tree, finds_the_examples_of_rfc_6901) {
    const std::vector<std::string_view> pointers{"",     "/foo", "/foo/0", "/",     "/a~1b", "/c%d",
                                                 "/e^f", "/g|h", "/i\\j",  "/k\"l", "/ ",    "/m~0n"};
    const std::string body =
        R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8})";
    const located in(pointers, body);
    EXPECT_EQ(in.at(""), body);
    EXPECT_EQ(in.at("/foo"), R"(["bar","baz"])");
    EXPECT_EQ(in.at("/foo/0"), "bar");
    EXPECT_EQ(in.at("/"), "0");
    EXPECT_EQ(in.at("/a~1b"), "1");
    EXPECT_EQ(in.at("/c%d"), "2");
    EXPECT_EQ(in.at("/e^f"), "3");
    EXPECT_EQ(in.at("/g|h"), "4");
    EXPECT_EQ(in.at("/i\\j"), "5");
    EXPECT_EQ(in.at("/k\"l"), "6");
    EXPECT_EQ(in.at("/ "), "7");
    EXPECT_EQ(in.at("/m~0n"), "8");
}

TEST(pointer_tree, tells_a_null_on_the_way_from_nothing) {
    const located in({"/a/b/c", "/a/b", "/x/y", "/n", "/s/t", "/l/t"},
                     R"({"a":{"b":null},"n":null,"s":"text","l":[1]})");
    EXPECT_EQ(in.at("/a/b/c"), "null");
    EXPECT_EQ(in.at("/a/b"), "null");
    EXPECT_EQ(in.at("/n"), "null");
    EXPECT_EQ(in.at("/x/y"), "nowhere");
    EXPECT_EQ(in.at("/s/t"), "nowhere");
    EXPECT_EQ(in.at("/l/t"), "nowhere");
}

TEST(pointer_tree, takes_the_last_of_repeated_keys_whole) {
    const std::vector<std::string_view> pointers{"/a/b", "/a/c", "/a"};
    EXPECT_EQ(located(pointers, R"({"a":{"b":1},"a":{"b":2}})").at("/a/b"), "2");
    EXPECT_EQ(located(pointers, R"({"a":{"b":1},"a":{"c":2}})").at("/a/b"), "nowhere");
    EXPECT_EQ(located(pointers, R"({"a":{"b":1},"a":{"c":2}})").at("/a/c"), "2");
    EXPECT_EQ(located(pointers, R"({"a":{"b":1},"a":null})").at("/a/b"), "null");
    EXPECT_EQ(located(pointers, R"({"a":null,"a":{"b":1}})").at("/a/c"), "nowhere");
    EXPECT_EQ(located(pointers, R"({"a":{"b":1},"a":7})").at("/a/b"), "nowhere");
    EXPECT_EQ(located(pointers, R"({"a":{"b":1,"b":null}})").at("/a/b"), "null");
    EXPECT_EQ(located(pointers, R"({"a":1,"\u0061":2})").at("/a"), "2");
}

TEST(pointer_tree, counts_elements_of_arrays) {
    const std::vector<std::string_view> pointers{"/0", "/2",   "/10",  "/01",
                                                 "/-", "/2/0", "/1e0", "/99999999999999999999"};
    const located in(pointers, R"(["a","b",["c"],3,4,5,6,7,8,9,"ten"])");
    EXPECT_EQ(in.at("/0"), "a");
    EXPECT_EQ(in.at("/2"), R"(["c"])");
    EXPECT_EQ(in.at("/2/0"), "c");
    EXPECT_EQ(in.at("/10"), "ten");
    for (const std::string_view none : {"/01", "/-", "/1e0", "/99999999999999999999"})
        EXPECT_EQ(in.at(none), "nowhere") << none;
    const located keys(pointers, R"({"0":"zero","01":"one","-":"dash"})");
    EXPECT_EQ(keys.at("/0"), "zero");
    EXPECT_EQ(keys.at("/01"), "one");
    EXPECT_EQ(keys.at("/-"), "dash");
}

TEST(pointer_tree, forgets_the_body_before) {
    const pointer_tree tree({{"a", "b"}, {"c"}});
    std::vector<std::uint32_t> slots(tree.slot_count(), 0);
    json_document document(json_limits{});
    std::pmr::monotonic_buffer_resource arena;
    std::vector<std::string> problems;
    for (const std::string_view body : {R"({"a":{"b":1},"c":2})", R"({})", R"([])", "7"}) {
        ASSERT_TRUE(document.read(body, arena, problems));
        tree.locate(document.nodes(), slots);
    }
    EXPECT_EQ(slots, std::vector<std::uint32_t>(2, pointer_tree::nowhere));
}

TEST(pointer_tree, finds_each_of_many_keys) {
    std::vector<json_pointer> pointers;
    std::string body = "{";
    for (int i = 0; i < 1600; ++i) {
        pointers.push_back({"key" + std::to_string(i)});
        body += "\"key" + std::to_string(i) + "\":" + std::to_string(i) + ",\"other" + std::to_string(i) +
                "\":0,";
    }
    body.back() = '}';
    const pointer_tree tree(pointers);
    std::vector<std::uint32_t> slots(tree.slot_count());
    json_document document(json_limits{});
    std::pmr::monotonic_buffer_resource arena;
    std::vector<std::string> problems;
    ASSERT_TRUE(document.read(body, arena, problems));
    tree.locate(document.nodes(), slots);
    for (int i = 0; i < 1600; ++i)
        ASSERT_EQ(document.nodes()[slots[tree.slot_of(pointers[static_cast<std::size_t>(i)])]].text,
                  std::to_string(i));
}

TEST(pointer_tree, of_no_pointers_finds_nothing) {
    const pointer_tree tree({});
    json_document document(json_limits{});
    std::pmr::monotonic_buffer_resource arena;
    std::vector<std::string> problems;
    ASSERT_TRUE(document.read("{}", arena, problems));
    tree.locate(document.nodes(), {});
    EXPECT_EQ(tree.slot_count(), 0u);
}

} // namespace
} // namespace pgcrm
