// Every sixth lead brings a new client folder; most others belong to one that is there,
// rather a young one.
#include "lead.hpp"

#include <algorithm>

namespace pgcrm::gen {
namespace {

constexpr std::uint32_t leads_per_folder = 6;

std::optional<std::uint32_t> folder_of(std::uint32_t lead_no, dice &random) noexcept {
    if (const std::optional<std::uint32_t> made = folder_made_for(lead_no)) {
        return made;
    }
    if (!random.chance(700'000)) {
        return std::nullopt;
    }
    const std::uint32_t folders = lead_no / leads_per_folder + 1;
    const std::uint32_t one = random.below(folders);
    const std::uint32_t other = random.below(folders);
    return std::max(one, other);
}

} // namespace

lead make_lead(const office &of, std::uint32_t lead_no) {
    dice random(mix(of.seed, digest("lead"), lead_no));
    lead made;
    made.id = of.first_lead_id + std::int64_t{lead_no} * 3 + random.below(3);
    made.pipeline = first_pipeline(of, lead_no);
    made.first = &random.one_of(all_first_names());
    made.last = &random.one_of(all_last_names());
    made.phone = random.below(100'000'000);
    made.mail = made.first->mailbox + "." + made.last->mailbox;
    made.mail += std::to_string(random.below(900));
    made.mail += "@";
    made.mail += random.one_of(mail_hosts);
    made.subject = &random.one_of(of.subjects);
    made.place = &random.one_of(of.places);
    made.message = &random.one_of(of.messages);
    made.title_form = random.below(100);
    made.folder = folder_of(lead_no, random);
    return made;
}

std::uint8_t first_pipeline(const office &of, std::uint32_t lead_no) noexcept {
    dice random(mix(of.seed, digest("pipeline"), lead_no));
    return static_cast<std::uint8_t>(random.weighted(of.pipeline_weights));
}

std::optional<std::uint32_t> folder_made_for(std::uint32_t lead_no) noexcept {
    return lead_no % leads_per_folder == 0 ? std::optional{lead_no / leads_per_folder} : std::nullopt;
}

std::int64_t folder_id(std::uint32_t folder_no) noexcept { return 3001 + std::int64_t{folder_no}; }

void append_folder_name(std::string &out, const office &of, std::uint32_t folder_no, alphabet a) {
    dice random(mix(of.seed, digest("folder"), folder_no));
    out += random.one_of(of.folders).in(a);
    out += ' ';
    out += random.one_of(all_last_names()).spelled.in(a);
    if (random.chance(300'000)) {
        out += ' ';
        out += std::to_string(2 + random.below(98));
    }
}

} // namespace pgcrm::gen
