// crm_ingest and crm_ingest_batch: bodies in, a result for each.
#include "store/event/ingest.hpp"
#include "pgcxx/pgcxx.hpp"
#include "store/catalog/stale_tables.hpp"

namespace pgcrm {
namespace {

// ordinal, outcome, stream, event_id, problems
using ingest_row = std::tuple<std::int32_t, std::string, std::optional<std::string>,
                              std::optional<std::string>, std::optional<std::vector<std::string>>>;

ingest_row to_row(std::size_t number, store::ingest_result result) {
    return {static_cast<std::int32_t>(number + 1), std::move(result.outcome), std::move(result.stream),
            std::move(result.event_id), std::move(result.problems)};
}

pgcxx::set_of<ingest_row> ingest_bodies(std::string_view account, std::span<const std::string_view> bodies) {
    pgcxx::set_of<ingest_row> rows;
    rows.rows.reserve(bodies.size());
    const store::account of = store::use_account(account, store::account_right::ingest);
    for (store::ingest_result &result :
         store::on_fitting_tables(of, [&] { return store::ingest(of, bodies); }))
        rows.rows.push_back(to_row(rows.rows.size(), std::move(result)));
    return rows;
}

ingest_row ingest_one(std::string_view account, pgcxx::jsonb_view payload) {
    const std::string_view body = payload.text;
    return std::move(ingest_bodies(account, std::span(&body, 1)).rows.front());
}

// A null among the bodies is an empty body: it goes to quarantine and fails nobody.
pgcxx::set_of<ingest_row> ingest_batch(std::string_view account, pgcxx::array_of<pgcxx::bytes> bodies) {
    std::vector<std::string_view> texts;
    texts.reserve(bodies.size());
    for (const auto &body : bodies)
        texts.push_back(body ? body->data : std::string_view());
    return ingest_bodies(account, texts);
}

pgcxx::set_of<ingest_row> ingest_batch_text(std::string_view account,
                                            pgcxx::array_of<std::string_view> bodies) {
    std::vector<std::string_view> texts;
    texts.reserve(bodies.size());
    for (const auto &body : bodies)
        texts.push_back(body.value_or(std::string_view()));
    return ingest_bodies(account, texts);
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_ingest, pgcrm::ingest_one);
PGCXX_FUNCTION(pgcrm_ingest_batch, pgcrm::ingest_batch);
PGCXX_FUNCTION(pgcrm_ingest_batch_text, pgcrm::ingest_batch_text);
