// Civil dates come from <chrono>; the digits are written by hand, for there are five times
// in a body and they should not be what takes the time.
#include "moment.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

namespace pgcrm::gen {
namespace {

using namespace std::chrono;

// The characters of one time, on the stack.
class spelled_time {
public:
    void put(char c) noexcept { characters_[size_++] = c; }
    void put(std::string_view text) noexcept { size_ += text.copy(characters_.data() + size_, text.size()); }
    void put_two_digits(std::int64_t number) noexcept {
        put(static_cast<char>('0' + number / 10 % 10));
        put(static_cast<char>('0' + number % 10));
    }
    void put_date(sys_days date) noexcept {
        const year_month_day civil{date};
        put_two_digits(int{civil.year()} / 100);
        put_two_digits(int{civil.year()});
        put('-');
        put_two_digits(unsigned{civil.month()});
        put('-');
        put_two_digits(unsigned{civil.day()});
    }
    void put_time_of_day(milliseconds in_day) noexcept {
        put_two_digits(in_day / hours{1});
        put(':');
        put_two_digits(in_day / minutes{1} % 60);
    }

    std::string_view view() const noexcept { return {characters_.data(), size_}; }

private:
    std::array<char, 32> characters_; // "2024-01-31T16:30:00.000-06:00" and some
    std::size_t size_ = 0;
};

std::optional<int> digits(std::string_view text) noexcept {
    int number = 0;
    if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }) ||
        std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{}) {
        return std::nullopt;
    }
    return number;
}

moment next_morning(moment local, dice &random) noexcept {
    sys_days date = floor<days>(local);
    if (local - date >= hours{9}) {
        date += days{1};
    }
    if (weekday{date} == Sunday) {
        date += days{1};
    }
    return date + hours{9} + milliseconds{random.below(4 * 3'600'000)};
}

} // namespace

std::optional<sys_days> parse_date(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const std::optional<int> y = digits(text.substr(0, 4));
    const std::optional<int> m = digits(text.substr(5, 2));
    const std::optional<int> d = digits(text.substr(8, 2));
    if (!y || !m || !d) {
        return std::nullopt;
    }
    const year_month_day civil{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    return civil.ok() ? std::optional{sys_days{civil}} : std::nullopt;
}

void append_time(std::string &out, moment at, time_spelling how) {
    const moment shown = how.is_zulu ? at : at + local_offset;
    const sys_days date = floor<days>(shown);
    const milliseconds in_day = shown - date;
    spelled_time spelled;
    spelled.put_date(date);
    spelled.put('T');
    spelled.put_time_of_day(in_day);
    spelled.put(':');
    spelled.put_two_digits(in_day / seconds{1} % 60);
    if (how.has_milliseconds) {
        spelled.put('.');
        spelled.put(static_cast<char>('0' + in_day.count() / 100 % 10));
        spelled.put_two_digits(in_day.count() % 100);
    }
    spelled.put(how.is_zulu ? "Z" : "-06:00");
    out += spelled.view();
}

void append_date(std::string &out, moment at) {
    spelled_time spelled;
    spelled.put_date(floor<days>(at + local_offset));
    out += spelled.view();
}

void append_local_time_of_day(std::string &out, moment at) {
    const moment local = at + local_offset;
    spelled_time spelled;
    spelled.put_time_of_day(local - floor<days>(local));
    out += spelled.view();
}

moment at_work(moment at, dice &random) noexcept {
    const moment local = at + local_offset;
    const sys_days date = floor<days>(local);
    const auto in_day = local - date;
    const bool is_open = in_day >= hours{9} && in_day < hours{20} && weekday{date} != Sunday;
    if (is_open || random.chance(40'000)) {
        return at;
    }
    return next_morning(local, random) - local_offset;
}

} // namespace pgcrm::gen
