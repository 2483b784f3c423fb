// The query that gives one account's rows of a relation of crm_bi: the columns that are wanted, in the order
// of the foreign table, and the rows that meet the conditions. It names the account's tables and is run as
// their owner.
#pragma once

#include "store/face/face_relation.hpp"

#include <cstdint>
#include <optional>

namespace pgcrm::store {

enum class comparison : std::uint8_t { below, at_most, equal, at_least, above, any, null, not_null };

// All but null and not_null take one parameter, in the order of the conditions; that of `any` is an array.
struct face_condition {
    std::string_view column;
    comparison how;
    bool is_text;
};

// One column of the foreign table. Of those that nobody looks at the query makes nothing.
struct face_output {
    const face_column *column; // null: dropped from the foreign table
    bool is_wanted;
};

struct face_request {
    const face_relation *of;
    std::vector<face_output> outputs;
    std::vector<face_condition> conditions;
    std::optional<std::int64_t> limit;
};

pgcxx::statement account_query(const face_request &wanted, const std::string &account);

} // namespace pgcrm::store
