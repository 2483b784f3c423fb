// crm_quarantine: the bodies that could not become an event, to be read by a person.
//
// Most of them are text, and some are what cannot be: each is shown as what it is, so that one body that is
// no UTF-8 does not hide the others.
#include "core/text/quoting.hpp"
#include "pgcxx/pgcxx.hpp"
#include "pgcxx/required.hpp"
#include "store/account/account.hpp"

namespace pgcrm {
namespace {

using pgcxx::error;
using pgcxx::statement;
using pgcxx::timestamptz;
using problem_list = std::vector<std::optional<std::string>>;

// stream, problems, times, first_received_at, last_received_at, is_text, body, digest
using quarantined_row = std::tuple<std::optional<std::string>, problem_list, std::int64_t, timestamptz,
                                   timestamptz, bool, std::string, std::string>;

statement quarantine_query(const store::account &of) {
    statement text;
    text << "select q.stream, q.problems, q.times, q.first_received_at, q.last_received_at, q.body,"
            " encode(q.digest, 'hex') from "
         << store::table_of(of, "quarantine")
         << " q where $1 is null or q.stream = $1 order by q.last_received_at desc, q.digest limit $2";
    return text;
}

problem_list owned(const pgcxx::array_of<std::string_view> &problems) {
    problem_list list;
    for (const auto &problem : problems)
        list.push_back(problem ? std::optional<std::string>(*problem) : std::nullopt);
    return list;
}

pgcxx::set_of<quarantined_row> quarantined(std::optional<std::string_view> account,
                                           std::optional<std::string_view> stream,
                                           std::optional<std::int64_t> most) {
    if (most && *most < 0)
        throw error(ERRCODE_INVALID_PARAMETER_VALUE, "the number of bodies must not be negative");
    const store::account of =
        store::use_account(pgcxx::required(account, "account"), store::account_right::read);
    const store::owner_scope as_owner(of);
    pgcxx::spi::session sql;
    pgcxx::set_of<quarantined_row> rows;
    for (const auto &[of_stream, problems, times, first, last, body, digest] :
         sql.query<std::optional<std::string>, pgcxx::array_of<std::string_view>, std::int64_t, timestamptz,
                   timestamptz, pgcxx::bytes, std::string>(quarantine_query(of), stream, most)) {
        const bool is_text = pgcxx::can_be_text(body.data);
        rows.rows.emplace_back(of_stream, owned(problems), times, first, last, is_text,
                               is_text ? std::string(body.data) : in_escapes(body.data), digest);
    }
    return rows;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_quarantine, pgcrm::quarantined);
