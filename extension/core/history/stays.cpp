#include "core/history/stays.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace pgcrm {
namespace {

constexpr std::array<std::string_view, 8> outcome_names{"advanced", "moved_back", "handed_off", "won",
                                                        "lost",     "cancelled",  "deleted",    "open"};

// Who tells of a stage without having seen the move into it.
bool is_hearsay(const observation &seen) noexcept {
    return seen.kind == observation_kind::changed || seen.kind == observation_kind::snapshot;
}

bool is_closed(lead_status status) noexcept { return status != lead_status::open; }

stay_outcome outcome_of(lead_status closed) noexcept {
    switch (closed) {
    case lead_status::won:
        return stay_outcome::won;
    case lead_status::lost:
        return stay_outcome::lost;
    case lead_status::cancelled:
        return stay_outcome::cancelled;
    case lead_status::open:
        break;
    }
    return stay_outcome::open;
}

// The state of one lead while its observations pass by.
class stay_builder {
public:
    stay_builder(const stage_order &order, const time_zone &zone) : order_(order), zone_(zone) {}

    void see(const observation &seen) {
        if (seen.kind == observation_kind::deleted)
            remove(seen);
        else if (trails_deletion(seen))
            remember_values(seen);
        else
            update(seen);
    }

    lead_history finish() {
        lead_state now;
        if (!stays_.empty()) {
            now.stage_id = stays_.back().stage_id;
            now.pipeline = stays_.back().pipeline;
            now.entered_at = stays_.back().entered_at;
        }
        now.status = status_;
        now.amount = amount_;
        now.currency = currency_;
        now.owner = owner_;
        now.created_at = life_created_at_;
        now.closed_at = closed_at_;
        now.deleted_at = deleted_at_;
        return {std::move(stays_), now};
    }

private:
    // What a source writes down while it deletes a lead is told with the deletion's own time, perhaps after
    // it, and brings nobody back. A move does: somebody has made it.
    bool trails_deletion(const observation &seen) const {
        return is_hearsay(seen) && unanswered_deletion_at_ == seen.occurred_at;
    }

    void remove(const observation &seen) {
        unanswered_deletion_at_ = seen.occurred_at;
        if (!is_deleted() && has_open_stay())
            end_stay(seen, stay_outcome::deleted);
        if (!is_deleted())
            deleted_at_ = seen.occurred_at;
    }

    // Owner, currency and amount first, then the stage, then the status: so the amount with
    // which one stay ends is the amount with which the next one begins.
    void update(const observation &seen) {
        if (seen.kind == observation_kind::moved)
            unanswered_deletion_at_.reset();
        remember_values(seen);
        const bool is_new_life = begins_life(seen);
        if (is_new_life)
            begin_life(seen);
        const lead_status next = status_after(seen);
        const bool is_reopening = !is_fresh_ && is_reopened_by(next);
        if (begins_stay(seen, is_reopening))
            begin_stay(seen, is_reopening);
        else if (confirms_stay(seen))
            confirm_stay(seen);
        if (is_closed(next) && has_open_stay())
            end_stay(seen, outcome_of(next));
        if (next != status_ || is_new_life)
            closed_at_ = is_closed(next) ? std::optional(seen.occurred_at) : std::nullopt;
        status_ = next;
        deleted_at_.reset();
    }

    bool is_deleted() const { return deleted_at_.has_value(); }

    void remember_values(const observation &seen) {
        if (seen.owner.is_said)
            owner_ = seen.owner.value;
        if (seen.currency.is_said)
            currency_ = seen.currency.value;
        if (seen.amount.is_said)
            amount_ = seen.amount.value;
    }

    // A repeated creation (same time) is the same life. Creations come in order of time,
    // so the last one seen is the one that a repeat repeats.
    bool begins_life(const observation &seen) {
        if (seen.kind != observation_kind::created)
            return life_no_ == 0;
        const bool is_repeat = created_at_ == seen.occurred_at;
        created_at_ = seen.occurred_at;
        return !is_repeat;
    }

    void begin_life(const observation &seen) {
        ++life_no_;
        is_fresh_ = true;
        life_created_at_ =
            seen.kind == observation_kind::created ? std::optional(seen.occurred_at) : std::nullopt;
    }

    lead_status status_after(const observation &seen) const {
        if (seen.status)
            return *seen.status;
        const bool opens = seen.kind == observation_kind::created || seen.kind == observation_kind::moved;
        return opens ? lead_status::open : status_;
    }

    // A closed or deleted lead is open again, or goes from one closed status to another
    // (what it was when deleted counts: deleting a won lead and restoring it as won is no reopening).
    bool is_reopened_by(lead_status next) const {
        if (!is_closed(next))
            return is_deleted() || is_closed(status_);
        return next != status_ && (is_deleted() || is_closed(status_));
    }

    // A life that has no stay yet gets its first one from the first stage seen, nothing else.
    bool begins_stay(const observation &seen, bool is_reopening) const {
        if (is_fresh_)
            return seen.stage_id.has_value();
        return is_reopening || (seen.stage_id && *seen.stage_id != stays_.back().stage_id);
    }

    void begin_stay(const observation &seen, bool is_reopening) {
        stay next;
        next.stay_no = static_cast<std::int32_t>(stays_.size()) + 1;
        next.life_no = life_no_;
        next.stage_id = seen.stage_id ? *seen.stage_id : stays_.back().stage_id;
        next.pipeline = pipeline_of(next.stage_id);
        next.owner = owner_;
        next.amount = amount_;
        next.currency = currency_;
        next.entered_at = seen.occurred_at;
        next.entry_month = zone_.month_of(seen.occurred_at);
        next.is_first_entry = entered_.insert(next.stage_id).second;
        next.is_reopened = is_reopening;
        next.is_inferred = is_hearsay(seen);
        next.entry_event_id = seen.event_id;
        if (has_open_stay())
            end_stay(seen, movement_to(next.stage_id));
        stays_.push_back(next);
        is_fresh_ = false;
    }

    // The move that a change or a look of the same instant has told ahead of it.
    bool confirms_stay(const observation &seen) const {
        return seen.kind == observation_kind::moved && has_open_stay() && stays_.back().is_inferred &&
               stays_.back().entered_at == seen.occurred_at && seen.stage_id == stays_.back().stage_id;
    }

    void confirm_stay(const observation &seen) {
        stays_.back().is_inferred = false;
        stays_.back().entry_event_id = seen.event_id;
    }

    stay_outcome movement_to(std::string_view stage_id) const {
        const std::string_view from = stays_.back().stage_id;
        if (pipeline_of(from) != pipeline_of(stage_id))
            return stay_outcome::handed_off;
        return rank_of(stage_id) > rank_of(from) ? stay_outcome::advanced : stay_outcome::moved_back;
    }

    void end_stay(const observation &seen, stay_outcome outcome) {
        stay &last = stays_.back();
        last.exited_at = seen.occurred_at;
        last.exit_month = zone_.month_of(seen.occurred_at);
        last.exit_amount = amount_;
        last.exit_event_id = seen.event_id;
        last.outcome = outcome;
    }

    bool has_open_stay() const { return !stays_.empty() && !stays_.back().exited_at; }

    std::string_view pipeline_of(std::string_view stage_id) const {
        const stage_place *place = order_.find(stage_id);
        return place != nullptr ? std::string_view(place->pipeline) : std::string_view();
    }

    std::int32_t rank_of(std::string_view stage_id) const {
        const stage_place *place = order_.find(stage_id);
        return place != nullptr ? place->rank : 0;
    }

    const stage_order &order_;
    const time_zone &zone_;
    std::vector<stay> stays_;
    std::unordered_set<std::string_view> entered_;
    std::int32_t life_no_ = 0;
    bool is_fresh_ = false;                  // a life has begun that has no stay yet
    std::optional<instant> created_at_;      // the last creation seen
    std::optional<instant> life_created_at_; // the one that began the present life
    std::optional<instant> closed_at_;
    std::optional<instant> deleted_at_;             // none unless the lead is deleted
    std::optional<instant> unanswered_deletion_at_; // the last deletion, unless a move came after it
    lead_status status_ = lead_status::open;
    std::optional<std::string_view> owner_, currency_;
    std::optional<money> amount_;
};

} // namespace

void sort_observations(std::span<observation> of_one_lead) {
    std::sort(of_one_lead.begin(), of_one_lead.end(), comes_before);
}

lead_history build_history(std::span<const observation> of_one_lead, const stage_order &order,
                           const time_zone &zone) {
    stay_builder builder(order, zone);
    for (const observation &seen : of_one_lead)
        builder.see(seen);
    return builder.finish();
}

std::string_view to_text(stay_outcome outcome) noexcept {
    return outcome_names[static_cast<std::size_t>(outcome)];
}

std::optional<stay_outcome> parse_stay_outcome(std::string_view text) noexcept {
    for (std::size_t i = 0; i < outcome_names.size(); ++i)
        if (outcome_names[i] == text)
            return static_cast<stay_outcome>(i);
    return std::nullopt;
}

} // namespace pgcrm
