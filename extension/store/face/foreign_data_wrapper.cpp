#include "store/face/foreign_data_wrapper.hpp"

#include "store/face/face_plan.hpp"
#include "store/face/face_scan.hpp"

namespace pgcrm::store {
namespace {

using pgcxx::error;

[[noreturn]] void refuse_option(const std::string &option) {
    throw error(ERRCODE_FDW_INVALID_OPTION_NAME,
                "invalid option \"" + option.substr(0, option.find('=')) + "\"")
        .hint("A foreign table has one option, relation; servers, wrappers and users have none.");
}

} // namespace

pgcxx::fdw_handler face_handler() {
    const pgcxx::fdw_handler made = pgcxx::make_fdw_handler();
    FdwRoutine &calls = *made.routine;
    calls.GetForeignRelSize = pgcxx::callback<estimate_scan>;
    calls.GetForeignPaths = pgcxx::callback<add_scan_paths>;
    calls.GetForeignPlan = pgcxx::callback<make_scan>;
    calls.BeginForeignScan = pgcxx::callback<begin_scan>;
    calls.IterateForeignScan = pgcxx::callback<next_row>;
    calls.ReScanForeignScan = pgcxx::callback<scan_again>;
    calls.EndForeignScan = pgcxx::callback<end_scan>;
    calls.ExplainForeignScan = pgcxx::callback<explain_scan>;
    return made;
}

void check_face_options(pgcxx::array_of<std::string> options, Oid catalog) {
    constexpr std::string_view relation = "relation=";
    for (const std::optional<std::string> &each : options) {
        const std::string option = each.value_or(std::string());
        if (catalog != ForeignTableRelationId || option.compare(0, relation.size(), relation) != 0)
            refuse_option(option);
        if (!find_face_relation(option.substr(relation.size())))
            throw error(ERRCODE_FDW_INVALID_ATTRIBUTE_VALUE,
                        "there is no relation \"" + option.substr(relation.size()) + "\" over all accounts");
    }
}

} // namespace pgcrm::store
