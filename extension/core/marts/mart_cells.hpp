// The cells of one mart, whatever its key and measures are.
#pragma once

#include "core/marts/mart.hpp"
#include "core/marts/wide_integer.hpp"

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace pgcrm {

// A part of a key or a measure: bigint, date, text or numeric.
using cell_value = std::variant<std::int64_t, day, std::string_view, decimal>;

struct cell_row {
    std::span<const cell_value> key;      // as the mart's key columns
    std::span<const cell_value> measures; // as its measures
};

// Whether a cell that this is added to can have nothing left in it: something is taken away from what is
// counted, and nothing is added to it.
bool may_leave_nothing(const cell_row &added) noexcept;

// Texts that cells point to, kept while this lives.
class kept_texts {
public:
    std::string_view keep(std::string_view text);

private:
    std::set<std::string, std::less<>> texts_; // a set does not move what it holds
};

// In order of their keys, because marts are written in key order.
class mart_cells {
public:
    explicit mart_cells(const mart &of) noexcept : of_(of) {}
    mart_cells(const mart_cells &) = delete;
    mart_cells &operator=(const mart_cells &) = delete;
    virtual ~mart_cells() = default;

    const mart &of() const noexcept { return of_; }

    // Adds (sign 1) or takes away (sign -1) what one lead contributes. The texts of the cells are those of
    // its facts, which outlive this.
    virtual void add(const lead_facts &of_one_lead, int sign) = 0;

    // Adds cells of the same mart, whose texts are kept.
    virtual void add(const mart_cells &part, kept_texts &texts) = 0;

    virtual void remove_zero_cells() = 0;
    virtual void clear() noexcept = 0;
    virtual std::size_t size() const noexcept = 0;

    // The values of a row are valid during the call.
    virtual void for_each(const std::function<void(const cell_row &)> &visit) const = 0;

private:
    const mart &of_;
};

} // namespace pgcrm
