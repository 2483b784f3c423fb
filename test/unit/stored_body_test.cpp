// A body says the same when it is read again from what the server has stored of it: a rebuild changes
// nothing. Random bodies and mappings, as decoder_fuzz has them.
#include "core/json/jsonb_image.hpp"
#include "core/mapping/decoder.hpp"
#include "jsonb_reader.hpp"
#include "random_body.hpp"
#include "random_mapping.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace pgcrm {
namespace {

class random_bytes {
public:
    std::string next(std::size_t size) {
        std::string bytes(size, '\0');
        for (char &byte : bytes)
            byte = static_cast<char>(from_() % 256);
        return bytes;
    }

private:
    std::mt19937 from_{13};
};

std::vector<stream> random_streams(std::string_view bytes) {
    fuzz::choices from(bytes);
    std::vector<stream> streams;
    for (std::size_t count = from.below(3) + 1; count > 0; --count)
        streams.push_back(parse_mapping(fuzz::mapping_maker(from).make(count).dump()).value.value());
    return streams;
}

std::string shown(const said<std::string_view> &text) {
    return (text.is_said ? "said " : "") + std::string(text.value.value_or("nothing"));
}

std::string shown(const std::optional<std::string_view> &text) {
    return std::string(text.value_or("nothing"));
}

// Every cell, and all that the body says.
std::string shown(const decoded &body) {
    std::string text = std::string(body.event_id) + " " + std::string(body.event_name);
    for (const cell &value : body.cells)
        text += "\n" + std::to_string(static_cast<int>(value.is)) + " " + std::to_string(value.number) + " " +
                std::string(value.text);
    if (body.says)
        text += "\nsays " + std::string(body.says->lead_id) + " " + shown(body.says->stage_id) + " " +
                shown(body.says->stage) + " " + shown(body.says->pipeline) + " " +
                shown(body.says->currency) + " " + shown(body.says->owner) + " " +
                std::to_string(body.says->sequence) + " " +
                (body.says->amount.value ? std::to_string(body.says->amount.value->hundredths) : "nothing");
    if (body.defines)
        text += "\ndefines " + std::string(body.defines->stage_id) + " " + shown(body.defines->name) + " " +
                shown(body.defines->pipeline) + " " + std::to_string(body.defines->position.value_or(-1));
    return text;
}

// What is stored of a body that was decoded last.
std::string stored_text(const decoder &by, std::pmr::memory_resource &arena) {
    jsonb_writer writer;
    return test::jsonb_reader::print(writer.write(by.nodes(), arena));
}

// Whether it was an event, or of a kind that nobody takes, and so something was compared.
bool says_the_same_when_stored(decoder &by, const std::string &body) {
    std::pmr::monotonic_buffer_resource arena;
    const decoded sent = by.decode(body, arena);
    if (sent.is == verdict::rejected)
        return false;
    const std::string stored = stored_text(by, arena);
    EXPECT_EQ(shown(by.decode(stored, arena)), shown(sent)) << body << "\n" << stored;
    return true;
}

TEST(stored_bodies, say_what_the_body_said_by_any_mapping) {
    random_bytes from;
    int compared = 0;
    for (int mappings = 0; mappings < 1000; ++mappings) {
        const std::vector<stream> streams = random_streams(from.next(300));
        decoder by(streams, {});
        for (int bodies = 0; bodies < 20; ++bodies) {
            const std::string choices = from.next(12);
            fuzz::choices of_body(choices);
            compared += says_the_same_when_stored(by, fuzz::body_maker(of_body).make()) ? 1 : 0;
        }
    }
    EXPECT_GT(compared, 20) << "most bodies were rejected";
}

// A column of each type, alone and as a part of an observation and a stage; every place has a random value.
constexpr std::string_view all_parts = R"json({
    "stream": "own", "match": {"/event": "e"}, "key": ["c0"],
    "columns": [
        {"name": "c0", "type": "text", "at": "/0", "required": true},
        {"name": "c1", "type": "text", "at": "/1", "required": true, "clean": ["trim"]},
        {"name": "c2", "type": "timestamptz", "at": "/at", "required": true},
        {"name": "c3", "type": "text", "at": ["/3", "/4"]},
        {"name": "c4", "type": "text", "at": "/4", "clean": ["lower", "trim"]},
        {"name": "c5", "type": "text", "at": "/5", "clean": ["digits"]},
        {"name": "c6", "type": "numeric", "at": {"at": "/6", "when": {"/3": "%"}}},
        {"name": "c7", "type": "boolean", "at": {"at": "/7", "when": {"/4": "%"}}, "clean": ["boolean"]},
        {"name": "c8", "type": "bigint", "at": {"at": "/8", "when": {"/5": "%"}}},
        {"name": "raw_data", "type": "jsonb", "from": "body"}],
    "observation": {"kind": "moved", "lead": "c1", "at": "c2", "stage": "c3", "stage_name": "c4", "pipeline": "c5",
                    "amount": "c6", "currency": "c3", "owner": "c4"},
    "stage": {"id": "c3", "name": "c4", "pipeline": "c1", "position": "c8"}})json";

TEST(stored_bodies, say_what_the_body_said_cell_for_cell) {
    random_bytes from;
    int compared = 0;
    const std::vector<stream> streams{parse_mapping(all_parts).value.value()};
    decoder by(streams, {});
    for (int bodies = 0; bodies < 10000; ++bodies) {
        const std::string choices = from.next(9);
        fuzz::choices chosen(choices);
        std::string body = R"({"event":"e","at":"2026-01-09T18:40:27Z")";
        for (int place = 0; place < 9; ++place)
            body += ",\"" + std::to_string(place) + "\":" + std::string(chosen.one_of(fuzz::values));
        compared += says_the_same_when_stored(by, body + '}') ? 1 : 0;
    }
    EXPECT_GT(compared, 500) << "most bodies were rejected";
}

} // namespace
} // namespace pgcrm
