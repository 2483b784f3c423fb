// What a mart is, for whoever makes its table, writes its cells or reads them: name, key, measures.
//
// Every mart is a sum over leads of a contribution computed from that lead's facts alone; so a refresh
// subtracts what a lead contributed and adds what it contributes now. A mart is one file of this folder,
// which says all of this and registers itself (mart_definition.hpp); everything else goes through the list
// that marts() gives.
#pragma once

#include "core/history/stays.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pgcrm {

enum class key_type : std::uint8_t { date, text, integer };

// A part of a cell's key. The first one of each mart is the month that dates the cell; dates are first days
// of months.
struct key_column {
    std::string_view name;
    key_type type;
    std::string_view comment;
};

enum class measure_type : std::uint8_t { bigint, numeric };

// Dated measures follow from what happened in the cell's month alone; the others ripen as leads go on.
struct measure_column {
    std::string_view name;
    measure_type type;
    std::size_t decimals; // of a numeric one: 2 of amounts of money, 6 of seconds
    bool is_dated;
    std::string_view comment;
};

// What the marts count of one lead.
struct lead_facts {
    std::span<const stay> stays; // in order of stay_no
};

class mart_cells;

struct mart {
    std::string_view name; // of its table
    std::string_view comment;
    std::span<const key_column> key;
    std::span<const measure_column> measures;
    std::unique_ptr<mart_cells> (*make_cells)();
};

// All marts, by name. Lifetime: they are there before main() and are never freed.
std::span<const mart *const> marts();

// None when there is no mart of that name.
const mart *find_mart(std::string_view name);

// Makes a mart known, before main(): allocates nothing and cannot fail.
class registered {
public:
    explicit registered(const mart &of) noexcept;
    registered(const registered &) = delete;
    registered &operator=(const registered &) = delete;
    ~registered() = default;

private:
    friend std::span<const mart *const> marts();

    const mart &of_;
    const registered *const next_;
};

} // namespace pgcrm
