// The compiled streams of a source.
//
// Mappings are rows of pgcrm.stream. Each call compares the rows' digests with those it
// compiled last, so a changed mapping counts at once, and one that was rolled back is
// forgotten, in every session. Lifetime: per backend; a call that uses a source keeps it alive.
#pragma once

#include "core/json/jsonb_image.hpp"
#include "core/mapping/decoder.hpp"
#include "store/account/account.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

struct source {
    source(std::string digest, std::vector<stream> compiled, decode_limits limits)
        : revision(std::move(digest)), streams(std::move(compiled)), bodies(streams, limits) {}

    const std::string revision;
    const std::vector<stream> streams; // in the order in which they are tried
    decoder bodies;
    jsonb_writer images;
};

// Each fault with its place, a line for each.
std::string in_lines(const std::vector<mapping_fault> &faults);

// Error 42P07 when the account's own tables have the stream's name, or are to have it. A version that keeps a
// name finds streams that an older one took; `check_stream_names` looks at all of the users'.
void check_stream_name(std::string_view source_name, std::string_view stream_name);
void check_stream_names();

// Errors: 42704 when the source has no streams, 22023 when a mapping is faulty, 42P07 when a name is kept.
std::shared_ptr<source> compiled_source(std::string_view name);

// The stream of that name, a user's own before the shipped one; the others of the source may be faulty, so
// that they can be mended one by one. Errors: 22023 when its mapping is faulty.
stream stream_that_counts(std::string_view source_name, std::string_view stream_name);

// Names of the account's streams that have their table in it.
std::vector<std::string> streams_with_tables(const account &of);

} // namespace pgcrm::store
