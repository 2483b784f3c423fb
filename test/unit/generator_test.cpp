// What users of the generator rely on: the same bytes for the same options, exactly as many
// bodies as asked for, and bodies that a CRM could have sent.
#include "generator/generator.hpp"
#include "generator/options.hpp"
#include "generator/sha1.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace pgcrm::gen {
namespace {

using nlohmann::json;

class collector : public writer {
public:
    void write(std::size_t office_no, std::string_view body) override { lines.emplace_back(office_no, body); }
    void finish() override {}

    std::vector<std::pair<std::size_t, std::string>> lines;
};

struct outcome {
    std::vector<std::pair<std::size_t, std::string>> lines;
    std::vector<office> offices;
    std::vector<truth> truths;
};

outcome generate(const settings &wanted) {
    collector lines;
    generator made(wanted);
    made.run(lines);
    return {std::move(lines.lines), made.offices(), made.truths()};
}

settings some_events(std::uint64_t events) {
    settings wanted;
    wanted.events = events;
    return wanted;
}

settings unbroken_events(std::uint64_t events) {
    settings wanted = some_events(events);
    wanted.rates.broken = 0;
    return wanted;
}

std::string hex(std::string_view message) {
    const hex_digest digits = sha1_hex(message);
    return {digits.begin(), digits.end()};
}

std::string all_text(const outcome &made) {
    std::string text;
    for (const auto &[office_no, line] : made.lines) {
        text += made.offices[office_no].name + "\t" + line + "\n";
    }
    return text;
}

json event_of(const std::string &line) { return json::parse(line).at("webhook_event"); }

bool is_lead_event(const json &event) { return event.at("event").get<std::string>().starts_with("lead."); }

// --- the signature ---------------------------------------------------------------------

TEST(sha1, gives_the_published_digests) {
    EXPECT_EQ(hex(""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    EXPECT_EQ(hex("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    EXPECT_EQ(hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
    EXPECT_EQ(hex(std::string(1'000'000, 'a')), "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

TEST(sha1, signs_as_nocrm_does) {
    const std::string key = "0123456789abcdef0123456789abcdef0123456789abcdef";
    const std::map<std::string, std::string> signatures{
        {"8812345", "3cb48f46fa3c798e15a3db3c5b73f2e635eb0368"},
        {"8812346", "ccdb7220555edb0c1b59df116d9d5e69257b21c0"},
        {"8812347", "dbd68be0b86eea41be7cff9f99271fb9c5139b9a"},
        {"8812348", "081b8b36d8dabccc959a2d0150d79994eb582b14"},
        {"8812349", "0b703c33f15d1785853ee3559b35b60dea113eac"},
        {"8812350", "cf5a3bcc20fed110e8cc409e7464110d53f0e014"},
        {"8812351", "bdcad6ec7c2631943b76dbefe76657514069d9f4"},
        {"8812352", "c428e528aa4e51699b4c0477cabe9fbfbe6aa277"},
        {"8812353", "51c4811a6ca4736461a23d422e3e44ad684203ff"}};
    for (const auto &[id, signature] : signatures) {
        EXPECT_EQ(hex(id + key), signature);
    }
}

// --- the same everywhere ---------------------------------------------------------------

TEST(generator, same_seed_gives_same_bytes) {
    EXPECT_EQ(all_text(generate(some_events(5000))), all_text(generate(some_events(5000))));
}

TEST(generator, another_seed_gives_another_history) {
    settings other = some_events(1000);
    other.seed = 2;
    EXPECT_NE(all_text(generate(some_events(1000))), all_text(generate(other)));
}

// Fails when the generator is changed on purpose, too: then the new digest belongs here.
// It must never differ between compilers, libraries and machines.
TEST(generator, bytes_are_the_same_on_every_machine) {
    EXPECT_EQ(hex(all_text(generate(some_events(20'000)))), "e734a93ec1f2568af38a01259c4983f6bd699065");
}

TEST(generator, history_of_an_office_does_not_depend_on_the_others) {
    settings alone = some_events(2500);
    alone.offices = {"office_a"};
    const outcome all = generate(some_events(5000));
    std::vector<std::string> of_first;
    for (const auto &[office_no, line] : all.lines) {
        if (office_no == 0) {
            of_first.push_back(line);
        }
    }
    const outcome one = generate(alone);
    ASSERT_EQ(of_first.size(), one.lines.size());
    for (std::size_t i = 0; i < of_first.size(); ++i) {
        EXPECT_EQ(of_first[i], one.lines[i].second);
    }
}

// --- exactly as many -------------------------------------------------------------------

TEST(generator, makes_exactly_as_many_bodies_as_asked_for) {
    for (const std::uint64_t events : {0, 1, 2, 3, 17, 100, 101, 999, 4321, 30'000}) {
        EXPECT_EQ(generate(some_events(events)).lines.size(), events);
    }
}

TEST(generator, number_is_exact_with_any_rates) {
    settings wild = some_events(3000);
    wild.rates = {.duplicates = 1'000'000, .late = 1'000'000, .disorder = 1'000'000, .broken = 500'000};
    EXPECT_EQ(generate(wild).lines.size(), 3000);
    wild.rates = {.duplicates = 0, .late = 0, .disorder = 0, .broken = 0};
    EXPECT_EQ(generate(wild).lines.size(), 3000);
}

TEST(generator, number_is_exact_in_a_single_day) {
    settings day = some_events(3000);
    day.open.until = day.open.from + std::chrono::days{1};
    EXPECT_EQ(generate(day).lines.size(), 3000);
}

TEST(generator, shares_bodies_out_by_half_three_tenths_and_two) {
    EXPECT_EQ(share_out(60'000, 3), (std::vector<std::uint64_t>{30'000, 18'000, 12'000}));
    EXPECT_EQ(share_out(7, 1), (std::vector<std::uint64_t>{7}));
    EXPECT_EQ(share_out(140, 5), (std::vector<std::uint64_t>{50, 30, 20, 20, 20}));
}

// --- bodies ----------------------------------------------------------------------------

TEST(generator, every_whole_body_has_the_envelope) {
    for (const auto &[office_no, line] : generate(unbroken_events(5000)).lines) {
        const json body = json::parse(line);
        ASSERT_EQ(body.size(), 1);
        const json &event = body.at("webhook_event");
        ASSERT_EQ(event.size(), 7);
        EXPECT_TRUE(event.at("id").is_number_unsigned());
        EXPECT_TRUE(event.at("event").is_string());
        EXPECT_TRUE(event.at("has_succeeded").is_boolean());
        EXPECT_TRUE(event.at("try_count").is_number_unsigned());
        EXPECT_TRUE(event.at("last_returned_code").is_null() ||
                    event.at("last_returned_code").is_number_unsigned());
        EXPECT_TRUE(event.at("data").at("id").is_number_unsigned());
    }
}

TEST(generator, every_body_is_signed_with_the_key_of_its_office) {
    const outcome made = generate(unbroken_events(500));
    for (const auto &[office_no, line] : made.lines) {
        const json event = event_of(line);
        EXPECT_EQ(event.at("signature"), hex(event.at("id").dump() + made.offices[office_no].api_key));
    }
}

TEST(generator, bodies_are_single_lines_of_life_like_size) {
    std::size_t bytes = 0;
    const outcome made = generate(some_events(20'000));
    for (const auto &[office_no, line] : made.lines) {
        EXPECT_EQ(line.find_first_of("\n\r\t"), std::string::npos);
        bytes += line.size();
    }
    EXPECT_GT(bytes / made.lines.size(), 1050);
    EXPECT_LT(bytes / made.lines.size(), 1350);
}

TEST(generator, custom_fields_change_nothing_else) {
    settings wanted = unbroken_events(2000);
    const outcome plain = generate(wanted);
    wanted.fields = 3;
    const outcome wide = generate(wanted);
    std::size_t leads = 0;
    for (std::size_t i = 0; i < plain.lines.size(); ++i) {
        json with = json::parse(wide.lines[i].second);
        json &data = with.at("webhook_event").at("data");
        if (data.contains("fields")) {
            ++leads;
            for (const char *name : {"field_1", "field_2", "field_3"}) {
                EXPECT_EQ(data.at("fields").erase(name), 1);
            }
        }
        EXPECT_EQ(with, json::parse(plain.lines[i].second));
    }
    EXPECT_GT(leads, 1000);
}

TEST(generator, tells_all_kinds_of_events) {
    std::set<std::string> names;
    for (const auto &[office_no, line] : generate(unbroken_events(20'000)).lines) {
        names.insert(event_of(line).at("event"));
    }
    for (const char *name :
         {"lead.creation", "lead.unassigned", "lead.assigned", "lead.step.changed", "lead.status.changed",
          "lead.status.changed.to.won", "lead.status.changed.to.lost", "lead.status.changed.to.cancelled",
          "lead.step.changed.to.VENTA_RESIDENCIAL.VISITA_AGENDADA", "lead.commented",
          "lead.content_has_changed", "lead.any_update", "lead.deleted", "client_folder.created",
          "account.step.created", "account.step.updated", "account.step.deleted",
          "account.pipeline.updated"}) {
        EXPECT_TRUE(names.contains(name)) << name;
    }
}

TEST(generator, spells_the_same_thing_in_different_ways) {
    std::map<std::string, int> seen;
    for (const auto &[office_no, line] : generate(unbroken_events(20'000)).lines) {
        const json event = event_of(line);
        if (!is_lead_event(event)) {
            continue;
        }
        const json &lead = event.at("data");
        const std::string at = lead.at("updated_at");
        ++seen[at.find('.') == std::string::npos ? "whole seconds" : "milliseconds"];
        ++seen[at.ends_with('Z') ? "zulu" : "offset"];
        for (const char *key : {"client", "client_folder", "user", "closed_at"}) {
            ++seen[std::string{key} + (!lead.contains(key)      ? " absent"
                                       : lead.at(key).is_null() ? " null"
                                                                : " said")];
        }
        ++seen[lead.at("amount").is_null() ? "amount null" : "amount said"];
    }
    for (const char *form :
         {"whole seconds", "milliseconds", "zulu", "offset", "client said", "client_folder said",
          "client null", "user absent", "user null", "closed_at absent", "closed_at null", "closed_at said",
          "amount null", "amount said"}) {
        EXPECT_GT(seen[form], 0) << form;
    }
}

// The third office has one pipeline, and its steps are numbered in their order.
TEST(generator, fewer_leads_reach_each_further_step) {
    std::map<std::int64_t, std::set<std::int64_t>> leads_of_step;
    for (const auto &[office_no, line] : generate(unbroken_events(60'000)).lines) {
        const json event = event_of(line);
        if (office_no == 2 && is_lead_event(event)) {
            leads_of_step[event.at("data").at("step_id")].insert(
                event.at("data").at("id").get<std::int64_t>());
        }
    }
    ASSERT_EQ(leads_of_step.size(), 7);
    for (auto step = leads_of_step.begin(); std::next(step) != leads_of_step.end(); ++step) {
        EXPECT_GT(step->second.size(), std::next(step)->second.size()) << step->first;
    }
}

// --- delivery --------------------------------------------------------------------------

TEST(generator, an_id_is_one_event_of_its_office) {
    std::map<std::pair<std::size_t, std::uint64_t>, json> first;
    std::uint64_t repeats = 0;
    const outcome made = generate(unbroken_events(20'000));
    for (const auto &[office_no, line] : made.lines) {
        json event = event_of(line);
        const auto [known, is_new] = first.try_emplace({office_no, event.at("id")}, event);
        if (!is_new) {
            ++repeats;
            EXPECT_EQ(event.at("event"), known->second.at("event"));
            EXPECT_EQ(event.at("data"), known->second.at("data"));
            EXPECT_NE(event.at("try_count"), known->second.at("try_count"));
        }
    }
    EXPECT_GT(repeats, 300);
    EXPECT_LT(repeats, 800);
}

TEST(generator, a_change_may_be_told_by_events_with_different_ids) {
    std::map<std::pair<std::size_t, json>, std::set<std::uint64_t>> ids_of_data;
    for (const auto &[office_no, line] : generate(unbroken_events(5000)).lines) {
        const json event = event_of(line);
        ids_of_data[{office_no, event.at("data")}].insert(event.at("id").get<std::uint64_t>());
    }
    EXPECT_TRUE(std::ranges::any_of(ids_of_data, [](const auto &each) { return each.second.size() > 1; }));
}

// When the changes of the third office's leads happened, in the order of the lines. Only its first
// weeks, in which all times are spelled alike, so that they compare as text.
std::vector<std::string> times_of_first_weeks(settings wanted) {
    constexpr std::size_t whole_seconds_zulu = 20; // characters
    wanted.open.until = wanted.open.from + std::chrono::days{60};
    std::vector<std::string> times;
    for (const auto &[office_no, line] : generate(wanted).lines) {
        const json event = event_of(line);
        const std::string at =
            is_lead_event(event) ? event.at("data").at("updated_at").get<std::string>() : "";
        if (office_no == 2 && at.size() == whole_seconds_zulu) {
            times.push_back(at);
        }
    }
    return times;
}

TEST(generator, order_by_time_is_sorted_whatever_the_delivery) {
    settings wanted = unbroken_events(10'000);
    wanted.by = order::time;
    wanted.rates.late = 300'000;
    const std::vector<std::string> times = times_of_first_weeks(wanted);
    ASSERT_GT(times.size(), 100);
    EXPECT_TRUE(std::ranges::is_sorted(times));
}

TEST(generator, order_by_delivery_has_late_and_overtaken_events) {
    settings wanted = unbroken_events(10'000);
    EXPECT_FALSE(std::ranges::is_sorted(times_of_first_weeks(wanted)));
    wanted.rates = {.duplicates = 0, .late = 0, .disorder = 0, .broken = 0};
    EXPECT_TRUE(std::ranges::is_sorted(times_of_first_weeks(wanted)));
}

// --- broken bodies ---------------------------------------------------------------------

// What a reader finds wrong with the body; empty if nothing.
std::string fault_of(const std::string &line) {
    const json body = json::parse(line, nullptr, false);
    if (body.is_discarded()) {
        return "truncated";
    }
    const json &event = body.at("webhook_event");
    const json &data = event.at("data");
    if (!data.contains("id")) {
        return "no_lead_id";
    }
    if (data.at("id").is_string()) {
        return "lead_id_is_text";
    }
    if (!is_lead_event(event)) {
        return "";
    }
    if (data.at("status") == "archived") {
        return "unknown_status";
    }
    if (data.at("updated_at") == "2025-02-30T25:61:00.000Z") {
        return "invalid_date";
    }
    const std::string title = data.at("title");
    return title.find('\0') == std::string::npos ? "" : "nul_character";
}

TEST(generator, truth_counts_what_is_in_the_lines) {
    settings wanted = some_events(20'000);
    wanted.rates.broken = 50'000;
    const outcome made = generate(wanted);
    std::vector<std::map<std::string, std::uint64_t>> faults(made.offices.size());
    std::vector<std::set<std::uint64_t>> ids(made.offices.size());
    std::vector<std::map<std::string, std::set<std::uint64_t>>> events(made.offices.size());
    for (const auto &[office_no, line] : made.lines) {
        const std::string fault = fault_of(line);
        ++faults[office_no][fault];
        if (fault.empty()) {
            const json event = event_of(line);
            ids[office_no].insert(event.at("id").get<std::uint64_t>());
            events[office_no][event.at("event")].insert(event.at("id").get<std::uint64_t>());
        }
    }
    const json told = json::parse(truth_json(made.offices, made.truths));
    for (std::size_t i = 0; i < made.offices.size(); ++i) {
        const json &of_office = told.at(made.offices[i].name);
        EXPECT_EQ(of_office.at("distinct_event_ids"), ids[i].size());
        EXPECT_EQ(of_office.at("leads_created"), events[i]["lead.creation"].size());
        for (const auto &[name, count] : of_office.at("events").items()) {
            EXPECT_EQ(count, events[i][name].size()) << name;
        }
        for (const auto &[fault, count] : of_office.at("broken").items()) {
            EXPECT_EQ(count, faults[i][fault]) << fault;
            EXPECT_GT(count, 0) << fault;
        }
        EXPECT_EQ(of_office.at("bodies"), of_office.at("distinct_event_ids").get<std::uint64_t>() +
                                              of_office.at("redelivered_bodies").get<std::uint64_t>() +
                                              of_office.at("broken_bodies").get<std::uint64_t>());
    }
}

TEST(generator, a_broken_body_shares_its_id_with_no_whole_one) {
    settings wanted = some_events(10'000);
    wanted.rates.broken = 100'000;
    std::set<std::pair<std::size_t, std::uint64_t>> whole;
    std::vector<std::pair<std::size_t, std::uint64_t>> broken;
    for (const auto &[office_no, line] : generate(wanted).lines) {
        const std::string fault = fault_of(line);
        if (fault.empty()) {
            whole.emplace(office_no, event_of(line).at("id").get<std::uint64_t>());
        } else if (fault != "truncated") {
            broken.emplace_back(office_no, event_of(line).at("id").get<std::uint64_t>());
        }
    }
    EXPECT_GT(broken.size(), 300);
    EXPECT_TRUE(std::ranges::none_of(broken, [&](const auto &id) { return whole.contains(id); }));
}

// --- lines -----------------------------------------------------------------------------

TEST(writer, copy_format_doubles_backslashes) {
    std::string out;
    append_for_copy(out, R"({"a":"x\ny","b":"\"","c":"\\"})");
    EXPECT_EQ(out, R"({"a":"x\\ny","b":"\\"","c":"\\\\"})");
}

// --- the command line ------------------------------------------------------------------

options parsed(std::vector<std::string> words) {
    words.insert(words.begin(), "pgcrm-gen");
    std::vector<char *> arguments;
    for (std::string &word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    return parse_options({arguments.data(), words.size()});
}

std::string refusal(std::vector<std::string> words) {
    try {
        parsed(std::move(words));
    } catch (const bad_option &problem) {
        return problem.what();
    }
    return "none";
}

TEST(options, have_defaults) {
    const options asked = parsed({});
    EXPECT_EQ(asked.what, task::generate);
    EXPECT_EQ(asked.wanted.offices, (std::vector<std::string>{"office_a", "office_b", "office_c"}));
    EXPECT_EQ(asked.wanted.events, 60'000);
    EXPECT_EQ(asked.wanted.open.hours(), 731 * 24);
    EXPECT_EQ(asked.directory, std::filesystem::path{"."});
}

TEST(options, are_read) {
    const options asked = parsed({"--offices",
                                  "a,b_2",
                                  "--events=7",
                                  "--seed",
                                  "18446744073709551615",
                                  "--fields",
                                  "12",
                                  "--from",
                                  "2024-02-29",
                                  "--to",
                                  "2024-02-29",
                                  "--out",
                                  "-",
                                  "--format",
                                  "copy",
                                  "--order",
                                  "time",
                                  "--duplicates",
                                  "1",
                                  "--late",
                                  "0.25",
                                  "--disorder",
                                  ".5",
                                  "--broken",
                                  "0"});
    EXPECT_EQ(asked.wanted.offices, (std::vector<std::string>{"a", "b_2"}));
    EXPECT_EQ(asked.wanted.events, 7);
    EXPECT_EQ(asked.wanted.seed, UINT64_MAX);
    EXPECT_EQ(asked.wanted.fields, 12);
    EXPECT_EQ(asked.wanted.open.hours(), 24);
    EXPECT_EQ(asked.directory, std::nullopt);
    EXPECT_EQ(asked.format, line_format::copy);
    EXPECT_EQ(asked.wanted.by, order::time);
    EXPECT_EQ(asked.wanted.rates.duplicates, 1'000'000);
    EXPECT_EQ(asked.wanted.rates.late, 250'000);
    EXPECT_EQ(asked.wanted.rates.disorder, 500'000);
    EXPECT_EQ(asked.wanted.rates.broken, 0);
    EXPECT_EQ(parsed({"--help"}).what, task::show_help);
    EXPECT_EQ(parsed({"--version"}).what, task::show_version);
}

TEST(options, that_make_no_sense_are_refused) {
    EXPECT_EQ(refusal({"--events", "-1"}), "--events: expected a whole number up to 1000000000, not \"-1\"");
    EXPECT_EQ(refusal({"--events", "12x"}),
              "--events: expected a whole number up to 1000000000, not \"12x\"");
    EXPECT_EQ(refusal({"--events"}), "option \"--events\" needs a value");
    EXPECT_EQ(refusal({"--evnets", "1"}), "unknown option \"--evnets\"");
    EXPECT_EQ(refusal({"-x"}), "unknown option \"-x\"");
    EXPECT_EQ(refusal({"extra"}), "unexpected argument \"extra\"");
    EXPECT_EQ(refusal({"--from", "2023-02-29"}),
              "--from: expected a date like 2024-01-31, from 1970 to 2199, not \"2023-02-29\"");
    EXPECT_EQ(refusal({"--from", "2025-01-02", "--to", "2025-01-01"}),
              "--to: expected a date that is not before --from");
    EXPECT_EQ(refusal({"--broken", "0.6"}), "--broken: expected a share from 0 to 0.5, not \"0.6\"");
    EXPECT_EQ(refusal({"--late", "1e-3"}),
              "--late: expected a share from 0 to 1 with at most six decimals, not \"1e-3\"");
    EXPECT_EQ(refusal({"--format", "xml"}), "--format: expected ndjson or copy, not \"xml\"");
    EXPECT_EQ(refusal({"--order", "id"}), "--order: expected delivery or time, not \"id\"");
    EXPECT_EQ(refusal({"--offices", "a,a"}), "--offices: expected each name once, not \"a,a\"");
    EXPECT_EQ(refusal({"--out", ""}), "--out: expected a directory, or - for standard output, not \"\"");
    EXPECT_NE(refusal({"--offices", "Office"}), "none");
    EXPECT_NE(refusal({"--offices", ""}), "none");
}

} // namespace
} // namespace pgcrm::gen
