// Islands as they should be: captures by reference, plain data inside. islands.sh finds nothing.
#include <string>
#include <string_view>

namespace pgcxx {
template <class Island> auto island(Island body) -> decltype(body()) { return body(); }
} // namespace pgcxx

struct plain {
    const char *text;
    int length;
};

int length_of(std::string_view text);

int outside(const std::string &text) {
    const std::string copy = text;
    return pgcxx::island([&] {
        const plain part{copy.data(), 3};
        return part.length + length_of(copy);
    });
}
