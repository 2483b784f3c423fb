// A connection that ingests: libpq in pipeline mode, a prepared statement, a transaction for each batch.
//
// A session keeps the library that it has loaded, whatever is installed later. So a connection is made anew
// when an error may come of its age, and now and then anyway: after what is under way, and without a word to
// those who send, whose events wait for the moment that it takes.
#pragma once

#include "ingest/ingest_queue.hpp"

namespace pgcrm::gateway {

class ingest_connection {
public:
    ingest_connection(asio::io_context &loop, asio::thread_pool &connectors, const settings &with,
                      metrics &counts, ingest_queue &queue);

    // Connects, reads results, connects again, for as long as the loop runs.
    void run(waiting wait);

    // It takes batches.
    bool is_ready() const noexcept { return is_ready_ && !is_renewing_ && database_.is_open(); }
    // It does, or will in a moment.
    bool stands() const noexcept { return is_renewing_ || is_ready(); }
    time_point opened_at() const noexcept { return opened_at_; }
    std::size_t under_way() const noexcept { return under_way_.size(); }
    const account_queue *works_for() const { return under_way_.empty() ? nullptr : under_way_.front()->of; }
    time_point oldest_sent_at() const { return under_way_.front()->sent_at; }

    void send(std::unique_ptr<batch> next);

    // Gives the connection up; run() tells what was lost.
    void give_up() noexcept { database_.close(); }

    // Closes it after what is under way, and opens it again at once.
    void renew() noexcept;

private:
    bool prepare(waiting wait);
    void read_results(waiting wait);
    bool take_results();
    void finish_batch();
    void fail_batch(std::unique_ptr<batch> failed, const database_result &why);
    void write_rest(waiting wait);
    void tell_lost();
    void end_session();
    std::chrono::milliseconds next_pause();

    asio::io_context &loop_;
    asio::thread_pool &connectors_;
    const settings &with_;
    metrics &counts_;
    ingest_queue &queue_;
    database_connection database_;
    std::deque<std::unique_ptr<batch>> under_way_;
    database_result last_; // of the batch at the front
    std::string bodies_;   // of the batch that is sent, as a binary bytea[]; kept for its memory
    time_point opened_at_{};
    bool is_ready_ = false;
    bool is_renewing_ = false; // takes no batch any more until it was closed and opened
    bool is_writing_ = false;
    unsigned failures_ = 0;
};

} // namespace pgcrm::gateway
