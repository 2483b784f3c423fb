#include "core/marts/mart.hpp"

#include <algorithm>

namespace pgcrm {
namespace {

constinit const registered *newest = nullptr; // per process, set before main()

} // namespace

registered::registered(const mart &of) noexcept : of_(of), next_(newest) { newest = this; }

std::span<const mart *const> marts() {
    static const std::vector<const mart *> all = [] {
        std::vector<const mart *> list;
        for (const registered *each = newest; each != nullptr; each = each->next_)
            list.push_back(&each->of_);
        std::sort(list.begin(), list.end(),
                  [](const mart *left, const mart *right) { return left->name < right->name; });
        return list;
    }();
    return all;
}

const mart *find_mart(std::string_view name) {
    for (const mart *each : marts())
        if (each->name == name)
            return each;
    return nullptr;
}

} // namespace pgcrm
