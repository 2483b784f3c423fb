// pgcrm-gen: from a command line to files of webhooks.
//
// Ends with 0; with 1 if something cannot be written; with 2 if the options make no sense.
#include "generator.hpp"
#include "options.hpp"

#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>

#ifndef PGCRM_VERSION
#error "PGCRM_VERSION is not defined: the build passes the version of pgcrm.control"
#endif

namespace {

using namespace pgcrm::gen;

void show(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

// A bar of fifty characters, drawn anew for each percent.
class progress_bar {
public:
    explicit progress_bar(std::uint64_t total) : total_(total) { draw(0); }

    void report(std::uint64_t written) {
        const auto percent = static_cast<int>(written * 100 / total_);
        if (percent != shown_) {
            draw(percent);
        }
    }

private:
    void draw(int percent) {
        shown_ = percent;
        const std::string bar(static_cast<std::size_t>(percent / 2), '#');
        std::fprintf(stderr, "\r[%-50s] %3d %%%s", bar.c_str(), percent, percent == 100 ? "\n" : "");
    }

    std::uint64_t total_;
    int shown_ = 0;
};

progress_report progress_for(const options &asked) {
    if (!asked.shows_progress || asked.wanted.events == 0 || isatty(STDERR_FILENO) == 0) {
        return {};
    }
    return [bar = progress_bar(asked.wanted.events)](std::uint64_t written) mutable { bar.report(written); };
}

// Opened before the work, so that a wrong path is told at once.
std::ofstream open_truth(const options &asked) {
    std::ofstream file;
    if (asked.truth_file) {
        file.open(*asked.truth_file, std::ios::binary);
        if (!file) {
            throw write_error("cannot open " + asked.truth_file->string());
        }
    }
    return file;
}

void write_truth(std::ofstream &file, const options &asked, const generator &made) {
    file << truth_json(made.offices(), made.truths());
    file.close();
    if (!file) {
        throw write_error("cannot write " + asked.truth_file->string());
    }
}

void generate(const options &asked) {
    const auto &names = asked.wanted.offices;
    const std::unique_ptr<writer> out = asked.directory
                                            ? make_file_writer(*asked.directory, names, asked.format)
                                            : make_stream_writer(stdout, names, asked.format);
    std::ofstream truth_file = open_truth(asked);
    generator made(asked.wanted);
    made.run(*out, progress_for(asked));
    out->finish();
    if (asked.truth_file) {
        write_truth(truth_file, asked, made);
    }
}

void run(const options &asked) {
    switch (asked.what) {
    case task::show_help:
        return show(help_text());
    case task::show_version:
        return show("pgcrm-gen " PGCRM_VERSION "\n");
    case task::generate:
        return generate(asked);
    }
}

} // namespace

int main(int argc, char **argv) {
    try {
        run(parse_options({argv, static_cast<std::size_t>(argc)}));
        return 0;
    } catch (const bad_option &problem) {
        std::fprintf(stderr, "pgcrm-gen: %s\nTry \"pgcrm-gen --help\".\n", problem.what());
        return 2;
    } catch (const std::exception &problem) {
        std::fprintf(stderr, "pgcrm-gen: %s\n", problem.what());
        return 1;
    }
}
