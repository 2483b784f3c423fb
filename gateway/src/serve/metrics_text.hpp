// /metrics: the text that Prometheus reads. https://prometheus.io/docs/instrumenting/exposition_formats/
#pragma once

#include "ingest/accounts.hpp"
#include "operations/budget.hpp"
#include "operations/metrics.hpp"

#include <string>

namespace pgcrm::gateway {

std::string metrics_text(const metrics &counts, const account_registry &registry,
                         const memory_budget &memory);

} // namespace pgcrm::gateway
