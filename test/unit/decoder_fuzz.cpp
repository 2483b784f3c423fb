// libFuzzer's entry to the decode path: a body, or a mapping, a NUL byte and a body.
// Whatever comes, nothing may crash, and the answers must keep what their headers promise.
//
//   clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -Iextension
//       extension/core/*.cpp test/unit/decoder_fuzz.cpp -lsimdjson -o decoder_fuzz
#include "core/decoder.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

using namespace pgcrm;
using nlohmann::json;

constexpr std::string_view own_mapping = R"json({
    "stream": "own", "match": {"/webhook_event/event": ["lead.step.changed%", "lead.creation"]}, "key": ["id", "lead"],
    "columns": [
        {"name": "id", "type": "bigint", "at": "/webhook_event/id", "required": true},
        {"name": "lead", "type": "text", "at": ["/webhook_event/data/id", "/webhook_event/0"], "required": true, "clean": ["trim"]},
        {"name": "tries", "type": "integer", "at": "/webhook_event/try_count"},
        {"name": "done", "type": "boolean", "at": "/webhook_event/has_succeeded"},
        {"name": "step", "type": "text", "at": "/webhook_event/data/step"},
        {"name": "pipeline", "type": "text", "at": "/webhook_event/data/pipeline"},
        {"name": "status", "type": "text", "at": "/webhook_event/data/status", "clean": ["trim", "lower"]},
        {"name": "amount", "type": "numeric", "at": "/webhook_event/data/amount", "clean": ["trim"]},
        {"name": "currency", "type": "text", "at": "/webhook_event/data/currency"},
        {"name": "owner", "type": "text", "at": "/webhook_event/data/user/email", "clean": ["lower"]},
        {"name": "remind_on", "type": "date", "at": "/webhook_event/data/remind_date"},
        {"name": "updated_at", "type": "timestamptz", "at": "/webhook_event/data/updated_at", "required": true, "clean": ["utc"]},
        {"name": "raw_data", "type": "jsonb", "from": "body"}],
    "observation": {"kind": "moved", "lead": "lead", "at": "updated_at", "stage_name": "step", "pipeline": "pipeline",
        "status": {"column": "status", "map": {"todo": "open", "standby": "open", "won": "won", "lost": "lost"}},
        "amount": "amount", "currency": "currency", "owner": "owner"}})json";

void require(bool holds) {
    if (!holds)
        std::abort();
}

// nlohmann/json refuses to write what is no UTF-8.
void check_is_utf8(std::string_view text) { (void)json(text).dump(); }

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

void check_event(const decoded &result, const decode_limits &limits) {
    require(result.of && result.problems.empty() && result.cells.size() == result.of->columns.size());
    for (std::size_t i = 0; i < result.cells.size(); ++i)
        require(!result.of->columns[i].is_required || result.cells[i].is == presence::value);
    require(!result.event_id.empty() && result.event_id.size() <= limits.max_text_size);
    require(result.says.has_value() == result.of->observes.has_value());
    if (!result.says)
        return;
    require(!result.says->lead_id.empty() && result.says->lead_id.size() <= limits.max_text_size);
    require(is_within_bounds(result.says->occurred_at));
    require(!result.says->stage_id ||
            (!result.says->stage_id->empty() && result.says->stage_id->size() <= limits.max_text_size));
}

void check_decode(std::span<const stream> streams, std::string_view text) {
    // A copy of exactly this size, so that a read beyond it is found.
    const std::unique_ptr<char[]> bytes = std::make_unique_for_overwrite<char[]>(text.size());
    if (!text.empty())
        std::memcpy(bytes.get(), text.data(), text.size());
    const std::string_view body(bytes.get(), text.size());
    const decode_limits limits;
    decoder d(streams, limits);
    std::pmr::monotonic_buffer_resource arena;
    const decoded first = d.decode(body, arena);
    check_nodes(d.nodes());
    require((first.is == verdict::rejected) == !first.problems.empty());
    for (const std::string &problem : first.problems)
        check_is_utf8(problem);
    if (first.is != verdict::rejected)
        check_is_json(body);
    if (first.is == verdict::event)
        check_event(first, limits);
    const decoded second = d.decode(body, arena);
    require(second.is == first.is && second.problems == first.problems && second.event_id == first.event_id);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const std::size_t nul = input.find('\0');
    const bool has_mapping = nul != std::string_view::npos;
    const parsed_mapping mapping = parse_mapping(has_mapping ? input.substr(0, nul) : own_mapping);
    require(mapping.value.has_value() == mapping.faults.empty());
    for (const mapping_fault &fault : mapping.faults) {
        check_is_utf8(fault.at);
        check_is_utf8(fault.what);
    }
    if (mapping.value)
        check_decode({&*mapping.value, 1}, has_mapping ? input.substr(nul + 1) : input);
    return 0;
}
