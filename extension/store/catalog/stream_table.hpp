// pgcrm.stream: the mappings of all sources, and what follows from a change of one for the accounts.
//
// A row that is not shipped is a user's, and stands in the place of the shipped one of the same name. It is
// read and written as the catalog's owner; the tables of an account are changed as that account's owner,
// where the caller has his rights.
#pragma once

#include "store/account/account.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

enum class stream_kind : std::uint8_t { shipped, own };

bool has_stream(std::string_view source, std::string_view stream, stream_kind kind);

// Writes the user's row. Without an ordinal it keeps its own, takes that of the shipped stream, or comes
// last.
void write_stream(std::string_view source, std::string_view stream, std::string_view mapping,
                  std::optional<std::int32_t> ordinal);

void erase_stream(std::string_view source, std::string_view stream);

// The user's streams of the source that stand in the place of a shipped one and, other than it, name no
// sequence: the order of their events within one instant is not the source's.
std::vector<std::string> streams_without_sequence(std::string_view source);

// Whether the source has any stream.
bool has_streams(std::string_view source);

// Makes the stream's table in the source's accounts, or adds the columns that it lacks. Warns of the accounts
// that the caller may not change. Error 55000 when a table does not fit.
void fit_accounts(std::string_view source, std::string_view name);

} // namespace pgcrm::store
