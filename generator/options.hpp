// The command line of pgcrm-gen.
#pragma once

#include "settings.hpp"
#include "writer.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace pgcrm::gen {

// Says what was expected and what came; the program then ends with 2.
class bad_option : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class task { generate, show_help, show_version };

struct options {
    task what = task::generate;
    settings wanted;
    std::optional<std::filesystem::path> directory; // none: standard output
    line_format format = line_format::ndjson;
    std::optional<std::filesystem::path> truth_file;
    bool shows_progress = false;
};

// `arguments` begin with the name of the program.
options parse_options(std::span<char *const> arguments);

std::string_view help_text() noexcept;

} // namespace pgcrm::gen
