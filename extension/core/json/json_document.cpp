// Stage one of simdjson gives the offset of every token: each bracket, colon and comma, and
// the first byte of each string, number and literal. It has checked UTF-8, that strings end,
// and that no raw control character is in them. Between a token and the next there is, after the
// token itself, only white space; a token that is not exactly what it should be is rejected.
#include "core/json/json_document.hpp"

#include "core/text/number.hpp"
#include "core/text/quoting.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <new>
#include <optional>

#include <simdjson.h>

namespace pgcrm {

namespace {

using token_finder = simdjson::internal::dom_parser_implementation;

constexpr bool is_json_blank(char c) noexcept { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string at_offset(std::size_t offset) { return " at offset " + std::to_string(offset); }

// Of a text that simdjson found to be no UTF-8: where the first bad sequence starts.
std::size_t offset_of_bad_utf8(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    std::size_t at = 0;
    while (at < text.size()) {
        const unsigned first = byte(at), second = byte(at + 1);
        if (first < 0x80)
            at += 1;
        else if (first >= 0xC2 && first <= 0xDF && continues(at + 1))
            at += 2;
        else if (first >= 0xE0 && first <= 0xEF && continues(at + 1) && continues(at + 2) &&
                 !(first == 0xE0 && second < 0xA0) && !(first == 0xED && second > 0x9F))
            at += 3;
        else if (first >= 0xF0 && first <= 0xF4 && continues(at + 1) && continues(at + 2) &&
                 continues(at + 3) && !(first == 0xF0 && second < 0x90) && !(first == 0xF4 && second > 0x8F))
            at += 4;
        else
            break;
    }
    return at;
}

// Of a text in which simdjson found a string that does not end, or a control character in a string.
std::string string_problem(std::string_view text) {
    std::size_t start = 0;
    bool is_inside = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\') {
            ++at;
        } else if (c == '"') {
            is_inside = !is_inside;
            start = at;
        } else if (is_inside && static_cast<unsigned char>(c) < 0x20) {
            return "expected no control character in a string, found one" + at_offset(at);
        }
    }
    return "expected the end of the string that begins" + at_offset(start);
}

std::string token_problem(simdjson::error_code error, std::string_view body) {
    switch (error) {
    case simdjson::EMPTY:
        return "expected JSON, not a blank body";
    case simdjson::UTF8_ERROR:
        return "expected UTF-8, found other bytes" + at_offset(offset_of_bad_utf8(body));
    case simdjson::UNESCAPED_CHARS:
    case simdjson::UNCLOSED_STRING:
        return string_problem(body);
    default:
        return std::string("expected JSON: ") + simdjson::error_message(error);
    }
}

// Collects what the server cannot store; a body full of such values is not worth listing in full.
class value_problems {
public:
    explicit value_problems(std::vector<std::string> &list) : list_(list) {}

    void add(std::string problem) {
        constexpr std::size_t most = 16;
        if (++count_ < most)
            list_.push_back(std::move(problem));
        else if (count_ == most)
            list_.emplace_back("and more values that PostgreSQL cannot store");
    }

private:
    std::vector<std::string> &list_;
    std::size_t count_ = 0;
};

std::optional<std::uint32_t> hex_digits(std::string_view text) noexcept {
    if (text.size() < 4)
        return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text.substr(0, 4)) {
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0)
            return std::nullopt;
        value = value << 4 | static_cast<std::uint32_t>(digit);
    }
    return value;
}

char *write_utf8(char *out, std::uint32_t code) noexcept {
    const auto put = [&](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
    return out;
}

constexpr bool is_high_surrogate(std::uint32_t code) noexcept { return code >= 0xD800 && code <= 0xDBFF; }
constexpr bool is_low_surrogate(std::uint32_t code) noexcept { return code >= 0xDC00 && code <= 0xDFFF; }

// Replaces the escapes of one string. Never writes more than it has read.
class unescaper {
public:
    // `raw` is what stands between the quotes, at `offset` of the body.
    unescaper(std::string_view raw, std::size_t offset, value_problems &problems)
        : raw_(raw), offset_(offset), problems_(problems) {}

    // None when an escape is none that JSON has; `bad_escape_at` says where.
    std::optional<std::string_view> write_to(char *out) {
        char *const begin = out;
        while (at_ < raw_.size()) {
            const std::size_t stop = std::min(raw_.find('\\', at_), raw_.size());
            out = std::copy(raw_.data() + at_, raw_.data() + stop, out);
            at_ = stop;
            if (at_ < raw_.size() && !take_escape(out))
                return std::nullopt;
        }
        return std::string_view(begin, static_cast<std::size_t>(out - begin));
    }

    std::size_t bad_escape_at() const noexcept { return offset_ + at_; }

private:
    bool take_escape(char *&out) {
        constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
        const char letter = at_ + 1 < raw_.size() ? raw_[at_ + 1] : '\0';
        if (letter == 'u')
            return take_code(out);
        const std::size_t found = letters.find(letter);
        if (found == std::string_view::npos)
            return false;
        *out++ = meanings[found];
        at_ += 2;
        return true;
    }

    // \uXXXX, or two of them that together are one character beyond the first 65536.
    bool take_code(char *&out) {
        const std::optional<std::uint32_t> code = hex_digits(raw_.substr(at_ + 2));
        if (!code)
            return false;
        std::size_t size = 6;
        std::uint32_t character = *code;
        if (is_high_surrogate(*code) && raw_.substr(at_ + 6, 2) == "\\u") {
            const std::optional<std::uint32_t> low = hex_digits(raw_.substr(at_ + 8));
            if (low && is_low_surrogate(*low)) {
                character = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
                size = 12;
            }
        }
        out = write_utf8(out, storable(character));
        at_ += size;
        return true;
    }

    std::uint32_t storable(std::uint32_t character) {
        constexpr std::uint32_t replacement = 0xFFFD;
        if (character == 0)
            problems_.add("expected text without \"\\u0000\", found one" + at_offset(offset_ + at_));
        else if (is_high_surrogate(character) || is_low_surrogate(character))
            problems_.add("expected a pair of surrogates" + at_offset(offset_ + at_) + ", not one alone");
        else
            return character;
        return replacement;
    }

    std::string_view raw_;
    std::size_t offset_;
    value_problems &problems_;
    std::size_t at_ = 0;
};

// Finds out whether the strings of a body, asked for in their order, have escapes: one search
// through the body for all of them.
class escape_search {
public:
    explicit escape_search(std::string_view body) noexcept : body_(body), next_(find_from(0)) {}

    bool has_any(std::size_t begin, std::size_t end) noexcept {
        if (next_ < begin)
            next_ = find_from(begin);
        return next_ < end;
    }

private:
    std::size_t find_from(std::size_t at) const noexcept {
        const void *found = std::memchr(body_.data() + at, '\\', body_.size() - at);
        return found ? static_cast<std::size_t>(static_cast<const char *>(found) - body_.data())
                     : body_.size();
    }

    std::string_view body_;
    std::size_t next_;
};

} // namespace

// Memory that serves one body after the other. All of it grows with the largest body seen,
// and is given back when a small one follows a large one.
struct json_document::state {
    json_limits limits;
    std::unique_ptr<token_finder> finder;
    std::unique_ptr<char[]> padded; // simdjson wants a body that can be read beyond its end
    std::size_t capacity = 0;       // of both, in bytes of body
    std::unique_ptr<json_node[]> nodes;
    std::size_t node_capacity = 0;
    std::size_t node_count = 0;
    std::vector<std::uint32_t> open; // the containers around the place of the walk, outermost first

    explicit state(json_limits wanted)
        : limits{std::min(wanted.max_size, largest_body_size), std::min(wanted.max_depth, largest_depth)} {
        open.reserve(limits.max_depth);
    }

    void make_room_for_body(std::size_t size);
    void make_room_for_nodes(std::size_t count);
    simdjson::error_code find_tokens(std::string_view body);
};

namespace {

// Whether memory of `capacity` units is too small for `size`, or out of proportion to it.
constexpr bool is_ill_sized(std::size_t capacity, std::size_t size, std::size_t kept) noexcept {
    return capacity < size || (capacity > kept && size <= kept);
}

} // namespace

void json_document::state::make_room_for_body(std::size_t size) {
    constexpr std::size_t least = 4096, kept = std::size_t{256} << 10;
    if (!is_ill_sized(capacity, size, kept))
        return;
    capacity = 0;
    finder.reset();
    padded.reset();
    const std::size_t wanted = std::bit_ceil(std::max(size, least));
    padded = std::make_unique_for_overwrite<char[]>(wanted + simdjson::SIMDJSON_PADDING);
    // Its own depth is of its second stage, which is not used.
    const simdjson::error_code error =
        simdjson::get_active_implementation()->create_dom_parser_implementation(wanted, 1, finder);
    if (error != simdjson::SUCCESS)
        throw std::bad_alloc();
    capacity = wanted;
}

void json_document::state::make_room_for_nodes(std::size_t count) {
    constexpr std::size_t least = 512, kept = std::size_t{64} << 10;
    if (!is_ill_sized(node_capacity, count, kept))
        return;
    node_capacity = 0;
    nodes.reset();
    const std::size_t wanted = std::bit_ceil(std::max(count, least));
    nodes = std::make_unique_for_overwrite<json_node[]>(wanted);
    node_capacity = wanted;
}

simdjson::error_code json_document::state::find_tokens(std::string_view body) {
    make_room_for_body(body.size());
    std::memcpy(padded.get(), body.data(), body.size());
    std::memset(padded.get() + body.size(), ' ', simdjson::SIMDJSON_PADDING);
    return finder->stage1(reinterpret_cast<const std::uint8_t *>(padded.get()), body.size(),
                          simdjson::stage1_mode::regular);
}

namespace {

// The walk over the tokens. A function that takes something returns false after it has
// reported a fault of the grammar, which ends the walk.
class walk {
public:
    walk(std::string_view body, std::span<const std::uint32_t> tokens, json_node *nodes,
         std::vector<std::uint32_t> &open, const json_limits &limits, std::pmr::memory_resource &arena,
         std::vector<std::string> &problems)
        : body_(body), tokens_(tokens), nodes_(nodes), open_(open), limits_(limits), arena_(arena),
          problems_(problems), unstorable_(problems), escapes_(body) {}

    bool run() {
        open_.clear();
        if (!take_value())
            return false;
        while (!open_.empty())
            if (!(nodes_[open_.back()].kind == json_kind::object ? take_member() : take_element()))
                return false;
        return token_ == tokens_.size() || fail("expected nothing after the value");
    }

    std::size_t node_count() const noexcept { return count_; }

private:
    std::size_t offset() const noexcept { return token_ < tokens_.size() ? tokens_[token_] : body_.size(); }

    // No token begins with a NUL that anything here asks for.
    char peek() const noexcept { return token_ < tokens_.size() ? body_[tokens_[token_]] : '\0'; }

    // From the token to the next one, without the white space between.
    std::string_view token_text() const noexcept {
        const std::size_t begin = tokens_[token_];
        std::size_t end = token_ + 1 < tokens_.size() ? tokens_[token_ + 1] : body_.size();
        while (end > begin && is_json_blank(body_[end - 1]))
            --end;
        return body_.substr(begin, end - begin);
    }

    [[gnu::cold]] bool fail(std::string_view expected) {
        std::string problem = std::string(expected) + at_offset(offset());
        problem += ", not ";
        problem += token_ < tokens_.size() ? in_quotes(token_text()) : "the end of the body";
        problems_.push_back(std::move(problem));
        return false;
    }

    void add_node(json_kind kind, std::string_view text) noexcept {
        nodes_[count_] = {kind, static_cast<std::uint32_t>(count_ + 1), text};
        ++count_;
    }

    bool take_member() {
        if (peek() == '}')
            return close();
        if (!is_first_) {
            if (peek() != ',')
                return fail(R"(expected "," or "}")");
            ++token_;
        }
        if (peek() != '"')
            return fail("expected a key");
        if (!take_string(json_kind::key))
            return false;
        if (peek() != ':')
            return fail(R"(expected ":")");
        ++token_;
        return take_value();
    }

    bool take_element() {
        if (peek() == ']')
            return close();
        if (!is_first_) {
            if (peek() != ',')
                return fail(R"(expected "," or "]")");
            ++token_;
        }
        return take_value();
    }

    bool take_value() {
        is_first_ = false;
        switch (peek()) {
        case '{':
            return open(json_kind::object);
        case '[':
            return open(json_kind::array);
        case '"':
            return take_string(json_kind::string);
        case 't':
            return take_literal(json_kind::boolean, "true");
        case 'f':
            return take_literal(json_kind::boolean, "false");
        case 'n':
            return take_literal(json_kind::null, "null");
        case '\0':
            return fail("expected a value");
        default:
            return take_number();
        }
    }

    bool open(json_kind kind) {
        if (open_.size() >= limits_.max_depth) {
            problems_.push_back("expected at most " + std::to_string(limits_.max_depth) +
                                " levels of objects and arrays, found another" + at_offset(offset()));
            return false;
        }
        open_.push_back(static_cast<std::uint32_t>(count_));
        add_node(kind, body_.substr(tokens_[token_]));
        ++token_;
        is_first_ = true;
        return true;
    }

    bool close() {
        json_node &container = nodes_[open_.back()];
        container.next = static_cast<std::uint32_t>(count_);
        container.text.remove_suffix(body_.size() - tokens_[token_] -
                                     1); // since open() it went to the body's end
        open_.pop_back();
        ++token_;
        is_first_ = false;
        return true;
    }

    bool take_literal(json_kind kind, std::string_view wanted) {
        const std::string_view text = token_text();
        if (text != wanted)
            return fail("expected a value");
        add_node(kind, text);
        ++token_;
        return true;
    }

    bool take_number() {
        const std::string_view text = token_text();
        const std::optional<number_parts> number = parse_number(text);
        if (!number)
            return fail("expected a value");
        const bool fits = !may_be_out_of_range(text, *number) || check_range(*number);
        add_node(json_kind::number, fits && !is_plain(text, *number) ? plain_text(*number) : text);
        ++token_;
        return true;
    }

    // A body is read again from what the server has stored, which keeps no exponents; it says the same then.
    std::string_view plain_text(const number_parts &number) {
        const auto size = static_cast<std::size_t>(plain_size(number));
        char *const text = static_cast<char *>(arena_.allocate(size, 1));
        write_plain(number, text);
        return {text, size};
    }

    // A number without exponent and of moderate length fits in any case.
    static bool may_be_out_of_range(std::string_view text, const number_parts &number) noexcept {
        return number.exponent != 0 || text.size() > 1000;
    }

    // The sum keeps short spellings such as 1e131071 from becoming texts that the server
    // can store but never print, and so never dump.
    bool check_range(const number_parts &number) {
        if (!fits_numeric(number)) {
            unstorable_.add("expected a number that PostgreSQL can hold" + at_offset(offset()) + ", not " +
                            shortened(token_text()));
            return false;
        }
        const bool was_within = plain_size_ <= limits_.max_size;
        plain_size_ += static_cast<std::size_t>(plain_size(number));
        if (was_within && plain_size_ > limits_.max_size)
            unstorable_.add("expected numbers that take at most " + std::to_string(limits_.max_size) +
                            " characters without exponents, found more" + at_offset(offset()));
        return plain_size_ <= limits_.max_size;
    }

    bool take_string(json_kind kind) {
        const std::string_view token = token_text();
        if (token.size() < 2 || token.back() != '"')
            return fail("expected a value");
        const std::string_view raw = token.substr(1, token.size() - 2);
        const std::size_t begin = tokens_[token_] + std::size_t{1};
        if (escapes_.has_any(begin, begin + raw.size()))
            return take_escaped_string(kind, raw, begin);
        add_node(kind, raw);
        ++token_;
        return true;
    }

    bool take_escaped_string(json_kind kind, std::string_view raw, std::size_t begin) {
        unescaper escapes(raw, begin, unstorable_);
        const auto text = escapes.write_to(static_cast<char *>(arena_.allocate(raw.size(), 1)));
        if (!text) {
            problems_.push_back("expected an escape that JSON knows" + at_offset(escapes.bad_escape_at()));
            return false;
        }
        add_node(kind, *text);
        ++token_;
        return true;
    }

    const std::string_view body_;
    const std::span<const std::uint32_t> tokens_;
    json_node *const nodes_; // room for one node a token
    std::vector<std::uint32_t> &open_;
    const json_limits &limits_;
    std::pmr::memory_resource &arena_;
    std::vector<std::string> &problems_;
    value_problems unstorable_;
    escape_search escapes_;
    std::size_t token_ = 0;
    std::size_t count_ = 0;
    std::size_t plain_size_ = 0;
    bool is_first_ = false; // the innermost container was opened just now
};

std::optional<std::string> body_problem(std::string_view body, const json_limits &limits) {
    if (body.empty())
        return "expected JSON, not an empty body";
    if (body.size() > limits.max_size)
        return "body is " + std::to_string(body.size()) + " bytes, more than " +
               std::to_string(limits.max_size);
    if (body.starts_with("\xEF\xBB\xBF"))
        return "expected JSON, not a byte order mark";
    return std::nullopt;
}

} // namespace

json_document::json_document(json_limits limits) : state_(std::make_unique<state>(limits)) {}

json_document::~json_document() = default;

bool json_document::read(std::string_view body, std::pmr::memory_resource &arena,
                         std::vector<std::string> &problems) {
    state &s = *state_;
    s.node_count = 0;
    if (std::optional<std::string> problem = body_problem(body, s.limits)) {
        problems.push_back(std::move(*problem));
        return false;
    }
    if (const simdjson::error_code error = s.find_tokens(body)) {
        problems.push_back(token_problem(error, body));
        return false;
    }
    const std::span<const std::uint32_t> tokens(s.finder->structural_indexes.get(),
                                                s.finder->n_structural_indexes);
    s.make_room_for_nodes(tokens.size());
    walk over(body, tokens, s.nodes.get(), s.open, s.limits, arena, problems);
    if (!over.run())
        return false;
    s.node_count = over.node_count();
    return true;
}

std::span<const json_node> json_document::nodes() const noexcept {
    return {state_->nodes.get(), state_->node_count};
}

} // namespace pgcrm
