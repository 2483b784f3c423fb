#include "ingest/credentials.hpp"

#include "operations/settings.hpp"

#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include <fstream>

namespace pgcrm::gateway {
namespace {

using nlohmann::json;

void check_is_private(const std::string &path) {
    struct stat found {};
    if (stat(path.c_str(), &found) != 0)
        throw settings_error("credentials: cannot read \"" + path + "\"");
    if ((found.st_mode & S_IRWXO) != 0)
        throw settings_error("credentials: everybody may use \"" + path +
                             "\"; take that away: chmod o= " + path);
}

// Never shows what it found: that might be a key.
[[noreturn]] void refuse(const std::string &path, const std::string &expected) {
    throw settings_error("credentials: \"" + path + "\": expected " + expected);
}

std::vector<std::string> keys_of(const std::string &path, const std::string &account, const json &entry) {
    const std::string place = " for account \"" + account + "\"";
    if (!entry.is_object() || entry.size() != 1 || !entry.contains("nocrm_api_keys") ||
        !entry["nocrm_api_keys"].is_array() || entry["nocrm_api_keys"].empty())
        refuse(path, "{\"nocrm_api_keys\": [...]} with a key at least and nothing else" + place);
    std::vector<std::string> keys;
    for (const json &key : entry["nocrm_api_keys"]) {
        if (!key.is_string() || key.get_ref<const std::string &>().empty())
            refuse(path, "keys that are texts" + place);
        keys.push_back(key);
    }
    return keys;
}

} // namespace

api_keys read_credentials(const std::string &path) {
    api_keys keys;
    if (path.empty())
        return keys;
    check_is_private(path);
    std::ifstream file(path);
    const json document = json::parse(file, nullptr, false);
    if (!document.is_object() || document.size() != 1 || !document.contains("accounts") ||
        !document["accounts"].is_object())
        refuse(path, "a JSON object with \"accounts\" and nothing else");
    for (const auto &[account, entry] : document["accounts"].items())
        keys[account] = keys_of(path, account, entry);
    return keys;
}

} // namespace pgcrm::gateway
