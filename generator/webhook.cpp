// The order and choice of members follow what noCRM sends: all there is to say when a lead
// is made or its description changes, the state and the people otherwise.
#include "webhook.hpp"

#include "configuration.hpp"
#include "json_writer.hpp"
#include "lead.hpp"
#include "sha1.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace pgcrm::gen {
namespace {

constexpr std::array<std::string_view, 5> status_names{"todo", "standby", "won", "lost", "cancelled"};

hex_digest signature(std::int64_t id, std::string_view api_key) noexcept {
    std::array<char, 128> message;
    char *end = std::to_chars(message.data(), message.data() + 20, id).ptr;
    end = std::ranges::copy(api_key, end).out;
    return sha1_hex({message.data(), end});
}

class body_writer {
public:
    body_writer(std::string &out, const office &of, const event &what, std::optional<defect> flaw)
        : out_(out), json_(out), office_(of), event_(what), change_(what.of),
          style_(of.dialect_at(what.of.at)), flaw_(flaw) {}

    void write(const delivery_notes &notes) {
        json_.open();
        json_.open("webhook_event");
        json_.number("id", event_.id);
        json_.string("event", office_.event_names[event_.name]);
        const hex_digest signed_as = signature(event_.id, office_.api_key);
        json_.string("signature", {signed_as.data(), signed_as.size()});
        json_.boolean("has_succeeded", notes.has_succeeded);
        json_.number("try_count", notes.try_count);
        if (notes.last_returned_code) {
            json_.number("last_returned_code", *notes.last_returned_code);
        } else {
            json_.null("last_returned_code");
        }
        json_.open("data");
        write_subject();
        json_.close();
        json_.close();
        json_.close();
    }

private:
    void write_subject() {
        switch (change_.kind) {
        case subject_kind::lead:
            return write_lead();
        case subject_kind::client_folder:
            return write_folder();
        case subject_kind::step:
            return write_step();
        case subject_kind::pipeline:
            return write_pipeline();
        }
    }

    // --- small parts -------------------------------------------------------------------

    bool is_flawed(defect how) const noexcept { return flaw_ == how; }
    std::string_view spelled(const text &t) const noexcept { return t.in(style_.letters); }
    std::string_view spelled(const name &n) const noexcept { return n.spelled.in(style_.letters); }

    void nothing(std::string_view key) {
        if (!style_.omits_nulls) {
            json_.null(key);
        }
    }

    void time(std::string_view key, moment at) {
        json_.begin_string(key);
        append_time(out_, at, style_.times);
        json_.end_string();
    }

    void record_times(moment created, moment updated) {
        if (is_flawed(defect::invalid_date)) {
            json_.string("created_at", "0000-00-00T00:00:00.000Z");
            json_.string("updated_at", "2025-02-30T25:61:00.000Z");
            return;
        }
        time("created_at", created);
        time("updated_at", updated);
    }

    // --- a lead ------------------------------------------------------------------------

    void write_lead() {
        const lead about = make_lead(office_, change_.subject);
        const lead_state &state = change_.lead;
        write_lead_id(about);
        write_title(about);
        if (tells_all()) {
            write_description("description", about, "<p>", "<br>", "</p>");
            write_description("text_description", about, "", "\\n", "");
        }
        write_place_in_pipeline();
        write_amount();
        json_.boolean("starred", state.is_starred);
        record_times(state.created_at, change_.at);
        write_closing();
        write_reminder();
        write_tags();
        json_.name("permalink");
        out_.append("\"https://").append(office_.host).append("/leads/");
        append_number(out_, about.id);
        out_ += '"';
        write_owner();
        write_client(about);
        json_.number("comment_count", state.comments);
        write_fields(about);
        if (tells_all()) {
            write_creator(about);
        }
    }

    bool tells_all() const noexcept { return change_.is(aspect::created | aspect::content); }

    void write_lead_id(const lead &about) {
        if (is_flawed(defect::no_lead_id)) {
            return;
        }
        if (is_flawed(defect::lead_id_is_text)) {
            json_.begin_string("id");
            out_ += "lead-";
            append_number(out_, about.id);
            return json_.end_string();
        }
        json_.number("id", about.id);
    }

    void write_title(const lead &about) {
        json_.begin_string("title");
        if (about.title_form < 2) {
            out_ += style_.letters == alphabet::utf8 ? "🏠 " : "\\ud83c\\udfe0 ";
        }
        if (about.title_form < 85) {
            out_.append(spelled(*about.subject)).append(" ").append(spelled(*about.place)).append(" - ");
        }
        out_.append(spelled(*about.first)).append(" ").append(spelled(*about.last));
        if (is_flawed(defect::nul_character)) {
            out_ += "\\u0000";
        }
        json_.end_string();
    }

    // Markup is JSON text, so the ASCII dialect escapes it like everything else.
    void append_markup(std::string_view markup) {
        for (const char c : markup) {
            if (style_.letters == alphabet::ascii && (c == '<' || c == '>')) {
                out_ += c == '<' ? "\\u003c" : "\\u003e";
            } else {
                out_ += c;
            }
        }
    }

    void write_description(std::string_view key, const lead &about, std::string_view begin,
                           std::string_view line, std::string_view end) {
        json_.begin_string(key);
        append_markup(begin);
        append_line(office_.fields.first_name, spelled(*about.first), line);
        append_line(office_.fields.last_name, spelled(*about.last), line);
        append_line(office_.fields.email, about.mail, line);
        out_.append(spelled(office_.fields.phone)).append(": ");
        append_phone(about);
        append_markup(line);
        append_line(office_.fields.message, spelled(*about.message), "");
        for (unsigned edition = 1; edition <= change_.lead.edition; ++edition) {
            append_markup(line);
            out_ += spelled(office_.messages[(about.phone + edition * 3) % office_.messages.size()]);
        }
        append_markup(end);
        json_.end_string();
    }

    void append_line(const text &label, std::string_view value, std::string_view line) {
        out_.append(spelled(label)).append(": ").append(value);
        append_markup(line);
    }

    void append_phone(const lead &about) {
        out_ += "+52 55 ";
        append_number(out_, 10'000'000 + about.phone % 90'000'000);
    }

    void write_place_in_pipeline() {
        const pipeline &in = office_.pipelines[change_.lead.pipeline];
        const step &at = in.steps[change_.lead.step];
        const auto status = static_cast<std::size_t>(change_.lead.status);
        json_.string("status", is_flawed(defect::unknown_status) ? "archived" : status_names[status]);
        json_.string("step", spelled(at.name.at(change_.at)));
        json_.number("step_id", at.id);
        json_.string("pipeline", spelled(in.name.at(change_.at)));
    }

    void write_amount() {
        if (change_.lead.has_amount) {
            json_.hundredths("amount", change_.lead.amount);
        } else {
            json_.null("amount");
        }
        json_.string("currency", "MXN");
        write_probability();
    }

    void write_probability() {
        if (change_.lead.status == lead_status::won) {
            return json_.number("probability", 100);
        }
        if (is_closed(change_.lead.status)) {
            return json_.number("probability", 0);
        }
        if (change_.lead.step == 0) {
            return nothing("probability");
        }
        const auto steps = std::ssize(office_.pipelines[change_.lead.pipeline].steps);
        json_.number("probability", 5 + 85 * change_.lead.step / steps / 5 * 5);
    }

    void write_closing() {
        if (is_closed(change_.lead.status)) {
            time("closed_at", change_.lead.closed_at);
            return nothing("next_action_at");
        }
        nothing("closed_at");
        time("next_action_at",
             change_.lead.status == lead_status::standby ? change_.lead.reminder_at : change_.at);
    }

    void write_reminder() {
        if (change_.lead.status != lead_status::standby) {
            for (const std::string_view key :
                 {"remind_date", "remind_time", "reminder_at", "reminder_duration"}) {
                nothing(key);
            }
            return;
        }
        const moment at = change_.lead.reminder_at;
        json_.begin_string("remind_date");
        append_date(out_, at);
        json_.end_string();
        json_.begin_string("remind_time");
        append_local_time_of_day(out_, at);
        json_.end_string();
        time("reminder_at", at);
        json_.number("reminder_duration", 30 + 30 * (change_.lead.tags % 3));
        json_.string("reminder_activity_name", change_.lead.tags % 2 == 0 ? "Call" : "Meeting");
    }

    void write_tags() {
        json_.name("tags");
        out_ += '[';
        for (std::size_t i = 0; i < office_.tags.size(); ++i) {
            if ((change_.lead.tags >> i & 1) != 0) {
                out_.append(out_.back() == '[' ? "\"" : ",\"").append(spelled(office_.tags[i])).append("\"");
            }
        }
        out_ += ']';
    }

    void write_owner() {
        if (!change_.lead.has_owner) {
            // A lead that had an owner says so plainly; one that never had may stay silent.
            if (change_.lead.had_owner) {
                return json_.null("user");
            }
            return nothing("user");
        }
        const agent &owner = office_.agents[change_.lead.owner];
        const person &shown = owner.as_of(change_.at);
        json_.raw("user", tells_all() ? shown.full(style_.letters) : shown.brief(style_.letters));
        json_.open("team");
        json_.number("id", 12 + static_cast<std::int64_t>(owner.team));
        json_.string("name", spelled(office_.teams[owner.team]));
        json_.close();
    }

    void write_client(const lead &about) {
        const std::string_view key = style_.says_client_folder ? "client_folder" : "client";
        if (!about.folder) {
            return nothing(key);
        }
        json_.open(key);
        json_.number("id", folder_id(*about.folder));
        json_.begin_string("name");
        append_folder_name(out_, office_, *about.folder, style_.letters);
        json_.end_string();
        json_.string("description", "");
        json_.boolean("is_active", true);
        json_.close();
    }

    void write_fields(const lead &about) {
        json_.string("contact_email", about.mail);
        json_.open("fields");
        json_.string("first_name", spelled(*about.first));
        json_.string("last_name", spelled(*about.last));
        json_.string("email", about.mail);
        json_.begin_string("phone");
        append_phone(about);
        json_.end_string();
        write_custom_fields(about);
        json_.close();
    }

    void write_custom_fields(const lead &about) {
        for (std::uint32_t i = 0; i < office_.custom_fields; ++i) {
            json_.string("field_" + std::to_string(i + 1),
                         spelled(office_.places[(about.phone + i) % office_.places.size()]));
        }
    }

    void write_creator(const lead &about) {
        json_.open("extended_info");
        const agent &creator = office_.agents[about.phone % 2];
        json_.number("created_by_id", creator.id);
        json_.raw("created_by", creator.as_of(change_.at).brief(style_.letters));
        json_.open("fields_by_name");
        json_.string(spelled(office_.fields.first_name), spelled(*about.first));
        json_.string(spelled(office_.fields.last_name), spelled(*about.last));
        json_.string(spelled(office_.fields.email), about.mail);
        json_.close();
        json_.close();
    }

    // --- what is not a lead ------------------------------------------------------------

    void write_folder() {
        json_.number("id", folder_id(change_.subject));
        json_.begin_string("name");
        append_folder_name(out_, office_, change_.subject, style_.letters);
        json_.end_string();
        json_.string("description", "");
        json_.boolean("is_active", true);
        time("created_at", change_.at);
        json_.number("user_id", office_.agents[change_.lead.owner].id);
    }

    void write_step() {
        const pipeline &in = office_.pipelines[pipeline_of_subject(change_.subject)];
        const std::size_t step_no = step_of_subject(change_.subject);
        const step &about = in.steps[step_no];
        json_.number("id", about.id);
        json_.string("name", spelled(about.name.at(change_.at)));
        json_.number("position", in.position(step_no, change_.at));
        json_.number("pipeline_id", in.id);
        json_.open("pipeline");
        json_.number("id", in.id);
        json_.string("name", spelled(in.name.at(change_.at)));
        json_.close();
        record_times(step_made_at(office_, pipeline_of_subject(change_.subject), step_no), change_.at);
    }

    void write_pipeline() {
        const std::size_t pipeline_no = pipeline_of_subject(change_.subject);
        const pipeline &about = office_.pipelines[pipeline_no];
        json_.number("id", about.id);
        json_.string("name", spelled(about.name.at(change_.at)));
        json_.boolean("is_default", pipeline_no == 0);
        record_times(office_.open.from, change_.at);
    }

    std::string &out_;
    json_writer json_;
    const office &office_;
    const event &event_;
    const change &change_;
    const dialect &style_;
    std::optional<defect> flaw_;
};

// Cuts where a character ends, so that a broken body is still text: who loads the file
// with COPY must not lose all of it to one line.
void truncate(std::string &out, std::size_t begin, std::int64_t id) {
    const std::size_t size = out.size() - begin;
    std::size_t end = begin + 1 + mix(static_cast<std::uint64_t>(id)) % (size - 1);
    while ((static_cast<unsigned char>(out[end]) & 0xc0U) == 0x80U) {
        --end;
    }
    out.resize(end);
}

} // namespace

void append_body(std::string &out, const office &of, const event &what, const delivery_notes &notes,
                 std::optional<defect> flaw) {
    const std::size_t begin = out.size();
    body_writer(out, of, what, flaw).write(notes);
    if (flaw == defect::truncated) {
        truncate(out, begin, what.id);
    }
}

} // namespace pgcrm::gen
