// Civil dates by Howard Hinnant's algorithm (eras of 400 years that begin in March),
// and a reader of ISO 8601 times that knows exactly the forms named in the header.
#include "core/text/instant.hpp"

#include "core/text/ascii.hpp"

#include <array>
#include <charconv>
#include <cstddef>

namespace pgcrm {

namespace {

constexpr std::int64_t a_second = 1'000'000; // in microseconds
constexpr std::int64_t seconds_of_a_day = 86'400;

// Takes a text apart from the left; after a failure every further answer is of no meaning.
class reader {
public:
    explicit reader(std::string_view text) noexcept : rest_(text) {}

    bool at_end() const noexcept { return rest_.empty(); }

    bool has_digit() const noexcept { return !rest_.empty() && is_digit(rest_.front()); }

    bool skip(char wanted) noexcept {
        if (rest_.empty() || rest_.front() != wanted)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    // A number of exactly `width` digits that lies between the bounds.
    bool number(std::size_t width, std::int32_t lowest, std::int32_t highest, std::int32_t &result) noexcept {
        if (rest_.size() < width)
            return false;
        std::int32_t value = 0;
        for (std::size_t i = 0; i < width; ++i) {
            if (!is_digit(rest_[i]))
                return false;
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(width);
        result = value;
        return value >= lowest && value <= highest;
    }

    // A number of one or two digits.
    bool short_number(std::int32_t &result) noexcept {
        const std::size_t width = rest_.size() > 1 && is_digit(rest_[1]) ? 2 : 1;
        return number(width, 0, 99, result);
    }

    // Digits of a fraction as microseconds, rounded half up: up to and including a whole second.
    bool fraction(std::int64_t &microseconds) noexcept {
        if (!has_digit())
            return false;
        std::int64_t value = 0;
        std::size_t digits = 0;
        for (; has_digit(); rest_.remove_prefix(1), ++digits) {
            const int digit = rest_.front() - '0';
            if (digits < 6)
                value = value * 10 + digit;
            else if (digits == 6 && digit >= 5)
                ++value;
        }
        for (; digits < 6; ++digits)
            value *= 10;
        microseconds = value;
        return true;
    }

private:
    std::string_view rest_;
};

constexpr bool is_leap_year(std::int32_t year) noexcept {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr std::int32_t days_of_month(std::int32_t year, std::int32_t month) noexcept {
    constexpr std::array<std::int32_t, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap_year(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

bool read_date(reader &text, civil_date &date) noexcept {
    return text.number(4, 1, 9999, date.year) && text.skip('-') && text.number(2, 1, 12, date.month) &&
           text.skip('-') && text.number(2, 1, days_of_month(date.year, date.month), date.day_of_month);
}

// `18:40`
bool read_minutes(reader &text, std::int64_t &microseconds) noexcept {
    std::int32_t hours = 0, minutes = 0;
    if (!(text.number(2, 0, 23, hours) && text.skip(':') && text.number(2, 0, 59, minutes)))
        return false;
    microseconds = (std::int64_t{hours} * 60 + minutes) * 60 * a_second;
    return true;
}

// `27.5`, added. Second 60 is a leap second, which counts as the second after it, as the server has it.
bool add_seconds(reader &text, std::int64_t &microseconds) noexcept {
    std::int32_t seconds = 0;
    std::int64_t fraction = 0;
    if (!text.number(2, 0, 60, seconds))
        return false;
    if (text.skip('.') && !text.fraction(fraction))
        return false;
    microseconds += seconds * a_second + fraction;
    return true;
}

bool read_time_of_day(reader &text, std::int64_t &microseconds) noexcept {
    return read_minutes(text, microseconds) && text.skip(':') && add_seconds(text, microseconds);
}

// The same, or without seconds.
bool read_short_time_of_day(reader &text, std::int64_t &microseconds) noexcept {
    return read_minutes(text, microseconds) && (!text.skip(':') || add_seconds(text, microseconds));
}

// Seconds east of Greenwich, less than 16 hours as in the server.
bool read_zone(reader &text, std::int64_t &seconds) noexcept {
    seconds = 0;
    if (text.skip('Z'))
        return true;
    const bool is_west = text.skip('-');
    if (!is_west && !text.skip('+'))
        return false;
    std::int32_t hours = 0, minutes = 0;
    if (!text.number(2, 0, 15, hours))
        return false;
    if ((text.skip(':') || text.has_digit()) && !text.number(2, 0, 59, minutes))
        return false;
    seconds = (std::int64_t{hours} * 60 + minutes) * (is_west ? -60 : 60);
    return true;
}

// Which of the three numbers of a date is which.
struct date_layout {
    std::size_t day, month, year;
};

constexpr date_layout layout_of(date_order order) noexcept {
    switch (order) {
    case date_order::dmy:
        return {0, 1, 2};
    case date_order::mdy:
        return {1, 0, 2};
    case date_order::ymd:
        break;
    }
    return {2, 1, 0};
}

bool skip_separator(reader &text, char &separator) noexcept {
    for (const char candidate : {'/', '.', '-'})
        if ((separator == '\0' || separator == candidate) && text.skip(candidate)) {
            separator = candidate;
            return true;
        }
    return false;
}

bool read_date(reader &text, date_order order, civil_date &date) noexcept {
    const date_layout layout = layout_of(order);
    std::array<std::int32_t, 3> numbers{};
    char separator = '\0';
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0 && !skip_separator(text, separator))
            return false;
        if (i == layout.year ? !text.number(4, 1, 9999, numbers[i]) : !text.short_number(numbers[i]))
            return false;
    }
    date = {numbers[layout.year], numbers[layout.month], numbers[layout.day]};
    return date.month >= 1 && date.month <= 12 && date.day_of_month >= 1 &&
           date.day_of_month <= days_of_month(date.year, date.month);
}

instant instant_of(civil_date date, std::int64_t time_of_day, std::int64_t zone) noexcept {
    const std::int64_t midnight = day_from_civil(date).number * seconds_of_a_day;
    return instant{(midnight - zone) * a_second + time_of_day};
}

char *write_number(char *out, std::int64_t number, int width) noexcept {
    for (int i = width - 1; i >= 0; --i, number /= 10)
        out[i] = static_cast<char>('0' + number % 10);
    return out + width;
}

char *write_fraction(char *out, std::int64_t microseconds) noexcept {
    if (microseconds == 0)
        return out;
    *out++ = '.';
    out = write_number(out, microseconds, 6);
    while (out[-1] == '0')
        --out;
    return out;
}

// What floor_divide leaves, without a product that might not fit.
constexpr std::int64_t floor_remainder(std::int64_t number, std::int64_t divisor) noexcept {
    return number % divisor + (number % divisor < 0 ? divisor : 0);
}

} // namespace

day day_from_civil(civil_date date) noexcept {
    const std::int64_t year = std::int64_t{date.year} - (date.month <= 2 ? 1 : 0);
    const std::int64_t era = floor_divide(year, 400);
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t month_from_march = (std::int64_t{date.month} + 9) % 12;
    const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day_of_month - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return {static_cast<std::int32_t>(era * 146'097 + day_of_era - 719'468)};
}

civil_date civil_from_day(day d) noexcept {
    const std::int64_t from_march_of_year_0 = std::int64_t{d.number} + 719'468;
    const std::int64_t era = floor_divide(from_march_of_year_0, 146'097);
    const std::int64_t day_of_era = from_march_of_year_0 - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;
    const std::int64_t day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    const std::int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    return {static_cast<std::int32_t>(year), static_cast<std::int32_t>(month),
            static_cast<std::int32_t>(day_of_month)};
}

day month_of(day d) noexcept {
    return {static_cast<std::int32_t>(std::int64_t{d.number} - civil_from_day(d).day_of_month + 1)};
}

bool is_within_bounds(instant at) noexcept {
    constexpr std::int64_t first_day_of_2200 = 84'006;
    return at.microseconds >= 0 && at.microseconds < first_day_of_2200 * seconds_of_a_day * a_second;
}

std::optional<instant> parse_instant(std::string_view text, bool zone_is_optional) noexcept {
    reader rest(text);
    civil_date date{};
    std::int64_t time_of_day = 0, zone = 0;
    if (!read_date(rest, date) || !(rest.skip('T') || rest.skip(' ')) || !read_time_of_day(rest, time_of_day))
        return std::nullopt;
    if (!(rest.at_end() && zone_is_optional) && !read_zone(rest, zone))
        return std::nullopt;
    if (!rest.at_end())
        return std::nullopt;
    return instant_of(date, time_of_day, zone);
}

std::optional<instant> parse_instant(std::string_view text, date_order order,
                                     bool zone_is_optional) noexcept {
    reader rest(text);
    civil_date date{};
    std::int64_t time_of_day = 0, zone = 0;
    if (!read_date(rest, order, date))
        return std::nullopt;
    if (!rest.at_end() && (!(rest.skip('T') || rest.skip(' ')) || !read_short_time_of_day(rest, time_of_day)))
        return std::nullopt;
    if (!(rest.at_end() && zone_is_optional) && !read_zone(rest, zone))
        return std::nullopt;
    if (!rest.at_end())
        return std::nullopt;
    return instant_of(date, time_of_day, zone);
}

std::optional<day> parse_day(std::string_view text, date_order order) noexcept {
    reader rest(text);
    civil_date date{};
    if (!read_date(rest, order, date) || !rest.at_end())
        return std::nullopt;
    return day_from_civil(date);
}

std::optional<day> parse_day(std::string_view text) noexcept {
    reader rest(text);
    civil_date date{};
    if (!read_date(rest, date) || !rest.at_end())
        return std::nullopt;
    return day_from_civil(date);
}

std::string_view write_text(instant at, instant_text &buffer) noexcept {
    const std::int64_t seconds = floor_divide(at.microseconds, a_second);
    const std::int64_t days = floor_divide(seconds, seconds_of_a_day);
    const std::int64_t second_of_day = floor_remainder(seconds, seconds_of_a_day);
    char *out = buffer.data() + write_text(day{static_cast<std::int32_t>(days)}, buffer).size();
    *out++ = 'T';
    out = write_number(out, second_of_day / 3600, 2);
    *out++ = ':';
    out = write_number(out, second_of_day / 60 % 60, 2);
    *out++ = ':';
    out = write_number(out, second_of_day % 60, 2);
    out = write_fraction(out, floor_remainder(at.microseconds, a_second));
    *out++ = 'Z';
    return {buffer.data(), static_cast<std::size_t>(out - buffer.data())};
}

std::string_view write_text(day d, instant_text &buffer) noexcept {
    const civil_date date = civil_from_day(d);
    char *out = buffer.data();
    if (date.year >= 0 && date.year <= 9999)
        out = write_number(out, date.year, 4);
    else
        out = std::to_chars(out, buffer.data() + 12, date.year).ptr;
    *out++ = '-';
    out = write_number(out, date.month, 2);
    *out++ = '-';
    out = write_number(out, date.day_of_month, 2);
    return {buffer.data(), static_cast<std::size_t>(out - buffer.data())};
}

} // namespace pgcrm
