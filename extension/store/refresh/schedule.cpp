#include "store/refresh/schedule.hpp"

#include "pgcxx/pgcxx.hpp"
#include "store/account/account.hpp"

namespace pgcrm::store {
namespace {

using pgcxx::error;
using pgcxx::identifier;
using pgcxx::literal;

struct cron_state {
    bool is_loaded, is_installed;
    std::optional<std::string> database; // that it keeps its jobs in
    bool has_workers;                    // needs no connection of its own
    std::string here;
};

std::string owner_of_schedule() { return identifier{pgcxx::role_name(catalog_owner()).value_or("?")}.text(); }

cron_state look_at_cron(pgcxx::spi::session &sql) {
    const auto rows = sql.query<bool, bool, std::optional<std::string>, bool, std::string>(
        "select coalesce(pg_catalog.current_setting('shared_preload_libraries', true), '')"
        " ~ '(^|[ ,\"/])pg_cron($|[ ,\"])',"
        " exists (select from pg_catalog.pg_extension e where e.extname = 'pg_cron'),"
        " pg_catalog.current_setting('cron.database_name', true),"
        " pg_catalog.current_setting('cron.use_background_workers', true) is not distinct from 'on',"
        " pg_catalog.current_database()::text");
    const auto [is_loaded, is_installed, database, has_workers, here] = rows[0];
    return {is_loaded, is_installed, database, has_workers, here};
}

void check_is_loaded(const cron_state &cron) {
    if (!cron.is_loaded)
        throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "pg_cron is not loaded")
            .detail("pg_cron runs its jobs from a background worker that the server starts.")
            .hint("Install pg_cron, write shared_preload_libraries = 'pg_cron', cron.database_name = " +
                  literal{cron.here}.text() +
                  " and cron.use_background_workers = on into postgresql.conf, and restart the server.");
}

void check_works_here(const cron_state &cron) {
    if (cron.database == cron.here)
        return;
    throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE, "pg_cron keeps its jobs in database \"" +
                                                              cron.database.value_or("?") + "\", not in \"" +
                                                              cron.here + "\"")
        .hint("Write cron.database_name = " + literal{cron.here}.text() +
              " into postgresql.conf and restart the server, or schedule CALL crm_refresh_all() there with "
              "cron.schedule_in_database.");
}

void check_is_installed(const cron_state &cron) {
    if (!cron.is_installed)
        throw error(ERRCODE_UNDEFINED_OBJECT,
                    "extension \"pg_cron\" is not installed in database \"" + cron.here + "\"")
            .hint("Run CREATE EXTENSION pg_cron.");
}

void check_can_log_in(pgcxx::spi::session &sql) {
    const auto rows =
        sql.query<bool>("select r.rolcanlogin from pg_catalog.pg_roles r where r.oid = $1", catalog_owner());
    if (const auto [can_log_in] = rows[0]; can_log_in)
        return;
    throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                "role " + owner_of_schedule() + " may not log in, and pg_cron would run the refresh as it")
        .detail("It owns the extension.")
        .hint("Run ALTER ROLE " + owner_of_schedule() + " LOGIN.");
}

// A job that failed lately, for want of a connection, and not run since.
void check_can_connect(pgcxx::spi::session &sql, const cron_state &cron) {
    if (cron.has_workers)
        return;
    const auto rows = sql.query<std::string>(
        "select d.return_message from cron.job j join cron.job_run_details d using (jobid)"
        " where j.jobname = 'pgcrm refresh' and d.status = 'failed' and d.return_message like '%connection "
        "failed%'"
        " and d.start_time > pg_catalog.now() - interval '10 minutes'"
        " and not exists (select from cron.job_run_details s"
        " where s.jobid = d.jobid and s.status = 'succeeded' and s.start_time >= d.start_time)"
        " order by d.start_time desc limit 1");
    if (rows.empty())
        return;
    const auto [message] = rows[0];
    throw error(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                "pg_cron cannot connect to the server to run the refresh")
        .detail("Its last run said: " + message)
        .hint("Write cron.use_background_workers = on into postgresql.conf and restart the server, or let "
              "the job's user connect from cron.host by pg_hba.conf.");
}

// Of this database; those of the extension's owner alone, or of all others.
enum class jobs_of { anybody, others };

std::size_t end_jobs(pgcxx::spi::session &sql, jobs_of whom) {
    const auto jobs = sql.query<std::int64_t>(
        "select j.jobid from cron.job j where j.jobname = 'pgcrm refresh'"
        " and j.database = pg_catalog.current_database() and ($1 or j.username <> current_user) order by 1",
        whom == jobs_of::anybody);
    for (const auto &[job] : jobs)
        sql.execute("select cron.unschedule($1)", job);
    return jobs.size();
}

std::int64_t make_job(pgcxx::spi::session &sql, std::string_view schedule) {
    std::int64_t job = 0;
    const auto failure = pgcxx::attempt([&] {
        const auto rows = sql.query<std::int64_t>(
            "select cron.schedule('pgcrm refresh', $1,"
            " pg_catalog.format('CALL %I.crm_refresh_all()', n.nspname)) from pg_catalog.pg_extension e"
            " join pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname = 'pgcrm'",
            schedule);
        const auto [number] = rows[0];
        job = number;
    });
    if (!failure)
        return job;
    // pg_cron says no more than "invalid schedule", as an internal error.
    if (failure->sqlstate() != ERRCODE_INTERNAL_ERROR &&
        failure->sqlstate() != ERRCODE_INVALID_PARAMETER_VALUE)
        throw *failure;
    throw error(ERRCODE_INVALID_PARAMETER_VALUE, "invalid schedule \"" + std::string(schedule) + "\"")
        .detail(failure->what())
        .hint("Write five fields (minute, hour, day of the month, month, day of the week), such as "
              "*/5 * * * *.");
}

[[noreturn]] void refuse_for_owner(const pgcxx::server_error &theirs) {
    const std::string owner = owner_of_schedule();
    throw error(ERRCODE_INSUFFICIENT_PRIVILEGE, "role " + owner + " may not use pg_cron")
        .detail("It owns the extension, and the refresh is scheduled as it. The server says: " +
                std::string(theirs.message()) + ".")
        .hint("Let an administrator run: GRANT USAGE ON SCHEMA cron TO " + owner +
              "; GRANT pg_read_all_settings TO " + owner + ".");
}

// As the extension's owner, also where a caller has a schema "cron" of his own making in mind: nothing of it
// is touched before the extension is there, whose schema it then is.
template <class Work> void as_owner_of_schedule(Work work) {
    const pgcxx::user_scope as_catalog_owner(catalog_owner());
    const pgcxx::settings_scope settings;
    const auto failure = pgcxx::attempt([&work] {
        pgcxx::spi::session sql;
        work(sql);
    });
    if (failure && failure->sqlstate() == ERRCODE_INSUFFICIENT_PRIVILEGE)
        refuse_for_owner(*failure);
    if (failure)
        throw *failure;
}

} // namespace

std::int64_t schedule_refresh(std::string_view schedule) {
    std::int64_t job = 0;
    as_owner_of_schedule([&job, schedule](pgcxx::spi::session &sql) {
        const cron_state cron = look_at_cron(sql);
        check_is_loaded(cron);
        check_works_here(cron);
        check_is_installed(cron);
        check_can_log_in(sql);
        check_can_connect(sql, cron);
        end_jobs(sql, jobs_of::others);
        job = make_job(sql, schedule);
    });
    return job;
}

bool unschedule_refresh() {
    bool was_there = false;
    as_owner_of_schedule([&was_there](pgcxx::spi::session &sql) {
        if (const cron_state cron = look_at_cron(sql); cron.is_installed)
            was_there = end_jobs(sql, jobs_of::anybody) > 0;
    });
    return was_there;
}

} // namespace pgcrm::store
