// The gateways of the database listen on channel pgcrm_gateway.
#pragma once

namespace pgcrm::store {

// With the commit each asks crm_gateway_accounts again what it may ingest into, and by which secrets. The
// message itself is empty: everybody may listen.
void tell_gateways();

} // namespace pgcrm::store
