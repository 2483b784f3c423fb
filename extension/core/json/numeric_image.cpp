// The digits of the number are one row, whole and fraction; decimal place p (1 is 10^1) of the value stands
// in that row at `point - 1 - p`. A digit of base 10000 takes the places 4w+3 to 4w.
#include "core/json/numeric_image.hpp"

#include "core/json/varlena_image.hpp"

#include <algorithm>

namespace pgcrm {

namespace {

constexpr std::int64_t decimals_in_digit = 4;

// Rounds down, also below zero.
constexpr std::int64_t digit_of_place(std::int64_t place) noexcept { return place >> 2; }

class decimal_row {
public:
    explicit decimal_row(const number_parts &number) noexcept
        : number_(number), point_(static_cast<std::int64_t>(number.whole.size()) + number.exponent),
          end_(static_cast<std::int64_t>(number.whole.size() + number.fraction.size())) {
        while (begin_ < end_ && at(begin_) == '0')
            ++begin_;
        while (end_ > begin_ && at(end_ - 1) == '0')
            --end_;
    }

    bool is_zero() const noexcept { return begin_ == end_; }
    std::int64_t first_place() const noexcept { return point_ - 1 - begin_; }
    std::int64_t last_place() const noexcept { return point_ - end_; }

    // Digit `weight` of base 10000.
    std::int16_t digit(std::int64_t weight) const noexcept {
        int value = 0;
        for (std::int64_t place = weight * decimals_in_digit + decimals_in_digit - 1;
             place >= weight * decimals_in_digit; --place) {
            const std::int64_t index = point_ - 1 - place;
            value = value * 10 + (index >= begin_ && index < end_ ? at(index) - '0' : 0);
        }
        return static_cast<std::int16_t>(value);
    }

private:
    char at(std::int64_t index) const noexcept {
        const auto position = static_cast<std::size_t>(index);
        return position < number_.whole.size() ? number_.whole[position]
                                               : number_.fraction[position - number_.whole.size()];
    }

    const number_parts &number_;
    const std::int64_t point_;
    std::int64_t begin_ = 0; // of what is left without zeros at both ends
    std::int64_t end_;
};

template <class Word> void append(char *&to, Word word) noexcept {
    std::memcpy(to, &word, sizeof word);
    to += sizeof word;
}

// The short form has one word of 16 bits, the long one two.
void append_header(char *&to, bool is_negative, std::int64_t scale, std::int64_t weight) noexcept {
    constexpr std::int64_t short_scales = 0x3F;
    if (scale <= short_scales && weight >= -64 && weight <= 63) {
        const unsigned sign = is_negative ? 0x2000U : 0;
        const unsigned weight_bits = (weight < 0 ? 0x40U : 0) | (static_cast<unsigned>(weight) & 0x3FU);
        append(to,
               static_cast<std::uint16_t>(0x8000U | sign | static_cast<unsigned>(scale) << 7 | weight_bits));
    } else {
        append(to, static_cast<std::uint16_t>((is_negative ? 0x4000U : 0) | static_cast<unsigned>(scale)));
        append(to, static_cast<std::int16_t>(weight));
    }
}

} // namespace

std::size_t write_numeric_image(const number_parts &number, char *to) noexcept {
    const decimal_row row(number);
    const std::int64_t scale =
        std::max<std::int64_t>(static_cast<std::int64_t>(number.fraction.size()) - number.exponent, 0);
    char *end = to + length_word_size;
    if (row.is_zero()) {
        append_header(end, false, scale, 0);
    } else {
        const std::int64_t first = digit_of_place(row.first_place());
        const std::int64_t last = digit_of_place(row.last_place());
        append_header(end, number.is_negative, scale, first);
        for (std::int64_t weight = first; weight >= last; --weight)
            append(end, row.digit(weight));
    }
    const auto size = static_cast<std::size_t>(end - to);
    write_length_word(size, to);
    return size;
}

} // namespace pgcrm
