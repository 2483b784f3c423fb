// Settings (GUCs) of the extension.  The default is what the variable holds when
// the setting is defined; the variable lives as long as the backend.
//
//   static int max_payload_size = 8 * 1024 * 1024;
//   define_setting("pgcrm.max_payload_size", "Largest body accepted.", max_payload_size, 1, 1 << 30,
//   unit::bytes); reserve_settings("pgcrm");   // last: names that nobody defined become errors
#pragma once

#include "pgcxx/guard.hpp"

namespace pgcxx {

enum class unit {
    none = 0,
    bytes = GUC_UNIT_BYTE,
    kilobytes = GUC_UNIT_KB,
    milliseconds = GUC_UNIT_MS,
    seconds = GUC_UNIT_S,
    minutes = GUC_UNIT_MIN,
};

// Who may change a setting: anyone, a superuser, or the configuration file.
enum class changed_by {
    user = PGC_USERSET,
    superuser = PGC_SUSET,
    configuration = PGC_SIGHUP,
};

inline void define_setting(const char *name, const char *description, int &variable, int lowest, int highest,
                           unit measure = unit::none, changed_by who = changed_by::user) {
    call(DefineCustomIntVariable, name, description, nullptr, &variable, variable, lowest, highest,
         static_cast<GucContext>(who), static_cast<int>(measure), nullptr, nullptr, nullptr);
}

inline void define_setting(const char *name, const char *description, bool &variable,
                           changed_by who = changed_by::user) {
    call(DefineCustomBoolVariable, name, description, nullptr, &variable, variable,
         static_cast<GucContext>(who), 0, nullptr, nullptr, nullptr);
}

inline void reserve_settings(const char *prefix) { call(server::reserve_setting_prefix, prefix); }

} // namespace pgcxx
