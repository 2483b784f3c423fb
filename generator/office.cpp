// Each part of an office throws its own dice, so that one more agent changes no pipeline.
#include "office.hpp"

#include "names.hpp"
#include "sha1.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pgcrm::gen {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(plain_event::count)> plain_event_names{
    "lead.creation",
    "lead.unassigned",
    "lead.step.changed",
    "lead.status.changed",
    "lead.status.changed.to.todo",
    "lead.status.changed.to.standby",
    "lead.status.changed.to.won",
    "lead.status.changed.to.lost",
    "lead.status.changed.to.cancelled",
    "lead.assigned",
    "lead.commented",
    "lead.content_has_changed",
    "lead.any_update",
    "lead.deleted",
    "client_folder.created",
    "account.step.created",
    "account.step.updated",
    "account.step.deleted",
    "account.pipeline.updated"};

std::vector<text> texts_of(std::span<const std::string_view> words) { return {words.begin(), words.end()}; }

// "Visita agendada" to "VISITA_AGENDADA".
std::string code_of(std::string_view words) {
    std::string code;
    for (const char c : without_accents(words)) {
        const bool is_letter_or_digit =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (is_letter_or_digit) {
            code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        } else if (!code.empty() && code.back() != '_') {
            code += '_';
        }
    }
    if (code.ends_with('_')) {
        code.pop_back();
    }
    return code;
}

std::optional<moment> at_percent_if_any(const window &open, std::uint32_t percent) noexcept {
    return percent == 0 ? std::nullopt : std::optional{open.at_percent(percent)};
}

naming make_naming(std::string_view first, std::string_view later, std::uint32_t percent,
                   const window &open) {
    return {first, later, at_percent_if_any(open, percent)};
}

step make_step(const step_words &words, std::int64_t id, const window &open) {
    return {.id = id,
            .name = make_naming(words.name, words.new_name, words.renamed_at, open),
            .code = code_of(words.name),
            .added_at = at_percent_if_any(open, words.added_at),
            .removed_at = at_percent_if_any(open, words.removed_at),
            .advance = words.advance,
            .slowness = words.slowness};
}

std::vector<pipeline> make_pipelines(const business_words &words, const window &open) {
    std::vector<pipeline> pipelines;
    std::int64_t step_id = 201;
    for (const pipeline_words &each : words.pipelines) {
        pipeline made{.id = 11 + std::ssize(pipelines),
                      .name = make_naming(each.name, each.new_name, each.renamed_at, open),
                      .code = code_of(each.name),
                      .steps = {},
                      .amounts = each.amounts,
                      .weight = each.weight};
        for (const step_words &of_step : each.steps) {
            made.steps.push_back(make_step(of_step, step_id++, open));
        }
        pipelines.push_back(std::move(made));
    }
    return pipelines;
}

std::string person_json(std::int64_t id, const name &first, std::string_view last, std::string_view mail,
                        alphabet a, std::optional<std::uint32_t> phone) {
    std::string json = "{\"id\":" + std::to_string(id);
    json.append(",\"firstname\":\"").append(first.spelled.in(a));
    json.append("\",\"lastname\":\"").append(last);
    json.append("\",\"email\":\"").append(mail).append("\"");
    if (phone) {
        json.append(",\"phone\":null,\"mobile_phone\":\"+52 55 5550 ")
            .append(std::to_string(*phone))
            .append("\"");
    }
    return json + "}";
}

person make_person(std::int64_t id, const name &first, std::string_view last, const std::string &mail,
                   std::uint32_t phone) {
    const std::string utf8 = json_escaped(last, alphabet::utf8);
    const std::string ascii = json_escaped(last, alphabet::ascii);
    return {.full_utf8 = person_json(id, first, utf8, mail, alphabet::utf8, phone),
            .full_ascii = person_json(id, first, ascii, mail, alphabet::ascii, phone),
            .short_utf8 = person_json(id, first, utf8, mail, alphabet::utf8, std::nullopt),
            .short_ascii = person_json(id, first, ascii, mail, alphabet::ascii, std::nullopt)};
}

// The first two agents stay for good; of the others, four in ten join and two in ten leave
// while we look on.
void plan_career(agent &a, std::size_t agent_no, const window &open, dice &random) {
    if (random.chance(80'000)) {
        a.renamed_at = open.at_percent(random.between(20, 80));
    }
    if (agent_no < 2) {
        return;
    }
    if (random.chance(400'000)) {
        a.joined_at = open.at_percent(random.between(3, 70));
    }
    if (random.chance(200'000)) {
        a.left_at = open.at_percent(random.between(72, 97));
    }
}

agent make_agent(std::size_t agent_no, const office &of, std::size_t teams) {
    dice random(mix(of.seed, digest("agent"), agent_no));
    const name &first = random.one_of(all_first_names());
    const std::size_t last_no = random.below(static_cast<std::uint32_t>(last_names.size()));
    const std::string_view last = last_names[last_no];
    const std::string_view spouse = random.one_of(last_names);
    const std::uint32_t phone = 1000 + random.below(9000);
    const std::string start = first.mailbox + "." + all_last_names()[last_no].mailbox;
    const std::string number = std::to_string(agent_no + 1);
    const std::string mail_host = "@" + of.host;

    agent made;
    made.id = 500 + static_cast<std::int64_t>(agent_no) * 7 + random.below(7);
    made.team = agent_no % teams;
    made.skill = static_cast<std::int32_t>(random.between(-70, 70));
    made.first = make_person(made.id, first, last, start + number + mail_host, phone);
    made.later = make_person(made.id, first, std::string{last} + " de " + std::string{spouse},
                             start + ".n" + number + mail_host, phone);
    plan_career(made, agent_no, of.open, random);
    return made;
}

// A new release of the CRM changes how it writes; each business sees another order.
std::vector<dialect> dialects_of(std::size_t business) {
    std::vector<dialect> all{
        {.times = {true, true}, .letters = alphabet::utf8, .says_client_folder = false, .omits_nulls = false},
        {.times = {true, false},
         .letters = alphabet::ascii,
         .says_client_folder = true,
         .omits_nulls = false},
        {.times = {false, true}, .letters = alphabet::utf8, .says_client_folder = false, .omits_nulls = true},
        {.times = {false, false}, .letters = alphabet::utf8, .says_client_folder = true, .omits_nulls = true},
        {.times = {true, true},
         .letters = alphabet::ascii,
         .says_client_folder = false,
         .omits_nulls = true}};
    std::rotate(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(business), all.end());
    return all;
}

subscriptions subscriptions_of(std::size_t business) noexcept {
    switch (business) {
    case 0:
        return {.any_update = true, .named_steps = true, .to_status = true};
    case 1:
        return {.any_update = false, .named_steps = true, .to_status = true};
    default:
        return {.any_update = true, .named_steps = false, .to_status = false};
    }
}

void name_events(office &made) {
    made.event_names.assign(plain_event_names.begin(), plain_event_names.end());
    for (const pipeline &p : made.pipelines) {
        auto &of_pipeline = made.named_step_event.emplace_back(p.steps.size(), std::uint16_t{0});
        for (std::size_t i = 1; made.asks_for.named_steps && i < p.steps.size(); i += 2) {
            of_pipeline[i] = static_cast<std::uint16_t>(made.event_names.size());
            made.event_names.push_back("lead.step.changed.to." + p.code + "." + p.steps[i].code);
        }
    }
}

std::string make_api_key(std::uint64_t seed) {
    const hex_digest digits = sha1_hex("api key " + std::to_string(seed));
    return {digits.begin(), digits.end()};
}

std::string host_of(std::string_view name) {
    std::string host{name};
    std::ranges::replace(host, '_', '-');
    return host + ".nocrm.example";
}

void take_words(office &made, const business_words &words) {
    made.subjects = texts_of(words.subjects);
    made.places = texts_of(words.places);
    made.folders = texts_of(words.folders);
    made.messages = texts_of(words.messages);
    made.tags = texts_of(words.tags);
    made.teams = texts_of(words.teams);
    made.fields = {words.labels.first_name, words.labels.last_name, words.labels.email, words.labels.phone,
                   words.labels.message};
}

} // namespace

std::optional<std::size_t> pipeline::step_after(std::size_t step_no, moment at) const noexcept {
    for (std::size_t i = step_no + 1; i < steps.size(); ++i) {
        if (steps[i].exists(at)) {
            return i;
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> pipeline::step_before(std::size_t step_no, moment at) const noexcept {
    for (std::size_t i = step_no; i-- > 0;) {
        if (steps[i].exists(at)) {
            return i;
        }
    }
    return std::nullopt;
}

std::int64_t pipeline::position(std::size_t step_no, moment at) const noexcept {
    const auto before = std::span{steps}.first(step_no);
    return 1 + std::ranges::count_if(before, [&](const step &s) { return s.exists(at); });
}

const dialect &office::dialect_at(moment at) const noexcept {
    const auto part = (at - open.from) * std::ssize(dialects) / (open.until - open.from);
    return dialects[std::min(static_cast<std::size_t>(part), dialects.size() - 1)];
}

std::uint16_t office::some_agent(moment at, dice &random) const noexcept {
    for (int tries = 0; tries < 8; ++tries) {
        const std::uint32_t agent_no = random.below(static_cast<std::uint32_t>(agents.size()));
        if (agents[agent_no].works(at)) {
            return static_cast<std::uint16_t>(agent_no);
        }
    }
    return static_cast<std::uint16_t>(random.below(2));
}

office make_office(std::string name, std::size_t place, std::uint64_t bodies, const window &open,
                   std::uint64_t seed) {
    const std::size_t business = place % businesses.size();
    const business_words &words = businesses[business];
    office made;
    made.seed = mix(seed, digest(name));
    made.host = host_of(name);
    made.name = std::move(name);
    made.open = open;
    made.api_key = make_api_key(made.seed);
    made.pipelines = make_pipelines(words, open);
    for (const pipeline &p : made.pipelines) {
        made.pipeline_weights.push_back(p.weight);
    }
    made.dialects = dialects_of(business);
    made.asks_for = subscriptions_of(business);
    take_words(made, words);
    const std::uint64_t staff = std::clamp<std::uint64_t>(bodies / 2500, 6, 120);
    for (std::size_t agent_no = 0; agent_no < staff; ++agent_no) {
        made.agents.push_back(make_agent(agent_no, made, made.teams.size()));
    }
    name_events(made);
    made.first_lead_id = 5'500'000 + static_cast<std::int64_t>(mix(made.seed, digest("leads")) % 400'000);
    made.first_event_id = 8'000'000 + static_cast<std::int64_t>(mix(made.seed, digest("events")) % 900'000);
    return made;
}

} // namespace pgcrm::gen
