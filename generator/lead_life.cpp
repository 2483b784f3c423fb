// The shares and waiting times below were chosen to give a funnel that narrows as funnels
// do: one lead in six is won, half are lost in the first two steps, a few come back.
#include "lead_life.hpp"

#include "lead.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace pgcrm::gen {
namespace {

using namespace std::chrono;

// Quantiles at 0, 10, 20 ... 100 percent, in minutes.
constexpr std::int64_t hour = 60;
constexpr std::int64_t day = 24 * hour;
constexpr std::array<std::int64_t, 11> in_a_step{12,      2 * hour, 9 * hour, 22 * hour, 2 * day, 3 * day,
                                                 5 * day, 8 * day,  13 * day, 24 * day,  75 * day};
constexpr std::array<std::int64_t, 11> until_reopened{3 * hour, 2 * day,   6 * day,  12 * day,
                                                      20 * day, 30 * day,  42 * day, 60 * day,
                                                      80 * day, 110 * day, 200 * day};
constexpr std::array<std::int64_t, 11> until_restored{2,       6,       20,      50,      3 * hour, 8 * hour,
                                                      1 * day, 2 * day, 4 * day, 9 * day, 30 * day};
constexpr std::array<std::int64_t, 11> until_spam_is_seen{
    1, 4, 10, 25, 1 * hour, 2 * hour, 5 * hour, 11 * hour, 1 * day, 2 * day, 6 * day};
constexpr std::array<std::int64_t, 11> until_taken{2,   6,        12,       25,        45,     80,
                                                   150, 4 * hour, 9 * hour, 20 * hour, 3 * day};

constexpr std::array<std::uint32_t, 6> small_things{22, 30, 24, 14, 7, 3}; // how many in a stay

class life {
public:
    life(const office &where, const birth &of, std::vector<change> &out)
        : office_(where), born_(of), out_(out), first_(out.size()),
          random_(mix(where.seed, digest("life"), of.lead_no)), now_(of.at) {}

    void run() {
        be_created();
        if (random_.chance(15'000)) {
            end_as_spam();
        }
        while (is_going_on_) {
            pass_a_stay();
        }
        add_extra_comments();
        count_comments();
    }

private:
    const pipeline &here() const noexcept { return office_.pipelines[state_.pipeline]; }
    const step &current_step() const noexcept { return here().steps[state_.step]; }
    const agent &owner() const noexcept { return office_.agents[state_.owner]; }

    void record(int aspects) {
        if (now_ >= office_.open.until) {
            is_going_on_ = false;
        }
        if (!is_going_on_) {
            return;
        }
        out_.push_back({.at = now_,
                        .subject = born_.lead_no,
                        .what = static_cast<std::uint16_t>(aspects),
                        .order = ++changes_,
                        .kind = subject_kind::lead,
                        .lead = state_});
    }

    // --- the clock -------------------------------------------------------------------

    // Lets time pass; meanwhile the owner may leave the office and the step may go away.
    void elapse(moment until) {
        if (!is_closed(state_.status)) {
            move_out_of_removed_step(until);
            hand_over_from_leaver(until);
        }
        // Nobody does two things in the same moment.
        now_ = std::max(now_ + milliseconds{random_.between(700, 9'000)}, until);
    }

    void elapse(std::int64_t in_minutes) { elapse(at_work(later(in_minutes), random_)); }

    moment later(std::int64_t in_minutes) noexcept {
        return now_ + minutes{in_minutes} + milliseconds{random_.below(60'000)};
    }

    void move_out_of_removed_step(moment until) {
        const std::optional<moment> gone = current_step().removed_at;
        if (!gone || *gone > until) {
            return;
        }
        now_ = std::max(now_, *gone - minutes{random_.between(3, 400)});
        state_.step = static_cast<std::uint8_t>(here().step_after(state_.step, *gone).value_or(0));
        record(aspect::moved);
    }

    void hand_over_from_leaver(moment until) {
        const std::optional<moment> left = owner().left_at;
        if (!left || *left > until) {
            return;
        }
        now_ = std::max(now_, *left) + seconds{random_.between(1, 900)};
        assign_to_somebody_else();
    }

    // --- birth -----------------------------------------------------------------------

    void be_created() {
        bring_folder();
        state_.created_at = now_;
        state_.pipeline = first_pipeline(office_, born_.lead_no);
        state_.step = random_.chance(70'000) ? 1 : 0;
        state_.tags = static_cast<std::uint16_t>(1U << random_.below(4));
        state_.tags = static_cast<std::uint16_t>(state_.tags | (1U << random_.below(tag_count())));
        state_.has_owner = state_.had_owner = !random_.chance(80'000);
        state_.owner = office_.some_agent(now_, random_);
        if (random_.chance(330'000)) {
            set_amount();
        }
        record(state_.has_owner ? aspect::created : aspect::created | aspect::unassigned);
        if (!state_.has_owner) {
            now_ = at_work(later(random_.quantile(until_taken)), random_);
            state_.has_owner = state_.had_owner = true;
            state_.owner = office_.some_agent(now_, random_);
            record(aspect::assigned);
        }
    }

    void bring_folder() {
        const std::optional<std::uint32_t> folder = folder_made_for(born_.lead_no);
        if (!folder) {
            return;
        }
        change made{.at = now_,
                    .subject = *folder,
                    .what = aspect::created,
                    .kind = subject_kind::client_folder,
                    .lead = {}};
        made.lead.owner = office_.some_agent(now_, random_);
        made.lead.created_at = now_;
        out_.push_back(made);
        now_ = std::min(now_ + milliseconds{random_.between(4'000, 90'000)},
                        office_.open.until - milliseconds{1});
    }

    std::uint32_t tag_count() const noexcept { return static_cast<std::uint32_t>(office_.tags.size()); }

    void set_amount() {
        const std::int64_t raw = random_.quantile(here().amounts);
        // People round; one price in twenty-five comes from a spreadsheet.
        const std::int64_t unit = raw > 100'000'000 ? 5'000'000 : raw > 5'000'000 ? 500'000 : 50'000;
        state_.amount = random_.chance(40'000) ? raw : std::max(raw / unit * unit, unit);
        state_.has_amount = true;
    }

    void end_as_spam() {
        elapse(random_.quantile(until_spam_is_seen));
        be_deleted();
    }

    // --- a stay in a step --------------------------------------------------------------

    void pass_a_stay() {
        const std::int64_t wait = random_.quantile(in_a_step) * current_step().slowness / 100;
        const moment leaves = at_work(later(wait), random_);
        let_small_things_happen(leaves);
        if (!is_going_on_) {
            return;
        }
        elapse(leaves);
        end_the_stay();
    }

    void let_small_things_happen(moment leaves) {
        const std::size_t count = random_.weighted(small_things);
        const std::int64_t length = std::max<std::int64_t>((leaves - now_) / seconds{1}, 1);
        std::array<moment, small_things.size()> times;
        for (std::size_t i = 0; i < count; ++i) {
            times[i] = now_ + seconds{random_.between(0, length)};
            times[i] += milliseconds{random_.below(1000)};
            times[i] = std::min(at_work(times[i], random_), leaves);
        }
        std::sort(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(count));
        for (std::size_t i = 0; i < count && is_going_on_; ++i) {
            elapse(times[i]);
            do_small_thing();
        }
    }

    void do_small_thing() {
        static constexpr std::array<std::uint32_t, 7> weights{360, 290, 110, 80, 100, 35, 4};
        switch (random_.weighted(weights)) {
        case 0:
            return record(aspect::commented);
        case 1:
            return wait_or_resume();
        case 2:
            return change_amount();
        case 3:
            ++state_.edition;
            return record(aspect::content);
        case 4:
            return edit();
        case 5:
            return assign_to_somebody_else();
        default:
            return be_deleted();
        }
    }

    void wait_or_resume() {
        if (state_.status == lead_status::standby) {
            state_.status = lead_status::todo;
        } else {
            state_.status = lead_status::standby;
            const moment day_after = now_ + days{random_.between(1, 21)};
            state_.reminder_at = floor<hours>(at_work(day_after, random_));
            state_.reminder_at += minutes{30 * random_.below(2)};
        }
        record(aspect::status);
    }

    void change_amount() {
        if (!state_.has_amount) {
            set_amount();
        } else if (random_.chance(30'000)) {
            state_.has_amount = false;
        } else {
            const std::int64_t percent = random_.between(84, 112);
            state_.amount = std::max<std::int64_t>(state_.amount * percent / 100 / 50'000 * 50'000, 50'000);
        }
        record(aspect::edited);
    }

    void edit() {
        if (random_.chance(300'000)) {
            state_.is_starred = !state_.is_starred;
        } else {
            state_.tags = static_cast<std::uint16_t>(state_.tags ^ (1U << random_.below(tag_count())));
        }
        record(aspect::edited);
    }

    void assign_to_somebody_else() {
        const std::uint16_t before = state_.owner;
        state_.owner = office_.some_agent(now_, random_);
        if (state_.owner == before) {
            state_.owner = before == 0 ? 1 : 0;
        }
        record(aspect::assigned);
    }

    // --- how a stay ends ---------------------------------------------------------------

    void end_the_stay() {
        const std::int32_t advance = static_cast<std::int32_t>(current_step().advance) + owner().skill;
        if (random_.chance(45'000) && here().step_before(state_.step, now_)) {
            return move_to(*here().step_before(state_.step, now_));
        }
        if (office_.has_other_pipelines() && random_.chance(9'000)) {
            return hand_off();
        }
        if (random_.chance(static_cast<per_million>(std::clamp(advance, 50, 970)) * 1000)) {
            return go_on();
        }
        if (random_.chance(140'000)) {
            is_going_on_ = false; // and nobody ever looked at it again
            return;
        }
        close(random_.chance(740'000) ? lead_status::lost : lead_status::cancelled, 0);
    }

    void go_on() {
        const std::optional<std::size_t> next = here().step_after(state_.step, now_);
        if (!next) {
            return win(0);
        }
        const std::optional<std::size_t> after_next = here().step_after(*next, now_);
        if (!after_next && random_.chance(60'000)) {
            state_.step = static_cast<std::uint8_t>(*next);
            return win(aspect::moved);
        }
        if (after_next && random_.chance(75'000)) {
            return move_to(*after_next);
        }
        if (after_next && random_.chance(6'000)) {
            slip(*after_next);
        }
        if (!state_.has_amount && random_.chance(450'000)) {
            set_amount();
        }
        move_to(*next);
    }

    void move_to(std::size_t step_no) {
        state_.step = static_cast<std::uint8_t>(step_no);
        const bool resumes = state_.status == lead_status::standby && random_.chance(500'000);
        if (resumes) {
            state_.status = lead_status::todo;
        }
        record(resumes ? aspect::moved | aspect::status : aspect::moved);
    }

    // A slip of the mouse, put right within the minute.
    void slip(std::size_t wrong_step) {
        const std::uint8_t right_step = state_.step;
        move_to(wrong_step);
        now_ += milliseconds{random_.between(300, 40'000)};
        if (random_.chance(600'000)) {
            move_to(right_step);
            now_ += milliseconds{random_.between(300, 40'000)};
        }
    }

    void hand_off() {
        const auto others = static_cast<std::uint32_t>(office_.pipelines.size() - 1);
        const auto other = (state_.pipeline + 1 + random_.below(others)) % office_.pipelines.size();
        state_.pipeline = static_cast<std::uint8_t>(other);
        state_.step = 0;
        set_amount();
        record(aspect::moved);
    }

    // --- the end, or what looked like it -----------------------------------------------

    void win(int also) {
        if (!state_.has_amount) {
            set_amount();
        } else if (random_.chance(400'000)) {
            state_.amount = state_.amount * random_.between(92, 99) / 100;
        }
        close(lead_status::won, also);
    }

    void close(lead_status status, int also) {
        state_.status = status;
        state_.closed_at = now_;
        record(aspect::status | also);
        if (is_going_on_) {
            after_closing();
        }
    }

    void after_closing() {
        if (random_.chance(150'000)) {
            elapse(random_.quantile(in_a_step));
            record(aspect::commented);
        }
        if (state_.status == lead_status::won) {
            return after_winning();
        }
        if (random_.chance(55'000)) {
            elapse(random_.quantile(until_reopened));
            return be_reopened();
        }
        if (random_.chance(6'000)) {
            tidy_up_while_closed();
        }
        if (random_.chance(18'000)) {
            elapse(random_.quantile(until_reopened));
            return be_deleted();
        }
        is_going_on_ = false;
    }

    // One sale in eighty falls through after all.
    void after_winning() {
        if (!random_.chance(12'000)) {
            is_going_on_ = false;
            return;
        }
        elapse(random_.quantile(until_reopened));
        if (random_.chance(400'000)) {
            return be_reopened();
        }
        state_.status = lead_status::cancelled;
        state_.closed_at = now_;
        record(aspect::status);
        is_going_on_ = false;
    }

    void be_reopened() {
        state_.status = lead_status::todo;
        const std::optional<std::size_t> before = here().step_before(state_.step, now_);
        const bool must_move = !current_step().exists(now_);
        if (must_move || (before && random_.chance(450'000))) {
            state_.step = static_cast<std::uint8_t>(before.value_or(0));
            return record(aspect::status | aspect::moved);
        }
        record(aspect::status);
    }

    // Somebody drags lost leads back to the first step, and leaves them lost.
    void tidy_up_while_closed() {
        elapse(random_.quantile(until_reopened));
        if (state_.step != 0) {
            state_.step = 0;
            record(aspect::moved);
        }
    }

    void be_deleted() {
        record(aspect::deleted);
        if (!is_going_on_ || !random_.chance(150'000)) {
            is_going_on_ = false;
            return;
        }
        elapse(random_.quantile(until_restored));
        // No event tells of a restoration; the lead is just there again.
        record(aspect::edited);
        is_going_on_ = is_going_on_ && !is_closed(state_.status);
    }

    // --- afterwards --------------------------------------------------------------------

    void add_extra_comments() {
        const std::size_t end = out_.size();
        for (std::uint32_t i = 0; i < born_.extra_comments; ++i) {
            out_.push_back(comment_after(place_for_comment(end), end));
        }
        const auto mine = out_.begin() + static_cast<std::ptrdiff_t>(first_);
        std::sort(mine, out_.end(), [](const change &a, const change &b) { return a.place() < b.place(); });
    }

    // A comment on a deleted lead would bring it back.
    std::size_t place_for_comment(std::size_t end) noexcept {
        const auto count = static_cast<std::uint32_t>(end - first_);
        for (int tries = 0; tries < 8; ++tries) {
            const std::size_t at = first_ + random_.below(count);
            if (out_[at].kind == subject_kind::lead && !out_[at].is(aspect::deleted)) {
                return at;
            }
        }
        return out_[first_].kind == subject_kind::lead ? first_ : first_ + 1;
    }

    change comment_after(std::size_t place, std::size_t end) noexcept {
        change comment = out_[place];
        const moment next =
            place + 1 < end ? out_[place + 1].at : std::min(comment.at + days{3}, office_.open.until);
        const std::int64_t gap = (next - comment.at).count();
        comment.at +=
            milliseconds{gap > 1 ? random_.between(0, std::min<std::int64_t>(gap - 1, 4'000'000'000)) : 0};
        comment.what = aspect::commented | aspect::filler;
        comment.order = ++changes_;
        return comment;
    }

    void count_comments() noexcept {
        std::uint16_t comments = 0;
        for (auto it = out_.begin() + static_cast<std::ptrdiff_t>(first_); it != out_.end(); ++it) {
            if (it->kind == subject_kind::lead) {
                comments = static_cast<std::uint16_t>(comments + (it->is(aspect::commented) ? 1 : 0));
                it->lead.comments = comments;
            }
        }
    }

    const office &office_;
    const birth &born_;
    std::vector<change> &out_;
    std::size_t first_; // of this lead's changes in out_
    dice random_;
    moment now_;
    lead_state state_;
    std::uint16_t changes_ = 0;
    bool is_going_on_ = true;
};

} // namespace

void live(const office &where, const birth &of, std::vector<change> &out) { life(where, of, out).run(); }

} // namespace pgcrm::gen
