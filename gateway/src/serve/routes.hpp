// What the header of a request decides: an answer at once, or whose events its body brings.
#pragma once

#include "ingest/accounts.hpp"
#include "ingest/ingest_queue.hpp"
#include "operations/budget.hpp"
#include "operations/settings.hpp"
#include "serve/answer.hpp"
#include "serve/request.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace pgcrm::gateway {

// What all requests of a loop share.
struct services {
    const settings &with;
    account_registry &registry;
    memory_budget &memory;
    metrics &counts;
    ingest_queue &queue;
};

enum class door : std::uint8_t {
    webhooks, // anybody may knock
    metrics,  // names accounts: for the operator alone
};

// A request that may bring its body.
struct admitted {
    std::shared_ptr<account> of;
    std::vector<std::string> nocrm_api_keys;
};

// The order of the checks is part of the promise: nothing of an account shows before its secret.
std::variant<answer, admitted> route(const services &in, door at, const request_header &header,
                                     std::optional<std::uint64_t> content_length);

// The checks of the body itself: none when it may go to the database.
std::optional<answer> refusal_of_body(const services &in, const admitted &by, std::string_view body);

// A path for the log: without its query and what stands before it, either of which may hold a secret.
std::string_view path_for_log(const request_header &header);

} // namespace pgcrm::gateway
