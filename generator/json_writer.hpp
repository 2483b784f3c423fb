// Writes JSON members one after another into a buffer. Strings come escaped (text.hpp);
// commas are its business, the order is the caller's.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pgcrm::gen {

inline void append_number(std::string &out, std::int64_t number) {
    char digits[20];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

class json_writer {
public:
    explicit json_writer(std::string &out) : out_(out) {}

    void open() { out_ += '{'; }
    void open(std::string_view key) {
        name(key);
        out_ += '{';
    }
    void close() { out_ += '}'; }

    void name(std::string_view key) {
        if (out_.back() != '{') {
            out_ += ',';
        }
        out_ += '"';
        out_ += key;
        out_ += "\":";
    }

    void string(std::string_view key, std::string_view escaped) {
        begin_string(key);
        out_ += escaped;
        end_string();
    }
    void begin_string(std::string_view key) {
        name(key);
        out_ += '"';
    }
    void end_string() { out_ += '"'; }

    void number(std::string_view key, std::int64_t value) {
        name(key);
        append_number(out_, value);
    }
    void boolean(std::string_view key, bool value) { raw(key, value ? "true" : "false"); }
    void null(std::string_view key) { raw(key, "null"); }
    void raw(std::string_view key, std::string_view json) {
        name(key);
        out_ += json;
    }

    // 245000000 hundredths to 2450000.0, as the CRM writes its numbers.
    void hundredths(std::string_view key, std::int64_t value) {
        number(key, value / 100);
        out_ += '.';
        const auto rest = static_cast<char>(value % 100);
        out_ += static_cast<char>('0' + rest / 10);
        if (rest % 10 != 0) {
            out_ += static_cast<char>('0' + rest % 10);
        }
    }

private:
    std::string &out_;
};

} // namespace pgcrm::gen
