// How bytes are shown that are no text, against encode(bytes, 'escape') of the server.
#include "core/text/quoting.hpp"

#include <gtest/gtest.h>

namespace pgcrm {
namespace {

using namespace std::string_view_literals;

TEST(in_escapes, leaves_ascii_and_control_characters_alone) {
    EXPECT_EQ(in_escapes(""), "");
    EXPECT_EQ(in_escapes("no json\t\x01\x7F"), "no json\t\x01\x7F");
}

TEST(in_escapes, writes_zero_and_what_is_not_ascii_in_three_octal_digits) {
    EXPECT_EQ(in_escapes("caf\xE9"), R"(caf\351)");
    EXPECT_EQ(in_escapes("a\0b"sv), R"(a\000b)");
    EXPECT_EQ(in_escapes("\x80\xFF"), R"(\200\377)");
}

TEST(in_escapes, doubles_backslashes) { EXPECT_EQ(in_escapes(R"(\351)"), R"(\\351)"); }

} // namespace
} // namespace pgcrm
