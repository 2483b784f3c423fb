// The digest of what an event means is the same for bodies that are equal as jsonb, and for no others.
#include "core/mapping/meaning.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <set>
#include <string>
#include <vector>

namespace pgcrm {
namespace {

sha256_digest digest(std::string_view body, std::vector<json_pointer> same = {}) {
    stream of;
    of.same = std::move(same);
    return digest_of_meaning(of, body);
}

TEST(meaning, is_the_same_however_a_body_is_spelled) {
    EXPECT_EQ(digest("202"), digest("202.0"));
    EXPECT_EQ(digest("202"), digest("2.02e2"));
    EXPECT_EQ(digest("0"), digest("-0.00"));
    EXPECT_EQ(digest("1.50"), digest("15e-1"));
    EXPECT_EQ(digest(R"({"a": 1, "bb": [1, {"c": null}]})"),
              digest(R"({"bb":[1.0,{"c":null}],"a":7,"a":1e0})"));
    EXPECT_EQ(digest(R"("\u00e9")"), digest("\"\xC3\xA9\""));
}

TEST(meaning, differs_where_values_differ) {
    std::set<sha256_digest> digests;
    std::size_t bodies = 0;
    for (const std::string_view body : {"null",
                                        "true",
                                        "false",
                                        "0",
                                        "1",
                                        "-1",
                                        "10",
                                        "100",
                                        "1.5",
                                        "0.15",
                                        "\"\"",
                                        "\"1\"",
                                        "\"n\"",
                                        "\"1:1\"",
                                        "[]",
                                        "{}",
                                        "[1]",
                                        "[[1]]",
                                        "[1,2]",
                                        "[12]",
                                        "[\"1\",\"2\"]",
                                        "[\"1,2\"]",
                                        "[[],[]]",
                                        "[[[]]]",
                                        R"({"a":1})",
                                        R"({"a":"1"})",
                                        R"({"a":{"b":1}})",
                                        R"({"a":{},"b":1})",
                                        R"({"b":1})",
                                        R"({"":1})",
                                        R"({"a":[1]})",
                                        R"({"1":"a"})"}) {
        digests.insert(digest(body));
        ++bodies;
    }
    EXPECT_EQ(digests.size(), bodies);
}

TEST(meaning, is_that_of_the_parts_alone) {
    const std::vector<json_pointer> parts{{"a"}, {"b", "0"}, {"b", "-1"}};
    EXPECT_EQ(digest(R"({"a": 1, "b": [2, 3], "c": 4})", parts),
              digest(R"({"a": 1.0, "b": [2, 5, 3], "c": 5})", parts));
    std::set<sha256_digest> digests;
    for (const std::string_view body :
         {R"({"a": 1})", R"({"a": null})", R"({"b": [1]})", R"({"b": {"0": 1}})", R"({"b": {"-1": 1}})", "{}",
          R"({"b": [null]})", R"({"a": 1, "b": [1, 2]})", R"({"a": 1, "b": [2, 1]})"})
        digests.insert(digest(body, parts));
    EXPECT_EQ(digests.size(), 9U) << "what is null, and what is in no body, are told apart";
}

} // namespace
} // namespace pgcrm
