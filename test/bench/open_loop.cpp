// Posts events at a fixed rate, as a source does that does not wait: open_loop PORT PATH TOKEN BODIES
// FIRST_ID RATE SECONDS ANSWERED
//
// Event n is due at n / RATE. Its latency is counted from then on and not from when it was sent, so an answer
// that is late makes the events behind it late as well, as it does for who waits for them (a client that
// measures only what it sends leaves those out: coordinated omission). Each of the connections takes the next
// event that is due; there are enough of them to keep the rate when each answer takes a tenth of a second.
//
// Prints events|answered with 2xx|p50 ms|p99 ms|longest ms, and writes the ids of the answered events to
// ANSWERED.
#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <netinet/tcp.h>
#include <stdexcept>
#include <string>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using steady = std::chrono::steady_clock;

// A body around the numbers of its event and its lead.
struct body_pieces {
    std::string before_id, before_lead, after;
    long lead;
};

body_pieces pieces_of(const std::string &body) {
    const auto behind = [&body](const char *key, std::size_t from) {
        const std::size_t at = body.find(key, from);
        if (at == std::string::npos)
            throw std::runtime_error("a body has no " + std::string(key));
        return at + std::string(key).size();
    };
    const auto end_of_digits = [&body](std::size_t from) {
        return body.find_first_not_of("0123456789", from);
    };
    const std::size_t id = behind("\"id\":", 0);
    const std::size_t lead = behind("\"data\":{\"id\":", id);
    return {body.substr(0, id), body.substr(end_of_digits(id), lead - end_of_digits(id)),
            body.substr(end_of_digits(lead)), std::stol(body.substr(lead))};
}

std::vector<body_pieces> read_bodies(const std::string &file) {
    std::vector<body_pieces> bodies;
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);)
        bodies.push_back(pieces_of(line));
    if (bodies.empty())
        throw std::runtime_error("no bodies in " + file);
    return bodies;
}

class connection {
public:
    explicit connection(std::uint16_t port) : port_(port) {}
    connection(const connection &) = delete;
    connection &operator=(const connection &) = delete;
    ~connection() { close(); }

    // The status of the answer; 0 when there is none.
    int exchange(const std::string &request) {
        if (!is_open() && !open())
            return 0;
        // A connection that the server has closed meanwhile is made again, once.
        int status = send_and_read(request);
        if (status == 0 && open())
            status = send_and_read(request);
        return status;
    }

private:
    bool is_open() const { return socket_ >= 0; }

    void close() {
        if (is_open())
            ::close(socket_);
        socket_ = -1;
    }

    bool open() {
        close();
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port_);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        return ::connect(socket_, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
    }

    int send_and_read(const std::string &request) {
        for (std::size_t sent = 0; sent < request.size();) {
            const ssize_t n = ::send(socket_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
            if (n <= 0)
                return 0;
            sent += static_cast<std::size_t>(n);
        }
        return read_answer();
    }

    int read_answer() {
        std::string answer;
        std::size_t whole = std::string::npos;
        while (answer.size() < whole) {
            char part[4096];
            const ssize_t n = ::recv(socket_, part, sizeof part, 0);
            if (n <= 0)
                return 0;
            answer.append(part, static_cast<std::size_t>(n));
            if (const std::size_t head = answer.find("\r\n\r\n"); head != std::string::npos)
                whole = head + 4 + content_length(answer.substr(0, head));
        }
        if (lower(answer).find("connection: close") != std::string::npos)
            close();
        return std::stoi(answer.substr(answer.find(' ') + 1));
    }

    static std::string lower(std::string text) {
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        return text;
    }

    static std::size_t content_length(const std::string &head) {
        const std::string name = "content-length:";
        const std::size_t at = lower(head).find(name);
        if (at == std::string::npos)
            throw std::runtime_error("an answer does not tell its length");
        return std::stoul(head.substr(at + name.size()));
    }

    std::uint16_t const port_;
    int socket_ = -1;
};

struct source {
    std::string head; // of each request, up to its length
    std::vector<body_pieces> bodies;
    long first_id;
    double rate;
    long events;
    steady::time_point started_at = steady::now() + std::chrono::milliseconds(100);
    std::atomic<long> next = 0;

    std::string request(long n) const {
        const auto count = static_cast<long>(bodies.size());
        const body_pieces &body = bodies[static_cast<std::size_t>(n % count)];
        const long lead = 100'000'000'000'000 + body.lead + 100'000'000 * (n / count);
        const std::string text = body.before_id + std::to_string(first_id + n) + body.before_lead +
                                 std::to_string(lead) + body.after;
        return head + std::to_string(text.size()) + "\r\n\r\n" + text;
    }

    steady::time_point due(long n) const {
        return started_at +
               std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(n / rate));
    }
};

struct outcome {
    std::mutex mutex;
    std::vector<double> milliseconds;
    std::vector<long> answered;
};

void post_what_is_due(source &from, std::uint16_t port, outcome &into) {
    prctl(PR_SET_TIMERSLACK, 1); // wake up when it is time, not up to 50 µs later
    connection to(port);
    for (long n; (n = from.next++) < from.events;) {
        const std::string request = from.request(n);
        std::this_thread::sleep_until(from.due(n));
        const int status = to.exchange(request);
        const std::chrono::duration<double, std::milli> took = steady::now() - from.due(n);
        const std::lock_guard held(into.mutex);
        into.milliseconds.push_back(took.count());
        if (status >= 200 && status < 300)
            into.answered.push_back(from.first_id + n);
    }
}

double quantile(const std::vector<double> &sorted, double q) {
    return sorted[static_cast<std::size_t>(std::ceil(q * static_cast<double>(sorted.size()))) - 1];
}

void run(const std::vector<std::string> &arguments) {
    const auto port = static_cast<std::uint16_t>(std::stoi(arguments[0]));
    const double rate = std::stod(arguments[5]);
    source from{"POST " + arguments[1] + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " +
                    arguments[2] + "\r\nContent-Type: application/json\r\nContent-Length: ",
                read_bodies(arguments[3]), std::stol(arguments[4]), rate,
                std::max(1L, std::lround(rate * std::stod(arguments[6])))};
    outcome into;
    std::vector<std::thread> connections;
    for (long i = 0; i < std::min(from.events, std::lround(rate / 10) + 16); ++i)
        connections.emplace_back([&from, port, &into] { post_what_is_due(from, port, into); });
    for (std::thread &each : connections)
        each.join();
    std::sort(into.milliseconds.begin(), into.milliseconds.end());
    std::ofstream answered(arguments[7]);
    for (const long id : into.answered)
        answered << id << '\n';
    std::printf("%zu|%zu|%.3f|%.3f|%.3f\n", into.milliseconds.size(), into.answered.size(),
                quantile(into.milliseconds, 0.5), quantile(into.milliseconds, 0.99),
                into.milliseconds.back());
}

} // namespace

int main(int count, char **arguments) {
    if (count != 9) {
        std::fputs("usage: open_loop PORT PATH TOKEN BODIES FIRST_ID RATE SECONDS ANSWERED\n", stderr);
        return 2;
    }
    try {
        run(std::vector<std::string>(arguments + 1, arguments + count));
        return 0;
    } catch (const std::exception &e) {
        std::fprintf(stderr, "open_loop: %s\n", e.what());
        return 1;
    }
}
