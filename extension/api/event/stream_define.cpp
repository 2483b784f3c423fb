// crm_stream_define, crm_stream_drop and the check of names: how the records of a CRM become events, said by
// a user.
#include "pgcxx/pgcxx.hpp"
#include "pgcxx/required.hpp"
#include "store/catalog/rule_check.hpp"
#include "store/catalog/source.hpp"
#include "store/catalog/stream_table.hpp"

#include <algorithm>

namespace pgcrm {
namespace {

using pgcxx::error;

constexpr std::size_t longest_source = 63;

void check_source_name(std::string_view name) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto is_part = [is_letter](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; };
    if (name.empty() || name.size() > longest_source || !is_letter(name.front()) ||
        !std::all_of(name.begin(), name.end(), is_part))
        throw error(ERRCODE_INVALID_NAME, "invalid source name \"" + std::string(name) + "\"")
            .hint("Use up to 63 lower case letters, digits and underscores, a letter first.");
}

// "stream "visits" of source "forms""
std::string in_words(std::string_view source, std::string_view stream) {
    return "stream \"" + std::string(stream) + "\" of source \"" + std::string(source) + "\"";
}

[[noreturn]] void refuse(std::string_view source, const std::vector<mapping_fault> &faults) {
    throw error(ERRCODE_INVALID_PARAMETER_VALUE,
                "the mapping of a stream of source \"" + std::string(source) + "\" is faulty")
        .detail(store::in_lines(faults))
        .hint("Nothing was changed. The language of mappings is described in docs/reference/mappings.md.");
}

stream checked_stream(std::string_view source, std::string_view mapping) {
    parsed_mapping parsed = parse_mapping(mapping);
    if (!parsed.value)
        refuse(source, parsed.faults);
    if (const auto faults = store::faulty_rules(*parsed.value, store::rule_trial::runs); !faults.empty())
        refuse(source, faults);
    return std::move(*parsed.value);
}

void stream_define(std::optional<std::string_view> source, std::optional<pgcxx::jsonb_view> mapping,
                   std::optional<std::int32_t> ordinal) {
    check_source_name(pgcxx::required(source, "source"));
    const stream defined = checked_stream(*source, pgcxx::required(mapping, "mapping").text);
    store::lock_registry();
    if (store::has_stream(*source, defined.name, store::stream_kind::shipped) &&
        !store::has_stream(*source, defined.name, store::stream_kind::own))
        pgcxx::notice(in_words(*source, defined.name) + " stands in the place of the shipped one",
                      "Upgrades change the shipped one only.",
                      "crm_stream_drop brings the shipped one back.");
    store::write_stream(*source, defined.name, mapping->text, ordinal);
    store::fit_accounts(*source, defined.name);
}

void check_can_be_dropped(std::string_view source, std::string_view name) {
    if (store::has_stream(source, name, store::stream_kind::own))
        return;
    if (!store::has_stream(source, name, store::stream_kind::shipped))
        throw error(ERRCODE_UNDEFINED_OBJECT, in_words(source, name) + " does not exist")
            .hint("Table pgcrm.stream lists the streams.");
    throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                in_words(source, name) + " comes with the extension")
        .hint("To take nothing by it, define a stream of that name whose match takes nothing.");
}

// Nothing could be asked of an account whose source is none any more.
void check_is_not_needed(std::string_view source) {
    if (store::has_streams(source))
        return;
    const store::accounts_found found = store::accounts_of_source(source);
    if (!found.held.empty())
        throw error(ERRCODE_LOCK_NOT_AVAILABLE,
                    "somebody holds the tables of account \"" + found.held.front() + "\"")
            .detail("It may be an account of source \"" + std::string(source) +
                    "\", which would have no stream.")
            .hint("Try again.");
    std::string list;
    for (const auto &[of, layout] : found.of_source)
        list += (list.empty() ? "" : ", ") + of.name;
    if (!list.empty())
        throw error(ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST,
                    "source \"" + std::string(source) + "\" has accounts and would have no stream")
            .detail("There is: " + list + ".")
            .hint("Drop the accounts first with crm_account_drop, or define another stream.");
}

void stream_drop(std::string_view source, std::string_view name) {
    store::lock_registry();
    check_can_be_dropped(source, name);
    store::erase_stream(source, name);
    check_is_not_needed(source);
    if (store::has_stream(source, name, store::stream_kind::shipped))
        store::fit_accounts(source, name);
}

// Called by scripts that update to a version which keeps more names.
void check_stream_names() { store::check_stream_names(); }

} // namespace
} // namespace pgcrm

PGCXX_FUNCTION(pgcrm_stream_define, pgcrm::stream_define);
PGCXX_FUNCTION(pgcrm_check_stream_names, pgcrm::check_stream_names);
PGCXX_FUNCTION(pgcrm_stream_drop, pgcrm::stream_drop);
