#include "gateway.hpp"

#include "ingest/credentials.hpp"
#include "operations/log.hpp"
#include "operations/tls.hpp"

#include <systemd/sd-daemon.h>

#include <algorithm>
#include <csignal>

namespace pgcrm::gateway {

using namespace std::chrono_literals;
using signal_set = asio::basic_signal_set<loop_executor>;

gateway::gateway(settings with) : shared_(std::move(with)) {
    const settings &of = shared_.with;
    shared_.tls = load_tls(of.tls_certificate, of.tls_key);
    const api_keys keys = read_credentials(of.credentials);
    sockets_ = open_listening_sockets(of);
    for (unsigned i = 0; i < of.threads; ++i) {
        loops_.push_back(std::make_unique<event_loop>(shared_));
        loops_.back()->accept_on(sockets_.webhooks, door::webhooks);
    }
    event_loop &first = *loops_.front();
    if (sockets_.metrics != -1)
        first.accept_on(sockets_.metrics, door::metrics);
    watch_ = std::make_unique<directory_watch>(first.io(), *shared_.connectors, of, shared_.registry,
                                               shared_.counts);
    watch_->use(keys);
}

void gateway::run() {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < loops_.size(); ++i)
        threads.emplace_back([loop = loops_[i].get()] { loop->run(); });
    say_ready();
    asio::io_context &first = loops_.front()->io();
    loops_.front()->run([this, &first] {
        start(first, [this](waiting wait) { watch_->run(wait); });
        start(first, [this](waiting wait) { heed_signals(wait); });
    });
    threads.clear();
    // Before the loops: a connect that is under way, or waits to be, belongs to one of them.
    shared_.connectors->stop();
    shared_.connectors.reset();
    log::info("gateway ended");
}

void gateway::say_ready() const {
    log_fields fields{{"port", port_of(sockets_.webhooks)},
                      {"threads", shared_.with.threads},
                      {"tls", shared_.tls.load() != nullptr},
                      {"version", PGCRM_VERSION}};
    if (sockets_.metrics != -1)
        fields["metrics_port"] = port_of(sockets_.metrics);
    log::info("gateway listens", fields);
    sd_notify(0, "READY=1");
}

void gateway::heed_signals(waiting wait) {
    signal_set signals(loops_.front()->io().get_executor());
    for (const int each : {SIGTERM, SIGINT, SIGHUP})
        signals.add(each);
    bool is_ending = false;
    for (;;) {
        const int number = signals.async_wait(wait);
        if (number == SIGHUP) {
            reload();
        } else if (is_ending) {
            for (const auto &each : loops_)
                each->stop();
        } else {
            is_ending = true;
            start(loops_.front()->io(), [this](waiting each) { drain(each); });
        }
    }
}

// What cannot be read stays as it was.
void gateway::reload() {
    const settings &of = shared_.with;
    sd_notify(0, "RELOADING=1");
    try {
        shared_.tls = load_tls(of.tls_certificate, of.tls_key);
        watch_->use(read_credentials(of.credentials));
        log::info("certificate, credentials and accounts are read again");
    } catch (const settings_error &wrong) {
        log::error("reload failed, the former files stay in use", {{"detail", wrong.what()}});
    }
    sd_notify(0, "READY=1");
}

void gateway::drain(waiting wait) {
    log::info("gateway ends when the requests under way are answered");
    sd_notify(0, "STOPPING=1");
    for (const auto &each : loops_)
        each->drain(!sockets_.are_handed_over);
    // The loops are ended together: this one keeps the time for the others.
    timer pause(loops_.front()->io().get_executor());
    const time_point end = steady_clock::now() + shared_.with.drain_timeout;
    const auto is_drained = [](const auto &each) { return each->is_drained(); };
    while (steady_clock::now() < end && !std::all_of(loops_.begin(), loops_.end(), is_drained)) {
        pause.expires_after(10ms);
        pause.async_wait(wait);
    }
    for (const auto &each : loops_)
        each->stop();
}

} // namespace pgcrm::gateway
