// A stream's mapping: how one kind of record of a source becomes a typed row, an
// observation and a stage's definition. Written as JSON, checked whole, compiled once.
//
//   {"stream": "step_changed",
//    "match":  {"/webhook_event/event": "lead.step.changed%"},
//    "key":    ["id"],
//    "same":   ["/webhook_event/event", "/webhook_event/data"],
//    "columns": [{"name": "id", "type": "bigint", "at": "/webhook_event/id", "required": true},
//                {"name": "budget", "type": "numeric", "at": "/budget", "unreadable": "null"},
//                {"name": "received_at", "type": "timestamptz", "from": "arrival"},
//                {"name": "lead_user_email", "type": "text", "at": ["/a", "/b"], "clean": ["trim", "lower"]},
//                {"name": "step_id", "type": "bigint", "at": {"at": "/id", "when": {"/type": "step"}}},
//                {"name": "raw_data", "type": "jsonb", "from": "body"}],
//    "observation": {"kind": "moved", "lead": "lead_id", "at": "updated_at_utc", "sequence": "position",
//                    "stage": "step_id", "stage_name": "lead_step", "pipeline": "pipeline",
//                    "status": {"column": "lead_status", "map": {"todo": "open"}},
//                    "amount": "lead_amount", "currency": "currency", "owner": "lead_user_email",
//                    "when": {"/type": "lead"}},
//    "stage": {"id": "step_id", "name": "name", "position": "position", "pipeline": "pipeline",
//              "at": "updated_at_utc", "deleted_when": {"/webhook_event/event": "account.step.deleted"}},
//    "rules": [{"check": "lead_amount >= 0", "problem": "negative amount"}],
//    "on_duplicate": "keep"}
//
// match         Every pointer must match a text; % ends a prefix; a list of patterns means any of them.
//               Every `when` is written like it.
// key           Columns, all of them required.
// same          What makes a repeated key a duplicate; the whole body, if left out.
// columns       A list, because jsonb does not keep the order of an object's keys and the order of a table's
//               columns is something people see. `at` is a place, one that counts only when a condition
//               holds, or a list of such: the first that has a value wins. A value that a column cannot hold
//               keeps the event out, unless the column says "unreadable": "null".
// observation   Is made only when its condition holds, if it has one.
// stage         Where the id is null nothing is defined.
// rules         Conditions in SQL over the columns; the store runs them.
// on_duplicate  "keep", "replace" or {"replace_if_newer": column}.
//
// `same` and all from `observation` on may be left out. `clean` names what is done to a value before it is
// read as its type:
//
//   trim       all but boolean       removes white space around a text
//   lower      text                  lowers the letters A to Z
//   digits     text, bigint, integer keeps the digits of a text: "+52 (55) 01" is 525501
//   boolean    boolean               takes true, t, yes, y, on, 1, false, f, no, n, off, 0, in any case, also
//                                    as a number, with white space around
//   percent    numeric               takes "12.5 %" and "12,5%" as 12.5: perhaps a minus, digits, perhaps a
//                                    point or a comma and more digits, perhaps a %; white space, also U+00A0
//                                    and U+202F, around and before the %; no thousands separators
//   utc        timestamptz           takes a time without a zone as UTC
//   date:DMY   date, timestamptz     takes 9/1/2026 and 09.01.2026 for the ninth of January, as well as
//   date:MDY                         ISO 8601; for timestamptz with or without a time hh:mm or hh:mm:ss;
//   date:YMD                         at most one of the three
#pragma once

#include "core/history/observation.hpp"
#include "core/mapping/cell.hpp"

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
enum class cleaner : std::uint8_t {
    trim,
    lower,
    digits,
    boolean,
    percent,
    utc,
    date_dmy,
    date_mdy,
    date_ymd
};

// A parsed JSON Pointer (RFC 6901): its reference tokens, unescaped.
using json_pointer = std::vector<std::string>;

// None when the text is no JSON Pointer.
std::optional<json_pointer> parse_json_pointer(std::string_view text);

// "/webhook_event/data"
std::string to_text(const json_pointer &pointer);

struct pattern {
    std::string text;
    bool is_prefix = false;
};

struct match {
    json_pointer at;
    std::vector<pattern> any_of;
};

// A place of a body that gives a column its value where all of `when` match; always when there are none.
struct column_source {
    json_pointer at;
    std::vector<match> when;
};

struct column {
    std::string name;
    column_type type = column_type::text; // of no meaning for column_origin::body, which is jsonb
    column_origin from = column_origin::pointer;
    std::vector<column_source> at; // the first that is not null wins
    bool is_required = false;
    bool null_if_unreadable = false; // a value that the column does not take keeps no event out
    std::vector<cleaner> clean;
};

// Column numbers of the parts of an observation.
struct observation_rule {
    observation_kind kind = observation_kind::changed;
    std::size_t lead = 0;
    std::size_t at = 0;
    std::optional<std::size_t> sequence, stage, stage_name, pipeline, status, amount, currency, owner;
    std::map<std::string, lead_status, std::less<>> statuses; // the source's word, in lower case -> ours
    std::vector<match> when;                                  // none: always
};

// Column numbers of the parts of a stage's definition. Where the id is null nothing is defined.
struct stage_rule {
    std::size_t id = 0;
    std::optional<std::size_t> name, position, pipeline, at;
    std::vector<match> deleted_when; // none: never
};

// A condition in SQL over the columns that every row must meet, and what to call it when one does not.
struct rule {
    std::string check;
    std::string problem;
};

// What becomes of an event whose key is taken and which means something else.
enum class duplicate_policy : std::uint8_t { keep, replace, replace_if_newer };

struct stream {
    std::string name;
    std::vector<match> matches;
    std::vector<std::size_t> key;   // column numbers
    std::vector<json_pointer> same; // none: the whole body
    std::vector<column> columns;
    std::optional<observation_rule> observes;
    std::optional<stage_rule> defines;
    std::vector<rule> rules;
    duplicate_policy on_duplicate = duplicate_policy::keep;
    std::optional<std::size_t> newer_by; // the column that tells which is newer, for replace_if_newer
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
