// Arguments that must be there, of functions that take null for others.
#pragma once

#include "pgcxx/error.hpp"

#include <optional>
#include <string>

namespace pgcxx {

// Error 22004 when the argument is null.
template <class T> const T &required(const std::optional<T> &argument, const char *name) {
    if (!argument)
        throw error(ERRCODE_NULL_VALUE_NOT_ALLOWED, std::string(name) + " must not be null");
    return *argument;
}

} // namespace pgcxx
