// Silver: lead_current, where each lead stands.
#pragma once

#include "core/stays.hpp"
#include "store/account.hpp"
#include "store/prepared.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pgcrm::store {

// The stored states of some leads. The texts live as long as the object.
class states_of_leads {
public:
    states_of_leads(pgcxx::spi::session &sql, const account &of, const std::vector<std::string> &leads);

    // Null when the lead has none.
    const lead_state *of(std::string_view lead_id) const;

private:
    using columns =
        pgcxx::spi::rows<std::string_view, std::optional<std::string_view>, std::optional<std::string_view>,
                         std::optional<pgcxx::timestamptz>, std::string_view, std::optional<std::int64_t>,
                         std::optional<std::string_view>, std::optional<std::string_view>,
                         std::optional<pgcxx::timestamptz>, std::optional<pgcxx::timestamptz>,
                         std::optional<pgcxx::timestamptz>>;

    static columns read(pgcxx::spi::session &sql, const account &of, const std::vector<std::string> &leads);

    const columns rows_;
    std::map<std::string_view, lead_state> leads_;
};

// What must be written so that the stored states become the new ones.
class state_changes {
public:
    // A lead without any observation is gone. The texts are kept by the caller until `write`.
    void compare(std::string_view lead_id, const lead_state *stored, const lead_state &now,
                 bool has_observations);

    void write(pgcxx::spi::session &sql, const account &of) const;

private:
    std::vector<std::pair<std::string_view, lead_state>> changed_;
    std::vector<std::string_view> gone_;
};

} // namespace pgcrm::store
