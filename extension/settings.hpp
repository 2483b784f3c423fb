// The extension's settings, sorted by name; docs/reference/settings.md describes the same list.
#pragma once

namespace pgcrm::settings {

inline int max_payload_size = 1024 * 1024; // bytes; a larger body goes to quarantine
inline int read_lock_timeout =
    1000; // ms; then a reader of crm_bi leaves the account out; 0: as lock_timeout says
inline int refresh_batch = 10000; // leads that one step of a refresh takes

void define();

} // namespace pgcrm::settings
