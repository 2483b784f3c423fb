// The rules of stays, one promise each. Observations are written as short lines; the stays they
// give are compared as text, so that a failing test shows what happened to the lead.
#include "core/history/stays.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
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

observation numbered(std::int64_t sequence, observation seen) {
    seen.sequence = sequence;
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

// Whatever the order of arrival.
std::string order_of(const std::vector<observation> &seen) {
    std::string events;
    std::vector<std::size_t> arrival(seen.size());
    std::iota(arrival.begin(), arrival.end(), 0);
    do {
        std::vector<observation> arrived;
        for (const std::size_t number : arrival)
            arrived.push_back(seen[number]);
        sort_observations(arrived);
        std::string found;
        for (const observation &o : arrived)
            found += (&o == arrived.data() ? "" : " ") + std::string(o.event_id);
        if (!events.empty() && events != found)
            return events + " or " + found;
        events = found;
    } while (std::next_permutation(arrival.begin(), arrival.end()));
    return events;
}

TEST(order, of_one_instant_is_creations_then_snapshots_then_the_rest) {
    EXPECT_EQ(order_of({at(1, deleted, "1", {}), at(1, changed, "2", {}), at(1, moved, "3", "1"),
                        at(1, snapshot, "4", "1"), at(1, created, "5", "1")}),
              "5 4 3 2 1");
}

TEST(order, of_one_instant_is_the_sources_sequence_which_a_snapshot_has_not) {
    EXPECT_EQ(order_of({numbered(3, at(1, deleted, "1", {})), numbered(2, at(1, changed, "2", {})),
                        at(1, moved, "3", "1"), numbered(-1, at(1, changed, "4", {})),
                        numbered(1, at(1, moved, "5", "1"))}),
              "4 3 5 2 1");
    EXPECT_EQ(order_of({numbered(9, at(1, snapshot, "1", {})), numbered(1, at(1, snapshot, "2", {}))}),
              "1 2");
    EXPECT_EQ(order_of({numbered(9, at(1, created, "1", {})), numbered(1, at(1, created, "2", {}))}), "2 1");
}

TEST(order, of_event_ids_is_that_of_numbers_where_they_are_numbers) {
    EXPECT_EQ(order_of({at(1, moved, "a", {}), at(1, moved, "1e1", {}), at(1, moved, "100", {}),
                        at(1, moved, "99", {}), at(1, moved, "099", {}), at(1, moved, "-1", {}),
                        at(1, moved, "99999999999999999999", {})}),
              "099 99 100 99999999999999999999 -1 1e1 a");
    EXPECT_EQ(order_of({at(1, moved, "0", {}), at(1, moved, "000", {}), at(1, moved, "00", {}),
                        at(1, moved, "1", {}), at(1, moved, "", {}), at(1, moved, "\xC3\xA9", {})}),
              "0 00 000 1  \xC3\xA9");
}

TEST(order, of_event_ids_is_total) {
    const std::vector<std::string_view> ids{
        "",         "0",       "00", "1", "01", "10", "9",  "099", "99",  "18446744073709551616",
        "9a",       "a",       "A",  " ", "1 ", "-1", "+1", "1.0", "1e3", "7/2024-01-01",
        "\xD9\xA1", "\xC3\xA9"};
    for (const std::string_view a : ids)
        for (const std::string_view b : ids) {
            ASSERT_EQ(compare_event_ids(a, b) == 0, a == b) << a << " and " << b;
            ASSERT_EQ(compare_event_ids(a, b) < 0, compare_event_ids(b, a) > 0) << a << " and " << b;
            for (const std::string_view c : ids) {
                if (compare_event_ids(a, b) < 0 && compare_event_ids(b, c) < 0) {
                    ASSERT_LT(compare_event_ids(a, c), 0) << a << ", " << b << " and " << c;
                }
            }
        }
}

TEST(order, of_equal_event_ids_is_that_of_their_origins) {
    observation other = at(1, moved, "1", "2");
    other.origin = "other";
    EXPECT_EQ(story_of({at(1, moved, "1", "1"), other}), "2@1-1:moved_back 1@1-:open");
    EXPECT_EQ(story_of({other, at(1, moved, "1", "1")}), "2@1-1:moved_back 1@1-:open");
}

TEST(stays, what_a_change_says_behind_a_deletion_of_the_same_instant_restores_nothing) {
    EXPECT_EQ(story_of({at(1, created, "a", "1"), numbered(1, at(2, deleted, "b", {})),
                        numbered(2, at(2, changed, "c", "2", open))}),
              "1@1-2:deleted");
    EXPECT_EQ(story_of({at(1, created, "a", "1"), numbered(1, at(2, deleted, "b", {})),
                        numbered(2, at(2, changed, "c", "2", open)), at(3, changed, "d", {})}),
              "1@1-2:deleted 1@3-:open/reopened/inferred/again");
    EXPECT_EQ(story_of({numbered(1, at(2, deleted, "b", {})), numbered(2, at(2, changed, "c", "2", won))}),
              "");
    EXPECT_EQ(story_of({at(1, deleted, "a", {}), numbered(1, at(2, deleted, "b", {})),
                        numbered(2, at(2, changed, "c", "2"))}),
              "");
}

TEST(stays, what_a_change_says_behind_a_deletion_is_remembered_but_for_status_and_stage) {
    observation change = numbered(2, at(2, changed, "c", "2", won));
    change.owner = {true, "ana"};
    change.amount = {true, money{10'000}};
    change.currency = {true, "EUR"};
    const std::vector<observation> seen{at(1, created, "a", "1"), numbered(1, at(2, deleted, "b", {})),
                                        change};
    const lead_state now = build_history(seen, stages(), time_zone({})).now;
    EXPECT_EQ(now.owner, "ana");
    EXPECT_EQ(now.amount, money{10'000});
    EXPECT_EQ(now.currency, "EUR");
    EXPECT_EQ(now.status, open);
    EXPECT_EQ(now.stage_id, "1");
    EXPECT_EQ(now.deleted_at, instant{2 * hour});
}

TEST(stays, a_move_behind_a_deletion_of_the_same_instant_restores_the_lead) {
    EXPECT_EQ(story_of({at(1, created, "a", "1"), numbered(1, at(2, deleted, "b", {})),
                        numbered(2, at(2, moved, "c", "2")), numbered(3, at(2, changed, "d", {}, won))}),
              "1@1-2:deleted 2@2-2:won/reopened");
    EXPECT_EQ(story_of({at(1, created, "a", "1"), numbered(1, at(2, moved, "b", "2")),
                        numbered(2, at(2, deleted, "c", {})), numbered(3, at(2, changed, "d", "3"))}),
              "1@1-2:advanced 2@2-2:deleted");
}

// The events that begin and end the stays, beside their story.
std::string events_of(std::vector<observation> seen) {
    sort_observations(seen);
    std::string story;
    for (const stay &s : build_history(seen, stages(), time_zone({})).stays)
        story += std::string(s.stage_id) + ":" + std::string(s.entry_event_id) + "-" +
                 std::string(s.exit_event_id.value_or("")) + (s.is_inferred ? " inferred " : " ");
    return story;
}

TEST(stays, the_first_move_of_the_same_instant_confirms_what_a_change_has_told) {
    EXPECT_EQ(events_of({at(1, created, "a", "1"), numbered(1, at(2, changed, "b", "2")),
                         numbered(2, at(2, moved, "c", "2")), numbered(3, at(2, moved, "d", "2"))}),
              "1:a-b 2:c- ");
    EXPECT_EQ(events_of({at(2, snapshot, "b", "2"), numbered(2, at(2, moved, "c", "2", won))}), "2:c-c ");
    EXPECT_EQ(events_of({at(1, created, "a", "1", won), numbered(1, at(2, changed, "b", {}, open)),
                         numbered(2, at(2, moved, "c", "1"))}),
              "1:a-a 1:c- ");
}

TEST(stays, nothing_else_confirms_what_a_change_has_told) {
    EXPECT_EQ(events_of({at(2, changed, "b", "2"), at(3, moved, "c", "2")}), "2:b- inferred ");
    EXPECT_EQ(events_of({numbered(1, at(2, changed, "b", "2")), numbered(2, at(2, moved, "c", {}))}),
              "2:b- inferred ");
    EXPECT_EQ(events_of({numbered(1, at(2, changed, "b", "2")), numbered(2, at(2, moved, "c", "1")),
                         numbered(3, at(2, moved, "d", "2"))}),
              "2:b-c inferred 1:c-d 2:d- ");
    EXPECT_EQ(
        events_of({numbered(1, at(2, changed, "b", "2", won)), numbered(2, at(2, moved, "c", "2", won))}),
        "2:b-b inferred ");
    EXPECT_EQ(events_of({numbered(1, at(2, changed, "b", "2")), numbered(2, at(2, changed, "c", "2"))}),
              "2:b- inferred ");
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
