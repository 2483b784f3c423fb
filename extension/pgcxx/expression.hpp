// An SQL expression that somebody else wrote, on its way into a statement of ours.
//
// The server's own parser has read it whole: it is one expression, so it can neither end the
// statement nor begin another clause, and holds no query and no parameter, so it speaks of the
// columns around it alone.  What its functions do is another matter: run it as somebody who may.
#pragma once

#include "pgcxx/guard.hpp"
#include "pgcxx/statement.hpp"

namespace pgcxx {

class expression {
public:
    // None when the text is something else. What cannot be parsed at all is the server's 42601.
    static std::optional<expression> parse(std::string_view text) {
        detail::check_sql_text(text);
        expression read{std::string(text)};
        return read.is_one() ? std::optional(std::move(read)) : std::nullopt;
    }
    const std::string &text() const noexcept { return text_; }

    // Whether it speaks of a column of that name.
    bool names(std::string_view column) const {
        const List *const parsed = call(raw_parser, text_.c_str(), RAW_PARSE_PLPGSQL_EXPR);
        auto *const whole = castNode(SelectStmt, linitial_node(RawStmt, parsed)->stmt);
        auto *const target = linitial_node(ResTarget, whole->targetList);
        auto *const wanted =
            const_cast<std::string_view *>(&column); // which the server's walkers hand on as it is
        return island([target, wanted] { return names_column(target->val, wanted); });
    }

private:
    explicit expression(std::string text) : text_(std::move(text)) {}

    // PL/pgSQL's form of a SELECT, where clauses may follow the expression: there must be none.
    bool is_one() const {
        const List *const parsed = call(raw_parser, text_.c_str(), RAW_PARSE_PLPGSQL_EXPR);
        auto *const whole = castNode(SelectStmt, linitial_node(RawStmt, parsed)->stmt);
        if (list_length(whole->targetList) != 1 || whole->distinctClause || whole->fromClause ||
            whole->whereClause || whole->groupClause || whole->havingClause || whole->windowClause ||
            whole->sortClause || whole->limitOffset || whole->limitCount || whole->lockingClause)
            return false;
        auto *const target = linitial_node(ResTarget, whole->targetList);
        return !target->name && !target->indirection &&
               !island([target] { return holds_more(target->val, nullptr); });
    }

    static bool holds_more(Node *node, void *context) {
        if (!node)
            return false;
        if (IsA(node, SubLink) || IsA(node, ParamRef) || IsA(node, SetToDefault))
            return true;
        return server::walk_raw_tree(node, holds_more, context);
    }

    static bool names_column(Node *node, void *wanted) {
        if (!node)
            return false;
        if (IsA(node, ColumnRef)) {
            auto *const name = static_cast<Node *>(llast(castNode(ColumnRef, node)->fields));
            return IsA(name, String) && *static_cast<const std::string_view *>(wanted) == strVal(name);
        }
        return server::walk_raw_tree(node, names_column, wanted);
    }

    std::string text_;
};

// In parentheses; the line's end ends a comment that the expression may end with.
inline statement &statement::operator<<(const expression &read) {
    append("(");
    append(read.text());
    return append("\n)");
}

} // namespace pgcxx
