#include "core/marts/mart_definition.hpp"
#include "core/marts/mart_sums.hpp"

#include <gtest/gtest.h>

#include <map>
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

std::string to_text(const cell_value &value) {
    if (const auto *count = std::get_if<std::int64_t>(&value))
        return std::to_string(*count);
    if (const auto *month = std::get_if<day>(&value))
        return std::to_string(month->number);
    if (const auto *text = std::get_if<std::string_view>(&value))
        return std::string(*text);
    return pgcrm::to_text(std::get<decimal>(value));
}

// "0/a/ana" -> {"entries": "2", ...}, by the names of the measures.
using told_cells = std::map<std::string, std::map<std::string, std::string>>;

told_cells told(const mart_cells &cells) {
    told_cells all;
    cells.for_each([&](const cell_row &row) {
        std::string key;
        for (const cell_value &each : row.key)
            key += (key.empty() ? "" : "/") + to_text(each);
        for (std::size_t i = 0; i < row.measures.size(); ++i)
            all[key][std::string(cells.of().measures[i].name)] = to_text(row.measures[i]);
    });
    return all;
}

told_cells told(const mart_sums &sums, std::string_view mart_name) {
    for (const auto &each : sums.all())
        if (each->of().name == mart_name)
            return told(*each);
    return {};
}

TEST(funnel, a_lead_counts_once_a_month_and_stage_however_often_it_enters) {
    const std::vector<stay> lead{
        entry(1, "a", 0, stay_outcome::advanced, true), entry(2, "b", 0, stay_outcome::moved_back, true),
        entry(3, "a", 0, stay_outcome::open, false), entry(4, "a", 31, stay_outcome::open, false)};
    mart_sums sum;
    sum.add({lead}, 1);
    const told_cells funnel = told(sum, "funnel_monthly");
    const auto &first = funnel.at("0/a");
    EXPECT_EQ(first.at("entries"), "2");
    EXPECT_EQ(first.at("first_entries"), "1");
    EXPECT_EQ(first.at("leads"), "1");
    EXPECT_EQ(first.at("still_open"), "1");
    EXPECT_EQ(first.at("settled_stays"), "1");
    EXPECT_EQ(first.at("settled_seconds"), "2.500000");
    EXPECT_EQ(funnel.at("31/a").at("leads"), "1");
}

TEST(funnel, only_a_reopening_in_the_same_stage_is_in_place) {
    std::vector<stay> lead{entry(1, "a", 0, stay_outcome::won, true),
                           entry(2, "a", 0, stay_outcome::lost, false),
                           entry(3, "b", 0, stay_outcome::open, true)};
    lead[1].is_reopened = lead[2].is_reopened = true;
    mart_sums sum;
    sum.add({lead}, 1);
    const told_cells funnel = told(sum, "funnel_monthly");
    EXPECT_EQ(funnel.at("0/a").at("reopened_in_place"), "1");
    EXPECT_EQ(funnel.at("0/b").at("reopened_in_place"), "0");
}

TEST(funnel, what_is_added_and_taken_away_leaves_no_cell) {
    const std::vector<stay> lead{entry(1, "a", 0, stay_outcome::won, true)};
    mart_sums sum;
    sum.add({lead}, 1);
    EXPECT_GT(sum.size(), 0U);
    sum.add({lead}, -1);
    sum.remove_zero_cells();
    EXPECT_EQ(sum.size(), 0U);
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
        sum.add({lead}, 1);
        totals.add(sum);
        stage.assign(stage.size(), 'x');
        owner.assign(owner.size(), 'x');
    }
    const std::string stage = "0/a long name of a stage, which no string keeps inside of itself";
    const auto owned = told(totals.sums(), "funnel_monthly_by_owner")
                           .at(stage + "/an owner whose name is as long as that of the stage is");
    EXPECT_EQ(owned.at("entries"), "2");
    EXPECT_EQ(owned.at("won"), "2");
    EXPECT_EQ(owned.at("settled_seconds"), "5.000000");
    EXPECT_EQ(told(totals.sums(), "funnel_amount_monthly").at(stage + "/").at("entry_amount"), "5.00");
}

// A mart as a file of core/marts has it, with a key of each type. It is not registered.
struct stays_by_number {
    static constexpr std::string_view name = "stays_by_number";
    static constexpr std::string_view comment = "Stays by month, stage and number";
    struct key {
        day month;
        std::string_view stage_id;
        std::int64_t stay_no;
        friend auto operator<=>(const key &, const key &) = default;
    };
    static constexpr auto key_columns =
        std::tuple(part("month", &key::month, "Month"), part("stage_id", &key::stage_id, "Stage"),
                   part("stay_no", &key::stay_no, "Number"));
    struct measures {
        std::int64_t stays = 0;
        amount_sum amount;
        friend bool operator==(const measures &, const measures &) = default;
    };
    static constexpr auto measure_columns = std::tuple(dated("stays", &measures::stays, "Stays"),
                                                       ripening("amount", &measures::amount, "Amounts"));
    static void contribute(const lead_facts &lead, int sign, cells_of<stays_by_number> &to) {
        for (const stay &s : lead.stays) {
            measures &cell = to.at({s.entry_month, s.stage_id, s.stay_no});
            cell.stays += sign;
            cell.amount.hundredths += sign * (s.amount ? s.amount->hundredths : 0);
        }
    }
};

TEST(mart, is_described_by_its_own_file) {
    const mart &described_mart = described<stays_by_number>;
    EXPECT_EQ(described_mart.name, "stays_by_number");
    ASSERT_EQ(described_mart.key.size(), 3U);
    EXPECT_EQ(described_mart.key[0].type, key_type::date);
    EXPECT_EQ(described_mart.key[1].type, key_type::text);
    EXPECT_EQ(described_mart.key[2].name, "stay_no");
    EXPECT_EQ(described_mart.key[2].type, key_type::integer);
    ASSERT_EQ(described_mart.measures.size(), 2U);
    EXPECT_TRUE(described_mart.measures[0].is_dated);
    EXPECT_EQ(described_mart.measures[0].type, measure_type::bigint);
    EXPECT_FALSE(described_mart.measures[1].is_dated);
    EXPECT_EQ(described_mart.measures[1].type, measure_type::numeric);
    const std::vector<stay> lead{entry(7, "a", 0, stay_outcome::won, true)};
    const auto cells = described_mart.make_cells();
    cells->add({lead}, 1);
    const told_cells all = told(*cells);
    EXPECT_EQ(all.at("0/a/7").at("stays"), "1");
    EXPECT_EQ(all.at("0/a/7").at("amount"), "0.00");
}

TEST(mart, is_known_by_its_name) {
    for (const mart *each : marts())
        EXPECT_EQ(find_mart(each->name), each);
    EXPECT_NE(find_mart("funnel_monthly"), nullptr);
    EXPECT_EQ(find_mart("funnel"), nullptr);
}

TEST(mart, a_cell_may_become_empty_only_where_counts_go_down_and_none_up) {
    const auto may = [](std::int64_t one, std::int64_t other, wide_integer amount) {
        const std::array<cell_value, 3> measures{one, other, decimal{amount, 2}};
        return may_leave_nothing({{}, measures});
    };
    EXPECT_TRUE(may(-1, 0, 0));
    EXPECT_TRUE(may(-1, -1, 100));
    EXPECT_FALSE(may(-1, 1, 0));
    EXPECT_FALSE(may(0, 0, -100));
}

TEST(numbers, wide_sums_print_exactly) {
    EXPECT_EQ(pgcrm::to_text(wide_integer{0}), "0");
    EXPECT_EQ(pgcrm::to_text(wide_integer{-9'223'372'036'854'775'807LL} * 10), "-92233720368547758070");
    EXPECT_EQ(pgcrm::to_text(decimal{-1, 6}), "-0.000001");
    EXPECT_EQ(pgcrm::to_text(decimal{1'500'000, 6}), "1.500000");
    EXPECT_EQ(pgcrm::to_text(decimal{12, 0}), "12");
}

} // namespace
} // namespace pgcrm
