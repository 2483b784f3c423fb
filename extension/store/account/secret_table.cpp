#include "store/account/secret_table.hpp"

#include "store/rows/server_value.hpp"

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::statement;

constexpr std::int64_t most_valid = 16;

// Two that add at the same time count each other's.
void lock_table(pgcxx::spi::session &sql, const account &of) {
    statement text;
    text << "lock table " << table_of(of, "secret") << " in share row exclusive mode";
    sql.execute(text);
}

void check_has_room(pgcxx::spi::session &sql, const account &of, pgcxx::timestamptz now) {
    statement text;
    text << "select count(*) from " << table_of(of, "secret")
         << " s where s.valid_until is null or s.valid_until > $1";
    const auto [valid] = sql.query<std::int64_t>(text, now).front();
    if (valid >= most_valid)
        throw error(ERRCODE_PROGRAM_LIMIT_EXCEEDED,
                    "account \"" + of.name + "\" has " + std::to_string(valid) + " valid secrets")
            .detail("It may have " + std::to_string(most_valid) + ".")
            .hint("End those that nobody uses any more with crm_secret_revoke; table " +
                  table_of(of, "secret").text() + " lists them.");
}

// Months and days have no fixed length, so only the time that it leads to tells.
void check_is_not_negative(pgcxx::spi::session &sql, pgcxx::interval overlap, pgcxx::timestamptz now) {
    const auto [is_negative] = sql.query<bool>("select $1 + $2 < $1", now, overlap).front();
    if (is_negative)
        throw error(ERRCODE_INVALID_PARAMETER_VALUE, "the overlap is negative")
            .hint("Pass how long the secret is to be valid still, or nothing to end it at once.");
}

} // namespace

std::int64_t add_secret(const account &of, const sha256_digest &digest,
                        std::optional<std::string_view> note) {
    check_isolation("adding a secret", "Under an older snapshot secrets that others add would not count.");
    const std::string added_by = pgcxx::role_name(pgcxx::current_user()).value_or("?");
    const pgcxx::timestamptz now = pgcxx::transaction_started_at();
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    lock_table(sql, of);
    check_has_room(sql, of, now);
    statement text;
    text << "insert into " << table_of(of, "secret")
         << " (digest, note, added_at, added_by) values ($1, $2, $3, $4) returning secret_id";
    const auto [secret_id] = sql.query<std::int64_t>(text, digest, note, now, added_by).front();
    return secret_id;
}

pgcxx::timestamptz end_secret(const account &of, std::int64_t secret_id, pgcxx::interval overlap) {
    const pgcxx::timestamptz now = pgcxx::transaction_started_at();
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    check_is_not_negative(sql, overlap, now);
    statement text;
    text << "update " << table_of(of, "secret")
         << " s set valid_until = least(s.valid_until, $2 + $3) where s.secret_id = $1 returning "
            "s.valid_until";
    const auto rows = sql.query<pgcxx::timestamptz>(text, secret_id, now, overlap);
    if (rows.empty())
        throw error(ERRCODE_UNDEFINED_OBJECT,
                    "account \"" + of.name + "\" has no secret " + std::to_string(secret_id))
            .hint("Table " + table_of(of, "secret").text() + " lists them.");
    const auto [valid_until] = rows.front();
    return valid_until;
}

std::vector<valid_secret> valid_secrets(const account &of) {
    const owner_scope as_owner(of);
    pgcxx::spi::session sql;
    statement text;
    text << "select s.digest, case when isfinite(s.valid_until)"
            " then extract(epoch from s.valid_until - $1)::double precision end from "
         << table_of(of, "secret")
         << " s where s.valid_until is null or s.valid_until > $1 order by s.secret_id";
    std::vector<valid_secret> valid;
    const auto rows = sql.query<sha256_digest, std::optional<double>>(text, pgcxx::transaction_started_at());
    valid.reserve(rows.size());
    for (const auto &[digest, seconds] : rows)
        valid.push_back({digest, seconds});
    return valid;
}

} // namespace pgcrm::store
