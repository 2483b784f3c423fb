// SHA-256 against the examples of FIPS 180-4 and the lengths at which padding changes.
#include "core/history/observation.hpp"
#include "core/text/digest.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pgcrm {
namespace {

std::string hex(std::string_view text) {
    const std::array<char, 64> digits = to_hex(sha256(text));
    return {digits.data(), digits.size()};
}

TEST(sha256, gives_the_published_digests) {
    EXPECT_EQ(hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hex(std::string(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(sha256, pads_texts_of_every_length) {
    EXPECT_EQ(hex(std::string(55, 'a')), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    EXPECT_EQ(hex(std::string(56, 'a')), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    EXPECT_EQ(hex(std::string(64, 'a')), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
    EXPECT_EQ(hex(std::string(119, 'a')), "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb");
}

std::string joined(const std::vector<std::string_view> &parts, std::size_t limit = 255) {
    std::pmr::monotonic_buffer_resource arena;
    return std::string(joined_key(parts, limit, arena));
}

TEST(joined_keys, keep_different_parts_apart) {
    EXPECT_EQ(joined({"Sales", "Visit"}), "Sales/Visit");
    EXPECT_EQ(joined({"a/b", "c"}), "a~1b/c");
    EXPECT_EQ(joined({"a", "b/c"}), "a/b~1c");
    EXPECT_EQ(joined({"a~1b", "c"}), "a~01b/c");
    EXPECT_EQ(joined({"", "c"}), "/c");
    EXPECT_EQ(joined({"", ""}), "/");
    EXPECT_EQ(joined({"1", "2", "3"}), "1/2/3");
}

TEST(joined_keys, that_are_too_long_are_digests) {
    const std::string name(254, 'x');
    EXPECT_EQ(joined({"", name}), "/" + name);
    EXPECT_EQ(joined({"p", name}), hex("p/" + name));
    EXPECT_EQ(joined({"", std::string(255, '/')}).size(), 64u);
}

} // namespace
} // namespace pgcrm
