#include "core/marts/marts.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pgcrm {
namespace {

stay entry(std::int32_t number, std::string_view stage, std::int32_t month, stay_outcome outcome,
           bool first) {
    stay s;
    s.stay_no = number;
    s.stage_id = stage;
    s.entry_month = day{month};
    s.entered_at = instant{1'000'000};
    if (outcome != stay_outcome::open)
        s.exited_at = instant{3'500'000};
    s.outcome = outcome;
    s.is_first_entry = first;
    return s;
}

TEST(funnel, a_lead_counts_once_a_month_and_stage_however_often_it_enters) {
    const std::vector<stay> lead{
        entry(1, "a", 0, stay_outcome::advanced, true), entry(2, "b", 0, stay_outcome::moved_back, true),
        entry(3, "a", 0, stay_outcome::open, false), entry(4, "a", 31, stay_outcome::open, false)};
    mart_sums sum;
    sum.add(lead, 1);
    const funnel_measures &first = sum.funnel().at({day{0}, "a", ""});
    EXPECT_EQ(first.entries, 2);
    EXPECT_EQ(first.first_entries, 1);
    EXPECT_EQ(first.leads, 1);
    EXPECT_EQ(first.still_open, 1);
    EXPECT_EQ(first.settled_stays, 1);
    EXPECT_EQ(seconds_text(first.settled_microseconds), "2.500000");
    EXPECT_EQ(sum.funnel().at({day{31}, "a", ""}).leads, 1);
}

TEST(funnel, only_a_reopening_in_the_same_stage_is_in_place) {
    std::vector<stay> lead{entry(1, "a", 0, stay_outcome::won, true),
                           entry(2, "a", 0, stay_outcome::lost, false),
                           entry(3, "b", 0, stay_outcome::open, true)};
    lead[1].is_reopened = lead[2].is_reopened = true;
    mart_sums sum;
    sum.add(lead, 1);
    EXPECT_EQ(sum.funnel().at({day{0}, "a", ""}).reopened_in_place, 1);
    EXPECT_EQ(sum.funnel().at({day{0}, "b", ""}).reopened_in_place, 0);
}

TEST(funnel, what_is_added_and_taken_away_leaves_no_cell) {
    const std::vector<stay> lead{entry(1, "a", 0, stay_outcome::won, true)};
    mart_sums sum;
    sum.add(lead, 1);
    sum.add(lead, -1);
    sum.remove_zero_cells();
    EXPECT_TRUE(sum.funnel().empty());
}

TEST(funnel, totals_are_the_sum_of_all_parts_and_outlive_their_texts) {
    mart_totals totals;
    for (int part = 0; part < 2; ++part) {
        std::string stage = "a long name of a stage, which no string keeps inside of itself";
        std::string owner = "an owner whose name is as long as that of the stage is";
        std::vector<stay> lead{entry(1, stage, 0, stay_outcome::won, true)};
        lead[0].owner = owner;
        lead[0].amount = money{250};
        mart_sums sum;
        sum.add(lead, 1);
        totals.add(sum);
        stage.assign(stage.size(), 'x');
        owner.assign(owner.size(), 'x');
    }
    EXPECT_EQ(totals.sums().size(), 3U);
    const auto &[cell, measures] = *totals.sums().by_owner().begin();
    EXPECT_EQ(cell.stage_id, "a long name of a stage, which no string keeps inside of itself");
    EXPECT_EQ(cell.part, "an owner whose name is as long as that of the stage is");
    EXPECT_EQ(measures.entries, 2);
    EXPECT_EQ(measures.won, 2);
    EXPECT_EQ(seconds_text(measures.settled_microseconds), "5.000000");
    EXPECT_EQ(amount_text(totals.sums().amounts().begin()->second.entry_hundredths), "5.00");
}

TEST(funnel, wide_sums_print_exactly) {
    EXPECT_EQ(to_text(wide_integer{0}), "0");
    EXPECT_EQ(to_text(wide_integer{-9'223'372'036'854'775'807LL} * 10), "-92233720368547758070");
    EXPECT_EQ(seconds_text(-1), "-0.000001");
    EXPECT_EQ(seconds_text(wide_integer{1'500'000}), "1.500000");
}

} // namespace
} // namespace pgcrm
