// Values in and out: each type as it arrives, and as it leaves.
#include "probe.hpp"

#include <csignal>

using namespace pgcxx;

namespace {

template <class T> T same(T value) { return value; }

bool echo_bool(bool v) { return same(v); }
std::int16_t echo_int2(std::int16_t v) { return same(v); }
std::int32_t echo_int4(std::int32_t v) { return same(v); }
std::int64_t echo_int8(std::int64_t v) { return same(v); }
float echo_float4(float v) { return same(v); }
double echo_float8(double v) { return same(v); }
Oid echo_oid(Oid v) { return same(v); }
regclass echo_regclass(regclass v) { return same(v); }
object_name echo_name(object_name v) { return same(v); }
std::string_view echo_text(std::string_view v) { return same(v); }
std::string echo_string(std::string v) { return same(v); }
bytes echo_bytea(bytes v) { return same(v); }
jsonb_text echo_jsonb(jsonb_text v) { return same(v); }
jsonb_view echo_jsonb_view(jsonb_view v) { return same(v); }
numeric_text echo_numeric(numeric_text v) { return same(v); }
timestamptz echo_timestamptz(timestamptz v) { return same(v); }
date echo_date(date v) { return same(v); }
interval echo_interval(interval v) { return same(v); }
std::optional<std::string_view> echo_optional(std::optional<std::string_view> v) { return same(v); }

// Length, and a checksum over every byte, without making a copy.
std::tuple<std::int64_t, std::int64_t> measure_text(std::string_view v) {
    std::int64_t sum = 0;
    for (unsigned char c : v)
        sum = (sum * 31 + c) % 1000000007;
    return {static_cast<std::int64_t>(v.size()), sum};
}
std::tuple<std::int64_t, std::int64_t> measure_bytea(bytes v) { return measure_text(v.data); }

// Unix time, and back through chrono.
std::int64_t unix_micros(timestamptz v) { return v.unix_micros(); }
timestamptz from_unix_micros(std::int64_t v) { return timestamptz::from_unix_micros(v); }
std::int32_t unix_days(date v) { return v.unix_days(); }
date from_unix_days(std::int64_t v) { return date::from_unix_days(v); }
bool chrono_agrees(timestamptz t, date d) {
    return timestamptz::from(timestamptz::unix_time(t)) == t && date::from(std::chrono::sys_days(d)) == d;
}
std::string finiteness(timestamptz t, date d) {
    auto say = [](auto v) { return v.is_finite() ? "finite" : v > decltype(v){} ? "infinity" : "-infinity"; };
    return std::string(say(t)) + " " + say(d);
}

// Arrays: what each element is, and the array again.
template <class T> std::string list(const array_of<T> &array, std::string (*print)(const T &)) {
    std::string text;
    for (const std::optional<T> &element : array)
        text += (text.empty() ? "" : " ") + (element ? print(*element) : "null");
    return std::to_string(array.size()) + (array.empty() ? " empty" : ": " + text);
}
std::string list_text(array_of<std::string_view> a) {
    return list<std::string_view>(a, [](const std::string_view &v) { return "<" + std::string(v) + ">"; });
}
std::string list_int8(array_of<std::int64_t> a) {
    return list<std::int64_t>(a, [](const std::int64_t &v) { return std::to_string(v); });
}
std::string list_bytea_sizes(array_of<bytes> a) {
    return list<bytes>(a, [](const bytes &v) { return std::to_string(v.data.size()); });
}
std::string list_numeric(array_of<numeric_text> a) {
    return list<numeric_text>(a, [](const numeric_text &v) { return v.text; });
}
std::string list_jsonb(array_of<jsonb_view> a) {
    return list<jsonb_view>(a, [](const jsonb_view &v) { return std::string(v.text); });
}

template <class T> std::vector<std::optional<T>> copy(const array_of<T> &array) {
    return std::vector<std::optional<T>>(array.begin(), array.end());
}
std::vector<std::optional<bool>> again_bool(array_of<bool> a) { return copy(a); }
std::vector<std::optional<std::int32_t>> again_int4(array_of<std::int32_t> a) { return copy(a); }
std::vector<std::optional<std::int64_t>> again_int8(array_of<std::int64_t> a) { return copy(a); }
std::vector<std::optional<double>> again_float8(array_of<double> a) { return copy(a); }
std::vector<std::optional<std::string_view>> again_text(array_of<std::string_view> a) { return copy(a); }
std::vector<std::optional<bytes>> again_bytea(array_of<bytes> a) { return copy(a); }
std::vector<std::optional<timestamptz>> again_timestamptz(array_of<timestamptz> a) { return copy(a); }
std::vector<std::optional<date>> again_date(array_of<date> a) { return copy(a); }
std::vector<std::optional<numeric_text>> again_numeric(array_of<numeric_text> a) { return copy(a); }
std::vector<std::optional<jsonb_text>> again_jsonb(array_of<jsonb_text> a) { return copy(a); }

std::vector<bool> alternate(std::int32_t count) {
    std::vector<bool> flags;
    for (std::int32_t i = 0; i < count; ++i)
        flags.push_back(i % 2 == 0);
    return flags;
}
std::vector<std::string> words(std::int32_t count) {
    std::vector<std::string> made;
    for (std::int32_t i = 0; i < count; ++i)
        made.push_back("word " + std::to_string(i));
    return made;
}

// Values that must not become Datums.
std::string text_with_zero_byte() { return std::string("before\0after", 12); }
numeric_text not_a_number() { return {"12 apples"}; }
jsonb_text not_json() { return {R"({"open": )"}; }
object_name long_name() { return {std::string(64, 'n')}; }
std::string_view huge_text() {
    return std::string_view("", std::size_t(1) << 30);
} // refused before it is read

// A parameter list whose NULL is not expected.
std::string null_inside(std::optional<std::int32_t> n) {
    spi::session sql;
    return std::get<0>(sql.query<std::string>("select 'n is ' || $1", n).front());
}

} // namespace

PGCXX_FUNCTION(probe_echo_bool, echo_bool);
PGCXX_FUNCTION(probe_echo_int2, echo_int2);
PGCXX_FUNCTION(probe_echo_int4, echo_int4);
PGCXX_FUNCTION(probe_echo_int8, echo_int8);
PGCXX_FUNCTION(probe_echo_float4, echo_float4);
PGCXX_FUNCTION(probe_echo_float8, echo_float8);
PGCXX_FUNCTION(probe_echo_oid, echo_oid);
PGCXX_FUNCTION(probe_echo_regclass, echo_regclass);
PGCXX_FUNCTION(probe_echo_name, echo_name);
PGCXX_FUNCTION(probe_echo_text, echo_text);
PGCXX_FUNCTION(probe_echo_string, echo_string);
PGCXX_FUNCTION(probe_echo_bytea, echo_bytea);
PGCXX_FUNCTION(probe_echo_jsonb, echo_jsonb);
PGCXX_FUNCTION(probe_echo_jsonb_view, echo_jsonb_view);
PGCXX_FUNCTION(probe_echo_numeric, echo_numeric);
PGCXX_FUNCTION(probe_echo_timestamptz, echo_timestamptz);
PGCXX_FUNCTION(probe_echo_date, echo_date);
PGCXX_FUNCTION(probe_echo_interval, echo_interval);
PGCXX_FUNCTION(probe_echo_optional, echo_optional);
PGCXX_FUNCTION(probe_measure_text, measure_text);
PGCXX_FUNCTION(probe_measure_bytea, measure_bytea);
PGCXX_FUNCTION(probe_unix_micros, unix_micros);
PGCXX_FUNCTION(probe_from_unix_micros, from_unix_micros);
PGCXX_FUNCTION(probe_unix_days, unix_days);
PGCXX_FUNCTION(probe_from_unix_days, from_unix_days);
PGCXX_FUNCTION(probe_chrono_agrees, chrono_agrees);
PGCXX_FUNCTION(probe_finiteness, finiteness);
PGCXX_FUNCTION(probe_list_text, list_text);
PGCXX_FUNCTION(probe_list_int8, list_int8);
PGCXX_FUNCTION(probe_list_bytea_sizes, list_bytea_sizes);
PGCXX_FUNCTION(probe_list_numeric, list_numeric);
PGCXX_FUNCTION(probe_list_jsonb, list_jsonb);
PGCXX_FUNCTION(probe_again_bool, again_bool);
PGCXX_FUNCTION(probe_again_int4, again_int4);
PGCXX_FUNCTION(probe_again_int8, again_int8);
PGCXX_FUNCTION(probe_again_float8, again_float8);
PGCXX_FUNCTION(probe_again_text, again_text);
PGCXX_FUNCTION(probe_again_bytea, again_bytea);
PGCXX_FUNCTION(probe_again_timestamptz, again_timestamptz);
PGCXX_FUNCTION(probe_again_date, again_date);
PGCXX_FUNCTION(probe_again_numeric, again_numeric);
PGCXX_FUNCTION(probe_again_jsonb, again_jsonb);
PGCXX_FUNCTION(probe_alternate, alternate);
PGCXX_FUNCTION(probe_words, words);
PGCXX_FUNCTION(probe_text_with_zero_byte, text_with_zero_byte);
PGCXX_FUNCTION(probe_not_a_number, not_a_number);
PGCXX_FUNCTION(probe_not_json, not_json);
PGCXX_FUNCTION(probe_long_name, long_name);
PGCXX_FUNCTION(probe_huge_text, huge_text);
PGCXX_FUNCTION(probe_null_inside, null_inside);
