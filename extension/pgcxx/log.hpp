// Messages below ERROR.  They are guarded too: sending a NOTICE to a client that
// is gone can raise.
#pragma once

#include "pgcxx/boundary.hpp"

namespace pgcxx {
namespace detail {

// Where a message was written, for the server's log and \errverbose.
struct source_location {
    const char *file = __builtin_FILE();
    int line = __builtin_LINE();
    const char *function = __builtin_FUNCTION();
};

inline void say(int level, const std::string &text, const std::string &more, const std::string &hint,
                const source_location &at) {
    pending_error message;
    message.sqlstate = level == WARNING ? ERRCODE_WARNING : ERRCODE_SUCCESSFUL_COMPLETION;
    message.message = text.c_str();
    message.detail = more.empty() ? nullptr : more.c_str();
    message.hint = hint.empty() ? nullptr : hint.c_str();
    message.file = at.file;
    message.line = at.line;
    message.function = at.function;
    island([level, &message] { report(level, message); });
}

} // namespace detail

inline void warning(const std::string &text, const std::string &detail = {}, const std::string &hint = {},
                    const detail::source_location &at = {}) {
    detail::say(WARNING, text, detail, hint, at);
}
inline void notice(const std::string &text, const std::string &detail = {}, const std::string &hint = {},
                   const detail::source_location &at = {}) {
    detail::say(NOTICE, text, detail, hint, at);
}
// To the server's log only.
inline void log(const std::string &text, const std::string &detail = {}, const std::string &hint = {},
                const detail::source_location &at = {}) {
    detail::say(LOG_SERVER_ONLY, text, detail, hint, at);
}
inline void debug(const std::string &text, const std::string &detail = {},
                  const detail::source_location &at = {}) {
    if (message_level_is_interesting(DEBUG1)) // compares two settings
        detail::say(DEBUG1, text, detail, {}, at);
}

} // namespace pgcxx
