// A stream's mapping: how one kind of record of a source becomes a typed row and
// an observation. Written as JSON, checked whole, compiled once.
//
//   {"stream": "step_changed",
//    "match":  {"/webhook_event/event": "lead.step.changed%"},      every pointer must match; % ends a
//    prefix;
//                                                                   a list of patterns means any of them
//    "key":    ["id"],                                              columns
//    "same":   ["/webhook_event/event", "/webhook_event/data"],     what makes a repeated key a duplicate
//    "columns": [{"name": "id", "type": "bigint", "at": "/webhook_event/id", "required": true},
//                {"name": "received_at", "type": "timestamptz", "from": "arrival"},
//                {"name": "lead_user_email", "type": "text", "at": ["/a", "/b"], "clean": ["trim", "lower"]},
//                {"name": "raw_data", "type": "jsonb", "from": "body"}],
//    "observation": {"kind": "moved", "lead": "lead_id", "at": "updated_at_utc", "sequence": "position",
//                    "stage": "step_id", "stage_name": "lead_step", "pipeline": "pipeline",
//                    "status": {"column": "lead_status", "map": {"todo": "open"}},
//                    "amount": "lead_amount", "currency": "currency", "owner": "lead_user_email"},
//    "on_duplicate": "keep"}
//
// `same`, `observation` and `on_duplicate` may be left out; without `same`, the whole body counts.
// Columns are a list, because jsonb does not keep the order of an object's keys and the
// order of a table's columns is something people see.
#pragma once

#include "core/cell.hpp"
#include "core/observation.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm {

// Where a column's value comes from.
enum class column_origin : std::uint8_t { pointer, arrival, body };

// Normalisers that a mapping can name.
enum class cleaner : std::uint8_t { trim, lower, utc };

// A parsed JSON Pointer (RFC 6901): its reference tokens, unescaped.
using json_pointer = std::vector<std::string>;

// None when the text is no JSON Pointer.
std::optional<json_pointer> parse_json_pointer(std::string_view text);

// "/webhook_event/data"
std::string to_text(const json_pointer &pointer);

struct column {
    std::string name;
    column_type type = column_type::text; // of no meaning for column_origin::body, which is jsonb
    column_origin from = column_origin::pointer;
    std::vector<json_pointer> at; // the first that is not null wins
    bool is_required = false;
    std::vector<cleaner> clean;
};

struct pattern {
    std::string text;
    bool is_prefix = false;
};

struct match {
    json_pointer at;
    std::vector<pattern> any_of;
};

// Column numbers of the parts of an observation.
struct observation_rule {
    observation_kind kind = observation_kind::changed;
    std::size_t lead = 0;
    std::size_t at = 0;
    std::optional<std::size_t> sequence, stage, stage_name, pipeline, status, amount, currency, owner;
    std::map<std::string, lead_status, std::less<>> statuses; // the source's word, in lower case -> ours
};

struct stream {
    std::string name;
    std::vector<match> matches;
    std::vector<std::size_t> key;   // column numbers
    std::vector<json_pointer> same; // none: the whole body
    std::vector<column> columns;
    std::optional<observation_rule> observes;
};

// A fault of a mapping: where (a JSON Pointer into the mapping) and what.
struct mapping_fault {
    std::string at;
    std::string what;
};

// Either a stream or every fault found.
struct parsed_mapping {
    std::optional<stream> value;
    std::vector<mapping_fault> faults;
};

// Never throws for bad input (also not for text that is no JSON): all faults are listed.
// Unknown keys are faults.
parsed_mapping parse_mapping(std::string_view text);

} // namespace pgcrm
