// Bodies hold no line end and no tab of their own (JSON escapes them), so a backslash is
// all that COPY could misread.
#include "writer.hpp"

#include <cerrno>
#include <system_error>

namespace pgcrm::gen {
namespace {

constexpr std::size_t buffer_size = std::size_t{1} << 20;

[[noreturn]] void fail(const std::string &what) {
    throw write_error(what + ": " + std::generic_category().message(errno));
}

// Lines pile up in memory and go out a megabyte at a time.
class output {
public:
    output(std::FILE *stream, std::string name) : stream_(stream), name_(std::move(name)) {
        lines_.reserve(buffer_size + buffer_size / 8);
    }

    void add(std::string_view prefix, std::string_view body, line_format format) {
        lines_ += prefix;
        if (format == line_format::copy) {
            append_for_copy(lines_, body);
        } else {
            lines_ += body;
        }
        lines_ += '\n';
        if (lines_.size() >= buffer_size) {
            flush();
        }
    }

    void finish() {
        flush();
        if (std::fflush(stream_) != 0) {
            fail("cannot write " + name_);
        }
    }

private:
    void flush() {
        if (std::fwrite(lines_.data(), 1, lines_.size(), stream_) != lines_.size()) {
            fail("cannot write " + name_);
        }
        lines_.clear();
    }

    std::FILE *stream_;
    std::string name_;
    std::string lines_;
};

struct closer {
    void operator()(std::FILE *file) const noexcept { std::fclose(file); }
};
using open_file = std::unique_ptr<std::FILE, closer>;

class file_writer : public writer {
public:
    file_writer(const std::filesystem::path &directory, std::span<const std::string> offices,
                line_format format)
        : format_(format) {
        std::error_code problem;
        std::filesystem::create_directories(directory, problem);
        if (problem) {
            throw write_error("cannot make directory " + directory.string() + ": " + problem.message());
        }
        for (const std::string &office : offices) {
            open(directory / (office + (format == line_format::copy ? ".copy" : ".ndjson")));
        }
    }

    void write(std::size_t office_no, std::string_view body) override {
        outputs_[office_no].add("", body, format_);
    }

    void finish() override {
        for (output &each : outputs_) {
            each.finish();
        }
    }

private:
    void open(const std::filesystem::path &path) {
        files_.emplace_back(std::fopen(path.c_str(), "wb"));
        if (!files_.back()) {
            fail("cannot open " + path.string());
        }
        std::setvbuf(files_.back().get(), nullptr, _IONBF, 0); // `output` has a buffer of its own
        outputs_.emplace_back(files_.back().get(), path.string());
    }

    line_format format_;
    std::vector<open_file> files_;
    std::vector<output> outputs_;
};

class stream_writer : public writer {
public:
    stream_writer(std::FILE *stream, std::span<const std::string> offices, line_format format)
        : format_(format), output_(stream, "standard output"), prefixes_(offices.size()) {
        for (std::size_t i = 0; offices.size() > 1 && i < offices.size(); ++i) {
            prefixes_[i] = offices[i] + "\t";
        }
    }

    void write(std::size_t office_no, std::string_view body) override {
        output_.add(prefixes_[office_no], body, format_);
    }

    void finish() override { output_.finish(); }

private:
    line_format format_;
    output output_;
    std::vector<std::string> prefixes_;
};

} // namespace

std::unique_ptr<writer> make_file_writer(const std::filesystem::path &directory,
                                         std::span<const std::string> offices, line_format format) {
    return std::make_unique<file_writer>(directory, offices, format);
}

std::unique_ptr<writer> make_stream_writer(std::FILE *stream, std::span<const std::string> offices,
                                           line_format format) {
    return std::make_unique<stream_writer>(stream, offices, format);
}

void append_for_copy(std::string &out, std::string_view body) {
    for (std::size_t at = body.find('\\'); at != std::string_view::npos; at = body.find('\\')) {
        out += body.substr(0, at + 1);
        out += '\\';
        body.remove_prefix(at + 1);
    }
    out += body;
}

} // namespace pgcrm::gen
