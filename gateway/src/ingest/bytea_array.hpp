// The bodies of a batch as PostgreSQL takes an array of bytea in binary: src/backend/utils/adt/arrayfuncs.c,
// array_recv. Numbers are in network order.
#pragma once

#include "ingest/ingest_queue.hpp"

#include <string>
#include <vector>

namespace pgcrm::gateway {

void write_bytea_array(std::string &into, const std::vector<waiting_event> &events);

} // namespace pgcrm::gateway
