// The deliveries of one office, hour by hour.
//
//   season ─ leads of the hour ─> lives ─> changes that wait for their hour
//                                              │  in order of time: events get their ids
//                                              v
//                                          deliveries that wait for their hour ─> out, in order
//
// In memory are only the changes still to come of the leads already born, and the
// deliveries that are late; not the bodies.
#pragma once

#include "delivery.hpp"
#include "lead_life.hpp"
#include "office.hpp"
#include "season.hpp"
#include "settings.hpp"
#include "timeline.hpp"

#include <cstdint>
#include <vector>

namespace pgcrm::gen {

// How to come to exactly the number of bodies that was asked for: so many leads make a
// little less, and comments here and there make up the rest.
struct staffing {
    std::uint32_t leads = 1;
    std::uint64_t extra_comments = 0;
};

staffing plan_staffing(const office &of, const season &when, const delivery_rates &rates,
                       std::uint64_t bodies);

class office_stream {
public:
    // `bodies` is what the office shall deliver in all.
    office_stream(const office &of, const settings &how, std::uint64_t bodies);

    // The next hour's deliveries, in order; there may be none.
    std::vector<delivery> next_hour();

    bool is_over() const noexcept;

private:
    void let_leads_be_born();
    void tell(const change &what);
    void deliver(const event &what);
    void add_broken(const delivery &whole, defect flaw);
    void put(delivery what);
    std::int64_t next_event_id() noexcept;

    const office &office_;
    delivery_rates rates_;
    order by_;
    season season_;
    staffing staffing_;
    std::uint64_t left_; // bodies
    std::int64_t hour_ = 0;
    std::int64_t last_event_id_;
    dice id_gaps_;
    timeline<change> changes_;
    timeline<delivery> deliveries_;
    std::vector<arrival> arrivals_; // reused
    std::vector<change> life_;      // reused
};

} // namespace pgcrm::gen
