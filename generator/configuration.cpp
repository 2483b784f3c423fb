// A step that comes or goes changes the position of those behind it, which is an event for
// each of them.
#include "configuration.hpp"

#include <algorithm>
#include <chrono>

namespace pgcrm::gen {
namespace {

class configuration {
public:
    explicit configuration(const office &of) : office_(of) {}

    std::vector<change> changes() {
        for (std::size_t p = 0; p < office_.pipelines.size(); ++p) {
            follow_pipeline(p);
        }
        std::ranges::sort(all_, {}, &change::place);
        std::erase_if(all_, [&](const change &c) { return c.at >= office_.open.until; });
        return std::move(all_);
    }

private:
    void add(moment at, subject_kind kind, std::uint32_t subject, std::uint16_t what) {
        all_.push_back(
            {.at = at, .subject = subject, .what = what, .order = ++order_, .kind = kind, .lead = {}});
    }

    void follow_pipeline(std::size_t p) {
        const pipeline &here = office_.pipelines[p];
        for (std::size_t s = 0; s < here.steps.size(); ++s) {
            follow_step(p, s);
        }
        if (here.name.renamed_at) {
            add(*here.name.renamed_at, subject_kind::pipeline, step_subject(p, 0), aspect::edited);
        }
    }

    void follow_step(std::size_t p, std::size_t s) {
        const step &here = office_.pipelines[p].steps[s];
        add(step_made_at(office_, p, s), subject_kind::step, step_subject(p, s), aspect::created);
        if (here.added_at) {
            renumber_behind(p, s, *here.added_at);
        }
        if (here.name.renamed_at) {
            add(*here.name.renamed_at, subject_kind::step, step_subject(p, s), aspect::edited);
        }
        if (here.removed_at) {
            add(*here.removed_at, subject_kind::step, step_subject(p, s), aspect::deleted);
            renumber_behind(p, s, *here.removed_at);
        }
    }

    void renumber_behind(std::size_t p, std::size_t s, moment at) {
        const pipeline &here = office_.pipelines[p];
        for (std::size_t behind = s + 1; behind < here.steps.size(); ++behind) {
            if (here.steps[behind].exists(at)) {
                add(at, subject_kind::step, step_subject(p, behind), aspect::edited);
            }
        }
    }

    const office &office_;
    std::vector<change> all_;
    std::uint16_t order_ = 0;
};

} // namespace

moment step_made_at(const office &of, std::size_t pipeline_no, std::size_t step_no) noexcept {
    const step &made = of.pipelines[pipeline_no].steps[step_no];
    const std::int64_t place = made.id - of.pipelines[0].steps[0].id;
    return made.added_at.value_or(of.open.from + std::chrono::milliseconds{1'300 + 2'700 * place});
}

std::vector<change> configuration_changes(const office &of) { return configuration(of).changes(); }

} // namespace pgcrm::gen
