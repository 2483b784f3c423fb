// Silver: the stored stays, and the writing of nothing but differences.
#pragma once

#include "core/stays.hpp"
#include "store/account.hpp"
#include "store/prepared.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm::store {

// The stored stays of some leads. The texts live as long as the object.
class stays_of_leads {
public:
    stays_of_leads(pgcxx::spi::session &sql, const account &of, const std::vector<std::string> &leads);

    // In order of stay_no; empty when the lead has none.
    std::span<const stay> of(std::string_view lead_id) const;

private:
    using columns =
        pgcxx::spi::rows<std::string_view, std::int32_t, std::int32_t, std::string_view, std::string_view,
                         std::optional<std::string_view>, std::optional<std::int64_t>,
                         std::optional<std::int64_t>, std::optional<std::string_view>, pgcxx::timestamptz,
                         std::optional<pgcxx::timestamptz>, pgcxx::date, std::optional<pgcxx::date>,
                         std::string_view, bool, bool, bool, std::string_view,
                         std::optional<std::string_view>>;

    static columns read(pgcxx::spi::session &sql, const account &of, const std::vector<std::string> &leads);

    const columns rows_;
    std::map<std::string_view, std::vector<stay>> leads_;
};

// What must be written so that the stored stays become the new ones.
class stay_changes {
public:
    // Both in order of stay_no. The texts are kept by the caller until `write`.
    void compare(std::string_view lead_id, std::span<const stay> stored, std::span<const stay> derived);

    // Returns how many stays were written or deleted.
    std::int64_t write(pgcxx::spi::session &sql, const account &of) const;

private:
    struct written_stay {
        std::string_view lead_id;
        stay row;
    };

    void write_changed(pgcxx::spi::session &sql, const account &of) const;
    void delete_surplus(pgcxx::spi::session &sql, const account &of) const;

    std::vector<written_stay> changed_;
    std::vector<written_stay> surplus_;
};

} // namespace pgcrm::store
