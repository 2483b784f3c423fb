// Which events a change makes in an office.
#include "webhook.hpp"

namespace pgcrm::gen {
namespace {

plain_event to_status(lead_status status) noexcept {
    return static_cast<plain_event>(static_cast<std::uint16_t>(plain_event::changed_to_todo) +
                                    static_cast<std::uint16_t>(status));
}

void add_moves(event_list &events, const office &of, const lead_state &lead) noexcept {
    events.add(plain_event::step_changed);
    const std::uint16_t named = of.named_step_event[lead.pipeline][lead.step];
    if (named != 0) {
        events.add(named);
    }
}

void add_status(event_list &events, const office &of, lead_status status) noexcept {
    events.add(plain_event::status_changed);
    if (of.asks_for.to_status && is_closed(status)) {
        events.add(to_status(status));
    }
}

event_list events_of_lead(const office &of, const change &what) noexcept {
    event_list events;
    if (what.is(aspect::filler)) {
        events.add(plain_event::lead_commented);
        return events;
    }
    if (what.is(aspect::deleted)) {
        events.add(plain_event::lead_deleted);
        return events;
    }
    if (what.is(aspect::moved)) {
        add_moves(events, of, what.lead);
    }
    if (what.is(aspect::status)) {
        add_status(events, of, what.lead.status);
    }
    using enum plain_event;
    const struct {
        std::uint16_t what;
        plain_event name;
    } simple[] = {{aspect::created, lead_created},
                  {aspect::unassigned, lead_unassigned},
                  {aspect::assigned, lead_assigned},
                  {aspect::content, content_changed},
                  {aspect::commented, lead_commented}};
    for (const auto &each : simple) {
        if (what.is(each.what)) {
            events.add(each.name);
        }
    }
    if (of.asks_for.any_update && !what.is(aspect::created)) {
        events.add(any_update);
    }
    return events;
}

event_list events_of_step(const change &what) noexcept {
    event_list events;
    if (what.is(aspect::created)) {
        events.add(plain_event::step_created);
    } else if (what.is(aspect::deleted)) {
        events.add(plain_event::step_deleted);
    } else {
        events.add(plain_event::step_updated);
    }
    return events;
}

event_list single(plain_event name) noexcept {
    event_list events;
    events.add(name);
    return events;
}

} // namespace

event_list events_of(const office &of, const change &what) noexcept {
    switch (what.kind) {
    case subject_kind::lead:
        return events_of_lead(of, what);
    case subject_kind::client_folder:
        return single(plain_event::folder_created);
    case subject_kind::step:
        return events_of_step(what);
    case subject_kind::pipeline:
        break;
    }
    return single(plain_event::pipeline_updated);
}

} // namespace pgcrm::gen
