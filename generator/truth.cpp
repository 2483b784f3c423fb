// Events that never happened are left out of the summary.
#include "truth.hpp"

#include "json_writer.hpp"

#include <map>
#include <numeric>

namespace pgcrm::gen {
namespace {

void append_truth(std::string &out, const office &of, const truth &found) {
    json_writer json(out);
    json.open(of.name);
    json.string("api_key", of.api_key);
    json.number("bodies", static_cast<std::int64_t>(found.bodies));
    json.number("distinct_event_ids", static_cast<std::int64_t>(found.distinct_events));
    json.number("redelivered_bodies", static_cast<std::int64_t>(found.repeats));
    json.number("broken_bodies", static_cast<std::int64_t>(found.broken_bodies()));
    json.number("leads_created", static_cast<std::int64_t>(found.leads_created));
    std::map<std::string_view, std::uint64_t> by_name;
    for (std::size_t i = 0; i < found.events.size(); ++i) {
        if (found.events[i] != 0) {
            by_name.emplace(of.event_names[i], found.events[i]);
        }
    }
    json.open("events");
    for (const auto &[name, times] : by_name) {
        json.number(name, static_cast<std::int64_t>(times));
    }
    json.close();
    json.open("broken");
    for (std::size_t i = 0; i < found.broken.size(); ++i) {
        json.number(to_text(static_cast<defect>(i)), static_cast<std::int64_t>(found.broken[i]));
    }
    json.close();
    json.close();
}

} // namespace

void truth::count(const delivery &made) {
    ++bodies;
    if (made.flaw) {
        ++broken[static_cast<std::size_t>(*made.flaw)];
        return;
    }
    if (made.is_repeat) {
        ++repeats;
        return;
    }
    ++distinct_events;
    if (made.what.name >= events.size()) {
        events.resize(made.what.name + std::size_t{1});
    }
    ++events[made.what.name];
    leads_created += made.what.name == static_cast<std::uint16_t>(plain_event::lead_created) ? 1 : 0;
}

std::uint64_t truth::broken_bodies() const noexcept {
    return std::accumulate(broken.begin(), broken.end(), std::uint64_t{0});
}

std::string_view to_text(defect flaw) noexcept {
    switch (flaw) {
    case defect::truncated:
        return "truncated";
    case defect::no_lead_id:
        return "no_lead_id";
    case defect::lead_id_is_text:
        return "lead_id_is_text";
    case defect::unknown_status:
        return "unknown_status";
    case defect::invalid_date:
        return "invalid_date";
    case defect::nul_character:
        return "nul_character";
    case defect::count:
        break;
    }
    return "";
}

std::string truth_json(std::span<const office> offices, std::span<const truth> truths) {
    std::string out = "{";
    for (std::size_t i = 0; i < offices.size(); ++i) {
        append_truth(out, offices[i], truths[i]);
    }
    return out + "}\n";
}

} // namespace pgcrm::gen
