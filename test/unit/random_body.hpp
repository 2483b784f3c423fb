// The example bodies, changed as an input of a fuzzer chooses: values, bytes and pieces.
#pragma once

#include "nocrm_examples.hpp"
#include "random_mapping.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace pgcrm::fuzz {

// What a value is replaced with: the edges of what the types and cleaners take.
inline constexpr std::array<std::string_view, 52> values{
    "null",
    "true",
    "false",
    "0",
    "-1",
    "5.0",
    "12.345",
    "1e400",
    "1e3",
    "1E+0",
    "1.2345e10",
    "12.50e1",
    "125e-1",
    "0e-3",
    "-0",
    "-0.00",
    "-0e5",
    "1.50",
    "202.0",
    "1.5E-2",
    "9223372036854775808",
    "-9223372036854775808",
    "2147483648",
    "999999999999999.995",
    "\"\"",
    "\" \"",
    "\"007\"",
    "\"+52 (55) 01\"",
    "\"12,5 %\"",
    "\"-12.5\\u00a0%\"",
    "\"1e131072\"",
    "\"yes\"",
    "\" OFF\"",
    "\"9/1/2026\"",
    "\"31.12.2199 23:59\"",
    "\"2026/1/9 10:00:00.5+01\"",
    "\"2026-01-09T18:40:60Z\"",
    "\"1969-12-31T23:59:59Z\"",
    "\"2026-02-30\"",
    "\"lead.step.changed\"",
    "\"lead.\"",
    "\"account.step.deleted\"",
    "\"standby\"",
    "\"WON\"",
    "\"a/b~c\"",
    "\"\\u0000\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "[]",
    "{}",
    "[[[{\"id\":1}]]]",
    "{\"id\":7,\"name\":\"x\",\"email\":\"A@B.c\",\"id\":8}"};

class body_maker {
public:
    explicit body_maker(choices &from) : from_(from), body_(from.one_of(nocrm_examples::all)) {}

    std::string make() {
        for (int changes = 0; changes < 64 && !from_.at_end() && !body_.empty(); ++changes)
            change();
        return body_;
    }

private:
    void change() {
        switch (from_.below(8)) {
        case 0:
            return change_byte();
        case 1:
            return remove_piece();
        case 2:
            return repeat_piece();
        case 3:
            body_.insert(from_.wide_below(body_.size() + 1), value());
            return;
        case 4:
            body_.resize(from_.wide_below(body_.size() + 1));
            return;
        default:
            return change_value();
        }
    }

    void change_byte() { body_[from_.wide_below(body_.size())] = static_cast<char>(from_.below(256)); }

    void remove_piece() {
        const std::size_t begin = from_.wide_below(body_.size());
        body_.erase(begin, from_.below(64) + 1);
    }

    void repeat_piece() {
        const std::size_t begin = from_.wide_below(body_.size());
        body_.insert(from_.wide_below(body_.size() + 1), body_.substr(begin, from_.below(256)));
    }

    // What stands between one of the colons and the comma or bracket after it.
    void change_value() {
        const auto colons = std::count(body_.begin(), body_.end(), ':');
        if (colons == 0)
            return;
        std::size_t at = 0;
        for (std::size_t skip = from_.below(static_cast<std::size_t>(colons)) + 1; skip > 0; --skip)
            at = body_.find(':', at) + 1;
        const std::size_t end = std::min(body_.find_first_of(",}]", at), body_.size());
        body_.replace(at, end - at, value());
    }

    std::string value() {
        if (from_.chance(16))
            return '"' + std::string(from_.wide_below(600), 'x') + '"';
        return std::string(from_.one_of(values));
    }

    choices &from_;
    std::string body_;
};

} // namespace pgcrm::fuzz
