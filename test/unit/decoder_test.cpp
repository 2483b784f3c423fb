// Bodies in, records and observations out.
#include "core/mapping/decoder.hpp"

#include "nocrm_examples.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <random>
#include <string>

namespace pgcrm {
namespace {

using nlohmann::json;
using list = std::vector<std::string>;

stream parsed(std::string_view text) {
    parsed_mapping result = parse_mapping(text);
    for (const mapping_fault &fault : result.faults)
        ADD_FAILURE() << fault.at << ": " << fault.what;
    return std::move(result.value).value();
}

std::vector<stream> shipped() {
    const auto folder = std::filesystem::path(__FILE__).parent_path() / "../../sql/sources/nocrm";
    std::vector<stream> streams;
    std::ifstream order(folder / "order.txt");
    for (std::string name; std::getline(order, name);) {
        if (name.starts_with('#'))
            continue;
        std::ifstream file(folder / (name + ".json"));
        streams.push_back(parsed(std::string{std::istreambuf_iterator<char>(file), {}}));
    }
    return streams;
}

// A stream with a column of each type at a key of its own name, and `key` for its key.
std::vector<stream> plain() {
    return {parsed(R"json({
        "stream": "plain", "match": {"/event": "e"}, "key": ["key"],
        "columns": [
            {"name": "key", "type": "text", "at": "/key", "required": true},
            {"name": "big", "type": "bigint", "at": "/big"},
            {"name": "small", "type": "integer", "at": "/small"},
            {"name": "flag", "type": "boolean", "at": "/flag"},
            {"name": "words", "type": "text", "at": "/words"},
            {"name": "clean", "type": "text", "at": "/clean", "clean": ["trim", "lower"]},
            {"name": "amount", "type": "numeric", "at": "/amount"},
            {"name": "trimmed", "type": "numeric", "at": "/trimmed", "clean": ["trim"]},
            {"name": "moment", "type": "timestamptz", "at": "/moment"},
            {"name": "utc", "type": "timestamptz", "at": "/utc", "clean": ["utc"]},
            {"name": "on_day", "type": "date", "at": "/on_day"},
            {"name": "several", "type": "text", "at": ["/a/x", "/b/x", "/c"]},
            {"name": "arrived_at", "type": "timestamptz", "from": "arrival"},
            {"name": "raw_data", "type": "jsonb", "from": "body"}]})json")};
}

// An observation with every part at a key of its own name.
std::vector<stream> observed(std::string_view kind = "moved") {
    return {parsed(R"json({
        "stream": "observed", "match": {"/event": "e"}, "key": ["key"],
        "columns": [
            {"name": "key", "type": "bigint", "at": "/key", "required": true},
            {"name": "lead", "type": "text", "at": "/lead", "required": true, "clean": ["trim"]},
            {"name": "at_time", "type": "timestamptz", "at": "/at", "required": true},
            {"name": "position", "type": "bigint", "at": "/position"},
            {"name": "stage", "type": "text", "at": "/stage"},
            {"name": "stage_name", "type": "text", "at": "/stage_name", "clean": ["trim"]},
            {"name": "pipeline", "type": "text", "at": "/pipeline"},
            {"name": "status", "type": "text", "at": ["/status", "/state"], "clean": ["trim"]},
            {"name": "amount", "type": "numeric", "at": "/amount"},
            {"name": "currency", "type": "text", "at": "/currency"},
            {"name": "owner", "type": "text", "at": "/user/email", "clean": ["trim", "lower"]}],
        "observation": {"kind": ")json" +
                   std::string(kind) + R"json(", "lead": "lead", "at": "at_time", "sequence": "position",
            "stage": "stage", "stage_name": "stage_name", "pipeline": "pipeline",
            "status": {"column": "status", "map": {"todo": "open", "standby": "open", "Won": "won", "lost": "lost", "cancelled": "cancelled"}},
            "amount": "amount", "currency": "currency", "owner": "owner"}})json")};
}

// A decoder with the memory that its results point into.
class bench {
public:
    explicit bench(std::vector<stream> streams, decode_limits limits = {})
        : streams_(std::move(streams)), decoder_(streams_, limits) {}

    const decoded &decode(std::string body) {
        bodies_.push_back(std::make_unique<std::string>(std::move(body)));
        result_ = decoder_.decode(*bodies_.back(), arena_);
        return result_;
    }

    const cell &operator[](std::string_view column) const {
        for (std::size_t i = 0; i < result_.of->columns.size(); ++i)
            if (result_.of->columns[i].name == column)
                return result_.cells[i];
        throw std::out_of_range(std::string(column));
    }

    const decoder &used() const { return decoder_; }

private:
    std::vector<stream> streams_;
    decoder decoder_;
    std::pmr::monotonic_buffer_resource arena_;
    std::vector<std::unique_ptr<std::string>> bodies_;
    decoded result_;
};

// A body of the plain or the observed stream with some members more.
std::string plain_body(std::string_view members) {
    return R"({"event":"e","key":"k")" + (members.empty() ? std::string() : "," + std::string(members)) + "}";
}

std::string observed_body(std::string_view members) {
    return R"({"event":"e","key":7,"lead":"L1","at":"2026-01-09T18:40:27Z")" +
           (members.empty() ? std::string() : "," + std::string(members)) + "}";
}

// A cell that owns its text.
struct kept_cell {
    presence is = presence::absent;
    std::int64_t number = 0;
    std::string text;
};

kept_cell plain_cell(std::string_view column, std::string_view value) {
    bench with(plain());
    const decoded &result = with.decode(plain_body("\"" + std::string(column) + "\":" + std::string(value)));
    EXPECT_EQ(result.is, verdict::event)
        << value << ": " << (result.problems.empty() ? "" : result.problems.front());
    if (result.is != verdict::event)
        return {};
    const cell &found = with[column];
    return {found.is, found.number, std::string(found.text)};
}

list plain_problems(std::string_view column, std::string_view value) {
    bench with(plain());
    return with.decode(plain_body("\"" + std::string(column) + "\":" + std::string(value))).problems;
}

list problems_of_observed(std::string_view members) {
    return bench(observed()).decode(observed_body(members)).problems;
}

std::int64_t moment(std::string_view text) { return parse_instant(text, false)->microseconds; }

TEST(decoder, decodes_a_lead_creation) {
    bench with(shipped());
    const decoded &result = with.decode(std::string(nocrm_examples::lead_creation));
    ASSERT_EQ(result.is, verdict::event) << result.problems.front();
    EXPECT_EQ(result.of->name, "lead_created");
    EXPECT_EQ(result.event_id, "8812345");
    EXPECT_EQ(result.cells.size(), 23u);
    EXPECT_EQ(with["id"].number, 8'812'345);
    EXPECT_EQ(with["event"].text, "lead.creation");
    EXPECT_EQ(with["has_succeeded"].is, presence::value);
    EXPECT_EQ(with["has_succeeded"].number, 0);
    EXPECT_EQ(with["try_count"].number, 0);
    EXPECT_EQ(with["last_returned_code"].is, presence::null);
    EXPECT_EQ(with["received_at"].is, presence::absent);
    EXPECT_EQ(with["lead_id"].number, 5'501'001);
    EXPECT_EQ(with["title"].text, "Casa Robles - Ana Ruiz");
    EXPECT_EQ(with["amount"].is, presence::null);
    EXPECT_EQ(with["created_at_utc"].number, moment("2026-01-05T15:02:11Z"));
    EXPECT_EQ(with["user_email"].text, "luis.soto@example.com");
    EXPECT_EQ(with["user_id"].number, 639);
    EXPECT_EQ(with["client_folder_id"].number, 3001);
    EXPECT_EQ(with["client_folder_name"].text, "Robles Agency");
    EXPECT_EQ(with["raw_data"].is, presence::absent);
    const observation &o = *result.says;
    EXPECT_EQ(o.lead_id, "5501001");
    EXPECT_EQ(o.occurred_at.microseconds, moment("2026-01-05T15:02:11Z"));
    EXPECT_EQ(o.kind, observation_kind::created);
    EXPECT_EQ(o.event_id, "8812345");
    EXPECT_EQ(o.origin, "lead_created");
    EXPECT_EQ(o.sequence, 8812345);
    EXPECT_EQ(o.stage_id, "201");
    EXPECT_EQ(o.stage, "Incoming");
    EXPECT_EQ(o.pipeline, "Default pipeline");
    EXPECT_EQ(o.status, lead_status::open);
    EXPECT_EQ(o.amount, (said<money>{true, std::nullopt}));
    EXPECT_EQ(o.currency, (said<std::string_view>{true, "MXN"}));
    EXPECT_EQ(o.owner, (said<std::string_view>{true, "luis.soto@example.com"}));
}

TEST(decoder, decodes_a_step_change) {
    bench with(shipped());
    const decoded &result = with.decode(std::string(nocrm_examples::step_changed));
    ASSERT_EQ(result.is, verdict::event) << result.problems.front();
    EXPECT_EQ(result.of->name, "step_changed");
    EXPECT_EQ(with["lead_step"].text, "Visit scheduled");
    EXPECT_EQ(with["step_id"].number, 203);
    EXPECT_EQ(with["lead_amount"].text, "2450000.0");
    EXPECT_EQ(with["lead_created_at"].number, with["created_at_utc"].number);
    EXPECT_EQ(with["lead_updated_at"].number, with["updated_at_utc"].number);
    EXPECT_EQ(with["moved_by"].text, "luis.soto@example.com");
    EXPECT_EQ(result.says->kind, observation_kind::moved);
    EXPECT_EQ(result.says->stage_id, "203");
    EXPECT_EQ(result.says->amount, (said<money>{true, money{245'000'000}}));
    EXPECT_EQ(result.says->occurred_at.microseconds, moment("2026-01-09T18:40:27Z"));
}

TEST(decoder, decodes_every_change_of_a_lead) {
    struct {
        std::string_view body;
        std::optional<lead_status> status;
    } const changes[] = {{nocrm_examples::status_changed, lead_status::won},
                         {nocrm_examples::assigned, lead_status::open},
                         {nocrm_examples::unassigned, lead_status::open},
                         {nocrm_examples::commented, lead_status::open}};
    bench with(shipped());
    for (const auto &change : changes) {
        const decoded &result = with.decode(std::string(change.body));
        ASSERT_EQ(result.is, verdict::event) << result.problems.front();
        EXPECT_EQ(result.of->name, "lead_changed");
        EXPECT_EQ(result.says->kind, observation_kind::changed);
        EXPECT_EQ(result.says->status, change.status);
    }
    EXPECT_EQ(with.decode(std::string(nocrm_examples::unassigned)).says->owner,
              (said<std::string_view>{true, std::nullopt}));
    EXPECT_FALSE(with.decode(std::string(nocrm_examples::assigned)).says->amount.is_said);
    EXPECT_FALSE(with.decode(std::string(nocrm_examples::assigned)).says->currency.is_said);
}

TEST(decoder, decodes_a_deletion_that_says_nothing_else) {
    bench with(shipped());
    const decoded &result = with.decode(std::string(nocrm_examples::deleted));
    ASSERT_EQ(result.is, verdict::event) << result.problems.front();
    EXPECT_EQ(result.of->name, "lead_deleted");
    EXPECT_EQ(with["deleted_at_utc"].number, moment("2026-01-07T11:45:30Z"));
    const observation &o = *result.says;
    EXPECT_EQ(o.kind, observation_kind::deleted);
    EXPECT_EQ(o.lead_id, "5501002");
    EXPECT_FALSE(o.stage_id || o.stage || o.pipeline || o.status);
    EXPECT_FALSE(o.amount.is_said || o.currency.is_said || o.owner.is_said);
}

TEST(decoder, takes_event_names_with_an_ending_of_their_own) {
    bench with(shipped());
    const auto stream_of = [&](std::string_view name) -> std::string {
        json body = json::parse(nocrm_examples::step_changed);
        body["webhook_event"]["event"] = name;
        const decoded &result = with.decode(body.dump());
        return result.of ? result.of->name : "";
    };
    EXPECT_EQ(stream_of("lead.step.changed.to.Sales.Visit"), "step_changed");
    EXPECT_EQ(stream_of("lead.status.changed.to.won"), "lead_changed");
    for (const char *name :
         {"lead.any_update", "lead.content_has_changed", "lead.commented", "lead.assigned"})
        EXPECT_EQ(stream_of(name), "lead_changed") << name;
    EXPECT_EQ(stream_of("lead.creation"), "lead_created");
    for (const char *name :
         {"lead.creation2", "lead.step", "lead.assigned.to", "Lead.creation", "prospect.created"})
        EXPECT_EQ(stream_of(name), "") << name;
}

TEST(decoder, hands_on_what_no_stream_matches) {
    bench with(shipped());
    const decoded &prospect = with.decode(std::string(nocrm_examples::prospect_created));
    EXPECT_EQ(prospect.is, verdict::unhandled);
    EXPECT_EQ(prospect.of, nullptr);
    EXPECT_EQ(prospect.event_name, "prospect.created");
    EXPECT_EQ(prospect.event_id, "8812356");
    EXPECT_TRUE(prospect.cells.empty());
    EXPECT_FALSE(prospect.says || prospect.defines);
    EXPECT_EQ(with.decode(R"({"webhook_event":{"event":"x"}})").event_id, "");
    EXPECT_EQ(with.decode(R"({"webhook_event":{"event":"x","id":null}})").event_id, "");
    EXPECT_EQ(with.decode(R"({"webhook_event":{"event":"x","id":{}}})").event_id, "");
    EXPECT_EQ(with.decode(R"({"webhook_event":{"event":"x","id":"u-1"}})").event_id, "u-1");
    EXPECT_EQ(with.decode(R"({"webhook_event":{"event":"x","id":7.0}})").event_id, "7.0");
}

TEST(decoder, rejects_what_has_no_event_name) {
    bench with(shipped());
    for (const char *body : {"{}", R"({"webhook_event":null})", R"({"webhook_event":{"event":5}})",
                             R"({"event":"lead.creation"})", R"({"webhook_event":{"event":""}})",
                             R"({"webhook_event":["lead.creation"]})", R"({"title":"a","status":"todo"})"})
        EXPECT_EQ(with.decode(body).problems, list{R"(expected an event name at "/webhook_event/event")"})
            << body;
    EXPECT_EQ(with.decode("[]").problems, list{"expected an object, not a list"});
    EXPECT_EQ(with.decode("\"lead.creation\"").problems, list{R"(expected an object, not "lead.creation")"});
    EXPECT_EQ(with.decode("12").problems, list{"expected an object, not 12"});
    EXPECT_EQ(with.decode("null").problems, list{"expected an object, not null"});
    EXPECT_EQ(with.decode("{").is, verdict::rejected);
    EXPECT_EQ(with.decode("<html>").of, nullptr);
}

TEST(decoder, bounds_the_names_of_what_no_stream_matches) {
    bench with(shipped());
    const std::string ok(255, 'x'), long_name(256, 'x');
    EXPECT_EQ(with.decode(R"({"webhook_event":{"event":")" + ok + R"(","id":")" + ok + "\"}}").is,
              verdict::unhandled);
    EXPECT_EQ(with.decode(R"({"webhook_event":{"event":")" + long_name + R"(","id":")" + long_name + "\"}}")
                  .problems,
              (list{R"(expected at most 255 bytes at "/webhook_event/event", not 256)",
                    R"(expected at most 255 bytes at "/webhook_event/id", not 256)"}));
}

TEST(decoder, tells_every_problem_of_a_body_at_once) {
    bench with(shipped());
    const decoded &result = with.decode(R"({"webhook_event":{"event":"lead.step.changed","try_count":"many",
        "data":{"id":"abc","status":"foo","amount":"1,5","updated_at":"yesterday","title":{}}}})");
    EXPECT_EQ(result.is, verdict::rejected);
    EXPECT_EQ(result.of->name, "step_changed");
    EXPECT_TRUE(result.cells.empty());
    EXPECT_FALSE(result.says);
    EXPECT_EQ(
        result.problems,
        (list{
            R"(column "id" is required, and "/webhook_event/id" is missing)",
            R"(column "try_count": expected a whole number at "/webhook_event/try_count", not "many")",
            R"(column "lead_id": expected a whole number at "/webhook_event/data/id", not "abc")",
            R"(column "lead_title": expected a text at "/webhook_event/data/title", not an object)",
            R"(column "lead_amount": expected a number at "/webhook_event/data/amount", not "1,5")",
            R"(column "lead_updated_at": expected a time such as 2026-01-09T18:40:27Z at "/webhook_event/data/updated_at", not "yesterday")",
            R"(column "updated_at_utc": expected a time such as 2026-01-09T18:40:27Z at "/webhook_event/data/updated_at", not "yesterday")",
            R"(unknown status "foo" at "/webhook_event/data/status")"}));
}

TEST(decoder, names_the_stream_of_a_body_with_values_that_cannot_be_stored) {
    bench with(shipped());
    const decoded &result = with.decode(
        R"({"webhook_event":{"id":1,"event":"lead.deleted","data":{"id":2,"title":"a\u0000b","updated_at":null}}})");
    EXPECT_EQ(result.of->name, "lead_deleted");
    EXPECT_EQ(result.problems,
              (list{R"(expected text without "\u0000", found one at offset 73)",
                    R"(column "deleted_at_utc" is required, and "/webhook_event/data/updated_at" is null)"}));
    EXPECT_EQ(with.decode(R"({"webhook_event":{"event":"x","note":"\u0000"}})").is, verdict::rejected);
    EXPECT_EQ(with.decode(R"({"webhook_event":{"event":"x"},"\u0000":1})").is, verdict::rejected);
}

TEST(decoder, reads_both_spellings_of_the_client_folder) {
    bench with(shipped());
    const auto folder = [&](const char *members) {
        json body = json::parse(nocrm_examples::lead_creation);
        body["webhook_event"]["data"].erase("client");
        body["webhook_event"]["data"].update(json::parse(members));
        EXPECT_EQ(with.decode(body.dump()).is, verdict::event);
        return with["client_folder_id"].is == presence::value
                   ? std::to_string(with["client_folder_id"].number) + " " +
                         std::string(with["client_folder_name"].text)
                   : std::string(with["client_folder_id"].is == presence::null ? "null" : "absent");
    };
    EXPECT_EQ(folder(R"({"client":{"id":1,"name":"a"}})"), "1 a");
    EXPECT_EQ(folder(R"({"client_folder":{"id":2,"name":"b"}})"), "2 b");
    EXPECT_EQ(folder(R"({"client_folder_id":3,"client_folder_name":"c"})"), "3 c");
    EXPECT_EQ(folder(R"({"client":null,"client_folder":{"id":2,"name":"b"}})"), "2 b");
    EXPECT_EQ(folder(R"({"client":{"id":1,"name":"a"},"client_folder":{"id":2,"name":"b"}})"), "1 a");
    EXPECT_EQ(folder(R"({"client":null})"), "null");
    EXPECT_EQ(folder("{}"), "absent");
}

TEST(decoder, reads_both_spellings_of_the_owner) {
    bench with(shipped());
    for (const std::string_view example : {nocrm_examples::lead_creation, nocrm_examples::step_changed,
                                           nocrm_examples::status_changed, nocrm_examples::deleted}) {
        json body = json::parse(example);
        EXPECT_EQ(with.decode(body.dump()).is, verdict::event);
        EXPECT_EQ(with["user_id"].number, 639);
        body["webhook_event"]["data"].erase("user");
        body["webhook_event"]["data"]["user_id"] = 640;
        EXPECT_EQ(with.decode(body.dump()).is, verdict::event);
        EXPECT_EQ(with["user_id"].number, 640);
    }
}

TEST(decoder, decodes_a_client_folder) {
    bench with(shipped());
    const decoded &result = with.decode(std::string(nocrm_examples::client_folder_created));
    ASSERT_EQ(result.is, verdict::event) << result.problems.front();
    EXPECT_EQ(result.of->name, "client_folder_created");
    EXPECT_EQ(with["folder_id"].number, 3002);
    EXPECT_EQ(with["folder_name"].text, "Agent Delgado");
    EXPECT_EQ(with["created_at_utc"].number, moment("2026-01-08T13:00:00Z"));
    EXPECT_FALSE(result.says || result.defines);
}

TEST(decoder, decodes_the_definition_of_a_stage) {
    bench with(shipped());
    const decoded &updated = with.decode(std::string(nocrm_examples::account_step_updated));
    ASSERT_EQ(updated.is, verdict::event) << updated.problems.front();
    EXPECT_EQ(updated.of->name, "stage_defined");
    EXPECT_EQ(with["pipeline_id"].number, 11);
    EXPECT_FALSE(updated.says);
    ASSERT_TRUE(updated.defines);
    EXPECT_EQ(updated.defines->stage_id, "203");
    EXPECT_EQ(updated.defines->name, "Visit booked");
    EXPECT_EQ(updated.defines->position, 3);
    EXPECT_EQ(updated.defines->pipeline, "Default pipeline");
    EXPECT_FALSE(updated.defines->defined_at);
    EXPECT_FALSE(updated.defines->is_deleted);
    const decoded &gone = with.decode(std::string(nocrm_examples::account_step_deleted));
    ASSERT_TRUE(gone.defines);
    EXPECT_EQ(gone.defines->stage_id, "204");
    EXPECT_TRUE(gone.defines->is_deleted);
    EXPECT_EQ(gone.defines->defined_at->microseconds, moment("2026-02-03T10:00:00Z"));
}

TEST(decoder, defines_no_stage_by_what_is_said_of_a_pipeline) {
    bench with(shipped());
    for (const char *event : {"account.pipeline.updated", "account.step.pipeline.updated"}) {
        json body = json::parse(nocrm_examples::account_pipeline_updated);
        body["webhook_event"]["event"] = event;
        const decoded &result = with.decode(body.dump());
        ASSERT_EQ(result.is, verdict::event) << result.problems.front();
        EXPECT_EQ(result.of->name, "stage_defined");
        for (const char *column : {"stage_id", "name", "position"})
            EXPECT_EQ(with[column].is, presence::absent) << column;
        EXPECT_EQ(with["pipeline_id"].number, 11);
        EXPECT_EQ(with["pipeline"].text, "Sales");
        EXPECT_FALSE(result.defines);
    }
}

TEST(decoder, decodes_a_lead_of_the_rest_api) {
    bench with(shipped());
    const decoded &result = with.decode(std::string(nocrm_examples::rest_lead));
    ASSERT_EQ(result.is, verdict::event) << result.problems.front();
    EXPECT_EQ(result.of->name, "lead_snapshot");
    EXPECT_EQ(result.event_id, "5501001/2026-01-09T18:40:27Z");
    EXPECT_EQ(with["user_id"].number, 639);
    EXPECT_EQ(with["client_folder_id"].number, 3001);
    EXPECT_EQ(with["client_folder_name"].text, "Robles Agency");
    EXPECT_EQ(result.says->kind, observation_kind::snapshot);
    EXPECT_EQ(result.says->sequence, 0);
    EXPECT_EQ(result.says->lead_id, "5501001");
    EXPECT_EQ(result.says->stage_id, "203");
    EXPECT_EQ(result.says->status, lead_status::open);
    EXPECT_EQ(result.says->amount, (said<money>{true, money{245'000'000}}));
    EXPECT_FALSE(result.says->owner.is_said) << "the list of leads does not tell the owner's address";
    json body = json::parse(nocrm_examples::rest_lead);
    body["user"] = {{"id", 640}, {"email", "Mar.Vega@example.com "}};
    body["status"] = "Won";
    EXPECT_EQ(with.decode(body.dump()).says->owner.value, "mar.vega@example.com");
    EXPECT_EQ(with.decode(body.dump()).says->status, lead_status::won);
    body["status"] = "frozen";
    EXPECT_EQ(with.decode(body.dump()).problems, list{R"(unknown status "frozen" at "/status")"});
}

TEST(decoder, takes_no_webhook_for_a_bare_record) {
    bench with(shipped());
    for (const std::string_view example : nocrm_examples::all) {
        const json body = json::parse(example);
        const decoded &result = with.decode(body.dump());
        const std::string name = result.of ? result.of->name : "";
        EXPECT_EQ(body.contains("webhook_event"), name != "lead_snapshot" && name != "action_history")
            << name;
    }
    // A lead of another kind of record: what follows up a sale has a title and a status, but is in no step.
    json follow_up = json::parse(nocrm_examples::rest_lead);
    follow_up.erase("step");
    EXPECT_EQ(with.decode(follow_up.dump()).is, verdict::rejected);
}

TEST(decoder, decodes_a_record_of_a_leads_history) {
    bench with(shipped());
    json body = json::parse(nocrm_examples::rest_action);
    const decoded &result = with.decode(body.dump());
    ASSERT_EQ(result.is, verdict::event) << result.problems.front();
    EXPECT_EQ(result.of->name, "action_history");
    EXPECT_EQ(result.event_id, "70001");
    EXPECT_EQ(with["lead_id"].number, 5'501'001);
    EXPECT_EQ(with["action"].text, "step_changed");
    EXPECT_EQ(with["stage"].text, "Visit scheduled");
    EXPECT_FALSE(result.says);
    body["action_type"] = "status_changed";
    body["lead"] = {{"id", 7}};
    body.erase("lead_id");
    EXPECT_EQ(with.decode(body.dump()).is, verdict::event);
    EXPECT_EQ(with["stage"].is, presence::absent);
    EXPECT_EQ(with["lead_id"].number, 7);
}

// Two shapes of records in one table; the stage's parts and the observation depend on which it is.
std::vector<stream> conditional() {
    return {parsed(R"json({
        "stream": "conditional", "match": {"/event": ["deal%", "stage%"]}, "key": ["key"],
        "columns": [
            {"name": "key", "type": "text", "at": "/key", "required": true},
            {"name": "lead", "type": "text", "at": [{"at": "/deal", "when": {"/event": "deal%"}}, "/ref"], "required": true},
            {"name": "at_time", "type": "timestamptz", "at": "/at", "required": true},
            {"name": "status", "type": "text", "at": {"at": "/status", "when": {"/event": "deal%"}}},
            {"name": "stage", "type": "text",
             "at": {"at": "/id", "when": {"/event": "stage%", "/kind": ["open", "closed"]}}},
            {"name": "stage_name", "type": "text", "at": "/name"},
            {"name": "place", "type": "integer", "at": "/place"},
            {"name": "raw_data", "type": "jsonb", "from": "body"}],
        "observation": {"kind": "changed", "lead": "lead", "at": "at_time", "when": {"/event": "deal%"},
            "status": {"column": "status", "map": {"won": "won"}}},
        "stage": {"id": "stage", "name": "stage_name", "position": "place", "at": "at_time",
                  "deleted_when": {"/event": "stage.deleted", "/kind": "closed"}}})json")};
}

std::string conditional_body(std::string_view members) {
    return R"({"key":"k","at":"2026-01-09T18:40:27Z","ref":"R",)" + std::string(members) + "}";
}

TEST(conditions, say_which_places_count) {
    bench with(conditional());
    with.decode(conditional_body(R"("event":"deal.new","deal":"D")"));
    EXPECT_EQ(with["lead"].text, "D");
    with.decode(conditional_body(R"("event":"stage.new","deal":"D")"));
    EXPECT_EQ(with["lead"].text, "R");
    with.decode(conditional_body(R"("event":"deal.new","deal":null)"));
    EXPECT_EQ(with["lead"].text, "R");
    with.decode(conditional_body(R"("event":"stage.new","id":"S")"));
    EXPECT_EQ(with["stage"].is, presence::absent) << "every pointer of a condition must match";
    for (const char *kind : {"1", "null", "\"other\"", "[\"open\"]"}) {
        with.decode(conditional_body(R"("event":"stage.new","id":"S","kind":)" + std::string(kind)));
        EXPECT_EQ(with["stage"].is, presence::absent) << kind;
    }
    with.decode(conditional_body(R"("event":"stage.new","id":"S","kind":"closed")"));
    EXPECT_EQ(with["stage"].text, "S");
}

TEST(conditions, keep_the_place_of_a_fault_out_of_other_shapes) {
    bench with(conditional());
    EXPECT_EQ(with.decode(conditional_body(R"("event":"deal.new","id":[],"deal":"D","kind":"open")")).is,
              verdict::event);
    EXPECT_EQ(with.decode(conditional_body(R"("event":"stage.new","id":[],"kind":"open")")).problems,
              list{R"(column "stage": expected a text at "/id", not a list)"});
    EXPECT_EQ(
        with.decode(R"({"event":"stage.new","key":"k","deal":"D","at":"2026-01-09T18:40:27Z"})").problems,
        list{R"(column "lead" is required, and none of "/deal", "/ref" has a value that counts here)"});
}

TEST(conditions, tell_of_a_required_value_that_does_not_count) {
    std::vector<stream> streams = conditional();
    for (column &c : streams.front().columns)
        c.is_required = c.is_required || c.name == "status";
    bench with(std::move(streams));
    EXPECT_EQ(with.decode(conditional_body(R"("event":"stage.new","status":"won")")).problems,
              list{R"(column "status" is required, and "/status" does not count here)"});
    EXPECT_EQ(with.decode(conditional_body(R"("event":"deal.new")")).problems,
              list{R"(column "status" is required, and "/status" is missing)"});
}

TEST(conditions, say_when_there_is_an_observation) {
    bench with(conditional());
    EXPECT_TRUE(with.decode(conditional_body(R"("event":"deal.new","status":"won")")).says);
    EXPECT_EQ(with.decode(conditional_body(R"("event":"deal.new","status":"odd")")).problems,
              list{R"(unknown status "odd" at "/status")"});
    const decoded &stage = with.decode(conditional_body(R"("event":"stage.new","status":"odd")"));
    EXPECT_EQ(stage.is, verdict::event) << "what is no observation has no status";
    EXPECT_FALSE(stage.says);
    EXPECT_EQ(stage.event_id, "k");
}

TEST(stages, are_defined_by_what_the_body_says) {
    bench with(conditional());
    const auto defined = [&](const char *members) { return with.decode(conditional_body(members)).defines; };
    const auto whole = defined(R"("event":"stage.new","id":"S","kind":"open","name":"Visit","place":3)");
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->stage_id, "S");
    EXPECT_EQ(whole->name, "Visit");
    EXPECT_EQ(whole->position, 3);
    EXPECT_FALSE(whole->pipeline);
    EXPECT_EQ(whole->defined_at->microseconds, moment("2026-01-09T18:40:27Z"));
    EXPECT_FALSE(whole->is_deleted);
    const auto least = defined(R"("event":"stage.new","id":"S","kind":"open","name":"","place":null)");
    EXPECT_FALSE(least->name || least->position);
    EXPECT_FALSE(defined(R"("event":"stage.new","kind":"open","name":"Visit")"));
    EXPECT_FALSE(defined(R"("event":"stage.new","id":null,"kind":"open")"));
    EXPECT_FALSE(defined(R"("event":"stage.new","id":"","kind":"open")"));
    EXPECT_FALSE(defined(R"("event":"deal.new","id":"S","kind":"open")"));
}

TEST(stages, are_deleted_when_all_of_the_condition_holds) {
    bench with(conditional());
    const auto is_deleted = [&](const char *members) {
        return with.decode(conditional_body(members)).defines->is_deleted;
    };
    EXPECT_TRUE(is_deleted(R"("event":"stage.deleted","id":"S","kind":"closed")"));
    EXPECT_FALSE(is_deleted(R"("event":"stage.deleted","id":"S","kind":"open")"));
    EXPECT_FALSE(is_deleted(R"("event":"stage.deleted.not","id":"S","kind":"closed")"));
}

TEST(stages, bound_what_they_name) {
    bench with(conditional());
    for (const char *part : {"id", "name"}) {
        const std::string members =
            R"("event":"stage.new","kind":"open","id":"S",")" + std::string(part) + "\":\"";
        EXPECT_EQ(with.decode(conditional_body(members + std::string(255, 'x') + '"')).is, verdict::event);
        EXPECT_EQ(with.decode(conditional_body(members + std::string(256, 'x') + '"')).problems.size(), 1u);
    }
}

TEST(presence_of_values, tells_absent_from_null_from_value) {
    bench with(plain());
    const auto several = [&](const char *members) {
        with.decode(plain_body(members));
        return with["several"];
    };
    EXPECT_EQ(several("").is, presence::absent);
    EXPECT_EQ(several(R"("a":{},"b":{"y":1})").is, presence::absent);
    EXPECT_EQ(several(R"("a":null)").is, presence::null);
    EXPECT_EQ(several(R"("b":{"x":null})").is, presence::null);
    EXPECT_EQ(several(R"("a":{"x":null},"b":{"x":"v"},"c":"w")").text, "v");
    EXPECT_EQ(several(R"("a":null,"c":"w")").text, "w");
    EXPECT_EQ(several(R"("a":{"x":""},"c":"w")").text, "");
    EXPECT_EQ(several(R"("a":"scalar","b":[1])").is, presence::absent);
}

TEST(presence_of_values, is_asked_of_required_columns) {
    std::vector<stream> streams = plain();
    for (column &c : streams.front().columns)
        c.is_required = c.from == column_origin::pointer;
    bench with(std::move(streams));
    const decoded &result =
        with.decode(R"({"event":"e","key":"k","big":1,"small":1,"flag":true,"words":"","clean":"x","amount":1,
        "trimmed":1,"utc":"2026-01-01T00:00:00Z","on_day":null,"a":null})");
    EXPECT_EQ(result.problems,
              (list{R"(column "moment" is required, and "/moment" is missing)",
                    R"(column "on_day" is required, and "/on_day" is null)",
                    R"(column "several" is required, and none of "/a/x", "/b/x", "/c" has a value)"}));
}

TEST(presence_of_values, is_that_of_the_last_of_repeated_keys) {
    bench with(plain());
    with.decode(plain_body(R"("big":1,"big":2,"words":"a","words":null,"a":{"x":"1"},"a":{})"));
    EXPECT_EQ(with["big"].number, 2);
    EXPECT_EQ(with["words"].is, presence::null);
    EXPECT_EQ(with["several"].is, presence::absent);
}

TEST(bigints, hold_64_bits) {
    EXPECT_EQ(plain_cell("big", "9223372036854775807").number, std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(plain_cell("big", "-9223372036854775808").number, std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(plain_cell("big", "\"42\"").number, 42);
    EXPECT_EQ(plain_cell("big", "5.0").number, 5);
    EXPECT_EQ(plain_cell("big", "-0").number, 0);
    EXPECT_EQ(plain_cell("big", "1e3").number, 1000);
    EXPECT_EQ(
        plain_problems("big", "9223372036854775808"),
        list{
            R"(column "big": expected a whole number from -9223372036854775808 to 9223372036854775807 at "/big", not 9223372036854775808)"});
    EXPECT_EQ(plain_problems("big", "1e400").size(), 1u);
    for (const char *value :
         {"5.5", "true", "{}", "[1]", "\"\"", "\" 5\"", "\"5 \"", "\"05\"", "\"+5\"", "\"0x5\"", "\"abc\""})
        EXPECT_TRUE(plain_problems("big", value)
                        .front()
                        .starts_with(R"(column "big": expected a whole number at "/big", not )"))
            << value;
}

TEST(integers, hold_32_bits) {
    EXPECT_EQ(plain_cell("small", "2147483647").number, 2'147'483'647);
    EXPECT_EQ(plain_cell("small", "-2147483648").number, -2'147'483'648);
    for (const char *value : {"2147483648", "-2147483649", "99999999999999999999"})
        EXPECT_EQ(
            plain_problems("small", value),
            list{
                R"(column "small": expected a whole number from -2147483648 to 2147483647 at "/small", not )" +
                std::string(value)});
}

TEST(booleans, are_true_or_false) {
    EXPECT_EQ(plain_cell("flag", "true").number, 1);
    EXPECT_EQ(plain_cell("flag", "false").number, 0);
    for (const char *value : {"0", "1", "\"true\"", "[]"})
        EXPECT_TRUE(plain_problems("flag", value)
                        .front()
                        .starts_with(R"(column "flag": expected true or false at "/flag")"));
}

TEST(texts, are_taken_as_they_are) {
    EXPECT_EQ(plain_cell("words", R"("a \n\"b\" \u00e9")").text, "a \n\"b\" \xC3\xA9");
    EXPECT_EQ(plain_cell("words", "\"\"").is, presence::value);
    EXPECT_EQ(plain_cell("words", "12.50").text, "12.50");
    EXPECT_EQ(plain_cell("words", "false").text, "false");
    EXPECT_EQ(plain_cell("words", "\"" + std::string(100'000, 'x') + "\"").text.size(), 100'000u);
    EXPECT_EQ(plain_problems("words", "[]"),
              list{R"(column "words": expected a text at "/words", not a list)"});
}

TEST(texts, are_trimmed_and_lowered_in_ascii) {
    EXPECT_EQ(plain_cell("clean", R"(" \t\r\nAna.RUIZ@Example.COM \f")").text, "ana.ruiz@example.com");
    EXPECT_EQ(plain_cell("clean", "\"\xC3\x89 A\"").text, "\xC3\x89 a");
    EXPECT_EQ(plain_cell("clean", "\"\xC2\xA0x\"").text, "\xC2\xA0x");
    EXPECT_EQ(plain_cell("clean", "\"  \"").text, "");
}

TEST(numerics, are_exact) {
    EXPECT_EQ(plain_cell("amount", "2450000.0").text, "2450000.0");
    EXPECT_EQ(plain_cell("amount", "\"-0.10\"").text, "-0.10");
    EXPECT_EQ(plain_cell("amount", "1e400").text, "1e400");
    EXPECT_EQ(plain_cell("amount", std::string(500, '9')).text, std::string(500, '9'));
    EXPECT_EQ(plain_cell("trimmed", "\" 12.5\\n\"").text, "12.5");
    for (const char *value : {"\"\"", "\" 1\"", "\"1,5\"", "true", "{}", "\"NaN\"", "\"Infinity\"", "\".5\""})
        EXPECT_TRUE(plain_problems("amount", value)
                        .front()
                        .starts_with(R"(column "amount": expected a number at "/amount", not )"))
            << value;
    EXPECT_EQ(
        plain_problems("amount", "\"1e131072\""),
        list{R"(column "amount": expected a number that PostgreSQL can hold at "/amount", not "1e131072")"});
}

TEST(times, have_a_zone_and_lie_within_the_bounds) {
    EXPECT_EQ(plain_cell("moment", R"("2026-01-09T12:40:27-06:00")").number, moment("2026-01-09T18:40:27Z"));
    EXPECT_EQ(plain_cell("utc", R"("2026-01-09 18:40:27")").number, moment("2026-01-09T18:40:27Z"));
    EXPECT_EQ(
        plain_problems("moment", R"("2026-01-09 18:40:27")"),
        list{R"(column "moment": expected a time with a zone at "/moment", not "2026-01-09 18:40:27")"});
    EXPECT_EQ(
        plain_problems("moment", R"("1969-12-31T23:59:59Z")"),
        list{
            R"(column "moment": expected a time from 1970 to 2199 at "/moment", not "1969-12-31T23:59:59Z")"});
    EXPECT_EQ(plain_problems("moment", R"("2200-01-01T00:00:00Z")").size(), 1u);
    EXPECT_EQ(
        plain_problems("moment", "1767984027"),
        list{
            R"(column "moment": expected a time such as 2026-01-09T18:40:27Z at "/moment", not 1767984027)"});
}

TEST(dates, are_plain) {
    EXPECT_EQ(plain_cell("on_day", R"("2026-01-12")").number, day_from_civil({2026, 1, 12}).number);
    EXPECT_EQ(
        plain_problems("on_day", R"("2026-01-12T00:00:00Z")"),
        list{
            R"(column "on_day": expected a date such as 2026-01-09 at "/on_day", not "2026-01-12T00:00:00Z")"});
}

// What a column of a type makes of a value with one cleaner more.
kept_cell cleaned_cell(std::string_view type, std::string_view clean, std::string_view value) {
    bench with({parsed(R"json({"stream": "cleaned", "match": {"/event": "e"}, "key": ["key"],
        "columns": [{"name": "key", "type": "text", "at": "/key", "required": true},
                    {"name": "x", "type": ")json" +
                       std::string(type) + R"(", "at": "/x", "clean": [)" + std::string(clean) + "]}]}")});
    const decoded &result = with.decode(R"({"event":"e","key":"k","x":)" + std::string(value) + "}");
    if (result.is != verdict::event)
        return {presence::absent, 0, result.problems.front()};
    const cell &found = with["x"];
    return {found.is, found.number, std::string(found.text)};
}

TEST(digits, are_kept_and_nothing_else) {
    const auto text = [](const char *value) { return cleaned_cell("text", R"("digits")", value).text; };
    EXPECT_EQ(text(R"("+52 (555) 010-0")"), "525550100");
    EXPECT_EQ(text(R"("0049 30")"), "004930");
    EXPECT_EQ(text(R"("n/a")"), "");
    EXPECT_EQ(text("-5"), "5");
    EXPECT_EQ(text("\"\xD9\xA3 1\""), "1") << "digits of ASCII only";
    const auto number = [](const char *value) { return cleaned_cell("bigint", R"("digits")", value); };
    EXPECT_EQ(number(R"("no. 007")").number, 7);
    EXPECT_EQ(number(R"("000")").number, 0);
    EXPECT_EQ(number("-5").number, -5) << "a number needs no cleaning";
    EXPECT_EQ(number(R"("n/a")").text, R"(column "x": expected a whole number at "/x", not "n/a")");
    EXPECT_EQ(number(R"("12345678901234567890")").is, presence::absent);
    EXPECT_EQ(number("{}").is, presence::absent);
    EXPECT_EQ(cleaned_cell("integer", R"("digits")", R"("2.147.483.648")").is, presence::absent);
}

TEST(booleans, are_words_where_the_mapping_says_so) {
    const auto is = [](const std::string &value) { return cleaned_cell("boolean", R"("boolean")", value); };
    for (const std::string word : {"true", "t", "YES", "y", " On ", "1"}) {
        EXPECT_EQ(is('"' + word + '"').is, presence::value) << word;
        EXPECT_EQ(is('"' + word + '"').number, 1) << word;
    }
    for (const std::string word : {"False", "f", "no", "N", "off\\t", "0"}) {
        EXPECT_EQ(is('"' + word + '"').is, presence::value) << word;
        EXPECT_EQ(is('"' + word + '"').number, 0) << word;
    }
    EXPECT_EQ(is("true").number, 1);
    EXPECT_EQ(is("false").is, presence::value);
    EXPECT_EQ(is("1").number, 1);
    EXPECT_EQ(is("0").is, presence::value);
    EXPECT_EQ(is("null").is, presence::null);
    for (const char *value : {"\"\"", "\"yess\"", "2", "-1", "1.0", "[]", "{}", "\"oui\""})
        EXPECT_TRUE(is(value).text.starts_with(R"(column "x": expected yes or no at "/x", not )")) << value;
}

TEST(percentages, are_numbers_with_a_point_or_a_comma) {
    const auto text = [](const std::string &value) {
        return cleaned_cell("numeric", R"("percent")", '"' + value + '"').text;
    };
    EXPECT_EQ(text("12.5 %"), "12.5");
    EXPECT_EQ(text("12,5%"), "12.5");
    EXPECT_EQ(text(" 12 "), "12");
    EXPECT_EQ(text("-0,25\xC2\xA0%"), "-0.25");
    EXPECT_EQ(text("7\xE2\x80\xAF%\xC2\xA0 "), "7");
    EXPECT_EQ(cleaned_cell("numeric", R"("percent")", "12.5").text, "12.5");
    EXPECT_EQ(cleaned_cell("numeric", R"("percent")", "1e2").text, "1e2") << "a number needs no cleaning";
    for (const char *value : {"", "%", "1.234,5 %", "1,2,3", "12%%", "%12", "+5%", "05%", ",5%", "5,%",
                              "1e2%", "1 2%", "12 percent", "\xC2"})
        EXPECT_EQ(cleaned_cell("numeric", R"("percent")", '"' + std::string(value) + '"').is,
                  presence::absent)
            << value;
}

TEST(dates, are_read_in_the_order_that_the_mapping_says) {
    const std::int64_t ninth = day_from_civil({2026, 1, 9}).number;
    const auto date = [](const char *order, const char *text) {
        return cleaned_cell("date", order, '"' + std::string(text) + '"');
    };
    for (const char *text : {"9/1/2026", "09.01.2026", "9-01-2026", "2026-01-09"})
        EXPECT_EQ(date(R"("date:DMY")", text).number, ninth) << text;
    EXPECT_EQ(date(R"("date:MDY")", "1/9/2026").number, ninth);
    EXPECT_EQ(date(R"("date:YMD")", "2026/1/9").number, ninth);
    EXPECT_EQ(date(R"("trim","date:DMY")", " 9/1/2026").number, ninth);
    for (const char *text : {"31/2/2026", "9/1/26", "9/1.2026", "9/1/2026 10:00", " 9/1/2026", "1/13/2026",
                             "2026/1/9", "9/1", "0/1/2026", "009/1/2026", "9/1/20261", "9,1,2026", ""})
        EXPECT_EQ(date(R"("date:DMY")", text).is, presence::absent) << text;
    EXPECT_EQ(date(R"("date:DMY")", "x").text,
              R"(column "x": expected a date such as 2026-01-09 or 09/01/2026 at "/x", not "x")");
}

TEST(times, are_read_in_the_order_that_the_mapping_says) {
    const auto time = [](const char *clean, const char *text) {
        return cleaned_cell("timestamptz", clean, '"' + std::string(text) + '"');
    };
    for (const char *text : {"9/1/2026 18:40:27", "09.01.2026T18:40:27Z", "9/1/2026 12:40:27-06:00",
                             "2026-01-09T18:40:27Z", "2026-01-09 18:40:27"})
        EXPECT_EQ(time(R"("date:DMY","utc")", text).number, moment("2026-01-09T18:40:27Z")) << text;
    EXPECT_EQ(time(R"("date:DMY","utc")", "9/1/2026 18:40").number, moment("2026-01-09T18:40:00Z"));
    EXPECT_EQ(time(R"("date:DMY","utc")", "9/1/2026").number, moment("2026-01-09T00:00:00Z"));
    EXPECT_EQ(time(R"("date:DMY")", "9/1/2026 18:40+01").number, moment("2026-01-09T17:40:00Z"));
    for (const char *text : {"9/1/2026", "9/1/2026 18:40"})
        EXPECT_EQ(time(R"("date:DMY")", text).text,
                  R"(column "x": expected a time with a zone at "/x", not ")" + std::string(text) + '"');
    for (const char *text : {"9/1/2026 18", "9/1/2026 24:00", "9/1/2026  18:40", "9/1/2026Z", "9/1/1969",
                             "9/1/2026 18:40 Z", "9/1/2026 6:40 PM"})
        EXPECT_EQ(time(R"("date:DMY","utc")", text).is, presence::absent) << text;
}

TEST(problems, show_long_values_shortened) {
    EXPECT_EQ(
        plain_problems("big", "\"" + std::string(5000, 'x') + "\""),
        list{R"(column "big": expected a whole number at "/big", not ")" + std::string(40, 'x') + "...\""});
    EXPECT_EQ(plain_problems("big", R"("a\nb")"),
              list{R"(column "big": expected a whole number at "/big", not "a b")"});
}

TEST(keys, are_bounded_and_not_empty) {
    bench with(plain());
    EXPECT_EQ(with.decode(R"({"event":"e","key":")" + std::string(255, 'k') + "\"}").is, verdict::event);
    EXPECT_EQ(with.decode(R"({"event":"e","key":")" + std::string(256, 'k') + "\"}").problems,
              list{R"(column "key": expected at most 255 bytes at "/key", not 256)"});
    EXPECT_EQ(with.decode(R"({"event":"e","key":""})").problems,
              list{R"(column "key" is required, and "/key" is empty)"});
    EXPECT_EQ(with.decode(R"({"event":"e","key":12})").event_id, "12");
}

TEST(keys, of_several_columns_are_joined) {
    const auto streams = [] {
        return std::vector<stream>{parsed(
            R"json({"stream": "lead_snapshot", "match": {"/event": "e"}, "key": ["lead_id", "seen_at", "part"],
            "columns": [{"name": "lead_id", "type": "bigint", "at": "/id", "required": true},
                        {"name": "seen_at", "type": "timestamptz", "at": "/at", "required": true},
                        {"name": "part", "type": "text", "at": "/part", "required": true}]})json")};
    };
    bench with(streams());
    EXPECT_EQ(with.decode(R"({"event":"e","id":7,"at":"2026-01-09T12:40:27.5-06:00","part":"a/b"})").event_id,
              "7/2026-01-09T18:40:27.5Z/a~1b");
    EXPECT_EQ(with.decode(R"({"event":"e","id":7,"at":"2026-01-09T12:40:27Z","part":")" +
                          std::string(255, 'x') + "\"}")
                  .event_id.size(),
              64u);
}

TEST(observations, say_what_the_body_says) {
    bench with(observed());
    const decoded &result = with.decode(observed_body(
        R"("position":3,"stage":"S1","stage_name":" Visit ","pipeline":"P","status":"WON","amount":"12.345","currency":"EUR","user":{"email":" A@B.C "})"));
    ASSERT_EQ(result.is, verdict::event) << result.problems.front();
    const observation &o = *result.says;
    EXPECT_EQ(o.lead_id, "L1");
    EXPECT_EQ(o.sequence, 3);
    EXPECT_EQ(o.event_id, "7");
    EXPECT_EQ(o.origin, "observed");
    EXPECT_EQ(o.stage_id, "S1");
    EXPECT_EQ(o.stage, "Visit");
    EXPECT_EQ(o.pipeline, "P");
    EXPECT_EQ(o.status, lead_status::won);
    EXPECT_EQ(o.amount, (said<money>{true, money{1235}}));
    EXPECT_EQ(o.currency, (said<std::string_view>{true, "EUR"}));
    EXPECT_EQ(o.owner, (said<std::string_view>{true, "a@b.c"}));
}

TEST(observations, have_a_sequence_that_is_a_whole_number_or_none) {
    bench with(observed());
    EXPECT_EQ(with.decode(observed_body(R"("position":-9223372036854775808)")).says->sequence,
              std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(with.decode(observed_body(R"("position":3e2)")).says->sequence, 300);
    for (const std::string number : {"9223372036854775808", "1.5", "1e30", "\"first\""})
        EXPECT_EQ(with.decode(observed_body("\"position\":" + number)).is, verdict::rejected) << number;
}

TEST(observations, leave_unsaid_what_is_absent_and_say_none_where_there_is_null) {
    bench with(observed());
    const observation absent = *with.decode(observed_body("")).says;
    EXPECT_FALSE(absent.stage_id || absent.stage || absent.pipeline || absent.status);
    EXPECT_FALSE(absent.amount.is_said || absent.currency.is_said || absent.owner.is_said);
    EXPECT_EQ(absent.sequence, 0);
    const observation null =
        *with
             .decode(observed_body(
                 R"("position":null,"stage":null,"stage_name":null,"pipeline":null,"status":null,"amount":null,"currency":null,"user":null)"))
             .says;
    EXPECT_FALSE(null.stage_id || null.stage || null.pipeline || null.status);
    EXPECT_EQ(null.amount, (said<money>{true, std::nullopt}));
    EXPECT_EQ(null.currency, (said<std::string_view>{true, std::nullopt}));
    EXPECT_EQ(null.owner, (said<std::string_view>{true, std::nullopt}));
    const observation empty =
        *with
             .decode(observed_body(
                 R"("stage":"","stage_name":"  ","pipeline":"","status":" ","currency":"","user":{"email":""})"))
             .says;
    EXPECT_FALSE(empty.stage_id || empty.stage || empty.pipeline || empty.status);
    EXPECT_EQ(empty.currency, (said<std::string_view>{true, std::nullopt}));
    EXPECT_EQ(empty.owner, (said<std::string_view>{true, std::nullopt}));
    EXPECT_FALSE(with.decode(observed_body(R"("user":{"id":5})")).says->owner.is_said);
}

TEST(observations, compute_the_stage_where_the_source_sends_no_id) {
    bench with(observed());
    const auto stage = [&](const std::string &members) {
        return with.decode(observed_body(members)).says->stage_id;
    };
    EXPECT_EQ(stage(R"("stage_name":"Visit","pipeline":"Sales")"), "Sales/Visit");
    EXPECT_EQ(stage(R"("stage":null,"stage_name":"Visit","pipeline":"Sales")"), "Sales/Visit");
    EXPECT_EQ(stage(R"("stage":"5","stage_name":"Visit","pipeline":"Sales")"), "5");
    EXPECT_EQ(stage(R"("stage_name":"Visit")"), "/Visit");
    EXPECT_EQ(stage(R"("stage_name":"a/b","pipeline":"~")"), "~0/a~1b");
    EXPECT_EQ(stage(R"("pipeline":"Sales")"), std::nullopt);
    const std::string long_name(255, 'v');
    EXPECT_EQ(stage(R"("stage_name":")" + long_name + R"(","pipeline":"Sales")")->size(), 64u);
}

TEST(observations, bound_what_they_name) {
    const std::string ok(255, 'x'), too_long(256, 'x');
    for (const char *part : {"lead", "stage", "stage_name", "pipeline", "currency"}) {
        const auto with_size = [&](const std::string &text) {
            return bench(observed())
                .decode(observed_body("\"" + std::string(part) + "\":\"" + text + "\""))
                .problems;
        };
        EXPECT_EQ(with_size(ok), list{}) << part;
        EXPECT_EQ(with_size(too_long), list{"column \"" + std::string(part) +
                                            "\": expected at most 255 bytes at \"/" + part + "\", not 256"});
    }
    EXPECT_EQ(problems_of_observed(R"("lead":" ")"),
              list{R"(column "lead" is required, and "/lead" is empty)"});
    EXPECT_EQ(problems_of_observed(R"("lead":")" + ok + "   \""), list{})
        << "the bound is that of the cleaned text";
}

TEST(observations, know_the_status_in_any_case) {
    bench with(observed());
    const auto status = [&](const char *members) { return with.decode(observed_body(members)).says->status; };
    EXPECT_EQ(status(R"("status":"todo")"), lead_status::open);
    EXPECT_EQ(status(R"("status":"StandBy")"), lead_status::open);
    EXPECT_EQ(status(R"("status":"won")"), lead_status::won);
    EXPECT_EQ(status(R"("status":" LOST ")"), lead_status::lost);
    EXPECT_EQ(status(R"("state":"cancelled")"), lead_status::cancelled);
    EXPECT_EQ(problems_of_observed(R"("status":"foo")"), list{R"(unknown status "foo" at "/status")"});
    EXPECT_EQ(problems_of_observed(R"("state":"canceled")"),
              list{R"(unknown status "canceled" at "/state")"});
    EXPECT_EQ(problems_of_observed(R"("status":true)"), list{R"(unknown status "true" at "/status")"});
}

TEST(observations, bound_the_amount) {
    bench with(observed());
    const auto amount = [&](const char *text) {
        return with.decode(observed_body("\"amount\":" + std::string(text))).says->amount.value->hundredths;
    };
    EXPECT_EQ(amount("999999999999999.99"), 99'999'999'999'999'999);
    EXPECT_EQ(amount("-0"), 0);
    EXPECT_EQ(amount("-0.005"), -1);
    EXPECT_EQ(amount("1e-400"), 0);
    for (const std::string &value :
         {std::string("1e15"), std::string("-1000000000000000"), std::string("1e400"), std::string(500, '9'),
          std::string("999999999999999.995")})
        EXPECT_TRUE(problems_of_observed("\"amount\":" + value)
                        .front()
                        .starts_with(R"(column "amount": expected an amount below 10^15 at "/amount", not )"))
            << value;
}

TEST(observations, take_numbers_as_names) {
    const std::vector<stream> streams{parsed(
        R"json({"stream": "deal_updated", "match": {"/meta/entity": "deal", "/meta/action": "change"}, "key": ["id"],
        "columns": [{"name": "id", "type": "text", "at": "/meta/id", "required": true},
                    {"name": "deal_id", "type": "bigint", "at": "/data/id", "required": true},
                    {"name": "stage_id", "type": "bigint", "at": "/data/stage_id"},
                    {"name": "pipeline_id", "type": "integer", "at": "/data/pipeline_id"},
                    {"name": "owner_id", "type": "bigint", "at": "/data/owner_id"},
                    {"name": "value", "type": "bigint", "at": "/data/value"},
                    {"name": "updated_at", "type": "timestamptz", "at": "/data/update_time", "required": true}],
        "observation": {"kind": "changed", "lead": "deal_id", "at": "updated_at", "stage": "stage_id", "pipeline": "pipeline_id",
                        "owner": "owner_id", "amount": "value"}})json")};
    bench with(streams);
    const std::string meta = R"({"meta":{"action":"change","entity":"deal","id":"aaaa-1"},)";
    const decoded &result =
        with.decode(meta + R"("data":{"id":77001,"stage_id":42,"pipeline_id":5,"owner_id":9001,"value":112,
        "update_time":"2026-01-14T18:16:56Z"},"previous":{"stage_id":41}})");
    ASSERT_EQ(result.is, verdict::event) << result.problems.front();
    EXPECT_EQ(result.says->lead_id, "77001");
    EXPECT_EQ(result.says->stage_id, "42");
    EXPECT_EQ(result.says->pipeline, "5");
    EXPECT_EQ(result.says->owner, (said<std::string_view>{true, "9001"}));
    EXPECT_EQ(result.says->amount, (said<money>{true, money{11'200}}));
    EXPECT_EQ(
        with.decode(meta +
                    R"("data":{"id":1,"value":1000000000000000,"update_time":"2026-01-14T18:16:56Z"}})")
            .problems,
        list{R"(column "value": expected an amount below 10^15 at "/data/value", not 1000000000000000)"});
    EXPECT_EQ(with.decode(R"({"meta":{"action":"create","entity":"deal","id":"aaaa-2"}})").is,
              verdict::unhandled);
}

TEST(decoder, keeps_bodies_of_five_megabytes_and_deep_ones_out) {
    bench with(shipped());
    EXPECT_EQ(with.decode(std::string(5'242'880, ' ')).problems,
              list{"body is 5242880 bytes, more than 1048576"});
    const auto nested_body = [](std::size_t levels) {
        json body = json::parse(nocrm_examples::deleted);
        json inner = 0;
        for (std::size_t i = 0; i < levels; ++i)
            inner = json::array({inner});
        body["webhook_event"]["data"]["x"] = inner;
        return body.dump();
    };
    EXPECT_EQ(with.decode(nested_body(61)).is, verdict::event);
    EXPECT_EQ(with.decode(nested_body(62)).is, verdict::rejected);
}

TEST(decoder, without_streams_rejects_everything) {
    bench with({});
    EXPECT_EQ(with.decode(R"({"webhook_event":{"event":"x"}})").problems, list{"expected an event name"});
    EXPECT_EQ(with.decode("[]").is, verdict::rejected);
}

TEST(decoder, shows_the_nodes_of_the_last_body) {
    bench with(plain());
    with.decode(plain_body(""));
    EXPECT_EQ(with.used().nodes().size(), 5u);
    with.decode("{");
    EXPECT_TRUE(with.used().nodes().empty());
}

TEST(decoder, gives_results_that_stay_when_other_bodies_are_decoded) {
    bench with(shipped());
    const decoded first = with.decode(std::string(nocrm_examples::lead_creation));
    for (int i = 0; i < 100; ++i)
        for (const std::string_view body : nocrm_examples::all)
            with.decode(std::string(body));
    EXPECT_EQ(first.says->owner.value, "luis.soto@example.com");
    EXPECT_EQ(first.says->lead_id, "5501001");
    EXPECT_EQ(first.event_id, "8812345");
}

TEST(decoder, survives_every_cut_and_every_changed_byte_of_the_examples) {
    bench with(shipped());
    std::mt19937 random(5);
    for (const std::string_view body : nocrm_examples::all)
        for (std::size_t at = 0; at < body.size(); ++at) {
            EXPECT_EQ(with.decode(std::string(body.substr(0, at))).is, verdict::rejected);
            std::string changed(body);
            changed[at] = static_cast<char>(random());
            const decoded &result = with.decode(std::move(changed));
            EXPECT_EQ(result.is == verdict::rejected, !result.problems.empty());
        }
}

} // namespace
} // namespace pgcrm
