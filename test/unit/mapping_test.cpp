// A mapping is taken whole or refused with every fault in it.
#include "core/mapping/mapping.hpp"

#include "core/mapping/account_tables.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

namespace pgcrm {
namespace {

using nlohmann::json;

json sound() {
    return json::parse(R"json({
        "stream": "step_changed",
        "match": {"/event": "lead.step.changed%"},
        "key": ["id"],
        "same": ["/event", "/data"],
        "columns": [
            {"name": "id", "type": "bigint", "at": "/id", "required": true},
            {"name": "received_at", "type": "timestamptz", "from": "arrival"},
            {"name": "lead_id", "type": "bigint", "at": "/data/id", "required": true},
            {"name": "lead_step", "type": "text", "at": "/data/step"},
            {"name": "step_id", "type": "bigint", "at": "/data/step_id"},
            {"name": "pipeline", "type": "text", "at": "/data/pipeline"},
            {"name": "lead_status", "type": "text", "at": "/data/status"},
            {"name": "lead_amount", "type": "numeric", "at": "/data/amount"},
            {"name": "currency", "type": "text", "at": "/data/currency"},
            {"name": "owner", "type": "text", "at": ["/data/user/email", "/data/user_email"], "clean": ["trim", "lower"]},
            {"name": "updated_at_utc", "type": "timestamptz", "at": "/data/updated_at", "required": true, "clean": ["utc"]},
            {"name": "position", "type": "integer", "at": "/data/position"},
            {"name": "is_starred", "type": "boolean", "at": "/data/starred"},
            {"name": "remind_on", "type": "date", "at": "/data/remind_date"},
            {"name": "raw_data", "type": "jsonb", "from": "body"}],
        "observation": {"kind": "moved", "lead": "lead_id", "at": "updated_at_utc", "sequence": "position",
            "stage": "step_id", "stage_name": "lead_step", "pipeline": "pipeline",
            "status": {"column": "lead_status", "map": {"ToDo": "open", "won": "won"}},
            "amount": "lead_amount", "currency": "currency", "owner": "owner"},
        "on_duplicate": "keep"})json");
}

// Each fault as "pointer: what".
std::vector<std::string> faults_of(std::string_view text) {
    std::vector<std::string> faults;
    const parsed_mapping mapping = parse_mapping(text);
    for (const mapping_fault &fault : mapping.faults)
        faults.push_back(fault.at + ": " + fault.what);
    EXPECT_EQ(mapping.value.has_value(), faults.empty());
    return faults;
}

using list = std::vector<std::string>;

// The faults after one place of the sound mapping was changed.
list faults_with(const char *at, const json &value) {
    json mapping = sound();
    mapping[json::json_pointer(at)] = value;
    return faults_of(mapping.dump());
}

list faults_without(const char *parent, const char *key) {
    json mapping = sound();
    mapping[json::json_pointer(parent)].erase(key);
    return faults_of(mapping.dump());
}

stream parsed(const json &mapping) {
    parsed_mapping result = parse_mapping(mapping.dump());
    EXPECT_TRUE(result.faults.empty());
    return std::move(result.value).value();
}

TEST(mapping, becomes_a_stream) {
    const stream s = parsed(sound());
    EXPECT_EQ(s.name, "step_changed");
    ASSERT_EQ(s.matches.size(), 1u);
    EXPECT_EQ(s.matches[0].at, json_pointer{"event"});
    ASSERT_EQ(s.matches[0].any_of.size(), 1u);
    EXPECT_EQ(s.matches[0].any_of[0].text, "lead.step.changed");
    EXPECT_TRUE(s.matches[0].any_of[0].is_prefix);
    EXPECT_EQ(s.key, std::vector<std::size_t>{0});
    EXPECT_EQ(s.same, (std::vector<json_pointer>{{"event"}, {"data"}}));
    ASSERT_EQ(s.columns.size(), 15u);
    EXPECT_EQ(s.columns[0].name, "id");
    EXPECT_EQ(s.columns[0].type, column_type::bigint);
    EXPECT_TRUE(s.columns[0].is_required);
    EXPECT_EQ(s.columns[1].from, column_origin::arrival);
    EXPECT_EQ(s.columns[1].type, column_type::timestamptz);
    ASSERT_EQ(s.columns[9].at.size(), 2u);
    EXPECT_EQ(s.columns[9].at[0].at, (json_pointer{"data", "user", "email"}));
    EXPECT_EQ(s.columns[9].at[1].at, (json_pointer{"data", "user_email"}));
    EXPECT_TRUE(s.columns[9].at[1].when.empty());
    EXPECT_EQ(s.columns[9].clean, (std::vector<cleaner>{cleaner::trim, cleaner::lower}));
    EXPECT_FALSE(s.columns[9].is_required);
    EXPECT_EQ(s.columns[14].from, column_origin::body);
    ASSERT_TRUE(s.observes);
    EXPECT_EQ(s.observes->kind, observation_kind::moved);
    EXPECT_EQ(s.observes->lead, 2u);
    EXPECT_EQ(s.observes->at, 10u);
    EXPECT_EQ(s.observes->sequence, 11u);
    EXPECT_EQ(s.observes->stage, 4u);
    EXPECT_EQ(s.observes->stage_name, 3u);
    EXPECT_EQ(s.observes->status, 6u);
    EXPECT_EQ(s.observes->statuses, (std::map<std::string, lead_status, std::less<>>{
                                        {"todo", lead_status::open}, {"won", lead_status::won}}));
}

TEST(mapping, may_leave_out_what_has_a_default) {
    json mapping = sound();
    for (const char *key : {"same", "observation", "on_duplicate"})
        mapping.erase(key);
    const stream s = parsed(mapping);
    EXPECT_TRUE(s.same.empty());
    EXPECT_FALSE(s.observes);
    EXPECT_FALSE(s.defines);
    EXPECT_TRUE(s.rules.empty());
    EXPECT_EQ(s.on_duplicate, duplicate_policy::keep);
    EXPECT_FALSE(s.newer_by);
}

TEST(mapping, matches_any_of_several_patterns) {
    json mapping = sound();
    mapping["match"] = {{"/event", {"lead.assigned", "lead.status.%"}}, {"/type", "x"}};
    const stream s = parsed(mapping);
    ASSERT_EQ(s.matches.size(), 2u);
    ASSERT_EQ(s.matches[0].any_of.size(), 2u);
    EXPECT_FALSE(s.matches[0].any_of[0].is_prefix);
    EXPECT_EQ(s.matches[0].any_of[1].text, "lead.status.");
    EXPECT_TRUE(s.matches[0].any_of[1].is_prefix);
}

TEST(mapping, that_is_no_json_is_refused_with_the_place) {
    EXPECT_EQ(faults_of(""), list{": expected JSON, not an empty body"});
    EXPECT_EQ(faults_of("{\"stream\": }"), list{R"(: expected a value at offset 11, not "}")"});
    EXPECT_EQ(faults_of("[]"), list{": expected an object"});
    EXPECT_EQ(faults_of("\"x\""), list{": expected an object"});
    EXPECT_EQ(faults_of("{\"a\":\"\xFF\"}").size(), 1u);
    EXPECT_EQ(faults_of("{\"a\":1e400}"), list{": expected JSON with numbers of moderate size"});
    EXPECT_EQ(faults_of(std::string(100, '[')).size(), 1u);
}

TEST(mapping, names_what_is_missing) {
    EXPECT_EQ(faults_of("{}"), (list{R"(: expected the key "stream")", R"(: expected the key "match")",
                                     R"(: expected the key "columns")", R"(: expected the key "key")"}));
    EXPECT_EQ(faults_without("/columns/0", "name"),
              (list{R"(/columns/0: expected the key "name")",
                    R"(/key/0: expected the name of a column, not "id")"}));
    EXPECT_EQ(faults_without("/columns/3", "type"), list{R"(/columns/3: expected the key "type")"});
    EXPECT_EQ(faults_without("/columns/3", "at"), list{R"(/columns/3: expected the key "at")"});
    EXPECT_EQ(faults_without("/observation", "kind"), list{R"(/observation: expected the key "kind")"});
    EXPECT_EQ(faults_without("/observation", "lead"), list{R"(/observation: expected the key "lead")"});
    EXPECT_EQ(faults_without("/observation", "at"), list{R"(/observation: expected the key "at")"});
    EXPECT_EQ(faults_without("/observation/status", "map"),
              list{R"(/observation/status: expected the key "map")"});
}

TEST(mapping, knows_all_its_keys) {
    EXPECT_EQ(faults_with("/colums", 1), list{R"(/colums: unknown key "colums")"});
    EXPECT_EQ(faults_with("/a~1b", 1), list{R"(/a~1b: unknown key "a/b")"});
    EXPECT_EQ(faults_with("/columns/0/reqired", true), list{R"(/columns/0/reqired: unknown key "reqired")"});
    EXPECT_EQ(faults_with("/columns/1/at", "/x"), list{R"(/columns/1/at: unknown key "at")"});
    EXPECT_EQ(faults_with("/columns/14/required", true),
              list{R"(/columns/14/required: unknown key "required")"});
    EXPECT_EQ(faults_with("/observation/stag", "step_id"), list{R"(/observation/stag: unknown key "stag")"});
    EXPECT_EQ(faults_with("/observation/status/values", 1),
              list{R"(/observation/status/values: unknown key "values")"});
}

TEST(mapping, has_each_key_once) {
    const std::string text = sound().dump();
    EXPECT_EQ(faults_of(text.substr(0, text.size() - 1) + R"(,"key":["id"]})"),
              list{"/key: expected the key once, found it again"});
    EXPECT_EQ(faults_of(R"({"stream":"a","match":{"/e":"x"},"key":["id"],
                            "columns":[{"name":"id","type":"text","type":"bigint","at":"/id","required":true}]})"),
              list{"/columns/0/type: expected the key once, found it again"});
}

TEST(mapping, names_streams_and_columns_as_tables_allow) {
    const std::string rule = "expected a name of at most 63 lower-case letters, digits and underscores that "
                             "begins with a letter, not ";
    EXPECT_EQ(faults_with("/stream", "Step"), list{"/stream: " + rule + "\"Step\""});
    EXPECT_EQ(faults_with("/stream", 5), list{"/stream: " + rule + "5"});
    for (const std::string name : {"", "1a", "_a", "a-b", "a b", "a\"b", "\xC3\xA9", "a;", "A"})
        EXPECT_EQ(faults_with("/stream", name), list{"/stream: " + rule + '"' + name + '"'});
    EXPECT_EQ(faults_with("/stream", std::string(63, 'a')), list{});
    EXPECT_EQ(faults_with("/stream", std::string(64, 'a')).size(), 1u);
    EXPECT_EQ(faults_with("/columns/12/name", "Starred"), list{"/columns/12/name: " + rule + "\"Starred\""});
    EXPECT_EQ(faults_with("/columns/12/name", "ctid"),
              list{R"(/columns/12/name: expected a name that the server does not use itself, not "ctid")"});
    EXPECT_EQ(faults_with("/columns/12/name", "remind_on"),
              list{R"(/columns/13/name: expected a name of its own, and "remind_on" is there already)"});
}

TEST(mapping, has_at_most_as_many_columns_as_a_table) {
    json mapping = sound();
    while (mapping["columns"].size() < 1600)
        mapping["columns"].push_back(
            {{"name", "c" + std::to_string(mapping["columns"].size())}, {"type", "text"}, {"at", "/x"}});
    EXPECT_EQ(faults_of(mapping.dump()), list{});
    mapping["columns"].push_back({{"name", "one_more"}, {"type", "text"}, {"at", "/x"}});
    EXPECT_EQ(faults_of(mapping.dump()).front(), "/columns: expected at most 1600 columns, not 1601");
}

TEST(mapping, matches_texts_and_prefixes_only) {
    EXPECT_EQ(faults_with("/match", json::object()),
              list{"/match: expected an object of JSON Pointers and what is there, not an empty object"});
    EXPECT_EQ(faults_with("/match", "lead.creation"),
              list{R"(/match: expected an object of JSON Pointers and what is there, not "lead.creation")"});
    EXPECT_EQ(faults_with("/match/~1event", 5),
              list{"/match/~1event: expected a text, or the beginning of one and %, not 5"});
    EXPECT_EQ(faults_with("/match/~1event", ""),
              list{R"(/match/~1event: expected a text, or the beginning of one and %, not "")"});
    EXPECT_EQ(faults_with("/match/~1event", "lead.%.changed"),
              list{R"(/match/~1event: expected % only at the end, not "lead.%.changed")"});
    EXPECT_EQ(faults_with("/match/~1event", "lead%%"),
              list{R"(/match/~1event: expected % only at the end, not "lead%%")"});
    EXPECT_EQ(faults_with("/match/~1event", json::array()),
              list{"/match/~1event: expected at least one element"});
    EXPECT_EQ(faults_with("/match/~1event", {"a", nullptr}),
              list{"/match/~1event/1: expected a text, or the beginning of one and %, not null"});
    EXPECT_EQ(
        faults_with("/match/event", "a"),
        list{
            R"(/match/event: expected a JSON Pointer to a part of the body, such as "/data/id", not "event")"});
}

TEST(mapping, points_into_the_body) {
    const std::string rule = "expected a JSON Pointer to a part of the body, such as \"/data/id\", not ";
    for (const std::string pointer : {"", "data/id", "/a~2", "/a~", "~", "#/a"})
        EXPECT_EQ(faults_with("/columns/3/at", pointer),
                  list{"/columns/3/at: " + rule + '"' + pointer + '"'});
    EXPECT_EQ(faults_with("/columns/3/at", 5), list{"/columns/3/at: expected a JSON Pointer, not 5"});
    EXPECT_EQ(faults_with("/columns/3/at", json::array()),
              list{"/columns/3/at: expected at least one element"});
    EXPECT_EQ(
        faults_with("/columns/3/at", {"/a", "b", 1}),
        (list{"/columns/3/at/1: " + rule + "\"b\"", "/columns/3/at/2: expected a JSON Pointer, not 1"}));
    EXPECT_EQ(faults_with("/same", {"/event", "data"}), list{"/same/1: " + rule + "\"data\""});
    std::string deep;
    for (int i = 0; i < 65; ++i)
        deep += "/a";
    EXPECT_EQ(faults_with("/columns/3/at", deep).size(), 1u);
    for (const char *pointer : {"/", "/a~0~1b", "/0", "//", "/ "})
        EXPECT_EQ(faults_with("/columns/3/at", pointer), list{}) << pointer;
}

TEST(mapping, knows_the_types_and_where_each_comes_from) {
    EXPECT_EQ(
        faults_with("/columns/12/type", "bool"),
        list{
            R"(/columns/12/type: expected "bigint", "integer", "boolean", "text", "numeric", "timestamptz" or "date", not "bool")"});
    EXPECT_EQ(faults_with("/columns/12/type", "jsonb").size(), 1u);
    EXPECT_EQ(faults_with("/columns/1/type", "date"),
              list{R"(/columns/1/type: expected "timestamptz", not "date")"});
    EXPECT_EQ(faults_with("/columns/14/type", "text"),
              list{R"(/columns/14/type: expected "jsonb", not "text")"});
    EXPECT_EQ(faults_with("/columns/1/from", "header").front(),
              R"(/columns/1/from: expected "arrival" or "body", not "header")");
    EXPECT_EQ(faults_with("/columns/12/required", "yes"),
              list{R"(/columns/12/required: expected true or false, not "yes")"});
    EXPECT_EQ(faults_with("/columns/12", 5), list{"/columns/12: expected an object, not 5"});
    EXPECT_EQ(faults_with("/columns", json::object()).front(),
              "/columns: expected a list, not an empty object");
    EXPECT_EQ(faults_with("/columns", json::array()).front(), "/columns: expected at least one element");
}

TEST(mapping_faults, are_told_of_what_cannot_be_null) {
    EXPECT_EQ(faults_with("/columns/3/unreadable", "null"), list{});
    EXPECT_EQ(faults_with("/columns/3/unreadable", "zero"),
              list{R"(/columns/3/unreadable: expected "null", not "zero")"});
    EXPECT_EQ(
        faults_with("/columns/0/unreadable", "null"),
        list{R"(/columns/0/unreadable: expected a column that is not required, which alone may be null)"});
}

TEST(mapping, cleans_what_can_be_cleaned) {
    EXPECT_EQ(faults_with("/columns/3/clean", {"upper"}),
              list{R"(/columns/3/clean/0: expected "trim", "lower", "digits", "boolean", "percent", "utc", )"
                   R"("date:DMY", "date:MDY" or "date:YMD", not "upper")"});
    EXPECT_EQ(faults_with("/columns/3/clean", {5}).size(), 1u);
    EXPECT_EQ(faults_with("/columns/3/clean", "trim"),
              list{R"(/columns/3/clean: expected a list, not "trim")"});
    EXPECT_EQ(faults_with("/columns/3/clean", {"utc"}),
              list{R"(/columns/3/clean/0: "utc" does nothing for a column of type text)"});
    EXPECT_EQ(faults_with("/columns/0/clean", {"trim", "lower"}),
              list{R"(/columns/0/clean/1: "lower" does nothing for a column of type bigint)"});
    EXPECT_EQ(faults_with("/columns/12/clean", {"trim"}),
              list{R"(/columns/12/clean/0: "trim" does nothing for a column of type boolean)"});
    EXPECT_EQ(faults_with("/columns/3/clean", {"trim", "trim"}),
              list{R"(/columns/3/clean/1: expected "trim" once)"});
    EXPECT_EQ(faults_with("/columns/10/clean", {"date:DMY", "utc", "date:MDY"}),
              list{"/columns/10/clean/2: expected one order of day, month and year, and \"date:MDY\" is "
                   "another"});
}

TEST(mapping, cleans_each_type_by_what_makes_sense_of_it) {
    struct {
        const char *cleaner;
        std::vector<int> columns; // by their numbers in the sound mapping
    } const sensible[] = {{"trim", {0, 3, 7, 10, 11, 13}},
                          {"lower", {3}},
                          {"digits", {0, 3, 11}},
                          {"boolean", {12}},
                          {"percent", {7}},
                          {"utc", {10}},
                          {"date:DMY", {10, 13}},
                          {"date:MDY", {10, 13}},
                          {"date:YMD", {10, 13}}};
    for (const auto &each : sensible)
        for (const int number : {0, 3, 7, 10, 11, 12, 13}) {
            const bool is_sensible =
                std::find(each.columns.begin(), each.columns.end(), number) != each.columns.end();
            const list faults =
                faults_with(("/columns/" + std::to_string(number) + "/clean").c_str(), {each.cleaner});
            EXPECT_EQ(faults.empty(), is_sensible) << each.cleaner << " for column " << number;
        }
}

TEST(mapping, has_a_key_that_every_record_has) {
    EXPECT_EQ(faults_with("/key", json::array()), list{"/key: expected at least one element"});
    EXPECT_EQ(faults_with("/key", "id"), list{R"(/key: expected a list, not "id")"});
    EXPECT_EQ(faults_with("/key", {"no_such"}),
              list{R"(/key/0: expected the name of a column, not "no_such")"});
    EXPECT_EQ(faults_with("/key", {"id", "id"}), list{R"(/key/1: expected the column "id" once)"});
    EXPECT_EQ(faults_with("/key", {"step_id"}),
              list{R"(/key/0: expected a required column, and "step_id" is not)"});
    EXPECT_EQ(faults_with("/key", {"received_at"}),
              (list{R"(/key/0: expected a column with "at", and "received_at" has none)",
                    R"(/key/0: expected a required column, and "received_at" is not)"}));
    EXPECT_EQ(
        faults_with("/key", {"lead_amount"}).front(),
        R"(/key/0: expected a column of type "bigint", "integer", "text", "timestamptz" or "date", and "lead_amount" is of type "numeric")");
    EXPECT_EQ(faults_with("/key", {"lead_id", "updated_at_utc"}), list{});
}

TEST(mapping, observes_columns_of_the_right_types) {
    EXPECT_EQ(faults_with("/observation", "moved"), list{R"(/observation: expected an object, not "moved")"});
    EXPECT_EQ(
        faults_with("/observation/kind", "move"),
        list{
            R"(/observation/kind: expected "created", "moved", "changed", "snapshot" or "deleted", not "move")"});
    EXPECT_EQ(faults_with("/observation/lead", "step_id"),
              list{R"(/observation/lead: expected a required column, and "step_id" is not)"});
    EXPECT_EQ(faults_with("/observation/lead", "nobody"),
              list{R"(/observation/lead: expected the name of a column, not "nobody")"});
    EXPECT_EQ(
        faults_with("/observation/at", "lead_id"),
        list{
            R"(/observation/at: expected a column of type "timestamptz", and "lead_id" is of type "bigint")"});
    EXPECT_EQ(faults_with("/columns/10/required", false),
              list{R"(/observation/at: expected a required column, and "updated_at_utc" is not)"});
    EXPECT_EQ(
        faults_with("/observation/sequence", "pipeline"),
        list{
            R"(/observation/sequence: expected a column of type "bigint" or "integer", and "pipeline" is of type "text")"});
    EXPECT_EQ(
        faults_with("/observation/amount", "pipeline"),
        list{
            R"(/observation/amount: expected a column of type "numeric", "bigint" or "integer", and "pipeline" is of type "text")"});
    EXPECT_EQ(
        faults_with("/observation/currency", "step_id"),
        list{
            R"(/observation/currency: expected a column of type "text", and "step_id" is of type "bigint")"});
    EXPECT_EQ(faults_with("/observation/stage", "raw_data"),
              list{R"(/observation/stage: expected a column with "at", and "raw_data" has none)"});
    EXPECT_EQ(faults_with("/observation/owner", 7),
              list{"/observation/owner: expected the name of a column, not 7"});
}

TEST(mapping, gives_every_status_word_one_meaning) {
    EXPECT_EQ(faults_with("/observation/status", "lead_status"),
              list{R"(/observation/status: expected an object with "column" and "map", not "lead_status")"});
    EXPECT_EQ(faults_with("/observation/status/map", json::object()),
              list{"/observation/status/map: expected an object of the source's words and ours, not an empty "
                   "object"});
    EXPECT_EQ(
        faults_with("/observation/status/map/x", "closed"),
        list{R"(/observation/status/map/x: expected "open", "won", "lost" or "cancelled", not "closed")"});
    EXPECT_EQ(faults_with("/observation/status/map/WON", "won"),
              list{R"(/observation/status/map/won: expected "won" once, in upper or lower case)"});
    EXPECT_EQ(faults_with("/observation/status/map/", "won"),
              list{"/observation/status/map/: expected a word, not an empty text"});
    EXPECT_EQ(
        faults_with("/observation/status/column", "step_id"),
        list{
            R"(/observation/status/column: expected a column of type "text", and "step_id" is of type "bigint")"});
}

TEST(mapping, of_a_deletion_says_nothing_else) {
    json mapping = sound();
    mapping["observation"]["kind"] = "deleted";
    EXPECT_EQ(faults_of(mapping.dump()).size(), 7u);
    mapping["observation"] = {{"kind", "deleted"}, {"lead", "lead_id"}, {"at", "updated_at_utc"}};
    EXPECT_EQ(faults_of(mapping.dump()), list{});
}

TEST(mapping, reads_a_value_only_where_its_condition_holds) {
    json mapping = sound();
    mapping["columns"][4]["at"] = {
        "/data/step_id",
        {{"at", "/data/id"}, {"when", {{"/event", {"step.%", "x"}}, {"/data/kind", "step"}}}}};
    const stream s = parsed(mapping);
    ASSERT_EQ(s.columns[4].at.size(), 2u);
    EXPECT_TRUE(s.columns[4].at[0].when.empty());
    EXPECT_EQ(s.columns[4].at[1].at, (json_pointer{"data", "id"}));
    ASSERT_EQ(s.columns[4].at[1].when.size(), 2u);
    EXPECT_EQ(s.columns[4].at[1].when[0].at, (json_pointer{"data", "kind"}));
    EXPECT_EQ(s.columns[4].at[1].when[1].any_of.size(), 2u);
    EXPECT_TRUE(s.columns[4].at[1].when[1].any_of[0].is_prefix);
    EXPECT_EQ(faults_with("/columns/4/at", {{"at", "/data/id"}, {"when", {{"/event", "x"}}}}), list{});
}

TEST(mapping, tells_what_is_wrong_with_a_condition) {
    EXPECT_EQ(faults_with("/columns/4/at", {{"at", "/data/id"}}),
              list{R"(/columns/4/at: expected the key "when")"});
    EXPECT_EQ(faults_with("/columns/4/at", {"/x", {{"when", {{"/event", "x"}}}}}),
              list{R"(/columns/4/at/1: expected the key "at")"});
    EXPECT_EQ(faults_with("/columns/4/at", {{{"at", "id"}, {"when", {{"/event", "a%b"}}}}}),
              (list{"/columns/4/at/0/when/~1event: expected % only at the end, not \"a%b\"",
                    "/columns/4/at/0/at: expected a JSON Pointer to a part of the body, such as "
                    "\"/data/id\", not \"id\""}));
    EXPECT_EQ(faults_with("/columns/4/at", {{{"at", "/id"}, {"when", json::object()}, {"if", 1}}}),
              (list{R"(/columns/4/at/0/if: unknown key "if")",
                    "/columns/4/at/0/when: expected an object of JSON Pointers and what is there, not an "
                    "empty object"}));
}

TEST(mapping, observes_under_a_condition) {
    json mapping = sound();
    mapping["observation"]["when"] = {{"/event", "lead.%"}};
    EXPECT_EQ(parsed(mapping).observes->when.size(), 1u);
    EXPECT_EQ(faults_with("/observation/when", "lead"),
              list{"/observation/when: expected an object of JSON Pointers and what is there, not \"lead\""});
    mapping["columns"].erase(14);
    EXPECT_EQ(faults_of(mapping.dump()),
              list{"/observation/when: expected a column with \"from\": \"body\", in which the condition can "
                   "be looked up"});
}

TEST(mapping, defines_stages) {
    json mapping = sound();
    mapping["stage"] = {{"id", "step_id"}};
    EXPECT_EQ(parsed(mapping).defines->id, 4u);
    EXPECT_FALSE(parsed(mapping).defines->name);
    EXPECT_TRUE(parsed(mapping).defines->deleted_when.empty());
    mapping["stage"] = {{"id", "step_id"},        {"name", "lead_step"},
                        {"position", "position"}, {"pipeline", "pipeline"},
                        {"at", "updated_at_utc"}, {"deleted_when", {{"/event", "x"}}}};
    const stage_rule defines = *parsed(mapping).defines;
    EXPECT_EQ(defines.name, 3u);
    EXPECT_EQ(defines.position, 11u);
    EXPECT_EQ(defines.pipeline, 5u);
    EXPECT_EQ(defines.at, 10u);
    ASSERT_EQ(defines.deleted_when.size(), 1u);
    EXPECT_EQ(defines.deleted_when[0].at, json_pointer{"event"});
}

TEST(mapping, defines_stages_by_columns_of_the_right_types) {
    EXPECT_EQ(faults_with("/stage", "step_id"), list{R"(/stage: expected an object, not "step_id")"});
    EXPECT_EQ(faults_with("/stage", {{"name", "lead_step"}}), list{R"(/stage: expected the key "id")"});
    EXPECT_EQ(
        faults_with("/stage", {{"id", "lead_amount"},
                               {"name", "step_id"},
                               {"position", "lead_step"},
                               {"pipeline", "is_starred"},
                               {"at", "remind_on"},
                               {"deleted_when", {{"event", 1}}},
                               {"kpi", 1}}),
        (list{
            R"(/stage/kpi: unknown key "kpi")",
            R"(/stage/id: expected a column of type "text", "bigint" or "integer", and "lead_amount" is of type "numeric")",
            R"(/stage/name: expected a column of type "text", and "step_id" is of type "bigint")",
            R"(/stage/position: expected a column of type "bigint" or "integer", and "lead_step" is of type "text")",
            R"(/stage/pipeline: expected a column of type "text", "bigint" or "integer", and "is_starred" is of type "boolean")",
            R"(/stage/at: expected a column of type "timestamptz", and "remind_on" is of type "date")",
            R"(/stage/deleted_when/event: expected a JSON Pointer to a part of the body, such as "/data/id", not "event")",
            R"(/stage/deleted_when/event: expected a text, or the beginning of one and %, not 1)"}));
    EXPECT_EQ(faults_with("/stage", {{"id", "received_at"}}),
              list{R"(/stage/id: expected a column with "at", and "received_at" has none)"});
}

TEST(mapping, keeps_rules_in_their_order) {
    json mapping = sound();
    mapping["rules"] = {{{"check", "lead_amount >= 0"}, {"problem", "negative amount"}},
                        {{"check", "pipeline <> ''"}, {"problem", "no pipeline"}}};
    const stream s = parsed(mapping);
    ASSERT_EQ(s.rules.size(), 2u);
    EXPECT_EQ(s.rules[0].check, "lead_amount >= 0");
    EXPECT_EQ(s.rules[0].problem, "negative amount");
    EXPECT_EQ(s.rules[1].problem, "no pipeline");
    EXPECT_EQ(faults_with("/rules", {{"check", "x"}}), list{"/rules: expected a list, not an object"});
    EXPECT_EQ(faults_with("/rules", {"x > 0"}),
              list{R"(/rules/0: expected an object with "check" and "problem", not "x > 0")"});
    EXPECT_EQ(faults_with("/rules/0", {{"check", ""}, {"problem", 5}, {"hint", 1}}),
              (list{R"(/rules/0/hint: unknown key "hint")",
                    R"(/rules/0/check: expected a condition in SQL, not "")",
                    R"(/rules/0/problem: expected what to call a row that breaks the rule, not 5)"}));
    EXPECT_EQ(faults_with("/rules/0", {{"check", std::string(10240, 'x')}, {"problem", "p"}}), list{});
    EXPECT_EQ(faults_with("/rules/0", {{"check", std::string(10241, 'x')}, {"problem", "p"}}),
              list{"/rules/0/check: expected at most 10240 bytes, not 10241"});
}

TEST(mapping, says_what_becomes_of_duplicates) {
    json mapping = sound();
    mapping["on_duplicate"] = "replace";
    EXPECT_EQ(parsed(mapping).on_duplicate, duplicate_policy::replace);
    mapping["on_duplicate"] = {{"replace_if_newer", "updated_at_utc"}};
    const stream s = parsed(mapping);
    EXPECT_EQ(s.on_duplicate, duplicate_policy::replace_if_newer);
    EXPECT_EQ(s.newer_by, 10u);
    EXPECT_EQ(
        faults_with("/on_duplicate", "newest"),
        list{R"(/on_duplicate: expected "keep", "replace" or {"replace_if_newer": column}, not "newest")"});
    EXPECT_EQ(faults_with("/on_duplicate", json::object()),
              list{R"(/on_duplicate: expected the key "replace_if_newer")"});
    EXPECT_EQ(
        faults_with("/on_duplicate", {{"replace_if_newer", "lead_step"}}),
        (list{
            R"(/on_duplicate/replace_if_newer: expected a column of type "timestamptz", "bigint" or "integer", and "lead_step" is of type "text")",
            R"(/on_duplicate/replace_if_newer: expected a required column, and "lead_step" is not)"}));
    EXPECT_EQ(faults_with("/on_duplicate", {{"replace_if_newer", "received_at"}}).front(),
              R"(/on_duplicate/replace_if_newer: expected a column with "at", and "received_at" has none)");
}

TEST(mapping, leaves_the_account_its_own_tables) {
    for (const char *name : {"account",
                             "observation",
                             "quarantine",
                             "other_event",
                             "pending",
                             "pending_mark",
                             "stage",
                             "stage_seen",
                             "stage_definition",
                             "stage_history",
                             "funnel_monthly",
                             "funnel_x",
                             "movement",
                             "movement_monthly",
                             "lead_current",
                             "refresh_run",
                             "secret",
                             "secret_secret_id_seq",
                             "restatement",
                             "conversion_cohort",
                             "stay_histogram",
                             "activity_monthly",
                             "deal_is_unique",
                             "activity",
                             "closing_monthly",
                             "cycle_histogram",
                             "sale",
                             "sale_monthly",
                             "customer",
                             "customer_statement",
                             "product",
                             "product_entered",
                             "campaign",
                             "campaign_result",
                             "target",
                             "category",
                             "alias",
                             "segment",
                             "reader_owner",
                             "pending_event",
                             "stuck_event",
                             "built_stream",
                             "quality_limit",
                             "sale_monthly_by_customer"})
        EXPECT_EQ(
            faults_with("/stream", name),
            list{"/stream: expected a name that no table of the account's own has or is to have, not \"" +
                 std::string(name) + '"'});
    for (const char *name : {"accounts", "stages", "funnel", "stay", "lead_stage", "stage_defined", "sales",
                             "sale_details", "customers", "product_line", "target_set", "segments"})
        EXPECT_EQ(faults_with("/stream", name), list{}) << name;
}

// What an account's schema is made of stands in another part of the tree.
TEST(account_tables, are_those_of_the_rooms_and_the_marts) {
    const std::regex relation(R"re(account_relation\{"(\w+)")re");
    std::size_t count = 0;
    for (const auto &file : std::filesystem::recursive_directory_iterator(
             std::filesystem::path(__FILE__).parent_path() / "../../extension/store")) {
        if (!file.is_regular_file())
            continue;
        std::ifstream stream(file.path());
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        for (std::sregex_iterator each(text.begin(), text.end(), relation), end; each != end; ++each, ++count)
            EXPECT_TRUE(is_account_table((*each)[1].str())) << (*each)[1];
    }
    EXPECT_GE(count, 16u);
    for (const mart *each : marts())
        EXPECT_TRUE(is_account_table(each->name)) << each->name;
}

TEST(mapping, lists_all_faults_at_once_and_none_twice) {
    json mapping = sound();
    mapping["stream"] = "X";
    mapping["columns"][2]["type"] = "int";
    mapping["columns"][10]["at"] = "updated_at";
    mapping["on_duplicate"] = 1;
    mapping["stage"] = {{"id", "nothing"}};
    const list faults = faults_of(mapping.dump());
    ASSERT_EQ(faults.size(), 5u);
    EXPECT_TRUE(faults[0].starts_with("/stream: "));
    EXPECT_TRUE(faults[1].starts_with("/columns/2/type: "));
    EXPECT_TRUE(faults[2].starts_with("/columns/10/at: "));
    EXPECT_TRUE(faults[3].starts_with("/stage/id: "));
    EXPECT_TRUE(faults[4].starts_with("/on_duplicate: "));
}

TEST(mapping, never_fails_on_what_it_did_not_expect) {
    json whole = sound();
    whole["columns"][4]["at"] = {"/data/step_id", {{"at", "/data/id"}, {"when", {{"/event", "step.%"}}}}};
    whole["observation"]["when"] = {{"/event", "lead.%"}};
    whole["stage"] = {{"id", "step_id"}, {"deleted_when", {{"/event", "x"}}}};
    whole["rules"] = {{{"check", "true"}, {"problem", "p"}}};
    whole["on_duplicate"] = {{"replace_if_newer", "updated_at_utc"}};
    const json odd[] = {nullptr,       true,           0,        -1,        1.5, "", "x", "/x",
                        json::array(), json::object(), {1, "a"}, {{"a", 1}}};
    const json flat = whole.flatten();
    for (const auto &place : flat.items())
        for (const json &value : odd) {
            json mapping = whole;
            mapping[json::json_pointer(place.key())] = value;
            (void)faults_of(mapping.dump());
        }
    const std::string text = whole.dump();
    for (std::size_t size = 0; size < text.size(); ++size)
        EXPECT_FALSE(faults_of(text.substr(0, size)).empty());
}

TEST(json_pointers, are_read_and_written) {
    EXPECT_EQ(parse_json_pointer(""), json_pointer{});
    EXPECT_EQ(parse_json_pointer("/"), json_pointer{""});
    EXPECT_EQ(parse_json_pointer("/a~1b/m~0n/~01"), (json_pointer{"a/b", "m~n", "~1"}));
    EXPECT_EQ(parse_json_pointer("a"), std::nullopt);
    EXPECT_EQ(parse_json_pointer("/~"), std::nullopt);
    EXPECT_EQ(parse_json_pointer("/~2"), std::nullopt);
    for (const std::string_view text : {"", "/", "//", "/a~1b/m~0n", "/~01"})
        EXPECT_EQ(to_text(*parse_json_pointer(text)), text);
}

TEST(documented_mapping, has_no_fault) {
    std::ifstream file(std::filesystem::path(__FILE__).parent_path() / "../../docs/reference/mappings.md");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t begin = text.find("'{\n    \"stream\":") + 1;
    const std::size_t end = text.find("}');", begin);
    ASSERT_NE(end, std::string::npos);
    EXPECT_EQ(faults_of(text.substr(begin, end + 1 - begin)), list{});
}

TEST(shipped_mappings, have_no_fault) {
    const auto folder = std::filesystem::path(__FILE__).parent_path() / "../../sql/sources";
    std::size_t count = 0;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".json")
            continue;
        std::ifstream file(entry.path());
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        EXPECT_EQ(faults_of(text), list{}) << entry.path();
        EXPECT_EQ(parse_mapping(text).value.value_or(stream{}).name, entry.path().stem()) << entry.path();
        ++count;
    }
    EXPECT_GE(count, 8u);
}

} // namespace
} // namespace pgcrm
