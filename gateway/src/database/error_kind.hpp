// What an SQLSTATE calls for. The extension tells the kinds apart (extension/store/rows/error_kind.hpp); here
// is what comes out of it.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace pgcrm::gateway {

// Two transactions were in each other's way: once more, and it may go well.
inline bool is_conflict(std::string_view sqlstate) { return sqlstate == "40001" || sqlstate == "40P01"; }

// One of the events is at fault: values, constraints, limits, RAISE; also a class of its own that a trigger
// has made up, as it may (5 to 9 and I to Z are free, and of these the server has some).
//
// The extension puts such an event into quarantine; this comes when even that is refused, by a trigger there.
// All else is of the account or of the server, and meets each event alike: to cut the batch would bring only
// work.
inline bool is_of_the_data(std::string_view sqlstate) {
    constexpr std::array<std::string_view, 4> of_data{"22", "23", "54", "P0"};
    constexpr std::array<std::string_view, 6> of_the_server{"53", "55", "57", "58", "72", "XX"};
    const std::string_view of_class = sqlstate.substr(0, 2);
    const auto is_among = [of_class](const auto &classes) {
        return std::find(classes.begin(), classes.end(), of_class) != classes.end();
    };
    if (of_class.size() < 2)
        return false;
    const bool is_free =
        (of_class[0] >= '5' && of_class[0] <= '9') || (of_class[0] >= 'I' && of_class[0] <= 'Z');
    return is_among(of_data) || (is_free && !is_among(of_the_server));
}

// A newer session loads the library that is installed now, where the one that this session has loaded is
// older than the account's tables (55000) or than the functions (42P13), or the statement was prepared for
// functions that are gone (42883, 3F000, 0A000).
inline bool may_be_the_connections_age(std::string_view sqlstate) {
    constexpr std::array<std::string_view, 5> states{"55000", "42P13", "42883", "3F000", "0A000"};
    return std::find(states.begin(), states.end(), sqlstate) != states.end();
}

// It became a standby: whoever is the primary now is found by connecting again.
inline bool is_of_a_standby(std::string_view sqlstate) { return sqlstate == "25006"; }

} // namespace pgcrm::gateway
