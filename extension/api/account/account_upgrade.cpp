// crm_account_upgrade: an account's tables as this version of the extension wants them.
#include "pgcxx/pgcxx.hpp"
#include "pgcxx/required.hpp"
#include "store/account/account.hpp"
#include "store/account/compatible_views.hpp"
#include "store/account/gateways.hpp"
#include "store/account/grants.hpp"
#include "store/catalog/source.hpp"
#include "store/catalog/stream_table.hpp"
#include "store/layout.hpp"

namespace pgcrm {
namespace {

using pgcxx::error;

void check_can_be_upgraded(const store::account_of_any_layout &found) {
    if (found.layout > store::layout_version)
        throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "account \"" + found.of.name + "\" has layout " + std::to_string(found.layout) +
                        ", newer than " + std::to_string(store::layout_version))
            .hint("Install the version of the extension that made it.");
}

bool has_compatible_views(const store::account &of) {
    pgcxx::spi::session sql;
    return !store::compatible_views_of(sql, of).empty();
}

// What their observations lack is for the user to say: only he knows what his columns hold.
void warn_of_missing_sequences(const store::account &of) {
    std::string names;
    for (const std::string &each : store::streams_without_sequence(of.source))
        names += (names.empty() ? "\"" : ", \"") + each + "\"";
    if (!names.empty())
        pgcxx::warning(
            "events of one instant are not in the source's order in account \"" + of.name + "\"",
            "A mapping of yours stands in the place of a shipped one and names no sequence: " + names + ".",
            "Name a column as \"sequence\" of its \"observation\" (crm_stream_define), then run "
            "crm_rebuild.");
}

std::int32_t account_upgrade(std::string_view name) {
    store::lock_registry();
    const store::account_of_any_layout found = store::account_to_upgrade(name);
    check_can_be_upgraded(found);
    const auto by = store::compiled_source(found.of.source);
    store::upgrade_schema(found.of, found.layout, by->streams);
    if (found.layout < store::layout_with_sequences)
        warn_of_missing_sequences(found.of);
    store::check_relations(found.of, by->streams); // an older account was adopted without
    store::grant_functions_again(found.of);        // some have come since
    if (has_compatible_views(found.of))
        store::make_compatible_views(found.of, store::streams_with_tables(found.of));
    store::tell_gateways();
    return store::layout_version;
}

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_account_upgrade, pgcrm::account_upgrade);
