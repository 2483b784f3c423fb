"""The engine against the rules written in Python, and against crm_verify.

    python3 test/reference/check.py DATABASE [--seed SEED] [--histories N] [--minutes N] [--office N]

Makes accounts in the database (which has the extension), puts observations into them by plain SQL, as the
accounts' owner, and compares every cell after every refresh:

    small      every history of up to three observations that say something different
    orders     every order of arrival of some histories, with a refresh after each arrival
    random     offices of random histories, delivered in two orders, with refreshes, rebuilds and new
               definitions in between; both must end in the same bytes

--minutes goes on with random offices for so long; --office checks only the one of this number, to replay
what has failed. Exits 1 at the first difference, with the seed and the office.
"""

import itertools
import random

import account
import campaign
import histories
import rules
from campaign import Difference
from session import copy_into, literal

OWNER = "pgcrm_reference"
LEADS_OF_AN_OFFICE = 500

DIGESTS = {
    "observation": "lead_id, origin, event_id", "stage": "stage_id", "stage_seen": "stage_id, name, pipeline",
    **{table: ", ".join(key) for table, key in account.KEYS.items()}}


# ---------------------------------------------------------------- an account


def set_up(session):
    """A role that owns the accounts and is nothing else."""
    session.run(f"""
        do $$ begin
            create role {OWNER};
        exception when duplicate_object or unique_violation then null; -- another program may make it at once
        end $$;
        grant usage on schema public, pgcrm to {OWNER};
        grant execute on all routines in schema public, pgcrm to {OWNER};""")


def make_account(session, schema, zone):
    session.run(f"reset role; select crm_account_drop(account, keep_data => false) from pgcrm.account where account = '{schema}';"
                f"select crm_account_create('{schema}', time_zone => '{zone}', owner => '{OWNER}'); set role {OWNER};")
    return account.columns_of(session, schema)


def put(schema, observations):
    """The statements that bring observations in, as ingest does: with a mark for each lead."""
    leads = sorted({o[0] for o in observations})
    rows = [(o[0], instant(o[1]), *o[2:12], said(*o[12:15]), *o[15:]) for o in observations]
    return ("begin;\n" + copy_into(f"{schema}.observation", histories.COLUMNS, rows)
            + "create temp table arrived (lead_id text) on commit drop;\n"
            + copy_into("arrived", ("lead_id",), [(lead,) for lead in leads])
            + f"insert into {schema}.pending select lead_id, nextval('{schema}.pending_mark') from arrived;\ncommit;\n")


def said(amount, currency, owner):
    """The flags as the table has them."""
    return amount + 2 * currency + 4 * owner


def instant(at):
    """Microseconds since 1970, or a time that is spelled out already."""
    return at if isinstance(at, str) else (histories.EPOCH + histories.timedelta(microseconds=at)).isoformat()


def check(session, schema, columns, what):
    """Neither crm_verify nor the rules find a cell that differs. No stream has made these observations."""
    verified = session.run(f"select concat_ws('  ', v) from crm_verify('{schema}') v where v.relation <> 'no stream';")
    if verified:
        raise Difference(f"{what}: crm_verify\n" + "\n".join(verified[:20]))
    found = account.differences(session, schema, columns)
    if found:
        raise Difference(f"{what}: {len(found)} cells\n" + "\n".join(map(account.spelled, found[:20]))
                         + "\n" + told(session, schema, found))


def told(session, schema, found):
    """The observations of the shortest of the leads that differ, in order."""
    of_lead = {key[0]: [] for table, key, *_ in found if table in ("stage_history", "lead_current")}
    for o in account.observations(session, schema):
        if o.lead_id in of_lead:
            of_lead[o.lead_id].append(o)
    shortest = min(filter(None, of_lead.values()), key=len, default=[])
    return "the shortest history that differs:\n" + "\n".join(map(str, sorted(shortest, key=rules.order_of)))


def refresh(session, schema):
    outcome = session.run(f"select outcome, message from crm_refresh('{schema}');")
    if outcome != ["refreshed|"]:
        raise Difference(f"crm_refresh: {outcome}")


# ---------------------------------------------------------------- all small histories, all orders


def check_small(session):
    """Every history of up to three observations, apart and at one instant."""
    count = 0
    for at in (0, histories.HOUR):
        columns = make_account(session, "reference_small", "UTC")
        for length in (1, 2, 3):
            all_of_them = list(histories.all_histories(histories.ALPHABET, length, at))
            session.run(put("reference_small", all_of_them))
            count += len(all_of_them) // length
        refresh(session, "reference_small")
        check(session, "reference_small", columns, "small histories")
    return count


def check_orders(session, rng, count):
    """Each history is as many leads as it has orders of arrival; arrival n of all of them is one step."""
    office = histories.Office(rng.random(), "orders")
    columns = make_account(session, "reference_orders", office.zone)
    arrivals = [[] for _ in range(5)]
    for n in range(count):
        history = office.history(str(n))[:5]
        for p, order in enumerate(itertools.permutations(history)):
            for step, o in enumerate(order):
                arrivals[step].append((f"{n}.{p}", *o[1:]))
    for step, arrived in enumerate(arrivals):
        session.run(put("reference_orders", arrived))
        refresh(session, "reference_orders")
        check(session, "reference_orders", columns, f"orders of arrival, step {step}")
    return count


# ---------------------------------------------------------------- random offices


def define(schema, definitions):
    """The statement by which a person defines stages, those of them that the account has seen."""
    rows = ", ".join(f"({literal(i)}, {literal(d.position)}::bigint, {literal(d.own_name)}, {literal(d.own_pipeline)})"
                     for i, d in definitions.items())
    return (f'update {schema}.stage s set "position" = d.p, own_name = d.n, own_pipeline = d.l '
            f"from (values {rows}) d(i, p, n, l) where s.stage_id = d.i;\n")


def set_account(schema, columns, zone, count_deleted_leads):
    script = f"update {schema}.account set time_zone = {literal(zone)};\n"
    if "count_deleted_leads" in columns["account"]:
        script += f"update {schema}.account set count_deleted_leads = {literal(count_deleted_leads)};\n"
    return script


def between(schema, columns, office, rng):
    """What may happen between two arrivals."""
    happens = rng.choice(("nothing", "batch", "rebuild", "zone", "definitions", "definitions"))
    if happens == "batch":
        return f"set pgcrm.refresh_batch = {rng.choice((1, 7, 100))}; select pgcrm.refresh_batch('{schema}'); reset pgcrm.refresh_batch;\n"
    if happens == "rebuild":
        return f"select crm_rebuild('{schema}');\n"
    if happens == "zone":
        return set_account(schema, columns, rng.choice(histories.ZONES), rng.random() < 0.5)
    if happens == "definitions":
        return define(schema, office.new_definitions(rng))
    return ""


def deliver(session, schema, columns, office, observations, rng):
    """The observations in an order of its own, in a few arrivals."""
    observations = observations[:]
    rng.shuffle(observations)
    cuts = sorted(rng.sample(range(len(observations)), rng.randint(1, 3)))
    for first, last in zip([0, *cuts], [*cuts, len(observations)]):
        session.run(put(schema, observations[first:last]) + between(schema, columns, office, rng)
                    + f"set pgcrm.refresh_batch = {rng.choice((50, 1000, 1000))};")
        refresh(session, schema)
        check(session, schema, columns, f"after observation {last} of {len(observations)}")


def digests(session, schema, columns):
    """Of everything that must not depend on the order of arrival."""
    return session.run("".join(
        f"select '{table}', md5(string_agg(t::text, e'\\n' order by {key})) from {schema}.{table} t;\n"
        for table, key in DIGESTS.items() if table in columns))


def check_office(session, seed, number):
    """Two deliveries of an office end in the same bytes, with every cell right on the way."""
    office = histories.Office(seed, number)
    observations = office.histories(LEADS_OF_AN_OFFICE)
    ends = []
    for delivery in (1, 2):
        rng = random.Random(f"{seed}/{number}/{delivery}")
        columns = make_account(session, "reference", rng.choice(histories.ZONES))
        deliver(session, "reference", columns, office, observations, rng)
        session.run(define("reference", office.definitions)
                    + set_account("reference", columns, office.zone, office.count_deleted_leads))
        refresh(session, "reference")
        check(session, "reference", columns, "at the end")
        ends.append(digests(session, "reference", columns))
    if ends[0] != ends[1]:
        raise Difference(f"two orders of arrival end in different bytes: {set(ends[0]) ^ set(ends[1])}")
    return len({o[0] for o in observations})


# ---------------------------------------------------------------- the run


def run(session, options):
    columns = make_account(session, "reference", "UTC")
    for table in account.tables_missing(columns):
        print(f"skipped: accounts have no table {table}")
    count = check_small(session)
    campaign.told_progress(f"{count} small histories")
    count += check_orders(session, random.Random(options.seed), 20)
    return count + campaign.offices(session, options, check_office)


if __name__ == "__main__":
    campaign.main(__doc__, 10000, set_up, run, check_office)
