// An hour of all offices is in memory at once; its bodies are written one by one.
#include "generator.hpp"

#include "office_stream.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

namespace pgcrm::gen {
namespace {

struct line {
    std::size_t office_no;
    delivery what;

    auto place() const noexcept { return std::tuple(what.at, office_no, what.what.id, what.notes.try_count); }
};

std::vector<line> next_hour(std::vector<office_stream> &streams) {
    std::vector<line> lines;
    for (std::size_t office_no = 0; office_no < streams.size(); ++office_no) {
        for (const delivery &each : streams[office_no].next_hour()) {
            lines.push_back({office_no, each});
        }
    }
    std::ranges::sort(lines, {}, &line::place);
    return lines;
}

} // namespace

std::vector<std::uint64_t> share_out(std::uint64_t bodies, std::size_t offices) {
    std::vector<std::uint64_t> weights(offices, 20);
    weights[0] = 50;
    if (offices > 1) {
        weights[1] = 30;
    }
    const std::uint64_t sum = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    std::uint64_t weight_before = 0;
    for (std::uint64_t &each : weights) {
        const std::uint64_t before = bodies * weight_before / sum;
        weight_before += each;
        each = bodies * weight_before / sum - before;
    }
    return weights;
}

generator::generator(settings wanted)
    : settings_(std::move(wanted)), shares_(share_out(settings_.events, settings_.offices.size())),
      truths_(settings_.offices.size()) {
    for (std::size_t i = 0; i < settings_.offices.size(); ++i) {
        offices_.push_back(make_office(settings_.offices[i], i, shares_[i], settings_.open, settings_.seed));
        offices_.back().custom_fields = settings_.fields;
    }
}

void generator::run(writer &out, const progress_report &report) {
    std::vector<office_stream> streams;
    for (std::size_t i = 0; i < offices_.size(); ++i) {
        streams.emplace_back(offices_[i], settings_, shares_[i]);
    }
    truths_.assign(offices_.size(), {});
    std::uint64_t written = 0;
    std::string body;
    while (!std::ranges::all_of(streams, &office_stream::is_over)) {
        for (const line &each : next_hour(streams)) {
            body.clear();
            append_body(body, offices_[each.office_no], each.what.what, each.what.notes, each.what.flaw);
            out.write(each.office_no, body);
            truths_[each.office_no].count(each.what);
            ++written;
        }
        if (report) {
            report(written);
        }
    }
    if (written != settings_.events) {
        throw std::logic_error("expected " + std::to_string(settings_.events) + " bodies, not " +
                               std::to_string(written));
    }
}

} // namespace pgcrm::gen
