// The extension's settings, sorted by name; docs/reference/settings.md describes the same list.
#pragma once

namespace pgcrm::settings {

inline int max_payload_size = 1024 * 1024; // bytes; a larger body goes to quarantine
inline int read_lock_timeout = 1000;       // ms; a reader of crm_bi then leaves the account out
inline int refresh_batch = 10000;          // leads that one step of a refresh takes
inline int refresh_lock_timeout = 10000;   // ms; a refresh of all then goes on with the next account

void define();

} // namespace pgcrm::settings
