// Memory contexts as C++ sees them.
//
// Short std::strings on the heap are fine: unwinding is guaranteed here.  Bulk data
// lives in a context: freed at once, and freed by the server if the backend jumps.
// Nothing in this file raises; a failed allocation is std::bad_alloc.
#pragma once

#include "pgcxx/guard.hpp"

namespace pgcxx {

// Uninitialised memory in `context`; NO_OOM makes the allocator return null instead of raising.
inline void *allocate_in(MemoryContext context, std::size_t size) {
    int const flags = MCXT_ALLOC_NO_OOM | (size > MaxAllocSize ? MCXT_ALLOC_HUGE : 0);
    if (size >= MaxAllocHugeSize)
        throw std::bad_alloc();
    void *memory = MemoryContextAllocExtended(context, size, flags);
    if (!memory)
        throw std::bad_alloc();
    return memory;
}

template <class T> T *allocate_array(std::size_t count) {
    static_assert(detail::survives_jump<T> && alignof(T) <= MAXIMUM_ALIGNOF);
    constexpr std::size_t size = sizeof(T); // NOLINT(bugprone-sizeof-expression): of pointers, where T is one
    if (count > MaxAllocHugeSize / size)
        throw std::bad_alloc();
    return static_cast<T *>(allocate_in(CurrentMemoryContext, count * size));
}

// Frees one piece of server memory at the end of a scope.
class context_owned {
public:
    explicit context_owned(const void *memory) noexcept : memory_(const_cast<void *>(memory)) {}
    context_owned(const context_owned &) = delete;
    context_owned &operator=(const context_owned &) = delete;
    ~context_owned() { pfree(memory_); } // raises only for a pointer that was never allocated

private:
    void *const memory_;
};

// A pmr resource over a memory context: containers built on it leak nothing even
// if no destructor runs.  They must be gone before the context is.
class context_resource final : public std::pmr::memory_resource {
public:
    explicit context_resource(MemoryContext context = CurrentMemoryContext) noexcept : context_(context) {}

private:
    void *do_allocate(std::size_t bytes, std::size_t alignment) override {
        if (alignment > MAXIMUM_ALIGNOF)
            throw std::bad_alloc();
        return allocate_in(context_, std::max<std::size_t>(bytes, 1));
    }
    void do_deallocate(void *memory, std::size_t, std::size_t) override { pfree(memory); }
    bool do_is_equal(const memory_resource &other) const noexcept override { return this == &other; }

    MemoryContext context_;
};

// Makes another context current for a scope.
class context_switch {
public:
    explicit context_switch(MemoryContext context) noexcept : outer_(CurrentMemoryContext) {
        CurrentMemoryContext = context;
    }
    context_switch(const context_switch &) = delete;
    context_switch &operator=(const context_switch &) = delete;
    ~context_switch() { CurrentMemoryContext = outer_; }

private:
    MemoryContext const outer_;
};

// A new child context, current for a scope and deleted with it.  The name is static text.
class context_scope {
public:
    explicit context_scope(const char *name)
        : outer_(CurrentMemoryContext),
          own_(call(AllocSetContextCreateInternal, CurrentMemoryContext, name, ALLOCSET_DEFAULT_SIZES)) {
        CurrentMemoryContext = own_;
    }
    context_scope(const context_scope &) = delete;
    context_scope &operator=(const context_scope &) = delete;
    ~context_scope() {
        CurrentMemoryContext = outer_;
        MemoryContextDelete(own_); // frees; callbacks made by make_in do not raise
    }

    MemoryContext outer() const noexcept { return outer_; }
    MemoryContext get() const noexcept { return own_; }
    void reset() noexcept { MemoryContextReset(own_); }

private:
    MemoryContext const outer_;
    MemoryContext const own_;
};

// A C++ object owned by a memory context: destroyed when the context is reset or
// deleted, in an abort too, so its destructor must not call the server.
template <class T, class... A> T *make_in(MemoryContext context, A &&...arguments) {
    static_assert(std::is_nothrow_destructible_v<T> && alignof(T) <= MAXIMUM_ALIGNOF);
    struct box {
        MemoryContextCallback callback;
        alignas(T) std::byte value[sizeof(T)];
    };
    box *owner = static_cast<box *>(allocate_in(context, sizeof(box)));
    T *made;
    try {
        made = ::new (owner->value) T(std::forward<A>(arguments)...);
    } catch (...) {
        pfree(owner);
        throw;
    }
    owner->callback.arg = made;
    owner->callback.func = [](void *p) { static_cast<T *>(p)->~T(); };
    MemoryContextRegisterResetCallback(context, &owner->callback); // links a list: cannot raise
    return made;
}

} // namespace pgcxx
