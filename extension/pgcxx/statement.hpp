// SQL text that cannot be made of names by accident.
//
// Text comes from string literals of the source only; a std::string does not go
// in.  What is not known at compile time goes in as an identifier, a literal, a
// number, or better as a parameter ($1).
//
//   statement sql;
//   sql << "delete from " << identifier{account, "pending"} << " where lead_id = any ($1)";
#pragma once

#include "pgcxx/error.hpp"

namespace pgcxx {
namespace detail {

inline void check_sql_text(std::string_view text) {
    if (text.find('\0') != text.npos)
        throw error(ERRCODE_CHARACTER_NOT_IN_REPERTOIRE, "text contains a zero byte");
}

inline void check_name(std::string_view name) {
    check_sql_text(name);
    if (name.empty())
        throw error(ERRCODE_INVALID_NAME, "a name must not be empty");
    if (name.size() >= NAMEDATALEN) // the server would cut it and use another name
        throw error(ERRCODE_NAME_TOO_LONG, "name \"" + std::string(name) + "\" is too long");
}

// `text` between two quotes, with the quotes inside doubled.
inline void append_quoted(std::string &to, std::string_view text, char quote) {
    to += quote;
    for (char c : text) {
        if (c == quote)
            to += quote;
        to += c;
    }
    to += quote;
}

} // namespace detail

// A name, qualified or not: identifier{"office_a", "stage"}.  Always quoted, so that no
// list of keywords is needed.
class identifier {
public:
    identifier(std::initializer_list<std::string_view> parts) {
        for (std::string_view part : parts) {
            detail::check_name(part);
            if (!text_.empty())
                text_ += '.';
            detail::append_quoted(text_, part, '"');
        }
        if (text_.empty())
            throw error(ERRCODE_INVALID_NAME, "a name must not be empty");
    }
    const std::string &text() const noexcept { return text_; }

private:
    std::string text_;
};

// A text constant, whatever standard_conforming_strings says.
class literal {
public:
    explicit literal(std::string_view value) {
        detail::check_sql_text(value);
        bool const has_backslash = value.find('\\') != value.npos;
        if (has_backslash)
            text_ += " E"; // the space keeps the E from joining a word before it
        std::size_t const start = text_.size();
        detail::append_quoted(text_, value, '\'');
        if (has_backslash)
            double_backslashes(start);
    }
    const std::string &text() const noexcept { return text_; }

private:
    void double_backslashes(std::size_t from) {
        for (std::size_t at = text_.find('\\', from); at != text_.npos; at = text_.find('\\', at + 2))
            text_.insert(at, 1, '\\');
    }
    std::string text_;
};

// A string literal of the source: its constructor runs in the compiler, so that
// nothing made at run time can become one.
class sql_literal {
public:
    template <std::size_t N> consteval sql_literal(const char (&chars)[N]) : text_(chars), size_(N - 1) {}

    constexpr const char *c_str() const noexcept { return text_; }
    constexpr std::string_view view() const noexcept { return {text_, size_}; }

private:
    const char *text_;
    std::size_t size_;
};

class expression; // pgcxx/expression.hpp

class statement {
public:
    statement() = default;
    statement(sql_literal text) : text_(text.view()) {}

    statement &operator<<(sql_literal text) { return append(text.view()); }
    statement &operator<<(const identifier &name) { return append(name.text()); }
    statement &operator<<(const expression &read);
    statement &operator<<(const literal &value) { return append(value.text()); }
    statement &operator<<(const statement &part) { return append(part.text()); }
    template <std::integral Number>
    requires(!std::same_as<Number, bool> && !std::same_as<Number, char>) statement &
    operator<<(Number number) {
        // a bare minus after an operator would make another operator, or a comment
        return number < 0 ? append("(" + std::to_string(number) + ")") : append(std::to_string(number));
    }

    // The parts with `separator` between them: columns of a list, conditions of a where.
    template <class Parts> statement &join(sql_literal separator, const Parts &parts) {
        bool first = true;
        for (const auto &part : parts) {
            if (!first)
                *this << separator;
            *this << part;
            first = false;
        }
        return *this;
    }

    const std::string &text() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }

private:
    statement &append(std::string_view text) {
        text_ += text;
        return *this;
    }
    std::string text_;
};

// What is taken where SQL is run: a literal or a statement, never a std::string.
// Refers to its source, so it is a parameter type only.
class sql_text {
public:
    template <std::size_t N> consteval sql_text(const char (&chars)[N]) : text_(chars) {}
    sql_text(const statement &built) noexcept : text_(built.text().c_str()) {}

    const char *c_str() const noexcept { return text_; }

private:
    const char *text_;
};

} // namespace pgcxx
