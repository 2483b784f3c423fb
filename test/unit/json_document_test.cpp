// What is JSON, what of it PostgreSQL can store, and what the nodes say.
#include "core/json/json_document.hpp"

#include "nocrm_examples.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <random>
#include <string>

namespace pgcrm {
namespace {

using nlohmann::json;

struct reading {
    bool is_json = false;
    std::vector<std::string> problems;
    json value; // rebuilt from the nodes

    bool is_storable() const { return is_json && problems.empty(); }
    std::string first_problem() const { return problems.empty() ? "" : problems.front(); }
};

// A number stays a text, so that nothing of its spelling is lost.
json rebuild(std::span<const json_node> nodes, std::uint32_t at) {
    const json_node &node = nodes[at];
    switch (node.kind) {
    case json_kind::null:
        return nullptr;
    case json_kind::boolean:
        return node.text == "true";
    case json_kind::number:
        return {{"number", node.text}};
    case json_kind::array: {
        json list = json::array();
        for (std::uint32_t item = at + 1; item < node.next; item = nodes[item].next)
            list.push_back(rebuild(nodes, item));
        return list;
    }
    case json_kind::object: {
        json object = json::object();
        for (std::uint32_t key = at + 1; key < node.next; key = nodes[key + 1].next)
            object[std::string(nodes[key].text)] = rebuild(nodes, key + 1);
        return object;
    }
    default:
        return std::string(node.text);
    }
}

reading read_with(json_document &document, std::string_view body) {
    std::pmr::monotonic_buffer_resource arena;
    reading result;
    result.is_json = document.read(body, arena, result.problems);
    if (result.is_json)
        result.value = rebuild(document.nodes(), 0);
    return result;
}

reading read(std::string_view body, json_limits limits = {}) {
    json_document document(limits);
    return read_with(document, body);
}

std::string problem(std::string_view body, json_limits limits = {}) {
    return read(body, limits).first_problem();
}

std::string nested(std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); }

using namespace std::string_view_literals;

TEST(json_document, takes_what_is_json) {
    for (const std::string_view body : {R"({})",
                                        R"([])",
                                        R"("")",
                                        R"(0)",
                                        R"(-0)",
                                        R"(null)",
                                        R"(true)",
                                        R"(false)",
                                        R"( [ ] )",
                                        "\t\r\n {}\n",
                                        R"([[]])",
                                        R"([{}])",
                                        R"({"":0})",
                                        R"({"a":{}})",
                                        R"([1,2,3])",
                                        R"(["a","b"])",
                                        R"({"a":1,"b":2})",
                                        R"({"a":1,"a":2})",
                                        R"([1.5e+10,-1.5E-10,0e1,0.0,1e1])",
                                        R"([123456789012345678901234567890])",
                                        R"([1e400])",
                                        R"(["\"\\\/\b\f\n\r\t"])",
                                        R"(["\u00e9\u20AC\uD83D\uDE00"])",
                                        "[\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"]",
                                        "[\"\x7F\"]",
                                        R"(["\u0001"])",
                                        R"(["\uFFFE\uFFFF"])",
                                        "[\"\xEF\xBF\xBF\"]",
                                        "[\"\xE2\x80\xA8\"]",
                                        R"({"a":[{"b":[]},null,true,false,"x"]})",
                                        R"(["/*"])",
                                        R"([""])",
                                        R"(["a\\"])",
                                        R"(["\\\\"])",
                                        R"(["\\\""])",
                                        R"([ 1 , 2 ])",
                                        R"({ "a" : 1 , "b" : 2 })",
                                        "[\"\xF4\x8F\xBF\xBF\"]",
                                        R"("\u005Cu0000")"})
        EXPECT_TRUE(read(body).is_storable()) << body << ": " << problem(body);
}

TEST(json_document, refuses_what_is_no_json) {
    for (const std::string_view body : {""sv,
                                        " "sv,
                                        "\n\t"sv,
                                        "{"sv,
                                        "}"sv,
                                        "["sv,
                                        "]"sv,
                                        "[}"sv,
                                        "{]"sv,
                                        "[1"sv,
                                        "[1,"sv,
                                        "[1,]"sv,
                                        "[,1]"sv,
                                        "[,]"sv,
                                        "[1 2]"sv,
                                        "[1,,2]"sv,
                                        "[\"a\" \"b\"]"sv,
                                        "[\"a\"\"b\"]"sv,
                                        "[\"a\"b]"sv,
                                        "[1\"a\"]"sv,
                                        "{\"a\"}"sv,
                                        "{\"a\":}"sv,
                                        "{\"a\" 1}"sv,
                                        "{\"a\"::1}"sv,
                                        "{\"a\":1,}"sv,
                                        "{,\"a\":1}"sv,
                                        "{\"a\":1 \"b\":2}"sv,
                                        "{a:1}"sv,
                                        "{1:1}"sv,
                                        "{'a':1}"sv,
                                        "{null:1}"sv,
                                        "{[]:1}"sv,
                                        "{\"a\":1}}"sv,
                                        "{\"a\":1}]"sv,
                                        "[]{}"sv,
                                        "[] []"sv,
                                        "1 2"sv,
                                        "{} null"sv,
                                        "[1]x"sv,
                                        "\"a\"\"b\""sv,
                                        "\"a\"x"sv,
                                        "nul"sv,
                                        "nulll"sv,
                                        "NULL"sv,
                                        "True"sv,
                                        "tru"sv,
                                        "truee"sv,
                                        "true1"sv,
                                        "[truefalse]"sv,
                                        "undefined"sv,
                                        "NaN"sv,
                                        "-NaN"sv,
                                        "Infinity"sv,
                                        "-Infinity"sv,
                                        "01"sv,
                                        "-01"sv,
                                        "+1"sv,
                                        "1."sv,
                                        ".1"sv,
                                        "-"sv,
                                        "--1"sv,
                                        "1e"sv,
                                        "1e+"sv,
                                        "0x1"sv,
                                        "1a"sv,
                                        "1_0"sv,
                                        "1,0"sv,
                                        "[-]"sv,
                                        "[1.]"sv,
                                        "[.1]"sv,
                                        "[1e]"sv,
                                        "[0.e1]"sv,
                                        "[1eE2]"sv,
                                        "[2.e3]"sv,
                                        "[1+2]"sv,
                                        "[-2.]"sv,
                                        "[\xEF\xBC\x91]"sv,
                                        "\""sv,
                                        "\"a"sv,
                                        "[\"a]"sv,
                                        "\"\\\""sv,
                                        "[\"\\\"]"sv,
                                        "\"\\a\""sv,
                                        "\"\\x41\""sv,
                                        "\"\\'\""sv,
                                        "\"\\u\""sv,
                                        "\"\\u12\""sv,
                                        "\"\\u123\""sv,
                                        "\"\\u12G4\""sv,
                                        "\"\\U0041\""sv,
                                        "\"\\ud83d\\u\""sv,
                                        "\"\\ud83d\\uDE0\""sv,
                                        "'a'"sv,
                                        "[\"a\nb\"]"sv,
                                        "[\"\t\"]"sv,
                                        "[\"\x1F\"]"sv,
                                        "[\"\0\"]"sv,
                                        "[1]\0"sv,
                                        "\0"sv,
                                        "[\0]"sv,
                                        "\0[1]"sv,
                                        "// a\n[]"sv,
                                        "[]/**/"sv,
                                        "[1/**/]"sv,
                                        "\xEF\xBB\xBF{}"sv,
                                        "\xFE\xFF{}"sv,
                                        "[\f]"sv,
                                        "[\v]"sv,
                                        "[\x1A]"sv,
                                        "[1\f]"sv,
                                        "{\"a\"\x1A"
                                        "1}"sv,
                                        "[1\x0C"
                                        "2]"sv,
                                        "\xC2\xA0[]"sv,
                                        "[\xE2\x80\xA8]"sv,
                                        "\\u005B]"sv,
                                        "\\[]"sv,
                                        "[\\\"abc\", 1]\""sv,
                                        "<html></html>"sv,
                                        "a=1&b=2"sv,
                                        ":"sv,
                                        ","sv,
                                        "[:]"sv,
                                        "{:}"sv,
                                        "{\"a\":1,\"b\"}"sv,
                                        "*"sv})
        EXPECT_FALSE(read(body).is_json) << body;
}

TEST(json_document, refuses_what_is_no_utf8) {
    for (const std::string_view body : {"\xFF"sv,
                                        "[\"\xFF\"]"sv,
                                        "[\"\x80\"]"sv,
                                        "[\"\xC3\"]"sv,
                                        "[\"\xC3(\"]"sv,
                                        "[\"\xC0\x80\"]"sv,
                                        "[\"\xC1\xBF\"]"sv,
                                        "[\"\xE0\x80\x80\"]"sv,
                                        "[\"\xE0\x9F\xBF\"]"sv,
                                        "[\"\xE2\x82\"]"sv,
                                        "[\"\xED\xA0\x80\"]"sv,
                                        "[\"\xED\xBF\xBF\"]"sv,
                                        "[\"\xF0\x80\x80\x80\"]"sv,
                                        "[\"\xF0\x8F\xBF\xBF\"]"sv,
                                        "[\"\xF4\x90\x80\x80\"]"sv,
                                        "[\"\xF5\x80\x80\x80\"]"sv,
                                        "[\"\xF8\x88\x80\x80\x80\"]"sv,
                                        "{\"\xFF\":1}"sv,
                                        "[\"a\xE2\x82"sv,
                                        "[1]\xFF"sv})
        EXPECT_FALSE(read(body).is_json) << body;
    EXPECT_EQ(problem("[\"ab\xC3(\"]"), "expected UTF-8, found other bytes at offset 4");
    EXPECT_EQ(problem("[\"\xE2\x82\xAC\xED\xA0\x80\"]"), "expected UTF-8, found other bytes at offset 5");
    EXPECT_EQ(problem("[\"\xF0\x9F\x98\x80\xF4\x90\x80\x80\"]"),
              "expected UTF-8, found other bytes at offset 6");
}

TEST(json_document, says_what_was_expected_where_and_what_came) {
    EXPECT_EQ(problem(""), "expected JSON, not an empty body");
    EXPECT_EQ(problem(" \n "), "expected JSON, not a blank body");
    EXPECT_EQ(problem("\xEF\xBB\xBF{}"), "expected JSON, not a byte order mark");
    EXPECT_EQ(problem("{\"a\":1"), R"(expected "," or "}" at offset 6, not the end of the body)");
    EXPECT_EQ(problem("[1,"), "expected a value at offset 3, not the end of the body");
    EXPECT_EQ(problem("[1,]"), R"(expected a value at offset 3, not "]")");
    EXPECT_EQ(problem("{\"a\" 1}"), R"(expected ":" at offset 5, not "1")");
    EXPECT_EQ(problem("{\"a\":1,}"), R"(expected a key at offset 7, not "}")");
    EXPECT_EQ(problem("[1 2]"), R"(expected "," or "]" at offset 3, not "2")");
    EXPECT_EQ(problem("{} {}"), R"(expected nothing after the value at offset 3, not "{")");
    EXPECT_EQ(problem("[nul]"), R"(expected a value at offset 1, not "nul")");
    EXPECT_EQ(problem("<html>..</html>"), R"(expected a value at offset 0, not "<html>..</html>")");
    EXPECT_EQ(problem("[" + std::string(50, 'x') + "]"),
              "expected a value at offset 1, not \"" + std::string(40, 'x') + "...\"");
    EXPECT_EQ(problem("[\"a"), "expected the end of the string that begins at offset 1");
    EXPECT_EQ(problem("[\"\\\"\", \"a\\\""), "expected the end of the string that begins at offset 7");
    EXPECT_EQ(problem("[\"a\tb\"]"), "expected no control character in a string, found one at offset 3");
    EXPECT_EQ(problem(R"(["ab\x"])"), "expected an escape that JSON knows at offset 4");
}

TEST(json_document, cuts_a_shown_value_between_characters) {
    std::string accents, shown;
    for (int i = 0; i < 41; ++i)
        accents += "\xC3\xA9";
    for (int i = 0; i < 40; ++i)
        shown += "\xC3\xA9";
    EXPECT_EQ(problem("[" + accents + "]"), "expected a value at offset 1, not \"" + shown + "...\"");
}

TEST(json_document, refuses_text_that_postgresql_cannot_store) {
    EXPECT_EQ(problem(R"(["a\u0000"])"), R"(expected text without "\u0000", found one at offset 3)");
    EXPECT_EQ(problem(R"({"\u0000":1})"), R"(expected text without "\u0000", found one at offset 2)");
    for (const std::string_view body :
         {R"(["\ud800"])", R"(["\udc00"])", R"(["\ud800x"])", R"(["\ud800\n"])", R"(["\ud800\u0041"])",
          R"(["\ud800\ud800"])", R"(["\udc00\ud800"])", R"({"\uDFFF":1})", R"(["\ud83d\ude00\ude00"])"}) {
        EXPECT_TRUE(read(body).is_json) << body;
        EXPECT_TRUE(problem(body).starts_with("expected a pair of surrogates at offset"))
            << body << problem(body);
    }
}

TEST(json_document, refuses_numbers_that_postgresql_cannot_hold) {
    for (const std::string &number :
         {std::string("1e131072"), std::string("-1e131072"), std::string("1e-16384"),
          std::string("1e999999999"), std::string("0e-16384"), std::string(131'073, '1'),
          "0." + std::string(16'384, '1')}) {
        EXPECT_TRUE(read("[" + number + "]").is_json);
        EXPECT_TRUE(
            problem("[" + number + "]").starts_with("expected a number that PostgreSQL can hold at offset 1"))
            << problem("[" + number + "]");
    }
    for (const std::string &number :
         {std::string("1e131071"), std::string("1e-16383"), std::string(131'072, '1'),
          "0." + std::string(16'383, '1'), std::string(500, '9')})
        EXPECT_TRUE(read("[" + number + "]").is_storable()) << number.substr(0, 20);
}

TEST(json_document, refuses_numbers_that_can_be_stored_but_never_printed) {
    EXPECT_TRUE(read("[1e131071,1e131071,1e131071,1e131071,1e131071,1e131071,1e131071]").is_storable());
    EXPECT_EQ(
        problem("[1e131071,1e131071,1e131071,1e131071,1e131071,1e131071,1e131071,1e131071,1e131071]"),
        "expected numbers that take at most 1048576 characters without exponents, found more at offset 73");
}

TEST(json_document, lists_all_unstorable_values_and_still_has_the_nodes) {
    const reading two = read(R"({"a":"\u0000","b":"\ud800","c":1})");
    EXPECT_EQ(two.problems.size(), 2u);
    EXPECT_EQ(two.value["c"], json({{"number", "1"}}));
    std::string many = "[";
    for (int i = 0; i < 1000; ++i)
        many += R"("\u0000",)";
    many += "0]";
    EXPECT_EQ(read(many).problems.size(), 16u);
    EXPECT_EQ(read(many).problems.back(), "and more values that PostgreSQL cannot store");
}

TEST(json_document, is_at_most_as_deep_as_the_limit) {
    EXPECT_TRUE(read(nested(64)).is_storable());
    EXPECT_FALSE(read(nested(65)).is_json);
    EXPECT_EQ(problem(nested(65)),
              "expected at most 64 levels of objects and arrays, found another at offset 64");
    EXPECT_EQ(problem(std::string(500'000, '[')),
              "expected at most 64 levels of objects and arrays, found another at offset 64");
    std::string objects = "0";
    for (int i = 0; i < 64; ++i)
        objects = "{\"a\":" + objects + "}";
    EXPECT_TRUE(read(objects).is_storable());
    EXPECT_FALSE(read("[" + objects + "]").is_json);
    EXPECT_TRUE(read("[" + nested(63) + "," + nested(63) + "]").is_storable());
    EXPECT_TRUE(read("1", {100, 0}).is_storable());
    EXPECT_FALSE(read("[]", {100, 0}).is_json);
    EXPECT_TRUE(read(nested(1000), {10'000, 1'000'000}).is_storable());
    EXPECT_FALSE(read(nested(1001), {10'000, 1'000'000}).is_json);
}

TEST(json_document, is_at_most_as_large_as_the_limit) {
    const std::string body = "[" + std::string(5'242'878, ' ') + "]";
    EXPECT_EQ(problem(body), "body is 5242880 bytes, more than 1048576");
    EXPECT_TRUE(read(body, {5'242'880, 64}).is_storable());
    EXPECT_FALSE(read(body, {5'242'879, 64}).is_json);
    EXPECT_EQ(problem(std::string(largest_body_size + 1, ' '), {std::size_t{1} << 40, 64}),
              "body is 33554433 bytes, more than 33554432");
}

TEST(json_document, lists_the_nodes_in_the_order_of_the_body) {
    const std::string_view body = R"({"id": 7, "tags": ["a", {}], "x": null})";
    json_document document(json_limits{});
    std::pmr::monotonic_buffer_resource arena;
    std::vector<std::string> problems;
    ASSERT_TRUE(document.read(body, arena, problems));
    const std::span<const json_node> nodes = document.nodes();
    struct expectation {
        json_kind kind;
        std::uint32_t next;
        std::string_view text;
    };
    const std::vector<expectation> expected{
        {json_kind::object, 9, body},          {json_kind::key, 2, "id"},
        {json_kind::number, 3, "7"},           {json_kind::key, 4, "tags"},
        {json_kind::array, 7, R"(["a", {}])"}, {json_kind::string, 6, "a"},
        {json_kind::object, 7, "{}"},          {json_kind::key, 8, "x"},
        {json_kind::null, 9, "null"}};
    ASSERT_EQ(nodes.size(), expected.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        EXPECT_EQ(nodes[i].kind, expected[i].kind) << i;
        EXPECT_EQ(nodes[i].next, expected[i].next) << i;
        EXPECT_EQ(nodes[i].text, expected[i].text) << i;
    }
}

TEST(json_document, points_into_the_body_where_there_is_no_escape) {
    const std::string body = R"(["plain","esc\naped",12.50,"again"])";
    json_document document(json_limits{});
    std::pmr::monotonic_buffer_resource arena;
    std::vector<std::string> problems;
    ASSERT_TRUE(document.read(body, arena, problems));
    const auto is_inside = [&](std::string_view text) {
        return text.data() >= body.data() && text.data() + text.size() <= body.data() + body.size();
    };
    const std::span<const json_node> nodes = document.nodes();
    EXPECT_TRUE(is_inside(nodes[1].text));
    EXPECT_FALSE(is_inside(nodes[2].text));
    EXPECT_EQ(nodes[2].text, "esc\naped");
    EXPECT_TRUE(is_inside(nodes[3].text));
    EXPECT_TRUE(is_inside(nodes[4].text));
    EXPECT_EQ(nodes[4].text, "again");
}

TEST(json_document, resolves_every_escape) {
    EXPECT_EQ(read(R"("\"\\\/\b\f\n\r\t")").value, json("\"\\/\b\f\n\r\t"));
    EXPECT_EQ(
        read(R"("\u0041\u00e9\u20ac\ud83d\ude00\u007f\u07ff\u0800\uffff\udbff\udfff")").value,
        json("A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\x7F\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF4\x8F\xBF\xBF"));
    EXPECT_EQ(read(R"({"a\u002fb":1})").value, json({{"a/b", {{"number", "1"}}}}));
}

TEST(json_document, serves_one_body_after_the_other) {
    json_document document({std::size_t{16} << 20, 64});
    const std::string large = "[" + std::string(3'000'000, ' ') + "1]";
    std::string many = "[0";
    for (int i = 0; i < 300'000; ++i)
        many += ",0";
    many += "]";
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(read_with(document, "[]").value, json::array());
        EXPECT_TRUE(read_with(document, large).is_storable());
        EXPECT_TRUE(read_with(document, many).is_storable());
        EXPECT_EQ(document.nodes().size(), 300'002u);
        EXPECT_FALSE(read_with(document, "[").is_json);
        EXPECT_TRUE(document.nodes().empty());
        EXPECT_EQ(read_with(document, "\"x\"").value, json("x"));
    }
}

TEST(json_document, finds_tokens_at_every_place_of_a_block) {
    for (std::size_t blanks = 0; blanks < 200; ++blanks) {
        const std::string space(blanks, ' ');
        EXPECT_TRUE(read("[" + space + "\"a\\\"b\"" + space + ",1" + space + "]" + space).is_storable());
        EXPECT_FALSE(read("[" + space + "\"a\\\"b\"" + space + " 1" + space + "]").is_json);
        EXPECT_EQ(read("\"" + space + R"(\\)" + "\"").value, json(space + "\\"));
        EXPECT_FALSE(read("[\"" + space + "\xC3\"]").is_json);
    }
}

// Tells apart a number beyond a double, at which nlohmann/json stops, from a fault.
struct verdict_of_nlohmann : nlohmann::json_sax<json> {
    bool is_overflow = false;
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool string(string_t &) override { return true; }
    bool binary(binary_t &) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t &) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &error) override {
        is_overflow = error.id == 406;
        return false;
    }
};

class mutator {
public:
    explicit mutator(unsigned seed) : random_(seed) {}

    std::string mutated(std::string body) {
        for (std::size_t i = 1 + below(3); i > 0 && !body.empty(); --i)
            mutate(body);
        return body;
    }

    std::size_t below(std::size_t end) {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
    }

private:
    void mutate(std::string &body) {
        constexpr std::array pieces{"{"sv,
                                    "}"sv,
                                    "["sv,
                                    "]"sv,
                                    ","sv,
                                    ":"sv,
                                    "\""sv,
                                    "\\"sv,
                                    "\\\""sv,
                                    "\\u0000"sv,
                                    "\\ud800"sv,
                                    "\\udc00"sv,
                                    "\\u00e9"sv,
                                    "null"sv,
                                    "true"sv,
                                    "1e5"sv,
                                    "-"sv,
                                    "0"sv,
                                    "."sv,
                                    " "sv,
                                    "\n"sv,
                                    "\t"sv,
                                    "\x0C"sv,
                                    "\x1A"sv,
                                    "\0"sv,
                                    "\xFF"sv,
                                    "\xC3"sv,
                                    "\xC3\xA9"sv,
                                    "\xED\xA0\x80"sv,
                                    "\xF0\x9F\x98\x80"sv,
                                    "\"a\":1"sv,
                                    ",\"a\":1"sv,
                                    "[]"sv,
                                    "{}"sv,
                                    "\"\""sv,
                                    "1 2"sv};
        const std::size_t at = below(body.size());
        switch (below(5)) {
        case 0:
            body.insert(at, pieces[below(pieces.size())]);
            break;
        case 1:
            body[at] = static_cast<char>(below(256));
            break;
        case 2:
            body.erase(at, 1 + below(8));
            break;
        case 3:
            body.insert(below(body.size()), body.substr(at, 1 + below(40)));
            break;
        default:
            body.resize(at);
        }
    }

    std::mt19937 random_;
};

json with_numbers_as_texts(const json &value) {
    if (value.is_number())
        return {{"number", value}};
    json result = value;
    if (value.is_structured())
        for (auto &element : result)
            element = with_numbers_as_texts(element);
    return result;
}

// The rebuilt value with its numbers read by nlohmann/json.
json with_numbers_read(const json &value) {
    if (value.is_object() && value.size() == 1 && value.contains("number") && value["number"].is_string())
        return {{"number", json::parse(value["number"].get<std::string>())}};
    json result = value;
    if (value.is_structured())
        for (auto &element : result)
            element = with_numbers_read(element);
    return result;
}

// Where the two differ on purpose: a byte order mark (skipped there, refused here), more than 64
// levels, a lone surrogate (a fault there, a value that cannot be stored here), and a number
// beyond a double (a fault there, a number here).
TEST(json_document, agrees_with_nlohmann_on_mutated_bodies) {
    mutator mutations(20260109);
    json_document document(json_limits{});
    std::size_t taken = 0, refused = 0;
    for (int round = 0; round < 60'000; ++round) {
        const std::string body =
            mutations.mutated(std::string(nocrm_examples::all[mutations.below(nocrm_examples::all.size())]));
        if (body.starts_with("\xEF\xBB\xBF"))
            continue;
        verdict_of_nlohmann theirs;
        const bool is_json = json::sax_parse(body, &theirs);
        if (theirs.is_overflow)
            continue;
        const reading ours = read_with(document, body);
        const bool has_lone_surrogate =
            std::any_of(ours.problems.begin(), ours.problems.end(),
                        [](const std::string &p) { return p.starts_with("expected a pair of surrogates"); });
        ASSERT_EQ(ours.is_json && !has_lone_surrogate, is_json) << body << "\n" << ours.first_problem();
        if (ours.is_storable()) {
            ASSERT_EQ(with_numbers_read(ours.value), with_numbers_as_texts(json::parse(body))) << body;
        }
        ++(is_json ? taken : refused);
    }
    EXPECT_GT(taken, 5'000u);
    EXPECT_GT(refused, 5'000u);
}

} // namespace
} // namespace pgcrm
