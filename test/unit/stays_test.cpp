// The rules of stays, one promise each. Observations are written as short lines; the stays they
// give are compared as text, so that a failing test shows what happened to the lead.
#include "core/history/stays.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

namespace pgcrm {
namespace {

constexpr std::int64_t hour = 3'600'000'000;

const stage_order &stages() {
    static const stage_order order(
        {{"1", "Sales", 1}, {"2", "Sales", 2}, {"3", "Sales", 3}, {"9", "Renewal", 1}});
    return order;
}

observation at(std::int64_t hours, observation_kind kind, std::string_view event,
               std::optional<std::string_view> stage, std::optional<lead_status> status = std::nullopt) {
    observation seen;
    seen.lead_id = "7";
    seen.occurred_at = instant{hours * hour};
    seen.kind = kind;
    seen.event_id = event;
    seen.origin = "test";
    seen.stage_id = stage;
    seen.status = status;
    return seen;
}

using enum observation_kind;
using enum lead_status;

std::string story_of(std::vector<observation> seen) {
    sort_observations(seen);
    std::string story;
    const lead_history history = build_history(seen, stages(), time_zone({}));
    for (const stay &s : history.stays) {
        story += story.empty() ? "" : " ";
        story += std::string(s.stage_id) + "@" + std::to_string(s.entered_at.microseconds / hour) + "-";
        story += s.exited_at ? std::to_string(s.exited_at->microseconds / hour) : "";
        story += ":" + std::string(to_text(s.outcome));
        story += s.life_no > 1 ? "/life" + std::to_string(s.life_no) : "";
        story += s.is_reopened ? "/reopened" : "";
        story += s.is_inferred ? "/inferred" : "";
        story += s.is_first_entry ? "" : "/again";
    }
    return story;
}

TEST(stays, a_move_ends_one_stay_and_begins_the_next) {
    EXPECT_EQ(story_of({at(1, created, "a", "1"), at(5, moved, "b", "2")}), "1@1-5:advanced 2@5-:open");
}

TEST(stays, the_same_stage_again_is_no_new_stay) {
    EXPECT_EQ(story_of({at(1, created, "a", "1"), at(5, moved, "b", "1")}), "1@1-:open");
}

TEST(stays, an_earlier_stage_is_moved_back_and_another_pipeline_is_handed_off) {
    EXPECT_EQ(story_of({at(1, created, "a", "3"), at(2, moved, "b", "1"), at(3, moved, "c", "9")}),
              "3@1-2:moved_back 1@2-3:handed_off 9@3-:open");
}

TEST(stays, winning_ends_the_stay_and_a_later_move_reopens_the_lead) {
    EXPECT_EQ(story_of({at(1, created, "a", "1"), at(2, changed, "b", {}, won), at(3, moved, "c", "2")}),
              "1@1-2:won 2@3-:open/reopened");
}

TEST(stays, moving_and_closing_at_once_gives_the_new_stage_no_length) {
    EXPECT_EQ(story_of({at(1, created, "a", "1"), at(4, moved, "b", "3", lost)}),
              "1@1-4:advanced 3@4-4:lost");
}

TEST(stays, from_one_closed_status_to_another_is_a_reopened_stay_of_no_length) {
    EXPECT_EQ(story_of({at(1, created, "a", "1", lost), at(2, changed, "b", {}, won)}),
              "1@1-1:lost 1@2-2:won/reopened/inferred/again");
}

TEST(stays, a_stage_change_while_closed_is_an_entry_of_no_length) {
    EXPECT_EQ(story_of({at(1, created, "a", "1", won), at(2, changed, "b", "2", won)}),
              "1@1-1:won 2@2-2:won/inferred");
}

TEST(stays, an_unsaid_status_stays_as_it_was_for_a_change_and_opens_for_a_move) {
    EXPECT_EQ(story_of({at(1, created, "a", "1", won), at(2, changed, "b", {})}), "1@1-1:won");
    EXPECT_EQ(story_of({at(1, created, "a", "1", won), at(2, moved, "b", {})}),
              "1@1-1:won 1@2-:open/reopened/again");
}

TEST(stays, deletion_ends_an_open_stay_and_leaves_a_closed_one) {
    EXPECT_EQ(story_of({at(1, created, "a", "1"), at(2, deleted, "b", {})}), "1@1-2:deleted");
    EXPECT_EQ(story_of({at(1, created, "a", "1", won), at(2, deleted, "b", {})}), "1@1-1:won");
}

TEST(stays, deletion_alone_makes_no_stay) { EXPECT_EQ(story_of({at(1, deleted, "a", {})}), ""); }

TEST(stays, a_restored_open_lead_is_reopened) {
    EXPECT_EQ(story_of({at(1, created, "a", "1"), at(2, deleted, "b", {}), at(3, changed, "c", {})}),
              "1@1-2:deleted 1@3-:open/reopened/inferred/again");
}

TEST(stays, a_lead_restored_as_it_was_closed_is_simply_closed_again) {
    EXPECT_EQ(
        story_of({at(1, created, "a", "1", won), at(2, deleted, "b", {}), at(3, changed, "c", {}, won)}),
        "1@1-1:won");
}

TEST(stays, a_lead_restored_with_another_closed_status_gets_a_reopened_stay_of_no_length) {
    EXPECT_EQ(story_of({at(1, created, "a", "1"), at(2, deleted, "b", {}), at(3, changed, "c", "2", lost)}),
              "1@1-2:deleted 2@3-3:lost/reopened/inferred");
}

TEST(stays, a_repeated_creation_is_the_same_life_and_a_later_one_another) {
    EXPECT_EQ(story_of({at(1, created, "a", "1"), at(1, created, "b", "1")}), "1@1-:open");
    EXPECT_EQ(story_of({at(1, created, "a", "1"), at(5, created, "b", "1")}),
              "1@1-5:moved_back 1@5-:open/life2/again");
}

TEST(stays, the_first_stay_of_a_life_is_never_reopened) {
    EXPECT_EQ(story_of({at(1, created, "a", "1", lost), at(5, created, "b", "2")}),
              "1@1-1:lost 2@5-:open/life2");
}

TEST(stays, a_creation_without_a_stage_makes_the_next_stage_an_entry) {
    EXPECT_EQ(story_of({at(1, created, "a", {}), at(2, moved, "b", "1")}), "1@2-:open");
    EXPECT_EQ(story_of({at(1, created, "a", "1"), at(5, created, "b", {}, open), at(6, moved, "c", "1")}),
              "1@1-6:moved_back 1@6-:open/life2/again");
}

TEST(stays, a_creation_without_a_stage_reopens_nothing) {
    EXPECT_EQ(story_of({at(1, created, "a", "1", won), at(5, created, "b", {}, open)}), "1@1-1:won");
}

TEST(stays, without_a_creation_the_first_observation_begins_the_life) {
    EXPECT_EQ(story_of({at(3, moved, "a", "2")}), "2@3-:open");
    EXPECT_EQ(story_of({at(1, deleted, "x", {}), at(3, snapshot, "a", "2")}), "2@3-:open/inferred");
}

TEST(stays, values_carry_on_until_another_is_said_and_null_says_none) {
    observation first = at(1, created, "a", "1");
    first.amount = {true, money{10'000}};
    first.owner = {true, "ana"};
    observation second = at(2, moved, "b", "2");
    second.owner = {true, std::nullopt};
    observation third = at(3, moved, "c", "3");
    third.amount = {true, money{20'000}};
    const std::vector<observation> seen{first, second, third};
    const std::vector<stay> stays = build_history(seen, stages(), time_zone({})).stays;
    ASSERT_EQ(stays.size(), 3u);
    EXPECT_EQ(stays[0].owner, "ana");
    EXPECT_EQ(stays[1].owner, std::nullopt);
    EXPECT_EQ(stays[1].amount, money{10'000});
    EXPECT_EQ(stays[1].exit_amount, money{20'000});
    EXPECT_EQ(stays[2].amount, money{20'000});
    EXPECT_EQ(stays[2].exit_amount, std::nullopt);
}

TEST(stays, the_order_of_arrival_does_not_matter) {
    std::vector<observation> seen{at(1, created, "a", "1"),      at(2, moved, "b", "2"),
                                  at(2, changed, "c", {}, lost), at(4, moved, "d", "3"),
                                  at(5, deleted, "e", {}),       at(6, snapshot, "f", "2"),
                                  at(6, snapshot, "g", "3", won)};
    const std::string story = story_of(seen);
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
        std::shuffle(seen.begin(), seen.end(), random);
        ASSERT_EQ(story_of(seen), story);
    }
}

} // namespace
} // namespace pgcrm
