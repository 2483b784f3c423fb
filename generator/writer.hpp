// Lines out: a file for each office, or all offices into one stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::gen {

enum class line_format {
    ndjson, // a body is a line
    copy,   // a line of COPY ... FROM in text format: backslashes are doubled
};

// The disk is full, the pipe is closed, the directory is not there.
class write_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class writer {
public:
    virtual ~writer() = default;
    virtual void write(std::size_t office_no, std::string_view body) = 0;
    virtual void finish() = 0; // everything written is with the operating system, or it throws
};

// DIR/<office>.ndjson, or DIR/<office>.copy; the directory is made when it is missing.
std::unique_ptr<writer> make_file_writer(const std::filesystem::path &directory,
                                         std::span<const std::string> offices, line_format format);

// With more than one office each line begins with the office's name and a tab.
std::unique_ptr<writer> make_stream_writer(std::FILE *stream, std::span<const std::string> offices,
                                           line_format format);

// A body as one field of COPY's text format.
void append_for_copy(std::string &out, std::string_view body);

} // namespace pgcrm::gen
