// What is put in for an hour is put in before that hour is taken out: a lead's changes come
// after its birth, a delivery after its change.
#include "office_stream.hpp"

#include "configuration.hpp"

namespace pgcrm::gen {

office_stream::office_stream(const office &of, const settings &how, std::uint64_t bodies)
    : office_(of), rates_(how.rates), by_(how.by), season_(of.open, of.seed),
      staffing_(plan_staffing(of, season_, how.rates, bodies)), left_(bodies),
      last_event_id_(of.first_event_id), id_gaps_(mix(of.seed, digest("event ids"))), changes_(of.open.from),
      deliveries_(of.open.from) {
    for (const change &each : configuration_changes(of)) {
        changes_.put(each.at, each);
    }
}

bool office_stream::is_over() const noexcept {
    return left_ == 0 || (hour_ >= season_.hours() && changes_.is_empty() && deliveries_.is_empty());
}

std::vector<delivery> office_stream::next_hour() {
    let_leads_be_born();
    for (const change &each : changes_.take(hour_)) {
        tell(each);
    }
    std::vector<delivery> due = deliveries_.take(hour_++);
    if (due.size() > left_) {
        due.resize(left_);
    }
    left_ -= due.size();
    return due;
}

void office_stream::let_leads_be_born() {
    if (hour_ >= season_.hours()) {
        return;
    }
    season_.arrivals(hour_, staffing_.leads, arrivals_);
    const auto extra_before = [&](std::uint64_t lead_no) {
        return staffing_.extra_comments * lead_no / staffing_.leads;
    };
    for (const arrival &each : arrivals_) {
        const std::uint64_t extra =
            extra_before(each.lead_no + std::uint64_t{1}) - extra_before(each.lead_no);
        life_.clear();
        live(office_,
             {.lead_no = each.lead_no, .at = each.at, .extra_comments = static_cast<std::uint32_t>(extra)},
             life_);
        for (const change &of_life : life_) {
            changes_.put(of_life.at, of_life);
        }
    }
}

void office_stream::tell(const change &what) {
    for (const std::uint16_t name : events_of(office_, what)) {
        deliver({.id = next_event_id(), .name = name, .of = what});
    }
}

void office_stream::deliver(const event &what) {
    const delivery_plan plan = plan_delivery(rates_, office_, what.of, what.name);
    for (std::size_t i = 0; i < plan.count; ++i) {
        delivery made{.at = what.of.at + plan.arrivals[i].after,
                      .what = what,
                      .notes = plan.arrivals[i].notes,
                      .flaw = std::nullopt,
                      .is_repeat = i > 0};
        if (i == 0 && plan.broken) {
            add_broken(made, *plan.broken);
        }
        put(made);
    }
}

void office_stream::add_broken(const delivery &whole, defect flaw) {
    delivery broken = whole;
    broken.what.id = next_event_id();
    broken.flaw = flaw;
    put(broken);
}

void office_stream::put(delivery what) {
    if (by_ == order::time) {
        what.at = what.what.of.at;
    }
    deliveries_.put(what.at, what);
}

// The CRM numbers the events of all its customers together, so there are gaps.
std::int64_t office_stream::next_event_id() noexcept { return last_event_id_ += 1 + id_gaps_.below(4); }

} // namespace pgcrm::gen
