// What is stored of leads, read for deriving them again: of certain ones, or of all that there are, in order
// and some at a time. Rows are kept as they were read; what is wrong in one comes out when its lead is
// derived, so that it is this lead's trouble alone. Texts live as long as the object that read them.
#pragma once

#include "store/history/lead_table.hpp"
#include "store/history/stay_table.hpp"
#include "store/observation/observation_table.hpp"

#include <list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace pgcrm::store {

// Leads in order, and the rows of each in the same order.
struct lead_batch {
    std::span<const std::string> leads;
    std::span<const stored_observation> seen;
    std::span<const stored_stay> stays;
    std::span<const stored_state> states;

    std::pair<lead_batch, lead_batch> halves() const;

    // Cuts off what belongs to the lead, which stands in front.
    lead_batch take_front();
};

// The result of a query, with all rows taken apart.
template <class Row> class rows_of_query;
template <class... C> class rows_of_query<std::tuple<C...>> {
public:
    rows_of_query(pgcxx::spi::session &sql, const pgcxx::statement &text,
                  const std::vector<std::string> &leads)
        : rows_(sql.query<C...>(text, leads)), all_(rows_.begin(), rows_.end()) {}

    std::span<const std::tuple<C...>> all() const noexcept { return all_; }

private:
    const pgcxx::spi::rows<C...> rows_;
    const std::vector<std::tuple<C...>> all_;
};

class certain_leads {
public:
    // `leads` is in order and outlives this.
    certain_leads(pgcxx::spi::session &sql, const account &of, const std::vector<std::string> &leads);

    lead_batch batch() const { return {leads_, seen_.all(), stays_.all(), states_.all()}; }

private:
    const std::span<const std::string> leads_;
    const rows_of_query<stored_observation> seen_;
    const rows_of_query<stored_stay> stays_;
    const rows_of_query<stored_state> states_;
};

// Rows in order of leads, taken lead by lead. The first column is the lead.
template <class Row> class rows_by_lead;
template <class... C> class rows_by_lead<std::tuple<C...>> {
public:
    using row = std::tuple<C...>;

    rows_by_lead(pgcxx::spi::session &sql, const pgcxx::statement &text, std::uint32_t at_once)
        : cursor_(sql, text), at_once_(at_once) {}

    // Whose rows come next; none at the end.
    std::optional<std::string_view> next_lead() {
        if (next_ == fetched_.size() && !is_at_end_)
            fetch();
        return next_ == fetched_.size() ? std::nullopt : std::optional(std::get<0>(fetched_[next_]));
    }

    // Appends the rows of the lead, if they come next.
    void take(std::string_view lead, std::vector<row> &to) {
        while (next_lead() == lead)
            to.push_back(fetched_[next_++]);
    }

    // Lets go of the texts of all rows that were taken, but for those that were fetched last.
    void forget_taken() {
        while (portions_.size() > 1)
            portions_.pop_front();
    }

private:
    struct portion {
        portion(pgcxx::spi::cursor &from, std::uint32_t count) : rows(from.fetch<C...>(count)) {}
        const pgcxx::spi::rows<C...> rows;
    };

    void fetch() {
        const auto &rows = portions_.emplace_back(cursor_, at_once_).rows;
        fetched_.assign(rows.begin(), rows.end());
        next_ = 0;
        is_at_end_ = fetched_.empty();
    }

    pgcxx::spi::cursor cursor_;
    const std::uint32_t at_once_;
    std::list<portion> portions_; // the last one is fetched_
    std::vector<row> fetched_;
    std::size_t next_ = 0; // in fetched_
    bool is_at_end_ = false;
};

// All leads that have observations, stays or a state, each kind of row as one snapshot has it: whatever is
// ingested or written meanwhile, no lead comes twice.
class all_leads {
public:
    // A batch ends with the lead that brings it to so many observations and stays.
    all_leads(pgcxx::spi::session &sql, const account &of, std::uint32_t rows_at_once);

    // The next batch, which is valid until the one after it; none at the end.
    std::optional<lead_batch> next();

private:
    std::optional<std::string_view> next_lead();

    const std::size_t rows_at_once_;
    rows_by_lead<stored_observation> observations_;
    rows_by_lead<stored_stay> stored_stays_;
    rows_by_lead<stored_state> stored_states_;
    std::vector<std::string> leads_;
    std::vector<stored_observation> seen_;
    std::vector<stored_stay> stays_;
    std::vector<stored_state> states_;
};

} // namespace pgcrm::store
