#include "store/rows/prepared.hpp"

#include <map>

namespace pgcrm::store {
namespace {

// Each kept plan takes some tens of kilobytes.
constexpr std::size_t most_plans = 512;

struct plan_key {
    std::string text;
    std::vector<Oid> types;
    planning how;
    friend auto operator<=>(const plan_key &, const plan_key &) = default;
};

std::map<plan_key, pgcxx::spi::plan> &plans() {
    static auto *const kept = new std::map<plan_key, pgcxx::spi::plan>; // per backend, never freed
    return *kept;
}

void make_room() {
    if (plans().size() < most_plans || execution_scope::is_any())
        return;
    for (auto &[key, plan] : plans())
        pgcxx::spi::release(plan);
    plans().clear();
}

} // namespace

pgcxx::spi::plan prepared(pgcxx::spi::session &sql, const pgcxx::statement &text,
                          const std::vector<Oid> &types, planning how) {
    plan_key key{text.text(), types, how};
    if (auto found = plans().find(key); found != plans().end())
        return found->second;
    make_room();
    const pgcxx::spi::plan fresh = sql.prepare(text, types, how);
    plans().emplace(std::move(key), fresh);
    return fresh;
}

} // namespace pgcrm::store
