"""Far more than an ordinary account holds still works, in bounded memory.

    python3 test/reference/limits.py DATABASE [--events N] [--leads N] [--accounts N]

One lead with very many events, very many leads pending at once, and very many accounts refreshed by one
call with one among them that cannot be. Prints how long each took and the most memory that its backend
had of its own; fails when a number is wrong, or when that is more than 512 MB.

This must run as the server's user or as root, and on its machine: memory is read from /proc.
"""

import argparse
import sys
import time

import check
from session import Failed, Session

SCHEMA = "reference_limits"
MOST_MEGABYTES = 512
TOLD = "lead_id, occurred_at, sequence, kind, event_id, stage_id, stage, pipeline, said, origin"


def memory(session):
    """Megabytes that the backend has had at most, without the memory that all backends share."""
    pid = session.run("select pg_backend_pid();")[0]
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        fields = dict(line.split(":", 1) for line in file)
    return (int(fields["VmHWM"].split()[0]) - int(fields["RssShmem"].split()[0])) / 1024


def measured(database, what, statement):
    """Runs it in a fresh session; says how long it took and how much memory."""
    session = Session(database)
    started = time.monotonic()
    session.run(f"set role {check.OWNER};")
    answer = session.run(statement)
    seconds, megabytes = time.monotonic() - started, memory(session)
    session.close()
    print(f"{what}: {seconds:.2f} s, {megabytes:.0f} MB", flush=True)
    if megabytes > MOST_MEGABYTES:
        raise check.Difference(f"{what}: {megabytes:.0f} MB, more than {MOST_MEGABYTES}")
    return answer


def measured_refresh(database, what):
    answer = measured(database, what, f"select outcome, message from crm_refresh('{SCHEMA}');")
    if answer != ["refreshed|"]:
        raise check.Difference(f"{what}: {answer}")


def observe(lead, count):
    """Moves through five stages, a minute apart, of the lead or leads that the expression names."""
    return f"""
        insert into {SCHEMA}.observation ({TOLD})
        select {lead}, timestamptz '2020-01-01 00:00Z' + n * interval '1 minute', 0, 'moved', n::text,
               (1 + n % 5)::text, 'Stage ' || (1 + n % 5), 'Sales', 0, 'limits'
        from generate_series(1, {count}) n;
        insert into {SCHEMA}.pending
        select lead_id, nextval('{SCHEMA}.pending_mark')
        from (select distinct {lead} as lead_id from generate_series(1, {count}) n) l;"""


def one_more(lead):
    return f"""
        insert into {SCHEMA}.observation ({TOLD})
        select '{lead}', timestamptz '2021-01-01 00:00Z', 0, 'moved', 'late', '7', 'Stage 7', 'Sales', 0, 'limits';
        insert into {SCHEMA}.pending select '{lead}', nextval('{SCHEMA}.pending_mark');"""


def check_long_lead(session, database, events):
    columns = check.make_account(session, SCHEMA, "Europe/Paris")
    session.run(observe("'long'", events))
    measured_refresh(database, f"a lead with {events} events")
    session.run(one_more("long"))
    measured_refresh(database, "one event more of it")
    check.check(session, SCHEMA, columns, "a long lead")


def check_many_leads(session, database, leads):
    columns = check.make_account(session, SCHEMA, "Europe/Paris")
    check.refresh(session, SCHEMA)
    session.run(observe("'lead ' || n", leads))
    measured_refresh(database, f"{leads} leads pending at once")
    session.run(one_more("lead 1"))
    measured_refresh(database, "one event more of one of them")
    check.check(session, SCHEMA, columns, "many leads")


def names(count):
    return [f"reference_many_{n}" for n in range(count)]


def make_accounts(session, count):
    """Accounts with one pending lead each; a constraint of the one in the middle takes no stay."""
    session.run("reset role;")
    started = time.monotonic()
    for schema in names(count):
        session.run(f"select crm_account_create('{schema}', owner => '{check.OWNER}');")
    print(f"{count} accounts made: {time.monotonic() - started:.2f} s", flush=True)
    session.run(f"set role {check.OWNER};")
    for schema in names(count):
        session.run(observe("'one'", 2).replace(SCHEMA, schema))
    session.run(f"alter table {names(count)[count // 2]}.stage_history add constraint takes_no_stay check (stay_no < 0);")


def drop_accounts(session, count):
    session.run("reset role;")
    for schema in names(count):
        session.run(f"select crm_account_drop('{schema}', keep_data => false);")


def check_many_accounts(session, database, count):
    make_accounts(session, count)
    measured(database, f"crm_refresh_all over {count} accounts, in one of which every lead fails", "call crm_refresh_all();")
    broken = names(count)[count // 2]
    refreshed = [schema for schema in names(count) if session.run(f"select count(*) from {schema}.stage_history;") == ["2"]]
    if set(names(count)) - set(refreshed) != {broken}:
        raise check.Difference(f"not refreshed: {sorted(set(names(count)) - set(refreshed))}")
    error = session.run(f"select message from {broken}.stuck_lead;")
    if "takes_no_stay" not in "".join(error):
        raise check.Difference(f"what went wrong is not shown: {error}")
    measured(database, "crm_refresh_all with nothing to do", "call crm_refresh_all();")
    drop_accounts(session, count)


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("--events", type=int, default=100000)
    parser.add_argument("--leads", type=int, default=100000)
    parser.add_argument("--accounts", type=int, default=50)
    return parser.parse_args()


def main():
    options = parsed()
    session = Session(options.database)
    try:
        check.set_up(session)
        check_long_lead(session, options.database, options.events)
        check_many_leads(session, options.database, options.leads)
        check_many_accounts(session, options.database, options.accounts)
    except (check.Difference, Failed) as wrong:
        sys.exit(f"not ok: {wrong}")
    print("ok: all of it works, in bounded memory")


if __name__ == "__main__":
    main()
