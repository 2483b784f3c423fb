// libFuzzer's entry to mappings and the decode path. An input is one of two things, told by its first byte:
//
//   even   a body for a mapping of our own, or a mapping, a NUL byte and a body
//   odd    choices: the next byte says how many of the bytes after it pick one of the example bodies and
//   change
//          it; the rest makes mappings: columns, types, places, conditions, cleaners, sections
//
// Whatever comes, nothing may crash, a mapping made by the rules is sound, and the answers keep what their
// headers promise: what a place, a condition and a definition come to is worked out here a second time,
// slowly.
//
//   cmake -S . -B build/fuzz -DPGCRM_FUZZ=ON -DCMAKE_CXX_COMPILER=clang++ && cmake --build build/fuzz -t
//   decoder_fuzz
#include "core/json/jsonb_image.hpp"
#include "core/mapping/decoder.hpp"
#include "core/mapping/pointer_tree.hpp"
#include "core/text/ascii.hpp"
#include "core/text/number.hpp"
#include "jsonb_reader.hpp"
#include "random_body.hpp"
#include "random_mapping.hpp"

#include <nlohmann/json.hpp>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace pgcrm;
using nlohmann::json;

constexpr std::string_view own_mapping = R"json({
    "stream": "own", "match": {"/webhook_event/event": ["lead.step.changed%", "lead.creation"]}, "key": ["id", "lead"],
    "columns": [
        {"name": "id", "type": "bigint", "at": "/webhook_event/id", "required": true},
        {"name": "lead", "type": "text", "at": ["/webhook_event/data/id", "/webhook_event/0"], "required": true, "clean": ["trim"]},
        {"name": "tries", "type": "integer", "at": "/webhook_event/try_count", "clean": ["digits"]},
        {"name": "done", "type": "boolean", "at": "/webhook_event/has_succeeded", "clean": ["boolean"]},
        {"name": "step", "type": "text", "at": {"at": "/webhook_event/data/step", "when": {"/webhook_event/event": "lead.step%"}}},
        {"name": "pipeline", "type": "text", "at": "/webhook_event/data/pipeline"},
        {"name": "status", "type": "text", "at": "/webhook_event/data/status", "clean": ["trim", "lower"]},
        {"name": "amount", "type": "numeric", "at": "/webhook_event/data/amount", "clean": ["trim", "percent"]},
        {"name": "currency", "type": "text", "at": "/webhook_event/data/currency"},
        {"name": "owner", "type": "text", "at": "/webhook_event/data/user/email", "clean": ["lower"]},
        {"name": "remind_on", "type": "date", "at": "/webhook_event/data/remind_date", "clean": ["date:DMY"]},
        {"name": "updated_at", "type": "timestamptz", "at": "/webhook_event/data/updated_at", "required": true, "clean": ["utc", "date:MDY"]},
        {"name": "raw_data", "type": "jsonb", "from": "body"}],
    "observation": {"kind": "moved", "lead": "lead", "at": "updated_at", "stage_name": "step", "pipeline": "pipeline",
        "status": {"column": "status", "map": {"todo": "open", "standby": "open", "won": "won", "lost": "lost"}},
        "amount": "amount", "currency": "currency", "owner": "owner"}})json";

void require(bool holds) {
    if (!holds)
        std::abort();
}

void check_is_utf8(std::string_view text) {
    require(simdjson::validate_utf8(text.data() ? text.data() : "", text.size()));
}

void check_is_json(std::string_view body) {
    struct : nlohmann::detail::json_sax_acceptor<json> {
        bool is_overflow = false;
        bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &error) {
            is_overflow = error.id == 406;
            return false;
        }
    } acceptor;
    require(json::sax_parse(body, &acceptor) || acceptor.is_overflow);
}

void check_nodes(std::span<const json_node> nodes) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        require(nodes[i].next > i && nodes[i].next <= nodes.size());
        check_is_utf8(nodes[i].text);
    }
}

// What is at a pointer, step by step: the node, the null on the way to it, or nothing.
const json_node *found_at(const json_pointer &pointer, std::span<const json_node> nodes) {
    std::uint32_t at = 0;
    for (const std::string &token : pointer) {
        const json_node &here = nodes[at];
        std::uint32_t next = 0, index = 0;
        if (here.kind == json_kind::object) {
            for (std::uint32_t key = at + 1; key < here.next; key = nodes[key + 1].next)
                if (nodes[key].text == token)
                    next = key + 1;
        } else if (here.kind == json_kind::array) {
            for (std::uint32_t item = at + 1; item < here.next; item = nodes[item].next)
                if (std::to_string(index++) == token)
                    next = item;
        }
        if (here.kind == json_kind::null)
            return &here;
        if (next == 0)
            return nullptr;
        at = next;
    }
    return &nodes[at];
}

bool holds(const std::vector<match> &condition, std::span<const json_node> nodes) {
    for (const match &m : condition) {
        const json_node *const node = found_at(m.at, nodes);
        if (!node || node->kind != json_kind::string)
            return false;
        bool is_any = false;
        for (const pattern &p : m.any_of)
            is_any |= p.is_prefix ? node->text.substr(0, p.text.size()) == p.text : node->text == p.text;
        if (!is_any)
            return false;
    }
    return true;
}

bool is_blank_text(const json_node &node) {
    return node.kind == json_kind::string && std::all_of(node.text.begin(), node.text.end(), is_blank);
}

// What a column has before its value is read.
presence presence_of(const column &c, std::span<const json_node> nodes) {
    presence found = presence::absent;
    for (const column_source &source : c.at) {
        const json_node *const node = holds(source.when, nodes) ? found_at(source.at, nodes) : nullptr;
        if (node && node->kind != json_kind::null && (c.is_required || !is_blank_text(*node)))
            return presence::value;
        if (node)
            found = presence::null;
    }
    return found;
}

bool has(const column &c, cleaner wanted) {
    return std::find(c.clean.begin(), c.clean.end(), wanted) != c.clean.end();
}

void check_value(const column &c, const cell &value) {
    const std::int64_t number = value.number;
    switch (c.type) {
    case column_type::integer:
        return require(number >= std::numeric_limits<std::int32_t>::min() &&
                       number <= std::numeric_limits<std::int32_t>::max());
    case column_type::boolean:
        return require(number == 0 || number == 1);
    case column_type::text:
        check_is_utf8(value.text);
        return require(!has(c, cleaner::digits) ||
                       std::all_of(value.text.begin(), value.text.end(), is_digit));
    case column_type::numeric:
        return require(parse_number(value.text) && fits_numeric(*parse_number(value.text)));
    case column_type::timestamptz:
        return require(is_within_bounds(instant{number}));
    case column_type::date:
        return require(number >= day_from_civil({1, 1, 1}).number &&
                       number <= day_from_civil({9999, 12, 31}).number);
    case column_type::bigint:
        return;
    }
}

void check_cells(const decoded &result, std::span<const json_node> nodes) {
    require(result.cells.size() == result.of->columns.size());
    for (std::size_t i = 0; i < result.cells.size(); ++i) {
        const column &c = result.of->columns[i];
        const cell &value = result.cells[i];
        require(!c.is_required || value.is == presence::value || c.from != column_origin::pointer);
        if (value.is == presence::value)
            check_value(c, value);
        // What cleaning leaves nothing of is null.
        const presence expected = presence_of(c, nodes);
        const bool may_be_null = c.null_if_unreadable || (c.type == column_type::text && !c.is_required);
        require(value.is == expected ||
                (expected == presence::value && value.is == presence::null && may_be_null));
    }
}

void check_name(const std::optional<std::string_view> &name, const decode_limits &limits) {
    if (!name)
        return;
    require(!name->empty() && name->size() <= limits.max_text_size);
    check_is_utf8(*name);
}

void check_observation(const decoded &result, const decode_limits &limits, std::span<const json_node> nodes) {
    const auto &rule = result.of->observes;
    require(result.says.has_value() == (rule && holds(rule->when, nodes)));
    if (!result.says)
        return;
    const observation &o = *result.says;
    require(o.kind == rule->kind && o.event_id == result.event_id && o.origin == result.of->name);
    require(is_within_bounds(o.occurred_at));
    for (const auto &name :
         {std::optional(o.lead_id), o.stage_id, o.stage, o.pipeline, o.currency.value, o.owner.value})
        check_name(name, limits);
    require(!o.amount.value || std::abs(o.amount.value->hundredths) < 100'000'000'000'000'000);
    require(o.kind != observation_kind::deleted ||
            !(o.stage_id || o.status || o.amount.is_said || o.owner.is_said));
}

void check_stage(const decoded &result, const decode_limits &limits, std::span<const json_node> nodes) {
    const auto &rule = result.of->defines;
    require(result.defines.has_value() == (rule && result.cells[rule->id].is == presence::value));
    if (!result.defines)
        return;
    const defined_stage &stage = *result.defines;
    for (const auto &name : {std::optional(stage.stage_id), stage.name, stage.pipeline})
        check_name(name, limits);
    require(!stage.defined_at || is_within_bounds(*stage.defined_at));
    require(stage.is_deleted == (!rule->deleted_when.empty() && holds(rule->deleted_when, nodes)));
}

void check_event(const decoded &result, const decode_limits &limits, std::span<const json_node> nodes) {
    require(result.of && result.problems.empty() && holds(result.of->matches, nodes));
    require(!result.event_id.empty() && result.event_id.size() <= limits.max_text_size);
    check_is_utf8(result.event_id);
    check_cells(result, nodes);
    check_observation(result, limits, nodes);
    check_stage(result, limits, nodes);
}

// Rules may have more to say of it, but for those about its faulty columns.
void check_rejected(const decoded &result) {
    require(!result.says && !result.defines);
    require(result.cells.empty() ||
            (!result.of->rules.empty() && result.cells.size() == result.of->columns.size()));
    for (const std::size_t number : result.faulty)
        require(number < result.of->columns.size() &&
                (result.cells.empty() || result.cells[number].is != presence::value));
}

bool is_same(const cell &a, const cell &b) {
    return a.is == b.is && a.number == b.number && a.text == b.text;
}

bool is_same(const observation &a, const observation &b) {
    return a.lead_id == b.lead_id && a.occurred_at == b.occurred_at && a.sequence == b.sequence &&
           a.kind == b.kind && a.event_id == b.event_id && a.stage_id == b.stage_id && a.stage == b.stage &&
           a.pipeline == b.pipeline && a.status == b.status && a.amount == b.amount &&
           a.currency == b.currency && a.owner == b.owner;
}

bool is_same(const defined_stage &a, const defined_stage &b) {
    return a.stage_id == b.stage_id && a.name == b.name && a.position == b.position &&
           a.pipeline == b.pipeline && a.defined_at == b.defined_at && a.is_deleted == b.is_deleted;
}

template <class Part> bool is_same(const std::optional<Part> &a, const std::optional<Part> &b) {
    return a && b ? is_same(*a, *b) : a.has_value() == b.has_value();
}

void check_is_same(const decoded &a, const decoded &b) {
    require(a.is == b.is && a.of == b.of && a.problems == b.problems && a.event_id == b.event_id &&
            a.event_name == b.event_name);
    require(std::equal(
        a.unread.begin(), a.unread.end(), b.unread.begin(), b.unread.end(),
        [](const unread_value &x, const unread_value &y) { return x.of == y.of && x.problem == y.problem; }));
    require(std::equal(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(),
                       [](const cell &x, const cell &y) { return is_same(x, y); }));
    require(is_same(a.says, b.says) && is_same(a.defines, b.defines));
}

// Streams that are compiled once and used for many bodies, as in a backend.
struct compiled {
    std::vector<stream> streams;
    decode_limits limits;
    std::unique_ptr<decoder> by;

    compiled(std::vector<stream> made, std::size_t max_text_size) : streams(std::move(made)) {
        limits.max_text_size = max_text_size;
        by = std::make_unique<decoder>(streams, limits);
    }
};

// The body as the server prints it, out of an image that can be read as the server reads one.
std::string printed(std::span<const json_node> nodes, std::pmr::memory_resource &arena) {
    static auto *const writer = new jsonb_writer;                  // never freed
    return test::jsonb_reader::print(writer->write(nodes, arena)); // throws, which ends the run
}

void check_decode(const compiled &with, std::string_view text) {
    // A copy of exactly this size, so that a read beyond it is found.
    const std::unique_ptr<char[]> bytes = std::make_unique_for_overwrite<char[]>(text.size());
    if (!text.empty())
        std::memcpy(bytes.get(), text.data(), text.size());
    const std::string_view body(bytes.get(), text.size());
    std::pmr::monotonic_buffer_resource arena;
    const decoded first = with.by->decode(body, arena);
    check_nodes(with.by->nodes());
    require((first.is == verdict::rejected) == !first.problems.empty());
    for (const std::string &problem : first.problems)
        check_is_utf8(problem);
    if (first.is != verdict::rejected)
        check_is_json(body);
    const std::string stored = first.is != verdict::rejected ? printed(with.by->nodes(), arena) : "";
    if (first.is == verdict::event)
        check_event(first, with.limits, with.by->nodes());
    else
        check_rejected(first);
    check_is_same(first, with.by->decode(body, arena));
    if (first.is != verdict::rejected && stored.size() <= with.limits.max_body_size)
        check_is_same(first, with.by->decode(stored, arena)); // or a rebuild would change numbers
}

std::vector<stream> streams_of(std::string_view mapping_text) {
    parsed_mapping mapping = parse_mapping(mapping_text);
    require(mapping.value.has_value() == mapping.faults.empty());
    for (const mapping_fault &fault : mapping.faults) {
        check_is_utf8(fault.at);
        check_is_utf8(fault.what);
    }
    std::vector<stream> streams;
    if (mapping.value)
        streams.push_back(std::move(*mapping.value));
    return streams;
}

void check_text(std::string_view input) {
    static const auto *const own = new compiled(streams_of(own_mapping), 255); // never freed
    const std::size_t nul = input.find('\0');
    if (nul == std::string_view::npos)
        return check_decode(*own, input);
    if (std::vector<stream> streams = streams_of(input.substr(0, nul)); !streams.empty())
        check_decode(compiled(std::move(streams), 255), input.substr(nul + 1));
}

compiled made_of(std::string_view bytes) {
    fuzz::choices from(bytes);
    const std::size_t max_text_size = from.chance(4) ? 64 : 255;
    std::vector<stream> streams;
    for (std::size_t count = from.below(3) + 1; count > 0; --count) {
        std::vector<stream> made = streams_of(fuzz::mapping_maker(from).make(count).dump());
        require(!made.empty());
        streams.push_back(std::move(made.front()));
    }
    return {std::move(streams), max_text_size};
}

// Mappings take longer to make than bodies to decode, and an input often differs from another only in its
// body.
const compiled &compiled_from(std::string_view bytes) {
    constexpr std::size_t most = 5000;
    static auto *const known = new std::map<std::string, compiled, std::less<>>; // never freed
    const auto found = known->find(bytes);
    if (found != known->end())
        return found->second;
    if (known->size() == most)
        known->clear();
    return known->emplace(bytes, made_of(bytes)).first->second;
}

void check_choices(std::string_view input) {
    const std::size_t wanted = input.empty() ? 0 : static_cast<unsigned char>(input.front());
    input.remove_prefix(input.empty() ? 0 : 1);
    const std::size_t size = std::min(wanted, input.size());
    fuzz::choices body(input.substr(0, size));
    check_decode(compiled_from(input.substr(size)), fuzz::body_maker(body).make());
}

} // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t max_size);

// Nearly always the mappings stay as they are and another body is tried.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
    if (size < 2 || data[0] % 2 == 0 || seed % 32 == 0)
        return LLVMFuzzerMutate(data, size, max_size);
    const std::size_t body_size = std::min<std::size_t>(data[1], size - 2);
    const std::string mappings(data + 2 + body_size, data + size);
    std::array<std::uint8_t, 255> body;
    const std::size_t room = std::min(max_size - 2 - mappings.size(), body.size());
    if (room < body_size)
        return LLVMFuzzerMutate(data, size, max_size);
    std::copy_n(data + 2, body_size, body.begin());
    data[1] = static_cast<std::uint8_t>(LLVMFuzzerMutate(body.data(), body_size, room));
    std::copy_n(body.begin(), data[1], data + 2);
    std::copy(mappings.begin(), mappings.end(), data + 2 + data[1]);
    return 2 + data[1] + mappings.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    if (input.empty() || input.front() % 2 == 0)
        check_text(input.substr(input.empty() ? 0 : 1));
    else
        check_choices(input.substr(1));
    return 0;
}
