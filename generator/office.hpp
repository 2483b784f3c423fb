// An office: what its CRM knows before the first lead comes in, and what an administrator
// will change about it: pipelines and steps that come, go and get new names, agents who
// join, marry and leave.
//
// It is made from its name, the seed and the window alone, and never changes afterwards:
// what holds at a moment is asked with that moment.
#pragma once

#include "moment.hpp"
#include "random.hpp"
#include "text.hpp"
#include "vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::gen {

// A name that may be replaced once.
struct naming {
    text first;
    text later;
    std::optional<moment> renamed_at;

    const text &at(moment when) const noexcept { return renamed_at && when >= *renamed_at ? later : first; }
};

struct step {
    std::int64_t id = 0;
    naming name;
    std::string code; // as it stands in the name of an event: VISITA_AGENDADA
    std::optional<moment> added_at;
    std::optional<moment> removed_at;
    std::uint32_t advance = 0;  // of a thousand
    std::uint32_t slowness = 0; // percent

    bool exists(moment at) const noexcept {
        return (!added_at || at >= *added_at) && (!removed_at || at < *removed_at);
    }
};

struct pipeline {
    std::int64_t id = 0;
    naming name;
    std::string code;
    std::vector<step> steps;
    std::span<const std::int64_t> amounts;
    std::uint32_t weight = 0;

    std::optional<std::size_t> step_after(std::size_t step_no, moment at) const noexcept;
    std::optional<std::size_t> step_before(std::size_t step_no, moment at) const noexcept;
    std::int64_t position(std::size_t step_no, moment at) const noexcept; // from 1
};

// The person as the CRM shows it, as a whole JSON object.
struct person {
    std::string full_utf8, full_ascii;   // with telephones
    std::string short_utf8, short_ascii; // without

    std::string_view full(alphabet a) const noexcept { return a == alphabet::utf8 ? full_utf8 : full_ascii; }
    std::string_view brief(alphabet a) const noexcept {
        return a == alphabet::utf8 ? short_utf8 : short_ascii;
    }
};

struct agent {
    std::int64_t id = 0;
    std::size_t team = 0;
    person first;
    person later; // after a change of name and address
    std::optional<moment> renamed_at;
    std::optional<moment> joined_at;
    std::optional<moment> left_at;
    std::int32_t skill = 0; // added to the thousandths of leads that advance

    bool works(moment at) const noexcept {
        return (!joined_at || at >= *joined_at) && (!left_at || at < *left_at);
    }
    const person &as_of(moment at) const noexcept { return renamed_at && at >= *renamed_at ? later : first; }
};

// How the CRM wrote its bodies between two of its releases.
struct dialect {
    time_spelling times;
    alphabet letters = alphabet::utf8;
    bool says_client_folder = false; // else "client"
    bool omits_nulls = false;        // what is null has no key at all
};

// Which events the office asked for beside the plain ones.
struct subscriptions {
    bool any_update = false;  // lead.any_update beside each change
    bool named_steps = false; // lead.step.changed.to.PIPE.STEP for every second step
    bool to_status = false;   // lead.status.changed.to.won and its sisters
};

struct field_names {
    text first_name, last_name, email, phone, message;
};

struct office {
    std::string name;
    std::uint64_t seed = 0;
    window open;
    std::string host;    // of permanent links
    std::string api_key; // signs the webhooks
    std::vector<pipeline> pipelines;
    std::vector<std::uint32_t> pipeline_weights;
    std::vector<agent> agents;
    std::vector<dialect> dialects; // equal parts of the window
    subscriptions asks_for;
    std::vector<text> subjects, places, folders, messages, tags, teams;
    field_names fields;
    std::uint32_t custom_fields = 0;
    std::vector<std::string>
        event_names; // the plain ones in the order of `plain_event`, then the named steps
    std::vector<std::vector<std::uint16_t>> named_step_event; // by pipeline and step; 0: none
    std::int64_t first_lead_id = 0;
    std::int64_t first_event_id = 0;

    const dialect &dialect_at(moment at) const noexcept;
    bool has_other_pipelines() const noexcept { return pipelines.size() > 1; }

    // Somebody who works there at that moment; there is always someone.
    std::uint16_t some_agent(moment at, dice &random) const noexcept;
};

// `place` picks the business; `bodies` says how large the staff must be.
office make_office(std::string name, std::size_t place, std::uint64_t bodies, const window &open,
                   std::uint64_t seed);

// Names that every CRM has; the numbers are indexes into `office::event_names`.
enum class plain_event : std::uint16_t {
    lead_created,
    lead_unassigned,
    step_changed,
    status_changed,
    changed_to_todo,
    changed_to_standby,
    changed_to_won,
    changed_to_lost,
    changed_to_cancelled,
    lead_assigned,
    lead_commented,
    content_changed,
    any_update,
    lead_deleted,
    folder_created,
    step_created,
    step_updated,
    step_deleted,
    pipeline_updated,
    count
};

} // namespace pgcrm::gen
