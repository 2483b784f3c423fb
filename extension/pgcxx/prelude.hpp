// The one door to the server's headers, and the only place that knows server
// versions (14 to 18): everything that differs between them has one spelling in
// pgcxx::server.
//
// Standard headers come first, because c.h and port.h redefine printf, Max, Min
// and friends as macros, and because a C++ header must not be opened inside
// extern "C".  Those macros are taken back at the end of this file.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <memory>
#include <memory_resource>
#include <new>
#include <optional>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <pthread.h>
#include <setjmp.h>

// The server has a global type named "text", the word that every second local
// variable here wants.  Under another name nothing is shadowed.
#define text server_text

extern "C" {
#include <postgres.h>

#include <access/htup_details.h>
#include <access/table.h>
#include <access/toast_internals.h>
#include <access/xact.h>
#include <catalog/dependency.h>
#include <catalog/namespace.h>
#include <catalog/pg_authid.h>
#include <catalog/pg_class.h>
#include <catalog/pg_collation.h>
#include <catalog/pg_database.h>
#include <catalog/pg_foreign_table.h>
#include <catalog/pg_namespace.h>
#include <catalog/pg_operator.h>
#include <catalog/pg_proc.h>
#include <catalog/pg_type.h>
#include <commands/defrem.h>
#include <commands/explain.h>
#include <commands/extension.h>
#include <commands/progress.h>
#include <executor/executor.h>
#include <executor/spi.h>
#include <fmgr.h>
#include <foreign/fdwapi.h>
#include <foreign/foreign.h>
#include <funcapi.h>
#include <lib/stringinfo.h>
#include <mb/pg_wchar.h>
#include <miscadmin.h>
#include <nodes/makefuncs.h>
#include <nodes/nodeFuncs.h>
#include <nodes/parsenodes.h>
#include <nodes/pathnodes.h>
#include <optimizer/clauses.h>
#include <optimizer/cost.h>
#include <optimizer/optimizer.h>
#include <optimizer/pathnode.h>
#include <optimizer/paths.h>
#include <optimizer/planmain.h>
#include <optimizer/restrictinfo.h>
#include <parser/analyze.h>
#include <parser/parse_type.h>
#include <parser/parser.h>
#include <pgtime.h>
#include <storage/lmgr.h>
#include <storage/proc.h>
#include <tcop/tcopprot.h>
#include <utils/acl.h>
#include <utils/array.h>
#include <utils/backend_progress.h>
#include <utils/backend_status.h>
#include <utils/builtins.h>
#include <utils/date.h>
#include <utils/datum.h>
#include <utils/fmgrprotos.h>
#include <utils/guc.h>
#include <utils/inval.h>
#include <utils/jsonb.h>
#include <utils/lsyscache.h>
#include <utils/memutils.h>
#include <utils/numeric.h>
#include <utils/plancache.h>
#include <utils/regproc.h>
#include <utils/rel.h>
#include <utils/resowner.h>
#include <utils/ruleutils.h>
#include <utils/snapmgr.h>
#include <utils/syscache.h>
#include <utils/timestamp.h>
#include <utils/tuplestore.h>
#include <utils/typcache.h>
#include <utils/varlena.h>
#if PG_VERSION_NUM >= 160000
#include <varatt.h>
#endif
#if PG_VERSION_NUM >= 180000
#include <commands/explain_format.h>
#include <commands/explain_state.h>
#endif
}

#if PG_VERSION_NUM < 140000
#error "PostgreSQL 14 or later is needed"
#endif

// Names that C++ code and later C++ headers want for themselves.
#undef text
#undef Abs
#undef Max
#undef Min
#undef _
#undef gettext
#undef dgettext
#undef ngettext
#undef dngettext
#undef fprintf
#undef printf
#undef snprintf
#undef sprintf
#undef strerror
#undef strerror_r
#undef vfprintf
#undef vprintf
#undef vsnprintf
#undef vsprintf

// Before 16 PGDLLEXPORT is empty, so under -fvisibility=hidden the server would not find our functions.
#define PGCXX_EXPORT __attribute__((visibility("default")))

// The server compares versions after it has opened a library, and that fails first where a symbol is missing,
// with words that help nobody.  So what not all versions have may be missing while a library is opened.
#if PG_VERSION_NUM >= 150000
#pragma weak parse_analyze_fixedparams
#pragma weak pg_analyze_and_rewrite_fixedparams
#else
#pragma weak parse_analyze
#pragma weak pg_analyze_and_rewrite
#endif
#if PG_VERSION_NUM >= 160000
#pragma weak expression_tree_walker_impl
#pragma weak object_aclcheck
#pragma weak object_ownercheck
#pragma weak raw_expression_tree_walker_impl
#else
#pragma weak expression_tree_walker
#pragma weak pg_database_aclcheck
#pragma weak pg_namespace_aclcheck
#pragma weak pg_namespace_ownercheck
#pragma weak raw_expression_tree_walker
#endif

// What the server compares before it calls anything of a library.  From 18 on it has a name as well, and the
// macro of old leaves that out, of which clang warns.
#if PG_VERSION_NUM >= 180000
#define PGCXX_MAGIC_BLOCK(module_name) PG_MODULE_MAGIC_EXT(.name = (module_name), .version = nullptr)
#else
#define PGCXX_MAGIC_BLOCK(module_name) PG_MODULE_MAGIC
#endif

// Differences between server versions.  These are plain server calls: they may
// raise, and are run under `call` or in an island like any other.
namespace pgcxx::server {

inline void reserve_setting_prefix(const char *prefix) {
#if PG_VERSION_NUM >= 150000
    MarkGUCPrefixReserved(prefix);
#else
    EmitWarningsOnPlaceholders(prefix);
#endif
}

inline AclResult schema_aclcheck(Oid schema, Oid role, AclMode mode) {
#if PG_VERSION_NUM >= 160000
    return object_aclcheck(NamespaceRelationId, schema, role, mode);
#else
    return pg_namespace_aclcheck(schema, role, mode);
#endif
}

inline AclResult database_aclcheck(Oid database, Oid role, AclMode mode) {
#if PG_VERSION_NUM >= 160000
    return object_aclcheck(DatabaseRelationId, database, role, mode);
#else
    return pg_database_aclcheck(database, role, mode);
#endif
}

inline bool owns_schema(Oid schema, Oid role) {
#if PG_VERSION_NUM >= 160000
    return object_ownercheck(NamespaceRelationId, schema, role);
#else
    return pg_namespace_ownercheck(schema, role);
#endif
}

// `walker` is called for each child until one call returns true.
inline bool walk_raw_tree(Node *node, bool (*walker)(Node *, void *), void *context) {
#if PG_VERSION_NUM >= 160000
    return raw_expression_tree_walker_impl(node, walker, context);
#else
    // declared as in C of old, without arguments
    return raw_expression_tree_walker(
        node, reinterpret_cast<bool (*)()>(reinterpret_cast<void (*)()>(walker)), context);
#endif
}

// The same of what a statement means, after its analysis.
inline bool walk_tree(Node *node, bool (*walker)(Node *, void *), void *context) {
#if PG_VERSION_NUM >= 160000
    return expression_tree_walker_impl(node, walker, context);
#else
    return expression_tree_walker(node, reinterpret_cast<bool (*)()>(reinterpret_cast<void (*)()>(walker)),
                                  context);
#endif
}

// Of one statement whose parameters are of these types: parsed, looked up, its views replaced.
inline List *analyse_and_rewrite(RawStmt *parsed, const char *source, const Oid *types, int count) {
#if PG_VERSION_NUM >= 150000
    return pg_analyze_and_rewrite_fixedparams(parsed, source, types, count, nullptr);
#else
    return pg_analyze_and_rewrite(parsed, source, const_cast<Oid *>(types), count, nullptr);
#endif
}

// At most `count` further rows of a query that has been started.
inline void run_executor(QueryDesc *query, uint64 count) {
#if PG_VERSION_NUM >= 180000
    ExecutorRun(query, ForwardScanDirection, count);
#else
    ExecutorRun(query, ForwardScanDirection, count, false);
#endif
}

inline ForeignPath *make_foreign_scan_path(PlannerInfo *root, RelOptInfo *relation, double rows, Cost startup,
                                           Cost total, Relids outer) {
#if PG_VERSION_NUM >= 180000
    return create_foreignscan_path(root, relation, nullptr, rows, 0, startup, total, NIL, outer, nullptr, NIL,
                                   NIL);
#elif PG_VERSION_NUM >= 170000
    return create_foreignscan_path(root, relation, nullptr, rows, startup, total, NIL, outer, nullptr, NIL,
                                   NIL);
#else
    return create_foreignscan_path(root, relation, nullptr, rows, startup, total, NIL, outer, nullptr, NIL);
#endif
}

inline Query *analyse(RawStmt *parsed, const char *source) {
#if PG_VERSION_NUM >= 150000
    return parse_analyze_fixedparams(parsed, source, nullptr, 0, nullptr);
#else
    return parse_analyze(parsed, source, nullptr, 0, nullptr);
#endif
}

} // namespace pgcxx::server
