// Islands that own something: islands.sh finds every line that is marked, and no other.
#include <string>
#include <vector>

namespace pgcxx {
template <class Island> auto island(Island body) -> decltype(body()) { return body(); }
} // namespace pgcxx

struct file_lock {
    ~file_lock() {}
};

struct holds_a_lock {
    file_lock lock;
};

struct derived_lock : file_lock {};

std::string text_of(int number);

int local_string(const char *text) {
    return pgcxx::island([&] { // owns
        std::string copy(text);
        return static_cast<int>(copy.size());
    });
}

int temporary(int number) {
    return pgcxx::island([&] { return static_cast<int>(text_of(number).size()); }); // owns
}

int member_with_destructor() {
    return pgcxx::island([] { // owns
        holds_a_lock holder;
        return 1;
    });
}

int base_with_destructor() {
    return pgcxx::island([] { // owns
        derived_lock lock;
        return 1;
    });
}

template <class Number> int in_a_template(Number count) {
    return pgcxx::island([count] { // owns
        std::vector<Number> numbers(static_cast<std::size_t>(count));
        return static_cast<int>(numbers.size());
    });
}

template int in_a_template(long);
