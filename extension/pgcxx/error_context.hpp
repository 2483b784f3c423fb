// A line of CONTEXT for whatever is raised or said while a scope lasts:
//
//   error_context doing("reading account \"office\"");
#pragma once

#include "pgcxx/guard.hpp"

namespace pgcxx {

class error_context {
public:
    explicit error_context(std::string text) : text_(std::move(text)) {
        entry_.previous = error_context_stack;
        entry_.callback = say;
        entry_.arg = this;
        error_context_stack = &entry_;
    }
    error_context(const error_context &) = delete;
    error_context &operator=(const error_context &) = delete;
    ~error_context() { error_context_stack = entry_.previous; }

private:
    // Plain C, called by the server when an error is made.
    static void say(void *arg) { errcontext("%s", static_cast<const error_context *>(arg)->text_.c_str()); }

    std::string const text_;
    ErrorContextCallback entry_{};
};

} // namespace pgcxx
