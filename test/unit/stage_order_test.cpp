#include "core/history/stage_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace pgcrm {
namespace {

std::int32_t rank_of(const stage_order &order, std::string_view stage) { return order.find(stage)->rank; }

// Of one pipeline.
std::string in_order(std::vector<stage_definition> stages) {
    const stage_order order(stages);
    std::sort(stages.begin(), stages.end(), [&](const stage_definition &a, const stage_definition &b) {
        return rank_of(order, a.stage_id) < rank_of(order, b.stage_id);
    });
    std::string ids;
    for (const stage_definition &stage : stages)
        ids += (ids.empty() ? "" : " ") + stage.stage_id;
    return ids;
}

TEST(stage_order, positions_decide_and_then_ids) {
    EXPECT_EQ(in_order({{"1", "p", 20}, {"2", "p", 10}, {"10", "p", 10}, {"9", "p", -1}}), "9 2 10 1");
}

TEST(stage_order, one_position_that_becomes_known_throws_no_other_stage_back) {
    EXPECT_EQ(in_order({{"201", "p", {}}, {"202", "p", {}}, {"203", "p", 3}}), "201 202 203");
    EXPECT_EQ(in_order({{"201", "p", 1}, {"202", "p", {}}, {"203", "p", {}}}), "201 202 203");
    EXPECT_EQ(in_order({{"201", "p", {}}, {"202", "p", 2}, {"203", "p", {}}}), "201 202 203");
}

TEST(stage_order, without_a_position_a_stage_stands_behind_the_nearest_smaller_id_that_has_one) {
    EXPECT_EQ(in_order({{"1", "p", {}},
                        {"2", "p", {}},
                        {"3", "p", 9},
                        {"4", "p", {}},
                        {"5", "p", {}},
                        {"10", "p", 1},
                        {"11", "p", {}}}),
              "1 2 10 11 3 4 5");
}

TEST(stage_order, of_equal_positions_each_keeps_those_behind_it) {
    EXPECT_EQ(in_order({{"1", "p", 5}, {"2", "p", {}}, {"3", "p", 5}, {"4", "p", {}}}), "1 2 3 4");
}

TEST(stage_order, the_nearest_smaller_id_is_one_of_the_same_pipeline) {
    const stage_order order({{"1", "p", 1}, {"2", "q", {}}, {"3", "q", 1}, {"4", "p", {}}});
    EXPECT_EQ(rank_of(order, "2"), 1);
    EXPECT_EQ(rank_of(order, "3"), 2);
    EXPECT_EQ(rank_of(order, "4"), 2);
}

TEST(stage_order, ids_compare_as_numbers_of_any_length_when_all_are_numbers) {
    const stage_order order(
        {{"10", "p", {}}, {"9", "p", {}}, {"100000000000000000000000", "p", {}}, {"08", "p", {}}});
    EXPECT_EQ(rank_of(order, "08"), 1);
    EXPECT_EQ(rank_of(order, "9"), 2);
    EXPECT_EQ(rank_of(order, "10"), 3);
    EXPECT_EQ(rank_of(order, "100000000000000000000000"), 4);
}

TEST(stage_order, one_id_that_is_no_number_makes_all_of_its_pipeline_compare_as_text) {
    const stage_order order(
        {{"10", "p", {}}, {"9", "p", {}}, {"x", "p", {}}, {"10a", "q", {}}, {"9a", "q", {}}});
    EXPECT_EQ(rank_of(order, "10"), 1);
    EXPECT_EQ(rank_of(order, "9"), 2);
}

TEST(stage_order, a_stage_that_is_not_defined_has_no_place) {
    EXPECT_EQ(stage_order(std::vector<stage_definition>{}).find("1"), nullptr);
}

TEST(stage_order, new_stages_keep_old_outcomes) {
    const stage_order before({{"1", "p", {}}, {"3", "p", {}}});
    EXPECT_TRUE(
        keeps_outcomes(before.places(), stage_order({{"1", "p", {}}, {"2", "p", {}}, {"3", "p", {}}})));
}

TEST(stage_order, changed_sides_and_changed_pipelines_do_not_keep_outcomes) {
    const stage_order before({{"1", "p", {}}, {"3", "p", {}}});
    EXPECT_FALSE(keeps_outcomes(before.places(), stage_order({{"1", "p", 2}, {"3", "p", 1}})));
    EXPECT_FALSE(keeps_outcomes(before.places(), stage_order({{"1", "p", {}}, {"3", "q", {}}})));
    EXPECT_FALSE(keeps_outcomes(before.places(), stage_order(std::vector<stage_definition>{{"1", "p", {}}})));
}

TEST(stage_order, an_id_that_turns_numbers_into_text_does_not_keep_outcomes) {
    const stage_order before({{"9", "p", {}}, {"10", "p", {}}});
    EXPECT_FALSE(
        keeps_outcomes(before.places(), stage_order({{"9", "p", {}}, {"10", "p", {}}, {"x", "p", {}}})));
}

} // namespace
} // namespace pgcrm
