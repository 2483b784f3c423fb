// Decodes a file of bodies, one a line, as often as it is told, and prints how many bodies that
// were and the nanoseconds for each. Of two runs that differ in the number of passes alone, the
// difference of the instructions is what decoding takes, without reading and starting.
//
//   pgcrm-bench-decode PASSES BODIES MAPPING...
#include "core/mapping/decoder.hpp"
#include "core/mapping/mapping.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <memory_resource>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace pgcrm;

// As many as the server takes in one call of crm_ingest_batch; then their memory is given back.
constexpr std::size_t batch_size = 1000;

std::string contents(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> lines(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<std::string> found;
    for (std::string line; std::getline(file, line);)
        found.push_back(std::move(line));
    if (found.empty())
        throw std::runtime_error("no bodies in " + path);
    return found;
}

std::vector<stream> streams(std::span<char *const> paths) {
    std::vector<stream> all;
    for (const char *path : paths) {
        parsed_mapping mapping = parse_mapping(contents(path));
        if (!mapping.value)
            throw std::runtime_error(std::string(path) + " is no mapping");
        all.push_back(std::move(*mapping.value));
    }
    return all;
}

// How many of the bodies were events.
std::size_t decode_all(decoder &by, const std::vector<std::string> &bodies) {
    std::size_t events = 0;
    std::pmr::monotonic_buffer_resource arena;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (i % batch_size == 0)
            arena.release();
        events += by.decode(bodies[i], arena).is == verdict::event ? 1 : 0;
    }
    return events;
}

void run(std::size_t passes, const std::string &bodies_path, std::span<char *const> mappings) {
    const std::vector<stream> known = streams(mappings);
    const std::vector<std::string> bodies = lines(bodies_path);
    decoder by(known, {});
    std::size_t events = 0;
    const auto started = std::chrono::steady_clock::now();
    for (std::size_t pass = 0; pass < passes; ++pass)
        events += decode_all(by, bodies);
    const std::chrono::duration<double, std::nano> passed = std::chrono::steady_clock::now() - started;
    const std::size_t decoded = passes * bodies.size();
    if (events != decoded)
        throw std::runtime_error("not every body is an event of a stream");
    std::printf("%zu|%.1f\n", decoded, passed.count() / static_cast<double>(decoded));
}

} // namespace

int main(int count, char **arguments) {
    if (count < 4) {
        std::fputs("usage: pgcrm-bench-decode PASSES BODIES MAPPING...\n", stderr);
        return 2;
    }
    try {
        const std::span<char *const> all(arguments, static_cast<std::size_t>(count));
        run(std::strtoul(all[1], nullptr, 10), all[2], all.subspan(3));
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "pgcrm-bench-decode: %s\n", problem.what());
        return 1;
    }
}
