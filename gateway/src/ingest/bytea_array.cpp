#include "ingest/bytea_array.hpp"

#include <boost/endian/conversion.hpp>

namespace pgcrm::gateway {
namespace {

constexpr std::int32_t bytea_type = 17; // its oid, the same in every server

void write_number(std::string &into, std::int32_t number) {
    const std::int32_t ordered = boost::endian::native_to_big(number);
    into.append(reinterpret_cast<const char *>(&ordered), sizeof ordered);
}

} // namespace

void write_bytea_array(std::string &into, const std::vector<waiting_event> &events) {
    std::size_t size = 20 + 4 * events.size();
    for (const waiting_event &each : events)
        size += each.body.size();
    into.clear();
    into.reserve(size);
    const auto count = static_cast<std::int32_t>(events.size());
    for (const std::int32_t part : {std::int32_t{1}, std::int32_t{0}, bytea_type, count, std::int32_t{1}})
        write_number(into, part); // dimensions, has nulls, type, length, lower bound
    for (const waiting_event &each : events) {
        write_number(into, static_cast<std::int32_t>(each.body.size()));
        into.append(each.body);
    }
}

} // namespace pgcrm::gateway
