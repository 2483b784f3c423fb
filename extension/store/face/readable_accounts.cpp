#include "store/face/readable_accounts.hpp"

namespace pgcrm::store {

std::vector<account> readable_accounts(const account_filter &which) {
    std::vector<account> readable;
    const Oid reader = pgcxx::current_user();
    for (std::string &name : registered_accounts()) {
        if (!which.may_tell() && !which.passes(name)) // costs less than to look at rights
            continue;
        const auto owner = schema_owner(name);
        if (!owner)
            continue;
        account each{std::move(name), *owner, {}};
        if (has_right(reader, each, account_right::read) && (!which.may_tell() || which.passes(each.name)))
            readable.push_back(std::move(each));
    }
    return readable;
}

double expected_rows(const account &of, std::string_view table) {
    constexpr double of_a_new_table = 1000; // nobody has counted it yet
    const std::string name(table);
    const double counted = pgcxx::island([&of, &name] {
        const Oid schema = get_namespace_oid(of.name.c_str(), true);
        const Oid relation = OidIsValid(schema) ? get_relname_relid(name.c_str(), schema) : InvalidOid;
        HeapTuple const row =
            OidIsValid(relation) ? SearchSysCache1(RELOID, ObjectIdGetDatum(relation)) : nullptr;
        if (!HeapTupleIsValid(row))
            return 0.0;
        const double rows = reinterpret_cast<Form_pg_class>(GETSTRUCT(row))->reltuples;
        ReleaseSysCache(row);
        return rows;
    });
    return counted < 0 ? of_a_new_table : counted;
}

} // namespace pgcrm::store
