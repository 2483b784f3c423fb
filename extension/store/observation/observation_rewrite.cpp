#include "store/observation/observation_rewrite.hpp"

#include "store/observation/observation_tables.hpp"

#include <vector>

namespace pgcrm::store {
namespace {

using pgcxx::literal;
using pgcxx::statement;

bool is_numbered_by_key(const stream &kind) {
    return kind.observes && kind.observes->sequence && kind.key.size() == 1 &&
           kind.key.front() == *kind.observes->sequence;
}

// The id of an event of another stream need not be a number, so that nothing but the case may look at it.
statement sequence_of_event(std::span<const stream> streams) {
    std::vector<literal> numbered;
    for (const stream &kind : streams)
        if (is_numbered_by_key(kind))
            numbered.emplace_back(kind.name);
    statement text("case when origin = any (array[");
    return text.join(", ", numbered) << "]::text[]) then event_id::bigint else sequence end";
}

} // namespace

void rewrite_observations(table_maker &tables, std::span<const stream> streams) {
    pgcxx::notice(
        "the observations are written again",
        "They get the source's order within an instant, one column for all flags, and room for "
        "attributes, customer and campaign. This takes as long as a copy of the table and its index, "
        "and nobody reads or writes it meanwhile.");
    tables.alter(
        "observation",
        statement() << "alter column sequence type bigint using " << sequence_of_event(streams)
                    << ", alter column owner_said type smallint using (amount_said::integer"
                       " + 2 * currency_said::integer + 4 * owner_said::integer)::smallint,"
                       " drop column amount_said, drop column currency_said, add column attributes jsonb,"
                       " add column customer text collate \"C\", add column campaign text collate \"C\"");
    tables.alter("observation", statement("rename column owner_said to said"));
    describe_observation(tables);
}

} // namespace pgcrm::store
