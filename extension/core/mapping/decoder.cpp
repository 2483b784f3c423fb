// body -> nodes (json_document) -> what each pointer points to (pointer_tree) -> cells -> observation.
//
// The streams are compiled once: every pointer has its slot in one tree for all streams, every
// column knows its slots and what is asked of it. Decoding is then one walk over the tokens, one
// over the nodes, and one over the columns of the stream that matches. A column that is wrong
// does not end the work: all that is wrong with a body is told at once.
#include "core/mapping/decoder.hpp"

#include "core/mapping/pointer_tree.hpp"
#include "core/text/ascii.hpp"
#include "core/text/number.hpp"
#include "core/text/quoting.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <new>
#include <utility>

namespace pgcrm {

namespace {

struct match_plan {
    std::size_t slot = 0;
    const match *of = nullptr;
};

using condition = std::vector<match_plan>; // all must match

// What every value needs comes first, what few need last.
struct column_plan {
    const column *of = nullptr;
    std::vector<std::size_t> slots; // of its places, in their order
    bool is_conditional = false;    // some of the places have conditions
    bool is_name = false;           // bounded in size, and an empty one counts as null
    bool is_amount = false;
    bool trims = false;
    bool lowers = false;
    bool keeps_digits = false;
    bool takes_words = false; // for true and false
    bool takes_percent = false;
    bool zone_is_optional = false;
    std::optional<date_order> order;   // of dates that are not ISO 8601
    std::vector<condition> conditions; // of its places, in their order, when it is conditional
};

struct stream_plan {
    const stream *of = nullptr;
    condition matches;
    std::vector<column_plan> columns;
    condition observes_when;
    condition deleted_when;
};

void add_pointers(std::span<const match> matches, std::vector<json_pointer> &to) {
    for (const match &m : matches)
        to.push_back(m.at);
}

std::vector<json_pointer> pointers_of(std::span<const stream> streams) {
    std::vector<json_pointer> pointers;
    for (const stream &s : streams) {
        add_pointers(s.matches, pointers);
        for (const column &c : s.columns)
            for (const column_source &source : c.at) {
                pointers.push_back(source.at);
                add_pointers(source.when, pointers);
            }
        if (s.observes)
            add_pointers(s.observes->when, pointers);
        if (s.defines)
            add_pointers(s.defines->deleted_when, pointers);
    }
    return pointers;
}

condition plan_of(std::span<const match> matches, const pointer_tree &tree) {
    condition plan;
    for (const match &m : matches)
        plan.push_back({tree.slot_of(m.at), &m});
    return plan;
}

bool has(const column &c, cleaner wanted) {
    return std::find(c.clean.begin(), c.clean.end(), wanted) != c.clean.end();
}

std::optional<date_order> date_order_of(const column &c) {
    if (has(c, cleaner::date_dmy))
        return date_order::dmy;
    if (has(c, cleaner::date_mdy))
        return date_order::mdy;
    if (has(c, cleaner::date_ymd))
        return date_order::ymd;
    return std::nullopt;
}

std::vector<condition> conditions_of(const column &c, const pointer_tree &tree) {
    std::vector<condition> conditions;
    if (std::all_of(c.at.begin(), c.at.end(), [](const column_source &s) { return s.when.empty(); }))
        return conditions;
    for (const column_source &source : c.at)
        conditions.push_back(plan_of(source.when, tree));
    return conditions;
}

column_plan plan_of(const column &c, const pointer_tree &tree) {
    column_plan plan;
    plan.of = &c;
    for (const column_source &source : c.at)
        plan.slots.push_back(tree.slot_of(source.at));
    plan.conditions = conditions_of(c, tree);
    plan.is_conditional = !plan.conditions.empty();
    plan.trims = has(c, cleaner::trim);
    plan.lowers = has(c, cleaner::lower);
    plan.keeps_digits = has(c, cleaner::digits);
    plan.takes_words = has(c, cleaner::boolean);
    plan.takes_percent = has(c, cleaner::percent);
    plan.zone_is_optional = has(c, cleaner::utc);
    plan.order = date_order_of(c);
    return plan;
}

void mark_name(stream_plan &plan, std::optional<std::size_t> number) {
    if (number && plan.columns[*number].of->type == column_type::text)
        plan.columns[*number].is_name = true;
}

// What a key, an observation and a stage are made of is more than a value of its type.
void mark_roles(stream_plan &plan) {
    for (const std::size_t number : plan.of->key)
        mark_name(plan, number);
    if (plan.of->observes) {
        const observation_rule &says = *plan.of->observes;
        for (const auto number : {std::optional(says.lead), says.stage, says.stage_name, says.pipeline,
                                  says.status, says.currency, says.owner})
            mark_name(plan, number);
        if (says.amount)
            plan.columns[*says.amount].is_amount = true;
    }
    if (plan.of->defines) {
        const stage_rule &defined = *plan.of->defines;
        for (const auto number : {std::optional(defined.id), defined.name, defined.pipeline})
            mark_name(plan, number);
    }
}

stream_plan plan_of(const stream &s, const pointer_tree &tree) {
    stream_plan plan;
    plan.of = &s;
    plan.matches = plan_of(s.matches, tree);
    for (const column &c : s.columns)
        plan.columns.push_back(plan_of(c, tree));
    if (s.observes)
        plan.observes_when = plan_of(s.observes->when, tree);
    if (s.defines)
        plan.deleted_when = plan_of(s.defines->deleted_when, tree);
    mark_roles(plan);
    return plan;
}

bool matches(std::string_view text, const match &m) noexcept {
    return std::any_of(m.any_of.begin(), m.any_of.end(), [&](const pattern &p) {
        return p.is_prefix ? text.starts_with(p.text) : text == p.text;
    });
}

// Whether what is matched tells one kind of record from another; a place where any text will do only tells
// what a record looks like.
bool is_of_a_name(const match &m) noexcept {
    return std::none_of(m.any_of.begin(), m.any_of.end(),
                        [](const pattern &p) { return p.is_prefix && p.text.empty(); });
}

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

// In ASCII only: what is lower case elsewhere depends on a locale, and a key must not.
std::string_view in_lower_case(std::string_view text, std::pmr::memory_resource &arena) {
    if (std::all_of(text.begin(), text.end(), [](char c) { return c == lower(c); }))
        return text;
    char *const copy = static_cast<char *>(arena.allocate(text.size(), 1));
    std::transform(text.begin(), text.end(), copy, lower);
    return {copy, text.size()};
}

// The digits of a text, without another copy where there is nothing else.
std::string_view digits_of(std::string_view text, std::pmr::memory_resource &arena) {
    if (std::all_of(text.begin(), text.end(), is_digit))
        return text;
    char *const copy = static_cast<char *>(arena.allocate(text.size(), 1));
    const char *const end = std::copy_if(text.begin(), text.end(), copy, is_digit);
    return {copy, static_cast<std::size_t>(end - copy)};
}

// White space, and the spaces that do not break (U+00A0 and U+202F), which stand before a % in many
// languages.
std::string_view trimmed_of_all_blanks(std::string_view text) noexcept {
    for (std::size_t size = text.size() + 1; text.size() < size;) {
        size = text.size();
        text = trimmed(text);
        for (const std::string_view blank : {"\xC2\xA0", "\xE2\x80\xAF"}) {
            if (text.starts_with(blank))
                text.remove_prefix(blank.size());
            if (text.ends_with(blank))
                text.remove_suffix(blank.size());
        }
    }
    return text;
}

// A percentage as a number: without the sign, with a point for a comma. What is no number stays none.
std::string_view without_percent(std::string_view text, std::pmr::memory_resource &arena) {
    text = trimmed_of_all_blanks(text);
    if (text.ends_with('%')) {
        text.remove_suffix(1);
        text = trimmed_of_all_blanks(text);
    }
    if (std::any_of(text.begin(), text.end(), [](char c) { return c == 'e' || c == 'E'; }))
        return {};
    if (text.find(',') == std::string_view::npos)
        return text;
    char *const copy = static_cast<char *>(arena.allocate(text.size(), 1));
    std::replace_copy(text.begin(), text.end(), copy, ',', '.');
    return {copy, text.size()};
}

bool is_same_word(std::string_view text, std::string_view word_in_lower_case) noexcept {
    return std::equal(text.begin(), text.end(), word_in_lower_case.begin(), word_in_lower_case.end(),
                      [](char a, char b) { return lower(a) == b; });
}

// A value as a problem shows it.
std::string shown(const json_node &node) {
    switch (node.kind) {
    case json_kind::string:
        return in_quotes(node.text);
    case json_kind::object:
        return "an object";
    case json_kind::array:
        return "a list";
    default:
        return shortened(node.text);
    }
}

std::string at_pointer(const json_pointer &pointer) { return " at \"" + to_text(pointer) + '"'; }

std::string too_long(std::size_t limit, const json_pointer &pointer, std::size_t size) {
    return "expected at most " + std::to_string(limit) + " bytes" + at_pointer(pointer) + ", not " +
           std::to_string(size);
}

std::string_view number_text(std::int64_t number, std::pmr::memory_resource &arena) {
    std::array<char, 20> buffer;
    const char *const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return copy_text({buffer.data(), static_cast<std::size_t>(end - buffer.data())}, arena);
}

// A cell that has a value, as the text of a key or a name.
std::string_view text_of(const cell &value, column_type type, std::pmr::memory_resource &arena) {
    instant_text buffer;
    switch (type) {
    case column_type::bigint:
    case column_type::integer:
        return number_text(value.number, arena);
    case column_type::timestamptz:
        return copy_text(write_text(instant{value.number}, buffer), arena);
    case column_type::date:
        return copy_text(write_text(day{static_cast<std::int32_t>(value.number)}, buffer), arena);
    case column_type::boolean:
        return value.number != 0 ? "true" : "false";
    case column_type::text:
    case column_type::numeric:
        return value.text;
    }
    return value.text;
}

// One body and what its stream's pointers found in it.
struct located_body {
    std::span<const json_node> nodes;
    std::span<const std::uint32_t> slots;
    const decode_limits &limits;
    std::pmr::memory_resource &arena;
    std::vector<std::string> &problems;
    std::vector<unread_value> &unread;

    const json_node *at(std::size_t slot) const noexcept {
        return slots[slot] == pointer_tree::nowhere ? nullptr : &nodes[slots[slot]];
    }

    bool meets(const condition &all) const noexcept {
        for (const match_plan &m : all)
            if (const json_node *node = at(m.slot);
                !node || node->kind != json_kind::string || !matches(node->text, *m.of))
                return false;
        return true;
    }

    // What was wrong with a value goes where its column wants it. Of several columns that do not take a value
    // for one reason the first one is told; `what` names value and reason. Whether it was told.
    bool report(const column &of, const std::string &what) const {
        const auto is_told = [&what](const std::string &problem) { return problem.ends_with(what); };
        if (of.null_if_unreadable
                ? std::any_of(unread.begin(), unread.end(),
                              [&](const unread_value &each) { return is_told(each.problem); })
                : std::any_of(problems.begin(), problems.end(), is_told))
            return false;
        if (of.null_if_unreadable)
            unread.push_back({&of, "column \"" + of.name + '"' + what});
        else
            problems.push_back("column \"" + of.name + '"' + what);
        return true;
    }

    // What is at a place of a column; none also where the place does not count.
    const json_node *at(const column_plan &column, std::size_t place) const noexcept {
        if (column.is_conditional && !meets(column.conditions[place]))
            return nullptr;
        return at(column.slots[place]);
    }
};

// Reads the columns of a stream. Each `read_` function of a type returns false after it has reported.
class record_reader {
public:
    explicit record_reader(const located_body &body) : body_(body) {}

    // How many problems are of numbers that have too many digits for a key or a name.
    std::size_t long_numbers() const noexcept { return long_numbers_; }

    // False when there was a problem that keeps the event out.
    bool read(const column_plan &plan, cell &result) {
        plan_ = &plan;
        is_emptied_ = false;
        find();
        result.is = found_;
        if (found_ == presence::value && !read_value(result)) {
            result = null_cell();
            return plan.of->null_if_unreadable || is_emptied_;
        }
        if (result.is == presence::value || !plan.of->is_required)
            return true;
        report_missing();
        return false;
    }

private:
    static cell null_cell() noexcept {
        cell c;
        c.is = presence::null;
        return c;
    }

    // A form that was left empty says nothing, unless an answer is required.
    bool is_nothing(const json_node &node) const noexcept {
        return node.kind == json_kind::null ||
               (node.kind == json_kind::string && !plan_->of->is_required && trimmed(node.text).empty());
    }

    // The first place that has a value, else any null, else nothing.
    void find() noexcept {
        found_ = presence::absent;
        for (source_ = 0; source_ < plan_->slots.size(); ++source_) {
            node_ = body_.at(*plan_, source_);
            if (!node_)
                continue;
            if (!is_nothing(*node_)) {
                found_ = presence::value;
                return;
            }
            found_ = presence::null;
        }
    }

    bool read_value(cell &result) {
        switch (plan_->of->type) {
        case column_type::bigint:
            return read_whole_number(result, std::numeric_limits<std::int64_t>::min(),
                                     std::numeric_limits<std::int64_t>::max());
        case column_type::integer:
            return read_whole_number(result, std::numeric_limits<std::int32_t>::min(),
                                     std::numeric_limits<std::int32_t>::max());
        case column_type::boolean:
            return read_boolean(result);
        case column_type::text:
            return read_text(result);
        case column_type::numeric:
            return read_numeric(result);
        case column_type::timestamptz:
            return read_instant(result);
        case column_type::date:
            return read_day(result);
        }
        return false;
    }

    const json_pointer &pointer() const noexcept { return plan_->of->at[source_].at; }

    bool unexpected(std::string_view expected) {
        body_.report(*plan_->of, ": expected " + std::string(expected) + at_pointer(pointer()) + ", not " +
                                     shown(*node_));
        return false;
    }

    void report_missing() {
        const std::vector<column_source> &at = plan_->of->at;
        std::string problem = " is required, and ";
        if (at.size() > 1)
            problem += "none of ";
        for (std::size_t i = 0; i < at.size(); ++i)
            problem += (i > 0 ? ", \"" : "\"") + to_text(at[i].at) + '"';
        problem += at.size() > 1 ? (plan_->is_conditional ? " has a value that counts here" : " has a value")
                                 : what_is_missing();
        body_.report(*plan_->of, problem);
    }

    // Of a column with one place.
    std::string what_is_missing() const {
        if (plan_->is_conditional && !body_.meets(plan_->conditions.front()))
            return " does not count here";
        return found_ == presence::absent ? " is missing" : " is null";
    }

    // The text of a string, trimmed where the mapping says so; nothing for another kind of value.
    std::optional<std::string_view> string_text() const noexcept {
        if (node_->kind != json_kind::string)
            return std::nullopt;
        return plan_->trims ? trimmed(node_->text) : node_->text;
    }

    // A number, also one inside a string.
    std::optional<std::string_view> number_spelling() const {
        if (node_->kind == json_kind::number)
            return node_->text;
        const std::optional<std::string_view> text = string_text();
        if (text && plan_->keeps_digits)
            return without_leading_zeros(digits_of(*text, body_.arena));
        if (text && plan_->takes_percent)
            return without_percent(*text, body_.arena);
        return text;
    }

    bool read_whole_number(cell &result, std::int64_t least, std::int64_t most) {
        const std::optional<std::string_view> text = number_spelling();
        const std::optional<number_parts> parts = text ? parse_number(*text) : std::nullopt;
        const whole_number number = parts ? to_whole_number(*parts) : whole_number{};
        if (number.is == whole_number_outcome::not_whole)
            return unexpected("a whole number");
        if (number.is == whole_number_outcome::out_of_range || number.value < least || number.value > most)
            return unexpected("a whole number from " + std::to_string(least) + " to " + std::to_string(most));
        if (plan_->is_amount && !is_amount(*parts))
            return unexpected("an amount below 10^15");
        result.number = number.value;
        return true;
    }

    bool read_numeric(cell &result) {
        const std::optional<std::string_view> text = number_spelling();
        const std::optional<number_parts> parts = text ? parse_number(*text) : std::nullopt;
        if (!parts)
            return unexpected("a number");
        if (!fits_numeric(*parts))
            return unexpected("a number that PostgreSQL can hold");
        if (plan_->is_amount && !is_amount(*parts))
            return unexpected("an amount below 10^15");
        result.text = *text;
        return true;
    }

    static bool is_amount(const number_parts &number) noexcept { return to_money(number).has_value(); }

    bool read_boolean(cell &result) {
        const std::optional<bool> value = plan_->takes_words ? boolean_word() : plain_boolean();
        if (!value)
            return unexpected(plan_->takes_words ? "yes or no" : "true or false");
        result.number = *value ? 1 : 0;
        return true;
    }

    std::optional<bool> plain_boolean() const noexcept {
        if (node_->kind != json_kind::boolean)
            return std::nullopt;
        return node_->text == "true";
    }

    // A boolean, or a number or text that stands for one; lists and objects are none of the words.
    std::optional<bool> boolean_word() const noexcept {
        const std::string_view text = trimmed(node_->text);
        const auto is_text = [&](std::string_view word) { return is_same_word(text, word); };
        constexpr std::array<std::string_view, 6> yes{"true", "t", "yes", "y", "on", "1"};
        constexpr std::array<std::string_view, 6> no{"false", "f", "no", "n", "off", "0"};
        if (std::any_of(yes.begin(), yes.end(), is_text))
            return true;
        if (std::any_of(no.begin(), no.end(), is_text))
            return false;
        return std::nullopt;
    }

    bool read_text(cell &result) {
        if (node_->kind == json_kind::object || node_->kind == json_kind::array)
            return unexpected("a text");
        std::string_view text = node_->text;
        if (plan_->trims)
            text = trimmed(text);
        if (plan_->keeps_digits)
            text = digits_of(text, body_.arena);
        if (plan_->lowers)
            text = in_lower_case(text, body_.arena);
        result.text = text;
        is_emptied_ = text.empty() && !plan_->of->is_required;
        if (is_emptied_)
            return false;
        return !plan_->is_name || check_name(text);
    }

    // False also for an empty name.
    bool check_name(std::string_view text) {
        if (text.size() > body_.limits.max_text_size) {
            const bool is_new =
                body_.report(*plan_->of, ": " + too_long(body_.limits.max_text_size, pointer(), text.size()));
            if (is_new && node_->kind == json_kind::number && !plan_->of->null_if_unreadable)
                ++long_numbers_;
            return false;
        }
        if (text.empty())
            body_.report(*plan_->of, " is required, and \"" + to_text(pointer()) + "\" is empty");
        return !text.empty();
    }

    bool read_instant(cell &result) {
        const std::optional<std::string_view> text = string_text();
        const std::optional<instant> at = text ? instant_in(*text, plan_->zone_is_optional) : std::nullopt;
        if (!at && text && instant_in(*text, true))
            return unexpected("a time with a zone");
        if (!at)
            return unexpected("a time such as 2026-01-09T18:40:27Z" + other_date());
        if (!is_within_bounds(*at))
            return unexpected("a time from 1970 to 2199");
        result.number = at->microseconds;
        return true;
    }

    bool read_day(cell &result) {
        const std::optional<std::string_view> text = string_text();
        std::optional<day> on = text ? parse_day(*text) : std::nullopt;
        if (!on && text && plan_->order)
            on = parse_day(*text, *plan_->order);
        if (!on)
            return unexpected("a date such as 2026-01-09" + other_date());
        result.number = on->number;
        return true;
    }

    std::optional<instant> instant_in(std::string_view text, bool zone_is_optional) const noexcept {
        const std::optional<instant> at = parse_instant(text, zone_is_optional);
        return at || !plan_->order ? at : parse_instant(text, *plan_->order, zone_is_optional);
    }

    // The other way to write the date of an example.
    std::string other_date() const {
        if (!plan_->order)
            return {};
        switch (*plan_->order) {
        case date_order::dmy:
            return " or 09/01/2026";
        case date_order::mdy:
            return " or 01/09/2026";
        case date_order::ymd:
            break;
        }
        return " or 2026/01/09";
    }

    const located_body &body_;
    const column_plan *plan_ = nullptr;
    presence found_ = presence::absent;
    const json_node *node_ = nullptr; // of meaning when found_ is value
    std::size_t source_ = 0;          // which of the column's pointers
    std::size_t long_numbers_ = 0;
    bool is_emptied_ = false; // by cleaning, and null may be
};

// The cells of a record, as the parts of what it says.
class record_view {
public:
    record_view(const stream_plan &plan, std::span<const cell> cells, const located_body &body)
        : plan_(plan), cells_(cells), body_(body) {}

    const cell &operator[](std::size_t number) const noexcept { return cells_[number]; }

    bool has_value(std::optional<std::size_t> number) const noexcept {
        return number && cells_[*number].is == presence::value;
    }

    std::string_view text(std::size_t number) const {
        return text_of(cells_[number], plan_.columns[number].of->type, body_.arena);
    }

    std::optional<std::string_view> optional_text(std::optional<std::size_t> number) const {
        return has_value(number) ? std::optional(text(*number)) : std::nullopt;
    }

    said<std::string_view> said_text(std::optional<std::size_t> number) const {
        if (!number || cells_[*number].is == presence::absent)
            return {};
        return {true, optional_text(number)};
    }

private:
    const stream_plan &plan_;
    std::span<const cell> cells_;
    const located_body &body_;
};

// Makes the observation out of a record without faults, except for one that only shows here: a status.
class observer {
public:
    observer(const stream_plan &plan, const record_view &record, const located_body &body)
        : plan_(plan), rule_(*plan.of->observes), record_(record), body_(body) {}

    std::optional<lead_status> status() const {
        if (!record_.has_value(rule_.status))
            return std::nullopt;
        const std::string_view word = record_[*rule_.status].text;
        for (const auto &[known, status] : rule_.statuses)
            if (is_same_word(word, known))
                return status;
        report_unknown_status(word);
        return std::nullopt;
    }

    observation observe(std::string_view event_id, std::optional<lead_status> status) const {
        observation o;
        o.lead_id = record_.text(rule_.lead);
        o.occurred_at = instant{record_[rule_.at].number};
        o.sequence = record_.has_value(rule_.sequence) ? record_[*rule_.sequence].number : 0;
        o.kind = rule_.kind;
        o.event_id = event_id;
        o.origin = plan_.of->name;
        o.stage = record_.optional_text(rule_.stage_name);
        o.pipeline = record_.optional_text(rule_.pipeline);
        o.stage_id = stage_id(o.pipeline, o.stage);
        o.status = status;
        o.amount = amount();
        o.currency = record_.said_text(rule_.currency);
        o.owner = record_.said_text(rule_.owner);
        return o;
    }

private:
    said<money> amount() const {
        if (!rule_.amount || record_[*rule_.amount].is == presence::absent)
            return {};
        return {true,
                record_.has_value(rule_.amount) ? parse_money(record_.text(*rule_.amount)) : std::nullopt};
    }

    // Where the source gives none, (pipeline, name) identify the stage; a pipeline unsaid counts as ''.
    std::optional<std::string_view> stage_id(std::optional<std::string_view> pipeline,
                                             std::optional<std::string_view> name) const {
        if (record_.has_value(rule_.stage))
            return record_.text(*rule_.stage);
        if (!name)
            return std::nullopt;
        const std::array<std::string_view, 2> parts{pipeline.value_or(""), *name};
        return joined_key(parts, body_.limits.max_text_size, body_.arena);
    }

    void report_unknown_status(std::string_view word) const {
        std::string problem = "unknown status " + in_quotes(word);
        const column_plan &column = plan_.columns[*rule_.status];
        for (std::size_t i = 0; i < column.slots.size(); ++i) {
            const json_node *const node = body_.at(column, i);
            if (node && node->kind != json_kind::null && !trimmed(node->text).empty()) {
                problem += at_pointer(column.of->at[i].at);
                break;
            }
        }
        if (column.of->null_if_unreadable)
            body_.unread.push_back({column.of, std::move(problem)});
        else
            body_.problems.push_back(std::move(problem));
    }

    const stream_plan &plan_;
    const observation_rule &rule_;
    const record_view &record_;
    const located_body &body_;
};

// None where the id is null.
std::optional<defined_stage> stage_of(const stream_plan &plan, const record_view &record,
                                      const located_body &body) {
    const stage_rule &defines = *plan.of->defines;
    if (!record.has_value(defines.id))
        return std::nullopt;
    defined_stage stage;
    stage.stage_id = record.text(defines.id);
    stage.name = record.optional_text(defines.name);
    if (record.has_value(defines.position))
        stage.position = record[*defines.position].number;
    stage.pipeline = record.optional_text(defines.pipeline);
    if (record.has_value(defines.at))
        stage.defined_at = instant{record[*defines.at].number};
    stage.is_deleted = !plan.deleted_when.empty() && body.meets(plan.deleted_when);
    return stage;
}

std::string_view event_id_of(const stream &s, std::span<const cell> cells, const located_body &body) {
    if (s.key.size() == 1)
        return text_of(cells[s.key.front()], s.columns[s.key.front()].type, body.arena);
    std::vector<std::string_view> parts;
    for (const std::size_t number : s.key)
        parts.push_back(text_of(cells[number], s.columns[number].type, body.arena));
    return joined_key(parts, body.limits.max_text_size, body.arena);
}

std::span<cell> read_cells(const stream_plan &plan, const located_body &body, decoded &result) {
    const std::size_t count = plan.columns.size();
    cell *const cells = static_cast<cell *>(body.arena.allocate(count * sizeof(cell), alignof(cell)));
    std::uninitialized_value_construct_n(cells, count);
    record_reader reader(body);
    for (std::size_t i = 0; i < count; ++i)
        if (plan.columns[i].of->from == column_origin::pointer)
            if (!reader.read(plan.columns[i], cells[i]))
                result.faulty.push_back(i);
    result.has_only_long_numbers =
        !result.problems.empty() && result.problems.size() == reader.long_numbers();
    return {cells, count};
}

} // namespace

struct decoder::state {
    decode_limits limits;
    pointer_tree tree;
    std::vector<stream_plan> plans;
    json_document document;
    std::vector<std::uint32_t> slots;

    state(std::span<const stream> streams, decode_limits wanted)
        : limits(wanted), tree(pointers_of(streams)), document({wanted.max_body_size, wanted.max_depth}),
          slots(tree.slot_count()) {
        for (const stream &s : streams)
            plans.push_back(plan_of(s, tree));
    }

    const stream_plan *matching(const located_body &body) const noexcept;
    void read_event(const stream_plan &plan, const located_body &body, decoded &result) const;
    void read_unhandled(const located_body &body, decoded &result) const;
    const match_plan *first_name(const located_body &body) const noexcept;
    std::string_view unhandled_id(const located_body &body) const;
};

const stream_plan *decoder::state::matching(const located_body &body) const noexcept {
    for (const stream_plan &plan : plans)
        if (body.meets(plan.matches))
            return &plan;
    return nullptr;
}

void decoder::state::read_event(const stream_plan &plan, const located_body &body, decoded &result) const {
    result.of = plan.of;
    const bool is_storable = result.problems.empty();
    const std::span<const cell> cells = read_cells(plan, body, result);
    const record_view record(plan, cells, body);
    const bool observes = plan.of->observes && body.meets(plan.observes_when);
    std::optional<lead_status> status;
    if (observes)
        status = observer(plan, record, body).status();
    if (is_storable && !plan.of->rules.empty())
        result.cells = cells;
    if (!result.problems.empty())
        return;
    result.is = verdict::event;
    result.cells = cells;
    result.event_id = event_id_of(*plan.of, cells, body);
    if (observes)
        result.says = observer(plan, record, body).observe(result.event_id, status);
    if (plan.of->defines)
        result.defines = stage_of(plan, record, body);
}

// The first pointer of a match, in the order of the streams, at which there is the name of an event.
const match_plan *decoder::state::first_name(const located_body &body) const noexcept {
    for (const stream_plan &plan : plans)
        for (const match_plan &m : plan.matches)
            if (const json_node *node = body.at(m.slot);
                node && node->kind == json_kind::string && !node->text.empty() && is_of_a_name(*m.of))
                return &m;
    return nullptr;
}

// What is at the place of the first stream's key.
std::string_view decoder::state::unhandled_id(const located_body &body) const {
    const stream_plan &plan = plans.front();
    if (plan.of->key.empty())
        return {};
    const column_plan &key = plan.columns[plan.of->key.front()];
    for (std::size_t i = 0; i < key.slots.size(); ++i) {
        const json_node *const node = body.at(key, i);
        if (!node || node->kind == json_kind::null)
            continue;
        if (node->kind == json_kind::object || node->kind == json_kind::array)
            return {};
        if (node->text.size() > limits.max_text_size)
            body.problems.push_back(too_long(limits.max_text_size, key.of->at[i].at, node->text.size()));
        return node->text;
    }
    return {};
}

void decoder::state::read_unhandled(const located_body &body, decoded &result) const {
    const match_plan *const name = first_name(body);
    if (!name) {
        std::string problem = "expected an event name";
        if (!plans.empty() && !plans.front().matches.empty())
            problem += at_pointer(plans.front().matches.front().of->at);
        result.problems.push_back(std::move(problem));
        return;
    }
    const std::string_view text = body.at(name->slot)->text;
    if (text.size() > limits.max_text_size)
        result.problems.push_back(too_long(limits.max_text_size, name->of->at, text.size()));
    const std::string_view id = unhandled_id(body);
    if (!result.problems.empty())
        return;
    result.is = verdict::unhandled;
    result.event_name = text;
    result.event_id = id;
}

decoder::decoder(std::span<const stream> streams, decode_limits limits)
    : state_(std::make_unique<state>(streams, limits)) {}

decoder::~decoder() = default;

decoded decoder::decode(std::string_view body, std::pmr::memory_resource &arena) {
    decoded result;
    state &s = *state_;
    if (!s.document.read(body, arena, result.problems))
        return result;
    const std::span<const json_node> nodes = s.document.nodes();
    if (nodes.front().kind != json_kind::object) {
        result.problems.push_back("expected an object, not " + shown(nodes.front()));
        return result;
    }
    s.tree.locate(nodes, s.slots);
    const located_body located{nodes, s.slots, s.limits, arena, result.problems, result.unread};
    if (const stream_plan *plan = s.matching(located))
        s.read_event(*plan, located, result);
    else
        s.read_unhandled(located, result);
    return result;
}

std::span<const json_node> decoder::nodes() const noexcept { return state_->document.nodes(); }

} // namespace pgcrm
