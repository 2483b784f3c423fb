// /metrics: the text that Prometheus reads. https://prometheus.io/docs/instrumenting/exposition_formats/
#pragma once

#include "accounts.hpp"
#include "budget.hpp"
#include "metrics.hpp"

#include <string>

namespace pgcrm::gateway {

std::string metrics_text(const metrics &counts, const account_registry &registry,
                         const memory_budget &memory);

} // namespace pgcrm::gateway
