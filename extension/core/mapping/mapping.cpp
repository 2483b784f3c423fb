// The text is first read by json_document, which names every fault of syntax with its place,
// then by nlohmann/json. One reader walks the mapping from top to bottom and goes on after a
// fault, so that its author sees them all at once. A column with a fault of its own stays in
// the list under its name: what refers to it is then no fault of its own.
#include "core/mapping/mapping.hpp"

#include "core/json/json_document.hpp"
#include "core/mapping/account_tables.hpp"
#include "core/text/ascii.hpp"
#include "core/text/quoting.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>
#include <span>
#include <utility>

#include <nlohmann/json.hpp>

namespace pgcrm {

namespace {

using nlohmann::json;

constexpr std::size_t most_columns = 1600; // of a table
constexpr std::size_t longest_name = 63;   // of anything in the server
constexpr std::size_t longest_pointer = 64;
constexpr std::size_t longest_check = std::size_t{10} << 10;

std::string escaped_token(std::string_view token) {
    std::string text;
    for (const char c : token) {
        if (c == '~')
            text += "~0";
        else if (c == '/')
            text += "~1";
        else
            text += c;
    }
    return text;
}

// "a", "b" or "c"
std::string any_of(std::span<const std::string_view> names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0)
            text += i + 1 == names.size() ? " or " : ", ";
        text += '"' + std::string(names[i]) + '"';
    }
    return text;
}

// A value as a fault shows it.
std::string shown(const json &value) {
    if (value.is_string())
        return in_quotes(value.get_ref<const std::string &>());
    if (value.is_object())
        return value.empty() ? "an empty object" : "an object";
    if (value.is_array())
        return value.empty() ? "an empty list" : "a list";
    return shortened(value.dump());
}

bool is_name(std::string_view text) noexcept {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto may_follow = [&](char c) { return is_letter(c) || is_digit(c) || c == '_'; };
    return !text.empty() && text.size() <= longest_name && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(), may_follow);
}

bool is_system_column(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 6> names{"cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"};
    return std::binary_search(names.begin(), names.end(), name);
}

std::string in_lower_case(std::string_view text) {
    std::string word(text);
    std::transform(word.begin(), word.end(), word.begin(), lower);
    return word;
}

struct cleaner_name {
    std::string_view text;
    cleaner is;
};

constexpr std::array<cleaner_name, 9> cleaner_names{{{"trim", cleaner::trim},
                                                     {"lower", cleaner::lower},
                                                     {"digits", cleaner::digits},
                                                     {"boolean", cleaner::boolean},
                                                     {"percent", cleaner::percent},
                                                     {"utc", cleaner::utc},
                                                     {"date:DMY", cleaner::date_dmy},
                                                     {"date:MDY", cleaner::date_mdy},
                                                     {"date:YMD", cleaner::date_ymd}}};

std::optional<cleaner> parse_cleaner(std::string_view text) noexcept {
    for (const cleaner_name &known : cleaner_names)
        if (known.text == text)
            return known.is;
    return std::nullopt;
}

bool is_date_cleaner(cleaner c) noexcept {
    return c == cleaner::date_dmy || c == cleaner::date_mdy || c == cleaner::date_ymd;
}

// Trim does its work where a text is read; what else a text can be says which others make sense.
bool is_cleaner_of(cleaner c, column_type type) noexcept {
    switch (c) {
    case cleaner::trim:
        return type != column_type::boolean;
    case cleaner::lower:
        return type == column_type::text;
    case cleaner::digits:
        return type == column_type::text || type == column_type::bigint || type == column_type::integer;
    case cleaner::boolean:
        return type == column_type::boolean;
    case cleaner::percent:
        return type == column_type::numeric;
    case cleaner::utc:
        return type == column_type::timestamptz;
    case cleaner::date_dmy:
    case cleaner::date_mdy:
    case cleaner::date_ymd:
        return type == column_type::timestamptz || type == column_type::date;
    }
    return false;
}

// The keys of an object that is given twice are lost when it is read, so they are looked for before.
class repeated_keys {
public:
    repeated_keys(std::span<const json_node> nodes, std::vector<mapping_fault> &faults)
        : nodes_(nodes), faults_(faults) {}

    void find() { visit(0, ""); }

private:
    void visit(std::size_t node, const std::string &at) {
        if (nodes_[node].kind == json_kind::object)
            visit_members(node, at);
        else if (nodes_[node].kind == json_kind::array)
            visit_elements(node, at);
    }

    void visit_members(std::size_t object, const std::string &at) {
        std::set<std::string_view> seen;
        for (std::size_t key = object + 1; key < nodes_[object].next; key = nodes_[key + 1].next) {
            const std::string place = at + '/' + escaped_token(nodes_[key].text);
            if (!seen.insert(nodes_[key].text).second)
                faults_.push_back({place, "expected the key once, found it again"});
            visit(key + 1, place);
        }
    }

    void visit_elements(std::size_t array, const std::string &at) {
        std::size_t index = 0;
        for (std::size_t item = array + 1; item < nodes_[array].next; item = nodes_[item].next)
            visit(item, at + '/' + std::to_string(index++));
    }

    std::span<const json_node> nodes_;
    std::vector<mapping_fault> &faults_;
};

class mapping_reader {
public:
    explicit mapping_reader(std::vector<mapping_fault> &faults) : faults_(faults) {}

    stream read(const json &mapping) {
        check_keys(
            mapping, "",
            {"stream", "match", "key", "same", "columns", "observation", "stage", "rules", "on_duplicate"});
        if (const json *name = required(mapping, "", "stream"))
            read_stream_name(*name);
        if (const json *matches = required(mapping, "", "match"))
            result_.matches = read_matches(*matches, "/match");
        if (const json *columns = required(mapping, "", "columns"))
            read_columns(*columns);
        if (const json *key = required(mapping, "", "key"))
            read_key(*key);
        if (const json *same = optional(mapping, "same"))
            result_.same = read_pointers(*same, "/same");
        if (const json *observation = optional(mapping, "observation"))
            read_observation(*observation);
        if (const json *stage = optional(mapping, "stage"))
            read_stage(*stage);
        if (const json *rules = optional(mapping, "rules"))
            read_rules(*rules);
        if (const json *on_duplicate = optional(mapping, "on_duplicate"))
            read_duplicate_policy(*on_duplicate);
        return std::move(result_);
    }

private:
    void fault(std::string at, std::string what) { faults_.push_back({std::move(at), std::move(what)}); }

    void unexpected(const std::string &at, const std::string &expected, const json &found) {
        fault(at, "expected " + expected + ", not " + shown(found));
    }

    static const json *optional(const json &object, std::string_view key) {
        const auto found = object.find(key);
        return found == object.end() ? nullptr : &*found;
    }

    const json *required(const json &object, const std::string &at, std::string_view key) {
        const json *value = optional(object, key);
        if (!value)
            fault(at, "expected the key " + in_quotes(key));
        return value;
    }

    void check_keys(const json &object, const std::string &at,
                    std::initializer_list<std::string_view> known) {
        for (const auto &member : object.items())
            if (std::find(known.begin(), known.end(), member.key()) == known.end())
                fault(at + '/' + escaped_token(member.key()), "unknown key " + in_quotes(member.key()));
    }

    // Empty after a fault.
    std::string read_text(const json &value, const std::string &at, const std::string &expected) {
        if (value.is_string() && !value.get_ref<const std::string &>().empty())
            return value.get<std::string>();
        unexpected(at, expected, value);
        return {};
    }

    std::string read_word(const json &value, const std::string &at,
                          std::initializer_list<std::string_view> known) {
        if (value.is_string() &&
            std::find(known.begin(), known.end(), value.get_ref<const std::string &>()) != known.end())
            return value.get<std::string>();
        unexpected(at, any_of({known.begin(), known.size()}), value);
        return {};
    }

    std::string read_name(const json &value, const std::string &at) {
        if (value.is_string() && is_name(value.get_ref<const std::string &>()))
            return value.get<std::string>();
        unexpected(
            at, "a name of at most 63 lower-case letters, digits and underscores that begins with a letter",
            value);
        return {};
    }

    // A value, or a list of at least one, each given to `read` with its place.
    template <class Read> void read_one_or_more(const json &value, const std::string &at, Read read) {
        if (!value.is_array())
            return read(value, at);
        if (value.empty())
            fault(at, "expected at least one element");
        for (std::size_t i = 0; i < value.size(); ++i)
            read(value[i], at + '/' + std::to_string(i));
    }

    template <class Read> void read_list(const json &value, const std::string &at, Read read) {
        if (!value.is_array())
            return unexpected(at, "a list", value);
        read_one_or_more(value, at, read);
    }

    std::optional<json_pointer> read_pointer(const json &value, const std::string &at) {
        if (!value.is_string()) {
            unexpected(at, "a JSON Pointer", value);
            return std::nullopt;
        }
        return read_pointer(value.get_ref<const std::string &>(), at);
    }

    std::optional<json_pointer> read_pointer(const std::string &text, const std::string &at) {
        std::optional<json_pointer> pointer = parse_json_pointer(text);
        if (pointer && !pointer->empty() && pointer->size() <= longest_pointer)
            return pointer;
        fault(at,
              "expected a JSON Pointer to a part of the body, such as \"/data/id\", not " + in_quotes(text));
        return std::nullopt;
    }

    std::vector<json_pointer> read_pointers(const json &value, const std::string &at) {
        std::vector<json_pointer> pointers;
        read_one_or_more(value, at, [&](const json &element, const std::string &place) {
            if (std::optional<json_pointer> pointer = read_pointer(element, place))
                pointers.push_back(std::move(*pointer));
        });
        return pointers;
    }

    void read_stream_name(const json &value) {
        result_.name = read_name(value, "/stream");
        if (is_account_table(result_.name))
            unexpected("/stream", "a name that no table of the account's own has or is to have", value);
    }

    // What every body of a stream has, or that on which something depends.
    std::vector<match> read_matches(const json &value, const std::string &at) {
        std::vector<match> matches;
        if (!value.is_object() || value.empty()) {
            unexpected(at, "an object of JSON Pointers and what is there", value);
            return matches;
        }
        for (const auto &member : value.items()) {
            const std::string place = at + '/' + escaped_token(member.key());
            match m;
            if (std::optional<json_pointer> pointer = read_pointer(member.key(), place))
                m.at = std::move(*pointer);
            read_one_or_more(member.value(), place, [&](const json &element, const std::string &element_at) {
                m.any_of.push_back(read_pattern(element, element_at));
            });
            matches.push_back(std::move(m));
        }
        return matches;
    }

    std::vector<column_source> read_sources(const json &value, const std::string &at) {
        std::vector<column_source> sources;
        read_one_or_more(value, at, [&](const json &element, const std::string &place) {
            column_source source;
            const json *pointer = &element;
            std::string pointer_at = place;
            if (element.is_object()) {
                check_keys(element, place, {"at", "when"});
                if (const json *when = required(element, place, "when"))
                    source.when = read_matches(*when, place + "/when");
                pointer = required(element, place, "at");
                pointer_at += "/at";
            }
            std::optional<json_pointer> read = pointer ? read_pointer(*pointer, pointer_at) : std::nullopt;
            if (read)
                source.at = std::move(*read);
            sources.push_back(std::move(source));
        });
        return sources;
    }

    pattern read_pattern(const json &value, const std::string &at) {
        pattern p{read_text(value, at, "a text, or the beginning of one and %"), false};
        if (p.text.ends_with('%')) {
            p.is_prefix = true;
            p.text.pop_back();
        }
        if (p.text.find('%') != std::string::npos)
            unexpected(at, "% only at the end", value);
        return p;
    }

    void read_columns(const json &value) {
        if (value.is_array() && value.size() > most_columns)
            return fault("/columns", "expected at most " + std::to_string(most_columns) + " columns, not " +
                                         std::to_string(value.size()));
        read_list(value, "/columns", [&](const json &element, const std::string &at) {
            const std::size_t faults_before = faults_.size();
            result_.columns.push_back(read_column(element, at));
            is_sound_.push_back(faults_.size() == faults_before);
        });
    }

    column read_column(const json &value, const std::string &at) {
        column c;
        if (!value.is_object()) {
            unexpected(at, "an object", value);
            return c;
        }
        read_column_name(value, at, c);
        read_origin(value, at, c);
        if (c.from != column_origin::pointer) {
            check_keys(value, at, {"name", "type", "from"});
            return c;
        }
        check_keys(value, at, {"name", "type", "at", "required", "unreadable", "clean"});
        if (const json *pointers = required(value, at, "at"))
            c.at = read_sources(*pointers, at + "/at");
        if (const json *is_required = optional(value, "required"))
            read_required(*is_required, at + "/required", c);
        if (const json *unreadable = optional(value, "unreadable"))
            read_unreadable(*unreadable, at + "/unreadable", c);
        if (const json *clean = optional(value, "clean"))
            read_cleaners(*clean, at + "/clean", c);
        return c;
    }

    void read_column_name(const json &value, const std::string &at, column &c) {
        const json *const name = required(value, at, "name");
        if (!name)
            return;
        c.name = read_name(*name, at + "/name");
        if (is_system_column(c.name))
            unexpected(at + "/name", "a name that the server does not use itself", *name);
        if (!c.name.empty() && !column_numbers_.emplace(c.name, result_.columns.size()).second)
            fault(at + "/name", "expected a name of its own, and " + in_quotes(c.name) + " is there already");
    }

    // Type and origin belong together: the arrival is a time, the body is jsonb, nothing else is.
    void read_origin(const json &value, const std::string &at, column &c) {
        const json *const from = optional(value, "from");
        const std::string origin = from ? read_word(*from, at + "/from", {"arrival", "body"}) : std::string();
        c.from = origin == "arrival" ? column_origin::arrival
                 : origin == "body"  ? column_origin::body
                                     : column_origin::pointer;
        const json *const type = required(value, at, "type");
        if (!type)
            return;
        if (c.from == column_origin::body)
            read_word(*type, at + "/type", {"jsonb"});
        else if (c.from == column_origin::arrival)
            c.type = parse_column_type(read_word(*type, at + "/type", {"timestamptz"})).value_or(c.type);
        else
            c.type = parse_column_type(read_word(*type, at + "/type",
                                                 {"bigint", "integer", "boolean", "text", "numeric",
                                                  "timestamptz", "date"}))
                         .value_or(c.type);
    }

    void read_required(const json &value, const std::string &at, column &c) {
        if (value.is_boolean())
            c.is_required = value.get<bool>();
        else
            unexpected(at, "true or false", value);
    }

    void read_unreadable(const json &value, const std::string &at, column &c) {
        c.null_if_unreadable = read_word(value, at, {"null"}) == "null";
        if (c.null_if_unreadable && c.is_required)
            fault(at, "expected a column that is not required, which alone may be null");
    }

    void read_cleaners(const json &value, const std::string &at, column &c) {
        read_list(value, at, [&](const json &element, const std::string &place) {
            const std::optional<cleaner> found = read_cleaner(element, place);
            if (!found)
                return;
            if (!is_cleaner_of(*found, c.type))
                fault(place,
                      shown(element) + " does nothing for a column of type " + std::string(sql_name(c.type)));
            else if (std::find(c.clean.begin(), c.clean.end(), *found) != c.clean.end())
                fault(place, "expected " + shown(element) + " once");
            else if (is_date_cleaner(*found) && std::any_of(c.clean.begin(), c.clean.end(), is_date_cleaner))
                fault(place,
                      "expected one order of day, month and year, and " + shown(element) + " is another");
            else
                c.clean.push_back(*found);
        });
    }

    std::optional<cleaner> read_cleaner(const json &value, const std::string &at) {
        const std::optional<cleaner> found =
            value.is_string() ? parse_cleaner(value.get_ref<const std::string &>()) : std::nullopt;
        if (!found) {
            std::vector<std::string_view> names;
            std::transform(cleaner_names.begin(), cleaner_names.end(), std::back_inserter(names),
                           [](const cleaner_name &known) { return known.text; });
            unexpected(at, any_of(names), value);
        }
        return found;
    }

    // The number of a column that is named somewhere else. None after a fault.
    std::optional<std::size_t> read_column_number(const json &value, const std::string &at) {
        const std::string name = read_text(value, at, "the name of a column");
        if (name.empty())
            return std::nullopt;
        const auto found = column_numbers_.find(name);
        if (found == column_numbers_.end()) {
            unexpected(at, "the name of a column", value);
            return std::nullopt;
        }
        return found->second;
    }

    // The column must come from the body and be of one of the types. The number stays known after a fault.
    std::optional<std::size_t> read_column_of(const json &value, const std::string &at,
                                              std::initializer_list<column_type> types) {
        const std::optional<std::size_t> number = read_column_number(value, at);
        if (!number || !is_sound_[*number])
            return number;
        const column &c = result_.columns[*number];
        std::vector<std::string_view> names;
        std::transform(types.begin(), types.end(), std::back_inserter(names), sql_name);
        if (c.from != column_origin::pointer)
            fault(at, "expected a column with \"at\", and " + in_quotes(c.name) + " has none");
        else if (std::find(types.begin(), types.end(), c.type) == types.end())
            fault(at, "expected a column of type " + any_of(names) + ", and " + in_quotes(c.name) +
                          " is of type \"" + std::string(sql_name(c.type)) + '"');
        return number;
    }

    void check_is_required(std::optional<std::size_t> number, const std::string &at) {
        if (number && is_sound_[*number] && !result_.columns[*number].is_required)
            fault(at,
                  "expected a required column, and " + in_quotes(result_.columns[*number].name) + " is not");
    }

    // Only types of which equal values have one spelling: a key is text in all that is derived.
    void read_key(const json &value) {
        read_list(value, "/key", [&](const json &element, const std::string &at) {
            const auto number = read_column_of(element, at,
                                               {column_type::bigint, column_type::integer, column_type::text,
                                                column_type::timestamptz, column_type::date});
            check_is_required(number, at);
            if (!number)
                return;
            if (std::find(result_.key.begin(), result_.key.end(), *number) != result_.key.end())
                fault(at, "expected the column " + shown(element) + " once");
            result_.key.push_back(*number);
        });
    }

    void read_observation(const json &value) {
        if (!value.is_object())
            return unexpected("/observation", "an object", value);
        observation_rule rule;
        if (const json *kind = required(value, "/observation", "kind"))
            rule.kind =
                parse_observation_kind(read_word(*kind, "/observation/kind",
                                                 {"created", "moved", "changed", "snapshot", "deleted"}))
                    .value_or(rule.kind);
        read_identity(value, rule);
        if (const json *when = optional(value, "when")) {
            rule.when = read_matches(*when, "/observation/when");
            check_keeps_body("/observation/when");
        }
        // An observation of a deletion that said more than the deletion would contradict its own kind.
        if (rule.kind == observation_kind::deleted) {
            check_keys(value, "/observation", {"kind", "lead", "at", "sequence", "when"});
        } else {
            check_keys(value, "/observation",
                       {"kind", "lead", "at", "sequence", "stage", "stage_name", "pipeline", "status",
                        "amount", "currency", "owner", "when"});
            read_sayings(value, rule);
        }
        result_.observes = std::move(rule);
    }

    // What was stored is looked at again when the observations are verified.
    void check_keeps_body(const std::string &at) {
        if (std::none_of(result_.columns.begin(), result_.columns.end(),
                         [](const column &c) { return c.from == column_origin::body; }))
            fault(at, "expected a column with \"from\": \"body\", in which the condition can be looked up");
    }

    void read_identity(const json &value, observation_rule &rule) {
        if (const json *lead = required(value, "/observation", "lead")) {
            const auto number = read_column_of(
                *lead, "/observation/lead", {column_type::bigint, column_type::integer, column_type::text});
            check_is_required(number, "/observation/lead");
            rule.lead = number.value_or(0);
        }
        if (const json *at = required(value, "/observation", "at")) {
            const auto number = read_column_of(*at, "/observation/at", {column_type::timestamptz});
            check_is_required(number, "/observation/at");
            rule.at = number.value_or(0);
        }
        rule.sequence =
            read_part(value, "/observation", "sequence", {column_type::bigint, column_type::integer});
    }

    // The column of a part that may be left out.
    std::optional<std::size_t> read_part(const json &section, const std::string &at, const std::string &key,
                                         std::initializer_list<column_type> types) {
        const json *const value = optional(section, key);
        return value ? read_column_of(*value, at + '/' + key, types) : std::nullopt;
    }

    std::optional<std::size_t> read_saying(const json &observation, const std::string &key,
                                           std::initializer_list<column_type> types) {
        return read_part(observation, "/observation", key, types);
    }

    void read_sayings(const json &value, observation_rule &rule) {
        const std::initializer_list<column_type> text{column_type::text};
        const std::initializer_list<column_type> name{column_type::text, column_type::bigint,
                                                      column_type::integer};
        rule.stage = read_saying(value, "stage", name);
        rule.stage_name = read_saying(value, "stage_name", text);
        rule.pipeline = read_saying(value, "pipeline", name);
        rule.amount =
            read_saying(value, "amount", {column_type::numeric, column_type::bigint, column_type::integer});
        rule.currency = read_saying(value, "currency", text);
        rule.owner = read_saying(value, "owner", name);
        if (const json *status = optional(value, "status"))
            read_status(*status, rule);
    }

    void read_status(const json &value, observation_rule &rule) {
        if (!value.is_object())
            return unexpected("/observation/status", "an object with \"column\" and \"map\"", value);
        check_keys(value, "/observation/status", {"column", "map"});
        if (const json *name = required(value, "/observation/status", "column"))
            rule.status = read_column_of(*name, "/observation/status/column", {column_type::text});
        if (const json *map = required(value, "/observation/status", "map"))
            read_status_map(*map, rule);
    }

    void read_status_map(const json &value, observation_rule &rule) {
        if (!value.is_object() || value.empty())
            return unexpected("/observation/status/map", "an object of the source's words and ours", value);
        for (const auto &member : value.items()) {
            const std::string at = "/observation/status/map/" + escaped_token(member.key());
            const std::optional<lead_status> status =
                parse_lead_status(read_word(member.value(), at, {"open", "won", "lost", "cancelled"}));
            if (member.key().empty())
                fault(at, "expected a word, not an empty text");
            else if (status && !rule.statuses.emplace(in_lower_case(member.key()), *status).second)
                fault(at, "expected " + in_quotes(member.key()) + " once, in upper or lower case");
        }
    }

    void read_stage(const json &value) {
        if (!value.is_object())
            return unexpected("/stage", "an object", value);
        check_keys(value, "/stage", {"id", "name", "position", "pipeline", "at", "deleted_when"});
        const std::initializer_list<column_type> name{column_type::text, column_type::bigint,
                                                      column_type::integer};
        stage_rule defines;
        if (const json *id = required(value, "/stage", "id"))
            defines.id = read_column_of(*id, "/stage/id", name).value_or(0);
        defines.name = read_part(value, "/stage", "name", {column_type::text});
        defines.position =
            read_part(value, "/stage", "position", {column_type::bigint, column_type::integer});
        defines.pipeline = read_part(value, "/stage", "pipeline", name);
        defines.at = read_part(value, "/stage", "at", {column_type::timestamptz});
        if (const json *deleted = optional(value, "deleted_when"))
            defines.deleted_when = read_matches(*deleted, "/stage/deleted_when");
        result_.defines = std::move(defines);
    }

    void read_rules(const json &value) {
        read_list(value, "/rules", [&](const json &element, const std::string &at) {
            if (!element.is_object())
                return unexpected(at, "an object with \"check\" and \"problem\"", element);
            check_keys(element, at, {"check", "problem"});
            rule r;
            if (const json *check = required(element, at, "check"))
                r.check = read_text(*check, at + "/check", "a condition in SQL");
            if (r.check.size() > longest_check)
                fault(at + "/check", "expected at most " + std::to_string(longest_check) + " bytes, not " +
                                         std::to_string(r.check.size()));
            if (const json *problem = required(element, at, "problem"))
                r.problem = read_text(*problem, at + "/problem", "what to call a row that breaks the rule");
            result_.rules.push_back(std::move(r));
        });
    }

    void read_duplicate_policy(const json &value) {
        if (value == "keep")
            result_.on_duplicate = duplicate_policy::keep;
        else if (value == "replace")
            result_.on_duplicate = duplicate_policy::replace;
        else if (value.is_object())
            read_replace_if_newer(value);
        else
            unexpected("/on_duplicate", R"("keep", "replace" or {"replace_if_newer": column})", value);
    }

    // Of two rows, one without the column would be neither older nor newer.
    void read_replace_if_newer(const json &value) {
        check_keys(value, "/on_duplicate", {"replace_if_newer"});
        result_.on_duplicate = duplicate_policy::replace_if_newer;
        const json *const name = required(value, "/on_duplicate", "replace_if_newer");
        if (!name)
            return;
        const std::string at = "/on_duplicate/replace_if_newer";
        result_.newer_by =
            read_column_of(*name, at, {column_type::timestamptz, column_type::bigint, column_type::integer});
        check_is_required(result_.newer_by, at);
    }

    std::vector<mapping_fault> &faults_;
    stream result_;
    std::vector<bool> is_sound_; // for each column: it has no fault
    std::map<std::string, std::size_t, std::less<>> column_numbers_;
};

// Syntax and what else a mapping must be before it can be read. False after a fault.
bool check_text(std::string_view text, std::vector<mapping_fault> &faults) {
    json_document document(json_limits{});
    std::pmr::monotonic_buffer_resource arena;
    std::vector<std::string> problems;
    document.read(text, arena, problems);
    for (std::string &problem : problems)
        faults.push_back({"", std::move(problem)});
    if (!problems.empty())
        return false;
    if (document.nodes().front().kind != json_kind::object) {
        faults.push_back({"", "expected an object"});
        return false;
    }
    repeated_keys(document.nodes(), faults).find();
    return true;
}

} // namespace

std::optional<json_pointer> parse_json_pointer(std::string_view text) {
    json_pointer pointer;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '/') {
            pointer.emplace_back();
            continue;
        }
        if (pointer.empty())
            return std::nullopt;
        if (c == '~') {
            ++i;
            if (i == text.size() || (text[i] != '0' && text[i] != '1'))
                return std::nullopt;
            pointer.back() += text[i] == '0' ? '~' : '/';
        } else {
            pointer.back() += c;
        }
    }
    return pointer;
}

std::string to_text(const json_pointer &pointer) {
    std::string text;
    for (const std::string &token : pointer)
        text += '/' + escaped_token(token);
    return text;
}

parsed_mapping parse_mapping(std::string_view text) {
    parsed_mapping result;
    if (!check_text(text, result.faults))
        return result;
    const json mapping = json::parse(text, nullptr, false);
    if (mapping.is_discarded()) {
        result.faults.push_back({"", "expected JSON with numbers of moderate size"});
        return result;
    }
    stream read = mapping_reader(result.faults).read(mapping);
    if (result.faults.empty())
        result.value = std::move(read);
    return result;
}

} // namespace pgcrm
