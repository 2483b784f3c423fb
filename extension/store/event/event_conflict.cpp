#include "store/event/event_conflict.hpp"

#include "store/event/event_table.hpp"
#include "store/event/replacement_lock.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace pgcrm::store {
namespace {

using pgcxx::identifier;
using pgcxx::statement;

// The parts of an event that make up its meaning.
std::vector<json_pointer> parts_of_meaning(const stream &kind) {
    return kind.same.empty() ? std::vector<json_pointer>{json_pointer{}} : kind.same;
}

// The body of the row called `alias`.
statement body_of(const stream &kind, pgcxx::sql_literal alias) {
    return statement() << alias << "." << identifier{body_column(kind)};
}

// Whether the row sent, u, means something else than the stored one, t.
statement difference(const stream &kind) {
    std::vector<statement> parts;
    for (const json_pointer &part : parts_of_meaning(kind)) {
        const statement path = path_of(part);
        parts.push_back(statement() << "(" << body_of(kind, "t") << " #> " << path << ") is distinct from ("
                                    << body_of(kind, "u") << " #> " << path << ")");
    }
    return statement() << "(" << statement().join(" or ", parts) << ")";
}

// sha256 of what an event means; `body` is an expression of type jsonb.
statement digest_of_meaning(const stream &kind, const statement &body) {
    statement text;
    text << "sha256(convert_to(concat_ws(E'\\n'";
    for (const json_pointer &part : parts_of_meaning(kind))
        text << ", " << body << " #> " << path_of(part);
    text << "), 'UTF8'))";
    return text;
}

// What decides between two events of one key: first the time, then the digest.
statement rank(const stream &kind, pgcxx::sql_literal alias, const statement &body) {
    statement text;
    text << "(";
    if (kind.observes)
        text << columns_of(kind, {kind.observes->at}, alias) << ", ";
    text << digest_of_meaning(kind, body) << ")";
    return text;
}

// Whether the event sent takes the place of the stored one.
statement newcomer_wins(const stream &kind, const statement &sent, const statement &stored) {
    statement text;
    if (kind.on_duplicate == duplicate_policy::replace)
        return text << "true";
    if (kind.on_duplicate == duplicate_policy::keep || !kind.newer_by)
        return text << "row" << rank(kind, "u", sent) << " > row" << rank(kind, "t", stored);
    const statement now = columns_of(kind, {*kind.newer_by}, "u");
    const statement before = columns_of(kind, {*kind.newer_by}, "t");
    return text << "row(" << now << ", " << digest_of_meaning(kind, sent) << ") > row(" << before << ", "
                << digest_of_meaning(kind, stored) << ")";
}

// One row when the event sent means something else than the stored one, which is locked: whether it
// wins, both bodies, the lead of the stored one.
statement contest_statement(const account &of, const stream &kind) {
    const statement stored = body_of(kind, "t"), sent = body_of(kind, "u");
    statement lead, text;
    if (kind.observes)
        lead << columns_of(kind, {kind.observes->lead}, "t") << "::text";
    else
        lead << "null::text";
    text << "select " << newcomer_wins(kind, sent, stored) << ", " << stored << "::text, " << sent
         << "::text, " << lead << " from unnest($1) u join " << table_of(of, kind.name) << " t on "
         << same_key(kind, "u") << " where " << difference(kind) << " for update of t";
    return text;
}

// $1 with the number of each row in it.
constexpr pgcxx::sql_literal
    numbered_rows(R"((select r.*, row_number() over () as "pgcrm$row" from unnest($1) r) u)");

// The rows of $1 that mean something else than the stored ones of their keys, or whose keys are not stored at
// all. A stream that keeps no bodies has none of the former.
statement comparison_statement(const account &of, const stream &kind) {
    const statement is_absent = statement() << columns_of(kind, {kind.key.front()}, "t") << " is null";
    statement text;
    text << R"(select u."pgcrm$row", )" << is_absent << " from " << numbered_rows << " left join "
         << table_of(of, kind.name) << " t on " << same_key(kind, "u") << " where " << is_absent;
    if (!body_column(kind).empty())
        text << " or " << difference(kind);
    return text;
}

// Locks them, in the order of their keys.
statement conflicts_statement(const account &of, const stream &kind) {
    statement text;
    return text << R"(select u."pgcrm$row" from )" << numbered_rows << " join " << table_of(of, kind.name)
                << " t on " << same_key(kind, "u") << " where " << difference(kind) << " order by "
                << columns_of(kind, kind.key, "t") << " for update of t";
}

statement replace_statement(const account &of, const stream &kind) {
    const std::vector<std::size_t> columns = all_columns(kind);
    statement text;
    text << "update " << table_of(of, kind.name) << " t set (" << names_of(kind, columns) << ") = row("
         << columns_of(kind, columns, "u") << ") from unnest($1) u where " << same_key(kind, "u")
         << " returning " << key_expression(kind, "t");
    return text;
}

// False when a trigger of the owner's has kept the stored row as it was.
bool replace_stored(pgcxx::spi::session &sql, const account &of, const stream &kind, const event_row &row,
                    const parameters &with) {
    planned_now replace(sql, replace_statement(of, kind), with);
    const auto rows = replace.query<std::string>();
    if (rows.empty())
        return false;
    const auto [key] = rows.front();
    if (key != key_text(kind, row.cells))
        refuse_changed_key(kind, key);
    return true;
}

} // namespace

unlike_stored compare_with_stored(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                  std::span<const event_row> rows) {
    unlike_stored found;
    if (rows.empty())
        return found;
    const parameters with = rows_of(of, kind, all_columns(kind), in_order_given(rows));
    planned_now look_up(sql, comparison_statement(of, kind), with);
    for (const auto &[position, is_absent] : look_up.query<std::int64_t, bool>())
        (is_absent ? found.absent : found.differing)
            .push_back(rows[static_cast<std::size_t>(position - 1)].number);
    std::sort(found.absent.begin(), found.absent.end());
    return found;
}

std::vector<std::size_t> lock_conflicting(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                          std::span<const event_row> rows) {
    lock_for_replacing(sql, of);
    const parameters with = rows_of(of, kind, all_columns(kind), in_order_given(rows));
    std::vector<std::size_t> numbers;
    planned_now look_up(sql, conflicts_statement(of, kind), with);
    for (const auto &[position] : look_up.query<std::int64_t>())
        numbers.push_back(rows[static_cast<std::size_t>(position - 1)].number);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

std::optional<settled_conflict> settle_conflict(pgcxx::spi::session &sql, const account &of,
                                                const stream &kind, const event_row &row) {
    const parameters with = rows_of(of, kind, all_columns(kind), {&row});
    std::optional<settled_conflict> settled;
    {
        planned_now contest(sql, contest_statement(of, kind), with);
        const auto rows = contest.query<bool, std::string, std::string, std::optional<std::string>>();
        if (rows.empty())
            return std::nullopt;
        const auto [newcomer_wins, stored, sent, lead] = rows.front();
        settled = settled_conflict{newcomer_wins, false, newcomer_wins ? stored : sent, lead.value_or("")};
    }
    if (settled->newcomer_wins)
        settled->is_kept_out = !replace_stored(sql, of, kind, row, with);
    return settled;
}

} // namespace pgcrm::store
