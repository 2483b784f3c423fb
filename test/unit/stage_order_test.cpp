#include "core/history/stage_order.hpp"

#include <gtest/gtest.h>

namespace pgcrm {
namespace {

std::int32_t rank_of(const stage_order &order, std::string_view stage) { return order.find(stage)->rank; }

TEST(stage_order, a_position_comes_before_none_and_decides_first) {
    const stage_order order({{"1", "p", std::nullopt}, {"2", "p", 20}, {"3", "p", 10}});
    EXPECT_EQ(rank_of(order, "3"), 1);
    EXPECT_EQ(rank_of(order, "2"), 2);
    EXPECT_EQ(rank_of(order, "1"), 3);
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
