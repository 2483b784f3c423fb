// Working as somebody else, and who may do what.
//
// The server's own maintenance (REINDEX, CLUSTER, autovacuum) runs code of a
// table's owner as that owner, in a security-restricted operation, with settings
// that are put back: so do we.
//
//   user_scope as(owner);
//   settings_scope settings;
//
// Every abort restores user and settings by itself to what they were when its
// (sub)transaction began, so these scopes nest with `attempt` either way.
#pragma once

#include "pgcxx/datum.hpp"
#include "pgcxx/statement.hpp"

namespace pgcxx {

// These read variables of the backend: they cannot raise.
inline Oid current_user() noexcept { return GetUserId(); }
inline Oid session_user() noexcept { return GetSessionUserId(); }

// The current user of a scope, in a context in which he cannot leave traps behind.
class user_scope {
public:
    explicit user_scope(Oid user) noexcept {
        GetUserIdAndSecContext(&outer_user_, &outer_context_);
        SetUserIdAndSecContext(user,
                               outer_context_ | SECURITY_LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION);
    }
    user_scope(const user_scope &) = delete;
    user_scope &operator=(const user_scope &) = delete;
    ~user_scope() { SetUserIdAndSecContext(outer_user_, outer_context_); } // two assignments

private:
    Oid outer_user_ = InvalidOid;
    int outer_context_ = 0;
};

// Settings changed inside are put back at the end, and search_path holds nothing
// that a user can write to.
class settings_scope {
public:
    settings_scope() : level_(NewGUCNestLevel()) { // counts
        set("search_path", "pg_catalog, pg_temp");
    }
    settings_scope(const settings_scope &) = delete;
    settings_scope &operator=(const settings_scope &) = delete;
    ~settings_scope() {
        if (detail::server_error_in_flight)
            return; // the abort does it
        if (!detail::finished_quietly([this] { AtEOXact_GUC(false, level_); }))
            ereport(FATAL, (errcode(ERRCODE_INTERNAL_ERROR), errmsg_internal("could not restore settings")));
    }

    // Until the end of the scope, with the rights of an ordinary user.
    void set(const char *name, const char *value) {
        call(set_config_option, name, value, PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
    }

    // 0 leaves it to lock_timeout, and a shorter lock_timeout wins.
    void wait_for_locks_at_most(int milliseconds) {
        if (milliseconds > 0 && (LockTimeout == 0 || milliseconds < LockTimeout))
            set("lock_timeout", std::to_string(milliseconds).c_str());
    }

private:
    int const level_;
};

inline std::optional<Oid> find_role(std::string_view name) {
    char *text = detail::make_cstring(name);
    context_owned owner(text);
    Oid const role = call(get_role_oid, text, true);
    return role == InvalidOid ? std::nullopt : std::optional(role);
}

// Empty when the role does not exist.
inline std::optional<std::string> role_name(Oid role) {
    char *name = call(GetUserNameFromId, role, true);
    if (!name)
        return std::nullopt;
    context_owned owner(name);
    return name;
}

inline std::optional<Oid> find_schema(std::string_view name) {
    char *text = detail::make_cstring(name);
    context_owned owner(text);
    Oid const schema = call(get_namespace_oid, text, true);
    return schema == InvalidOid ? std::nullopt : std::optional(schema);
}

// Whether `member` acts with the rights of `role` (inherited membership, or superuser).
inline bool has_privs_of(Oid member, Oid role) { return call(has_privs_of_role, member, role); }
inline bool is_superuser(Oid role) { return call(superuser_arg, role); }

inline bool may_use_schema(Oid role, Oid schema) {
    return call(server::schema_aclcheck, schema, role, ACL_USAGE) == ACLCHECK_OK;
}
inline bool may_create_in_schema(Oid role, Oid schema) {
    return call(server::schema_aclcheck, schema, role, ACL_CREATE) == ACLCHECK_OK;
}
inline bool may_create_in_database(Oid role) {
    return call(server::database_aclcheck, MyDatabaseId, role, ACL_CREATE) == ACLCHECK_OK;
}
inline bool owns_schema(Oid role, Oid schema) { return call(server::owns_schema, schema, role); }

// `mode` is ACL_SELECT, ACL_INSERT, ...
inline bool may_access_table(Oid role, Oid table, AclMode mode) {
    return call(pg_class_aclcheck, table, role, mode) == ACLCHECK_OK;
}

} // namespace pgcxx
