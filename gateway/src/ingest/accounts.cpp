#include "ingest/accounts.hpp"

namespace pgcrm::gateway {

directory::directory(std::vector<account_entry> entries) {
    entries_.reserve(entries.size());
    for (account_entry &each : entries) {
        std::string name = each.of->name;
        entries_.emplace(std::move(name), std::move(each));
    }
}

const account_entry *directory::find(std::string_view name) const noexcept {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : &found->second;
}

namespace {

std::vector<secret> secrets_of(told_account &told, const directory &before) {
    if (told.secrets)
        return std::move(*told.secrets);
    const account_entry *known = before.find(told.name);
    return known ? known->secrets : std::vector<secret>();
}

} // namespace

void account_registry::replace(std::vector<told_account> told, const api_keys &keys) {
    const auto before = now();
    std::vector<account_entry> entries;
    entries.reserve(told.size());
    {
        const std::scoped_lock lock(all_mutex_);
        for (told_account &each : told) {
            std::shared_ptr<account> &of = all_[each.name];
            if (!of)
                of = std::make_shared<account>(each.name);
            const auto own = keys.find(each.name);
            const bool is_current = each.secrets.has_value();
            entries.push_back({of, secrets_of(each, *before),
                               own == keys.end() ? std::vector<std::string>() : own->second, is_current});
        }
    }
    now_.store(std::make_shared<const directory>(std::move(entries)), std::memory_order_release);
    is_told_.store(true, std::memory_order_release);
}

std::vector<std::shared_ptr<const account>> account_registry::all() const {
    const std::scoped_lock lock(all_mutex_);
    std::vector<std::shared_ptr<const account>> found;
    found.reserve(all_.size());
    for (const auto &[name, of] : all_)
        found.push_back(of);
    return found;
}

} // namespace pgcrm::gateway
