// What clang-tidy must refuse: tidy.sh finds each of the named checks here.
#include <string>
#include <utility>
#include <vector>

class CamelCase { // readability-identifier-naming
    int count = 0;

public:
    int next() { return ++count; }
};

std::size_t used_after_move(std::string text) {
    const std::string taken = std::move(text);
    return taken.size() + text.size(); // bugprone-use-after-move
}

std::size_t copied(const std::vector<std::string> &texts) {
    std::size_t sum = 0;
    for (const std::string text : texts) // performance-for-range-copy
        sum += text.size();
    return sum;
}
