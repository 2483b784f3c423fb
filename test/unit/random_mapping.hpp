// Mappings that an input of a fuzzer chooses: columns, types, places, conditions, cleaners and sections.
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pgcrm::fuzz {

using nlohmann::json;

// The bytes of an input as choices; after the last one every choice is the first.
class choices {
public:
    explicit choices(std::string_view bytes) : rest_(bytes) {}

    bool at_end() const { return rest_.empty(); }

    std::size_t below(std::size_t count) {
        if (rest_.empty())
            return 0;
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        return byte % count;
    }

    std::size_t wide_below(std::size_t count) { return (below(256) * 256 + below(256)) % count; }

    bool chance(std::size_t one_in) { return below(one_in) == 1 % one_in; }

    template <class List> auto one_of(const List &list) {
        return *(std::begin(list) + below(std::size(list)));
    }

private:
    std::string_view rest_;
};

// Mappings that follow every rule of the language, and so have no fault.
class mapping_maker {
public:
    explicit mapping_maker(choices &from) : from_(from) {}

    json make(std::size_t number) {
        json mapping{{"stream", "s" + std::to_string(number)},
                     {"match", from_.chance(3) ? condition() : json{{"/webhook_event/event", "%"}}}};
        const bool observes = !from_.chance(3);
        make_columns(observes);
        mapping["columns"] = columns_;
        mapping["key"] = key();
        if (from_.chance(2))
            mapping["same"] = {pointer(), pointer()};
        if (observes)
            mapping["observation"] = observation();
        if (json defines = stage(); !defines.empty())
            mapping["stage"] = std::move(defines);
        if (from_.chance(4))
            mapping["rules"] = {{{"check", "true"}, {"problem", pattern()}}};
        mapping["on_duplicate"] = duplicate_policy();
        return mapping;
    }

private:
    using types = std::initializer_list<std::string_view>;

    static constexpr std::array<std::string_view, 7> all_types{"bigint",  "integer",     "boolean", "text",
                                                               "numeric", "timestamptz", "date"};
    static constexpr std::array<std::string_view, 5> key_types{"bigint", "integer", "text", "timestamptz",
                                                               "date"};
    static constexpr std::array<std::string_view, 3> name_types{"text", "bigint", "integer"};

    std::string pointer() {
        constexpr std::array<std::string_view, 28> places{"/webhook_event/id",
                                                          "/webhook_event/event",
                                                          "/webhook_event/data/id",
                                                          "/webhook_event/data/updated_at",
                                                          "/webhook_event/data/created_at",
                                                          "/webhook_event/data/status",
                                                          "/webhook_event/data/step",
                                                          "/webhook_event/data/step_id",
                                                          "/webhook_event/data/pipeline",
                                                          "/webhook_event/data/pipeline/name",
                                                          "/webhook_event/data/amount",
                                                          "/webhook_event/data/currency",
                                                          "/webhook_event/data/user",
                                                          "/webhook_event/data/user/email",
                                                          "/webhook_event/data/tags/0",
                                                          "/webhook_event/data/remind_date",
                                                          "/webhook_event/data/remind_time",
                                                          "/webhook_event/data/starred",
                                                          "/webhook_event/has_succeeded",
                                                          "/webhook_event/data/position",
                                                          "/webhook_event/data/name",
                                                          "/webhook_event/data",
                                                          "/id",
                                                          "/title",
                                                          "/status",
                                                          "/updated_at",
                                                          "/amount",
                                                          "/action_item/name"};
        return std::string(from_.one_of(places));
    }

    std::string pattern() {
        constexpr std::array<std::string_view, 10> texts{
            "%",     "lead.%", "lead.step.changed", "account.%", "account.step.deleted", "standby",
            "todo%", "MXN",    "Default pipeline",  "none"};
        return std::string(from_.one_of(texts));
    }

    json condition() {
        json made = json::object();
        for (std::size_t i = from_.below(2); i < 2; ++i) {
            json &patterns = made[pointer()] = json::array();
            for (std::size_t j = from_.below(2); j < 2; ++j)
                patterns.push_back(pattern());
        }
        return made;
    }

    json source() {
        if (!from_.chance(4))
            return pointer();
        return {{"at", pointer()}, {"when", condition()}};
    }

    json cleaners(std::string_view type) {
        std::vector<std::string_view> sensible;
        if (type != "boolean")
            sensible.push_back("trim");
        if (type == "text")
            sensible.insert(sensible.end(), {"lower", "digits"});
        if (type == "bigint" || type == "integer")
            sensible.push_back("digits");
        if (type == "boolean")
            sensible.push_back("boolean");
        if (type == "numeric")
            sensible.push_back("percent");
        if (type == "timestamptz")
            sensible.push_back("utc");
        if (type == "timestamptz" || type == "date")
            sensible.push_back(
                from_.one_of(std::array<std::string_view, 3>{"date:DMY", "date:MDY", "date:YMD"}));
        json made = json::array({from_.one_of(sensible)});
        for (const std::string_view cleaner : sensible)
            if (cleaner != made[0].get_ref<const std::string &>() && from_.chance(2))
                made.push_back(cleaner);
        return made;
    }

    void add_column(std::string_view type, bool is_required) {
        json at = source();
        if (from_.chance(3))
            at = {std::move(at), source(), source()};
        json made{{"name", "c" + std::to_string(columns_.size())},
                  {"type", type},
                  {"at", std::move(at)},
                  {"required", is_required || from_.chance(6)}};
        if (from_.chance(2))
            made["clean"] = cleaners(type);
        if (!made["required"].get<bool>() && from_.chance(3))
            made["unreadable"] = "null";
        columns_.push_back(std::move(made));
    }

    // The key first, then what an observation needs, then whatever there are choices for.
    void make_columns(bool observes) {
        add_column(from_.one_of(key_types), true);
        if (observes) {
            add_column(from_.one_of(name_types), true);
            add_column("timestamptz", true);
        }
        for (std::size_t count = from_.below(10); count > 0; --count)
            add_column(from_.one_of(all_types), false);
        columns_.push_back({{"name", "raw_data"}, {"type", "jsonb"}, {"from", "body"}});
    }

    json key() {
        json made{"c0"};
        if (columns_.size() > 4 && from_.chance(2))
            for (const json &column : columns_)
                if (made.size() < 3 && column["name"] != "c0" && is_key_column(column))
                    made.push_back(column["name"]);
        return made;
    }

    static bool is_key_column(const json &column) {
        return column.value("required", false) &&
               std::find(key_types.begin(), key_types.end(), column["type"].get<std::string_view>()) !=
                   key_types.end();
    }

    // Adds a part to a section when there is a column of one of the types.
    template <class Types> void add_part(json &section, const char *name, const Types &wanted) {
        std::vector<std::string> candidates;
        for (const json &column : columns_)
            if (std::find(std::begin(wanted), std::end(wanted), column["type"].get<std::string_view>()) !=
                std::end(wanted))
                candidates.push_back(column["name"]);
        if (!candidates.empty() && !from_.chance(4))
            section[name] = from_.one_of(candidates);
    }

    json observation() {
        constexpr std::array<std::string_view, 5> kinds{"moved", "created", "changed", "snapshot", "deleted"};
        json made{{"kind", from_.one_of(kinds)}, {"lead", "c1"}, {"at", "c2"}};
        if (from_.chance(2))
            made["when"] = condition();
        add_part(made, "sequence", types{"bigint", "integer"});
        if (made["kind"] == "deleted")
            return made;
        add_part(made, "stage", name_types);
        add_part(made, "stage_name", types{"text"});
        add_part(made, "pipeline", name_types);
        add_part(made, "amount", types{"numeric", "bigint", "integer"});
        add_part(made, "currency", types{"text"});
        add_part(made, "owner", name_types);
        json status = json::object();
        add_part(status, "column", types{"text"});
        if (!status.empty() && from_.chance(2)) {
            status["map"] = {{"todo", "open"}, {"standby", "open"}, {"Won", "won"}, {"lost", "lost"}};
            made["status"] = std::move(status);
        }
        return made;
    }

    // Empty when no column can name a stage.
    json stage() {
        json made = json::object();
        add_part(made, "id", name_types);
        if (made.empty())
            return made;
        add_part(made, "name", types{"text"});
        add_part(made, "position", types{"bigint", "integer"});
        add_part(made, "pipeline", name_types);
        add_part(made, "at", types{"timestamptz"});
        if (from_.chance(2))
            made["deleted_when"] = condition();
        return made;
    }

    json duplicate_policy() {
        if (from_.chance(3))
            return "replace";
        const std::string type = columns_[0]["type"];
        if (from_.chance(3) && (type == "bigint" || type == "integer" || type == "timestamptz"))
            return {{"replace_if_newer", "c0"}};
        return "keep";
    }

    choices &from_;
    json columns_ = json::array();
};

} // namespace pgcrm::fuzz
