#include "store/event/event_conflict.hpp"

#include "core/mapping/meaning.hpp"
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

// The column that says which of two events of a key is the newer one.
std::optional<std::size_t> version_column(const stream &kind) {
    if (kind.on_duplicate == duplicate_policy::replace)
        return std::nullopt;
    if (kind.newer_by)
        return kind.newer_by;
    if (kind.observes)
        return kind.observes->at;
    return kind.defines ? kind.defines->at : std::nullopt;
}

// Whether the row sent is newer than the stored one. One without a time is older than all that have one.
statement is_newer(const stream &kind) {
    const auto version = version_column(kind);
    statement text;
    if (!version)
        return text << "false";
    const statement sent = columns_of(kind, {*version}, "u"), stored = columns_of(kind, {*version}, "t");
    return text << "coalesce(" << sent << " > " << stored << ", " << sent << " is not null and " << stored
                << " is null)";
}

statement is_of_one_time(const stream &kind) {
    const auto version = version_column(kind);
    statement text;
    if (!version)
        return text << "true";
    return text << "(" << columns_of(kind, {*version}, "u") << " is not distinct from "
                << columns_of(kind, {*version}, "t") << ")";
}

// A row that was sent beside the stored one of its key.
struct contest {
    bool differs; // in meaning
    bool is_newer;
    bool is_of_one_time;
    std::string stored, sent; // the bodies
    std::optional<std::string> stored_lead;
};

// The stored row is locked.
statement contest_statement(const account &of, const stream &kind) {
    statement lead, text;
    if (kind.observes)
        lead << columns_of(kind, {kind.observes->lead}, "t") << "::text";
    else
        lead << "null::text";
    text << "select " << difference(kind) << ", " << is_newer(kind) << ", " << is_of_one_time(kind) << ", "
         << body_of(kind, "t") << "::text, " << body_of(kind, "u") << "::text, " << lead
         << " from unnest($1) u join " << table_of(of, kind.name) << " t on " << same_key(kind, "u")
         << " for update of t";
    return text;
}

std::optional<contest> contest_of(pgcxx::spi::session &sql, const account &of, const stream &kind,
                                  const parameters &with) {
    planned_now look_up(sql, contest_statement(of, kind), with);
    const auto rows = look_up.query<bool, bool, bool, std::string, std::string, std::optional<std::string>>();
    if (rows.empty())
        return std::nullopt;
    const auto [differs, newer, of_one_time, stored, sent, lead] = rows.front();
    return contest{differs, newer, of_one_time, stored, sent, lead};
}

bool newcomer_wins(const stream &kind, const contest &between) {
    if (kind.on_duplicate == duplicate_policy::replace)
        return between.differs;
    if (between.is_newer || !between.is_of_one_time || !between.differs)
        return between.is_newer;
    return digest_of_meaning(kind, between.sent) > digest_of_meaning(kind, between.stored);
}

// $1 with the number of each row in it.
constexpr pgcxx::sql_literal
    numbered_rows(R"((select r.*, row_number() over () as "pgcrm$row" from unnest($1) r) u)");

// The rows of $1 that are newer or mean something else than the stored ones of their keys, or whose keys are
// not stored at all. A stream that keeps no bodies has none of the former.
statement comparison_statement(const account &of, const stream &kind) {
    const statement is_absent = statement() << columns_of(kind, {kind.key.front()}, "t") << " is null";
    statement text;
    text << R"(select u."pgcrm$row", )" << is_absent << " from " << numbered_rows << " left join "
         << table_of(of, kind.name) << " t on " << same_key(kind, "u") << " where " << is_absent;
    if (!body_column(kind).empty())
        text << " or " << difference(kind) << " or " << is_newer(kind);
    return text;
}

statement locking_statement(const account &of, const stream &kind) {
    statement text;
    return text << "select from unnest($1) u join " << table_of(of, kind.name) << " t on "
                << same_key(kind, "u") << " order by " << columns_of(kind, kind.key, "t")
                << " for update of t";
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

void lock_stored(pgcxx::spi::session &sql, const account &of, const stream &kind,
                 std::span<const event_row> rows) {
    lock_for_replacing(sql, of);
    const parameters with = rows_of(of, kind, kind.key, in_order_given(rows));
    planned_now(sql, locking_statement(of, kind), with).execute();
}

std::optional<settled_conflict> settle_conflict(pgcxx::spi::session &sql, const account &of,
                                                const stream &kind, const event_row &row) {
    const parameters with = rows_of(of, kind, all_columns(kind), {&row});
    const std::optional<contest> between = contest_of(sql, of, kind, with);
    if (!between)
        return std::nullopt;
    settled_conflict settled;
    settled.newcomer_wins = newcomer_wins(kind, *between);
    if (!settled.newcomer_wins && !between->differs)
        return std::nullopt;
    settled.is_of_one_time = between->is_of_one_time;
    settled.means_the_same = !between->differs;
    settled.losing_body = settled.newcomer_wins ? between->stored : between->sent;
    settled.replaced_lead = between->stored_lead.value_or("");
    if (settled.newcomer_wins)
        settled.is_kept_out = !replace_stored(sql, of, kind, row, with);
    return settled;
}

} // namespace pgcrm::store
