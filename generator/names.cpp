// A mailbox is the name without accents, blanks and capitals.
#include "names.hpp"

#include "vocabulary.hpp"

namespace pgcrm::gen {
namespace {

std::string mailbox_of(std::string_view plain) {
    std::string box;
    for (const char c : without_accents(plain)) {
        if (c >= 'A' && c <= 'Z') {
            box += static_cast<char>(c - 'A' + 'a');
        } else if (c >= 'a' && c <= 'z') {
            box += c;
        }
    }
    return box;
}

std::vector<name> spelled(std::span<const std::string_view> words) {
    std::vector<name> names;
    for (const std::string_view word : words) {
        names.push_back({word, mailbox_of(word)});
    }
    return names;
}

} // namespace

const std::vector<name> &all_first_names() {
    static const std::vector<name> names = spelled(first_names); // for the life of the process
    return names;
}

const std::vector<name> &all_last_names() {
    static const std::vector<name> names = spelled(last_names); // for the life of the process
    return names;
}

} // namespace pgcrm::gen
