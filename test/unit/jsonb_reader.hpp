// Reads the image of a jsonb as the server does, with every step checked: entries, offsets, order of keys,
// digits of numbers. What comes out is compared with the text that the image was made of.
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::test {

class jsonb_reader {
public:
    // Numbers come out as texts: their digits of base 10000, and the scale. Throws std::runtime_error when
    // something is wrong.
    static nlohmann::json read(std::string_view image) { return read(image, as_text); }

    // The text that the server prints, but for the order of keys and for blanks.
    static std::string print(std::string_view image) {
        std::string text;
        print(read(image, apart_from_texts), text);
        return text;
    }

private:
    using json = nlohmann::json;
    using number_maker = json (*)(const std::string &digits);

    static json as_text(const std::string &digits) { return digits; }
    static json apart_from_texts(const std::string &digits) {
        return json::binary({digits.begin(), digits.end()});
    }

    static json read(std::string_view image, number_maker number) {
        check(image.size() >= 8 && word_at(image, 0) == image.size() << 2, "length word");
        return read_container(image, 4, image.size(), number);
    }

    static void print(const json &value, std::string &to) {
        if (value.is_binary()) {
            const json::binary_t &number = value.get_binary();
            to += printed_number(std::string(number.begin(), number.end()));
        } else if (value.is_array()) {
            to += '[';
            for (const json &item : value) {
                to += to.back() == '[' ? "" : ",";
                print(item, to);
            }
            to += ']';
        } else if (value.is_object()) {
            to += '{';
            for (const auto &[key, item] : value.items()) {
                to += (to.back() == '{' ? "" : ",") + json(key).dump() + ':';
                print(item, to);
            }
            to += '}';
        } else {
            to += value.dump();
        }
    }

    // "-0012e0 5000e-4 |2" as -12.50.
    static std::string printed_number(const std::string &digits) {
        const bool is_negative = digits.front() == '-';
        const int scale = std::stoi(digits.substr(digits.find('|') + 1));
        std::map<int, std::string> groups; // by weight, in fours
        int highest = 0;
        for (std::size_t at = is_negative ? 1 : 0; digits[at] != '|'; at = digits.find(' ', at) + 1) {
            const int weight = std::stoi(digits.substr(at + 5)) / 4;
            groups[weight] = digits.substr(at, 4);
            highest = std::max(highest, weight);
        }
        const auto group = [&](int weight) { return groups.contains(weight) ? groups[weight] : "0000"; };
        std::string whole, fraction;
        for (int weight = highest; weight >= 0; --weight)
            whole += group(weight);
        for (int weight = -1; static_cast<int>(fraction.size()) < scale; --weight)
            fraction += group(weight);
        whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
        fraction.resize(static_cast<std::size_t>(scale));
        return (is_negative ? "-" : "") + whole + (scale > 0 ? "." : "") + fraction;
    }

    static void check(bool holds, const char *what) {
        if (!holds)
            throw std::runtime_error(what);
    }

    static std::uint32_t word_at(std::string_view image, std::size_t at) {
        check(at + 4 <= image.size(), "word beyond the end");
        std::uint32_t word = 0;
        std::memcpy(&word, image.data() + at, sizeof word);
        return word;
    }

    // Where the value of each entry ends, counted from the first value.
    static std::vector<std::size_t> ends_of(std::string_view image, std::size_t entries, std::size_t count) {
        std::vector<std::size_t> ends;
        std::size_t end = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint32_t entry = word_at(image, entries + 4 * i);
            check(((entry & 0x80000000) != 0) == (i % 32 == 0),
                  "an offset where a length belongs, or the reverse");
            const std::size_t field = entry & 0x0FFFFFFF;
            end = i % 32 == 0 ? field : end + field;
            check(ends.empty() || end >= ends.back(), "a value that ends before it begins");
            ends.push_back(end);
        }
        return ends;
    }

    static json read_container(std::string_view image, std::size_t begin, std::size_t end,
                               number_maker number) {
        begin = (begin + 3) / 4 * 4;
        const std::uint32_t header = word_at(image, begin);
        const std::size_t members = header & 0x0FFFFFFF;
        const bool is_object = (header & 0x20000000) != 0;
        check(is_object != ((header & 0x40000000) != 0), "neither an object nor an array");
        const std::size_t count = is_object ? 2 * members : members;
        const std::size_t first = begin + 4 + 4 * count;
        const std::vector<std::size_t> ends = ends_of(image, begin + 4, count);
        check(first + (ends.empty() ? 0 : ends.back()) == end, "a container of another size than its values");
        const auto value = [&](std::size_t i) {
            const std::size_t from = first + (i == 0 ? 0 : ends[i - 1]);
            return read_value(image, word_at(image, begin + 4 + 4 * i) & 0x70000000, from, first + ends[i],
                              number);
        };
        json result = is_object ? json::object() : json::array();
        std::string last;
        for (std::size_t i = 0; i < members; ++i) {
            if (!is_object) {
                result.push_back(value(i));
                continue;
            }
            const auto key = value(i).get<std::string>();
            check(i == 0 || last.size() < key.size() || (last.size() == key.size() && last < key),
                  "keys out of order");
            result[key] = value(members + i);
            last = key;
        }
        return result;
    }

    static json read_value(std::string_view image, std::uint32_t type, std::size_t begin, std::size_t end,
                           number_maker number) {
        check(begin <= end && end <= image.size(), "a value beyond the end");
        switch (type) {
        case 0x00000000:
            return std::string(image.substr(begin, end - begin));
        case 0x10000000:
            return number(read_number(image, (begin + 3) / 4 * 4, end));
        case 0x20000000:
        case 0x30000000:
            check(begin == end, "a boolean with bytes");
            return type == 0x30000000;
        case 0x40000000:
            check(begin == end, "a null with bytes");
            return nullptr;
        default:
            check(type == 0x50000000, "an unknown type");
            return read_container(image, begin, end, number);
        }
    }

    static std::uint16_t half_at(std::string_view image, std::size_t at) {
        check(at + 2 <= image.size(), "digit beyond the end");
        std::uint16_t half = 0;
        std::memcpy(&half, image.data() + at, sizeof half);
        return half;
    }

    // "-0012.50|2": sign, digits before and after the point, scale.
    static std::string read_number(std::string_view image, std::size_t begin, std::size_t end) {
        check(word_at(image, begin) == (end - begin) << 2, "length word of a number");
        const std::uint16_t header = half_at(image, begin + 4);
        const bool is_short = (header & 0x8000) != 0;
        const std::size_t digits = begin + (is_short ? 6 : 8);
        const int scale = is_short ? (header & 0x1F80) >> 7 : header & 0x3FFF;
        const bool is_negative = (header & (is_short ? 0x2000 : 0x4000)) != 0;
        int weight = is_short ? (header & 0x3F) - (header & 0x40)
                              : static_cast<std::int16_t>(half_at(image, begin + 6));
        std::string text;
        for (std::size_t at = digits; at < end; at += 2, --weight) {
            const std::uint16_t digit = half_at(image, at);
            check(digit < 10000 && (digit != 0 || (at != digits && at + 2 != end)),
                  "a digit that is none, or a zero at an end");
            text += std::to_string(10000 + digit).substr(1) + "e" + std::to_string(4 * weight) + " ";
        }
        return (is_negative ? "-" : "") + text + "|" + std::to_string(scale);
    }
};

} // namespace pgcrm::test
