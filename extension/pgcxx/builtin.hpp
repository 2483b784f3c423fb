// Whether an expression that somebody else wrote is made of what came with the server, and depends on nothing
// but the columns around it: immutable functions, operators and casts of pg_catalog over plain values.
//
// Whoever runs such an expression runs nobody's code.  To find that out must run nobody's code either, so it
// is asked in two steps.  First the names in the text: while the server finds out what an expression means it
// reads constants, and reading one of a foreign type runs the checks of its domains.  Then, of names of
// pg_catalog alone, what they mean.  Both come before any planning, which would run immutable functions.
#pragma once

#include "pgcxx/expression.hpp"
#include "pgcxx/security.hpp"

namespace pgcxx {
namespace detail {

// Types that hold a value and name nothing: an oid or a regclass would let a function look at a relation,
// whose partition key or index may be somebody's code.
inline bool is_value_type(Oid type) {
    constexpr std::array plain{BOOLOID,          BYTEAOID,        CHAROID,           NAMEOID,
                               INT8OID,          INT2OID,         INT4OID,           TEXTOID,
                               JSONOID,          FLOAT4OID,       FLOAT8OID,         UNKNOWNOID,
                               BPCHAROID,        VARCHAROID,      DATEOID,           TIMEOID,
                               TIMESTAMPOID,     TIMESTAMPTZOID,  INTERVALOID,       TIMETZOID,
                               BITOID,           VARBITOID,       NUMERICOID,        UUIDOID,
                               JSONBOID,         JSONPATHOID,     INETOID,           CIDROID,
                               RECORDOID,        INT4RANGEOID,    INT8RANGEOID,      NUMRANGEOID,
                               TSRANGEOID,       TSTZRANGEOID,    DATERANGEOID,      INT4MULTIRANGEOID,
                               NUMMULTIRANGEOID, TSMULTIRANGEOID, TSTZMULTIRANGEOID, DATEMULTIRANGEOID,
                               INT8MULTIRANGEOID};
    Oid const element = get_element_type(type);
    return std::find(plain.begin(), plain.end(), OidIsValid(element) ? element : type) != plain.end();
}

// ---- the text: what is written, and where its names are looked for

enum class name_fault : std::uint8_t { none, form, name, type };

struct name_finding {
    name_fault fault;
    List *name; // of the server's parser
};

// Of one part, or of pg_catalog.
inline bool names_the_servers(const List *name) {
    return list_length(name) == 1 ||
           (list_length(name) == 2 && std::strcmp(strVal(linitial(name)), "pg_catalog") == 0);
}

inline bool is_foreign_type(TypeName *written) {
    Oid const type = LookupTypeNameOid(nullptr, written, true);
    return OidIsValid(type) && !is_value_type(type); // of one that does not exist the server will speak
}

inline name_fault fault_of_name(const List *name) {
    return names_the_servers(name) ? name_fault::none : name_fault::name;
}

inline name_finding finding_in_name(List *name) { return {fault_of_name(name), name}; }

inline name_finding finding_in_type(TypeName *written) {
    if (written->pct_type || written->setof || !names_the_servers(written->names))
        return {name_fault::name, written->names};
    return {is_foreign_type(written) ? name_fault::type : name_fault::none, written->names};
}

// (a).b may be a function's name in disguise.
inline name_finding finding_in_indirection(const A_Indirection *subscripted) {
    ListCell *cell = nullptr;
    foreach (cell, subscripted->indirection)
        if (!IsA(lfirst(cell), A_Indices))
            return {name_fault::form, nullptr};
    return {name_fault::none, nullptr};
}

inline name_finding finding_in_column(const ColumnRef *column) {
    bool const is_one = list_length(column->fields) <= 2 && IsA(llast(column->fields), String);
    return {is_one ? name_fault::none : name_fault::form, nullptr};
}

// Everything that is not listed here is refused, so that what later servers bring is as well.
inline name_finding finding_in(Node *node) {
    switch (nodeTag(node)) {
    case T_FuncCall:
        return finding_in_name(castNode(FuncCall, node)->funcname);
    case T_A_Expr:
        return finding_in_name(castNode(A_Expr, node)->name);
    case T_CollateClause:
        return finding_in_name(castNode(CollateClause, node)->collname);
    case T_TypeName:
        return finding_in_type(castNode(TypeName, node));
    case T_A_Indirection:
        return finding_in_indirection(castNode(A_Indirection, node));
    case T_ColumnRef:
        return finding_in_column(castNode(ColumnRef, node));
    case T_A_Const:
    case T_Integer:
    case T_Float:
    case T_String:
    case T_BitString:
    case T_TypeCast:
    case T_BoolExpr:
    case T_CaseExpr:
    case T_CaseWhen:
    case T_CoalesceExpr:
    case T_MinMaxExpr:
    case T_NullTest:
    case T_BooleanTest:
    case T_A_ArrayExpr:
    case T_A_Indices:
    case T_RowExpr:
    case T_NamedArgExpr:
    case T_List:
        return {name_fault::none, nullptr};
    default:
        return {name_fault::form, nullptr};
    }
}

inline bool finds_name(Node *node, void *context) {
    if (!node)
        return false;
    check_stack_depth();
    auto &found = *static_cast<name_finding *>(context);
    found = finding_in(node);
    return found.fault != name_fault::none || server::walk_raw_tree(node, finds_name, context);
}

// ---- the meaning: which functions, operators, types and collations the server has found

enum class meaning_fault : std::uint8_t { none, form, type, function, stability, cast, operation, collation };

struct meaning_finding {
    meaning_fault fault;
    Oid object;
    Oid from; // of a cast: the type that is cast
};

inline bool came_with_the_server(Oid object, Oid schema) {
    return schema == PG_CATALOG_NAMESPACE && object < FirstNormalObjectId;
}

inline bool is_a_form_of_rules(const Node *node) {
    switch (nodeTag(node)) {
    case T_Var:
    case T_Const:
    case T_FuncExpr:
    case T_NamedArgExpr:
    case T_OpExpr:
    case T_DistinctExpr:
    case T_NullIfExpr:
    case T_ScalarArrayOpExpr:
    case T_BoolExpr:
    case T_RelabelType:
    case T_CoerceViaIO:
    case T_ArrayCoerceExpr:
    case T_CollateExpr:
    case T_CaseExpr:
    case T_CaseWhen:
    case T_CaseTestExpr:
    case T_ArrayExpr:
    case T_RowExpr:
    case T_RowCompareExpr:
    case T_CoalesceExpr:
    case T_MinMaxExpr:
    case T_NullTest:
    case T_BooleanTest:
    case T_SubscriptingRef:
    case T_List:
        return true;
    default:
        return false;
    }
}

inline bool finds_function(Oid function, void *context) {
    auto &found = *static_cast<meaning_finding *>(context);
    if (!came_with_the_server(function, get_func_namespace(function)))
        found = {meaning_fault::function, function, InvalidOid};
    else if (func_volatile(function) != PROVOLATILE_IMMUTABLE || get_func_retset(function))
        found = {meaning_fault::stability, function, InvalidOid};
    return found.fault != meaning_fault::none;
}

inline Oid schema_of_operator(Oid operation) {
    HeapTuple const row = SearchSysCache1(OPEROID, ObjectIdGetDatum(operation));
    if (!HeapTupleIsValid(row))
        return InvalidOid;
    Oid const schema = reinterpret_cast<Form_pg_operator>(GETSTRUCT(row))->oprnamespace;
    ReleaseSysCache(row);
    return schema;
}

inline Oid schema_of_collation(Oid collation) {
    HeapTuple const row = SearchSysCache1(COLLOID, ObjectIdGetDatum(collation));
    if (!HeapTupleIsValid(row))
        return InvalidOid;
    Oid const schema = reinterpret_cast<Form_pg_collation>(GETSTRUCT(row))->collnamespace;
    ReleaseSysCache(row);
    return schema;
}

inline Oid foreign_operator_in(Node *node) {
    List *operations = nullptr;
    if (IsA(node, OpExpr) || IsA(node, DistinctExpr) || IsA(node, NullIfExpr))
        operations = list_make1_oid(reinterpret_cast<OpExpr *>(node)->opno); // the three are one struct
    else if (IsA(node, ScalarArrayOpExpr))
        operations = list_make1_oid(castNode(ScalarArrayOpExpr, node)->opno);
    else if (IsA(node, RowCompareExpr))
        operations = castNode(RowCompareExpr, node)->opnos;
    ListCell *cell = nullptr;
    foreach (cell, operations)
        if (!came_with_the_server(lfirst_oid(cell), schema_of_operator(lfirst_oid(cell))))
            return lfirst_oid(cell);
    return InvalidOid;
}

inline meaning_finding finding_of(Node *node) {
    meaning_finding found{meaning_fault::none, InvalidOid, InvalidOid};
    bool const is_whole_row = IsA(node, Var) && castNode(Var, node)->varattno <= 0;
    if (!is_a_form_of_rules(node) || is_whole_row)
        return {meaning_fault::form, InvalidOid, InvalidOid};
    if (IsA(node, List))
        return found;
    Oid const type = exprType(node);
    if (!is_value_type(type))
        return {meaning_fault::type, type, InvalidOid};
    if (Oid const operation = foreign_operator_in(node); OidIsValid(operation))
        return {meaning_fault::operation, operation, InvalidOid};
    if (IsA(node, CollateExpr)) // the server's own need not be older than the database
        if (Oid const collation = castNode(CollateExpr, node)->collOid;
            schema_of_collation(collation) != PG_CATALOG_NAMESPACE)
            return {meaning_fault::collation, collation, InvalidOid};
    if (check_functions_in_node(node, finds_function, &found) && found.fault == meaning_fault::stability &&
        IsA(node, CoerceViaIO))
        return {meaning_fault::cast, type,
                exprType(reinterpret_cast<Node *>(castNode(CoerceViaIO, node)->arg))};
    return found;
}

inline bool finds_meaning(Node *node, void *context) {
    if (!node)
        return false;
    check_stack_depth();
    auto &found = *static_cast<meaning_finding *>(context);
    found = finding_of(node);
    return found.fault != meaning_fault::none || server::walk_tree(node, finds_meaning, context);
}

// ---- in words

inline std::string taken(char *made_by_the_server) {
    context_owned owner(made_by_the_server);
    return made_by_the_server;
}

inline constexpr const char *forms_of_rules =
    "holds more than columns, constants, operators, functions, casts and CASE, COALESCE and the like";

inline std::string in_words(const name_finding &found) {
    if (found.fault == name_fault::form)
        return forms_of_rules;
    std::string const name = taken(call(NameListToString, found.name));
    return found.fault == name_fault::type ? "names type " + name + ", which is none of the plain values"
                                           : "names " + name + ", which is not in pg_catalog";
}

inline std::string in_words(const meaning_finding &found) {
    switch (found.fault) {
    case meaning_fault::type:
        return "has a value of type " + type_name(found.object) + ", which is none of the plain values";
    case meaning_fault::function:
        return "calls " + taken(call(format_procedure, found.object)) +
               ", which did not come with the server";
    case meaning_fault::stability:
        return "calls " + taken(call(format_procedure, found.object)) + ", which is not immutable";
    case meaning_fault::cast:
        return "casts " + type_name(found.from) + " to " + type_name(found.object) +
               ", which depends on settings: let a column have that type";
    case meaning_fault::operation:
        return "uses " + taken(call(format_operator, found.object)) + ", which did not come with the server";
    case meaning_fault::collation:
        return "names a collation that is not in pg_catalog";
    default:
        return forms_of_rules;
    }
}

} // namespace detail

// Why the expression, as a condition over such a row, is not made of the server's own immutable parts; none
// when it is.  `row` is the list of a SELECT: null::text as "a".  What is no condition at all is the server's
// error.
inline std::optional<std::string> objection_to(const expression &read, const statement &row) {
    settings_scope const names_of_the_server; // pg_catalog, and pg_temp for nothing that is found here
    detail::name_finding name{detail::name_fault::none, nullptr};
    const char *const alone = read.text().c_str();
    bool const has_foreign_name = island([&name, alone]() {
        Node *const target = linitial_node(RawStmt, raw_parser(alone, RAW_PARSE_PLPGSQL_EXPR))->stmt;
        return detail::finds_name(linitial_node(ResTarget, castNode(SelectStmt, target)->targetList)->val,
                                  &name);
    });
    if (has_foreign_name)
        return detail::in_words(name);
    statement whole;
    whole << "select from (select " << row << ") r where " << read;
    const char *const in_place = whole.text().c_str();
    detail::meaning_finding meaning{detail::meaning_fault::none, InvalidOid, InvalidOid};
    bool const has_foreign_part = island([&meaning, in_place]() {
        Query *const analysed =
            server::analyse(linitial_node(RawStmt, raw_parser(in_place, RAW_PARSE_DEFAULT)), in_place);
        return detail::finds_meaning(analysed->jointree->quals, &meaning);
    });
    return has_foreign_part ? std::optional(detail::in_words(meaning)) : std::nullopt;
}

} // namespace pgcxx
