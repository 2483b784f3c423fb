#include "serve/metrics_text.hpp"

#include <cstdio>

namespace pgcrm::gateway {
namespace {

// Names of accounts are letters, digits and underscores: nothing has to be escaped.
class text_writer {
public:
    void family(std::string_view name, std::string_view type, std::string_view help) {
        name_.assign("pgcrm_gateway_").append(name);
        text_.append("# HELP ").append(name_).append(" ").append(help);
        text_.append("\n# TYPE ").append(name_).append(" ").append(type).append("\n");
    }
    template <class Number>
    void sample(const std::string &labels, Number value, std::string_view suffix = "") {
        text_ += name_;
        text_ += suffix;
        if (!labels.empty())
            text_.append("{").append(labels).append("}");
        text_.append(" ").append(number(value)).append("\n");
    }
    void single(std::string_view name, std::string_view type, std::string_view help, std::int64_t value) {
        family(name, type, help);
        sample("", value);
    }
    std::string take() { return std::move(text_); }

private:
    static std::string number(double value) {
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "%.9g", value);
        return text.data();
    }
    static std::string number(std::int64_t value) { return std::to_string(value); }
    static std::string number(std::uint64_t value) { return std::to_string(value); }

    std::string name_;
    std::string text_;
};

std::string label(std::string_view name, std::string_view value) {
    std::string text(name);
    return text.append("=\"").append(value).append("\"");
}

void write_seconds(text_writer &into, std::string_view name, std::string_view help, const histogram &of) {
    into.family(name, "histogram", help);
    for (std::size_t i = 0; i < histogram::bounds.size(); ++i) {
        std::array<char, 32> bound{};
        std::snprintf(bound.data(), bound.size(), "%g", static_cast<double>(histogram::bounds[i]) / 1e6);
        into.sample(label("le", bound.data()), of.count_up_to(i), "_bucket");
    }
    const std::uint64_t all = of.count_up_to(histogram::bounds.size());
    into.sample(label("le", "+Inf"), all, "_bucket");
    into.sample("", static_cast<double>(of.sum()) / 1e6, "_sum");
    into.sample("", all, "_count");
}

void write_requests(text_writer &into, const metrics &counts) {
    into.family("requests_total", "counter", "Requests answered, by HTTP status.");
    for (const auto &[status, count] : counts.answers)
        into.sample(label("code", std::to_string(status)), count.value());
    write_seconds(into, "request_seconds", "From the whole request read to its answer written.",
                  counts.request_time);
    into.single("connections", "gauge", "Clients connected.", counts.connections.value());
    into.single("connections_accepted_total", "counter", "Clients that connected.",
                static_cast<std::int64_t>(counts.connections_accepted.value()));
    into.single("connections_refused_total", "counter", "Clients turned away because there were too many.",
                static_cast<std::int64_t>(counts.connections_refused.value()));
}

void write_database(text_writer &into, const metrics &counts) {
    into.single("database_connections", "gauge", "Connections to the database that can ingest.",
                counts.database_connections.value());
    into.single("database_losses_total", "counter", "Connections to the database that were lost.",
                static_cast<std::int64_t>(counts.database_losses.value()));
    into.single("batches_total", "counter", "Transactions sent to the database.",
                static_cast<std::int64_t>(counts.batches.value()));
    into.single("batched_events_total", "counter", "Events in these transactions.",
                static_cast<std::int64_t>(counts.batched_events.value()));
    into.single("batches_retried_total", "counter",
                "Transactions sent again after a deadlock or a lost connection.",
                static_cast<std::int64_t>(counts.batches_retried.value()));
    into.single("batches_split_total", "counter", "Transactions cut in two to find the event that fails.",
                static_cast<std::int64_t>(counts.batches_split.value()));
    write_seconds(into, "commit_seconds", "From a batch sent to its commit seen.", counts.commit_time);
}

using accounts = std::vector<std::shared_ptr<const account>>;

void write_accounts(text_writer &into, const accounts &all) {
    into.family("events_total", "counter", "Events acknowledged, by account and outcome.");
    for (const auto &each : all)
        for (std::size_t i = 0; i < outcome_names.size(); ++i)
            into.sample(label("account", each->name) + "," + label("outcome", outcome_names[i]),
                        each->counters.events[i].value());
    into.family("refused_total", "counter", "Events that were not acknowledged, by account and reason.");
    for (const auto &each : all)
        for (std::size_t i = 0; i < refusal_names.size(); ++i)
            into.sample(label("account", each->name) + "," + label("reason", refusal_names[i]),
                        each->counters.refused[i].value());
    into.family("received_bytes_total", "counter", "Bytes of bodies handed to the database, by account.");
    for (const auto &each : all)
        into.sample(label("account", each->name), each->counters.bytes.value());
    into.family("queued_events", "gauge", "Events that wait for their commit, by account.");
    for (const auto &each : all)
        into.sample(label("account", each->name), each->counters.queued.value());
}

template <class Member>
void write_status(text_writer &into, const std::vector<account_status> &all, std::string_view name,
                  std::string_view help, Member member) {
    into.family(name, "gauge", help);
    for (const account_status &each : all)
        if (each.*member)
            into.sample(label("account", each.account), *(each.*member));
}

} // namespace

std::string metrics_text(const metrics &counts, const account_registry &registry,
                         const memory_budget &memory) {
    text_writer text;
    write_requests(text, counts);
    text.single("unauthorized_total", "counter", "Requests with no account or a wrong secret.",
                static_cast<std::int64_t>(counts.unauthorized.value()));
    text.single("memory_bytes", "gauge", "Memory that bodies hold.",
                static_cast<std::int64_t>(memory.taken()));
    text.single("memory_limit_bytes", "gauge", "Memory that bodies may hold.",
                static_cast<std::int64_t>(memory.size()));
    write_database(text, counts);
    write_accounts(text, registry.all());
    const auto statuses = counts.statuses();
    write_status(text, statuses, "refresh_lag_seconds", "How far the marts are behind the events.",
                 &account_status::lag_seconds);
    write_status(text, statuses, "pending_leads", "Leads that the next refresh will look at.",
                 &account_status::pending_leads);
    write_status(text, statuses, "stuck_leads", "Leads that failed and wait for a person.",
                 &account_status::stuck_leads);
    write_status(text, statuses, "quarantined", "Bodies that could not be stored as events.",
                 &account_status::quarantined);
    write_status(text, statuses, "refresh_failed",
                 "Whether the last refresh failed, or the account cannot be looked at; its status says why.",
                 &account_status::refresh_failed);
    return text.take();
}

} // namespace pgcrm::gateway
