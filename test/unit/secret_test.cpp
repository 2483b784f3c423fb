// The text of a secret, against base64url by `base64 | tr +/ -_`.
#include "core/text/secret.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace pgcrm {
namespace {

TEST(secret_text, is_the_bits_in_base64url_behind_the_mark) {
    secret_bits bits{};
    EXPECT_EQ(secret_text(bits), "pgcrm_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    bits.fill(0xff);
    EXPECT_EQ(secret_text(bits), "pgcrm___________________________________________8");
    std::iota(bits.begin(), bits.end(), std::uint8_t{0});
    EXPECT_EQ(secret_text(bits), "pgcrm_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    std::iota(bits.begin(), bits.end(), std::uint8_t{0xe0});
    EXPECT_EQ(secret_text(bits), "pgcrm_4OHi4-Tl5ufo6err7O3u7_Dx8vP09fb3-Pn6-_z9_v8");
}

TEST(secret_text, tells_every_bit) {
    const secret_bits none{};
    for (std::size_t bit = 0; bit < 256; ++bit) {
        secret_bits one{};
        one[bit / 8] = static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_NE(secret_text(one), secret_text(none)) << bit;
    }
}

} // namespace
} // namespace pgcrm
