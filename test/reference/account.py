"""Compares the tables of an account with what the rules say of its observations.

    python3 test/reference/account.py DATABASE ACCOUNT

prints every cell that differs, and exits 1 when there is one. Tables that the account does not have are
named and left out.
"""

import csv
import sys
from decimal import Decimal

import rules
from session import Session

INSTANT = "(extract(epoch from {0}) * 1000000)::bigint"
NULL = "\\N"

OBSERVATION = ("lead_id", "occurred_at", "sequence", "kind", "event_id", "stage_id", "status", "amount", "currency",
               "owner", "amount_said", "currency_said", "owner_said", "origin")

KEYS = {
    "stage_history": ("lead_id", "stay_no"),
    "lead_current": ("lead_id",),
    "funnel_monthly": ("month", "stage_id"),
    "funnel_monthly_by_owner": ("month", "stage_id", "owner"),
    "funnel_amount_monthly": ("month", "stage_id", "currency")}

FUNNEL = tuple(rules.funnel_row())
MEASURES = {
    "stage_history": ("life_no", "stage_id", "pipeline", "owner", "amount", "exit_amount", "currency", "entered_at",
                      "exited_at", "entry_month", "exit_month", "outcome", "is_first_entry", "is_reopened",
                      "is_inferred", "entry_event_id", "exit_event_id"),
    "lead_current": ("stage_id", "pipeline", "status", "amount", "currency", "owner", "entered_at", "created_at",
                     "closed_at", "deleted_at"),
    "funnel_monthly": FUNNEL,
    "funnel_monthly_by_owner": FUNNEL,
    "funnel_amount_monthly": tuple(rules.amount_row())}

INTEGERS = {"stay_no", *FUNNEL} - {"settled_seconds"}


# The bits of observation.said.
SAID = {"amount_said": 1, "currency_said": 2, "owner_said": 4}


def column(name):
    if name in SAID:
        return f"(said & {SAID[name]}) <> 0 as {name}"
    return f"{INSTANT.format(name)} as {name}" if name.endswith("_at") else name


def select(schema, table, names):
    return f"select {', '.join(map(column, names))} from {schema}.{table}"


def copied(session, query):
    """The rows of a query, as lists of text with None for null."""
    lines = session.run(f"copy ({query}) to stdout with (format csv, null '{NULL}');")
    return [[None if field == NULL else field for field in row] for row in csv.reader(line + "\n" for line in lines)]


def observation(row):
    lead_id, at, sequence, kind, event_id, stage_id, status, amount, currency, owner, *said, origin = row
    return rules.Observation(lead_id, int(at), int(sequence), kind, event_id, stage_id, status,
                             None if amount is None else Decimal(amount), currency, owner,
                             *(each == "t" for each in said), origin)


def observations(session, schema):
    return [observation(row) for row in copied(session, select(schema, "observation", OBSERVATION))]


def stages(session, schema):
    """A person's position wins over the source's."""
    query = f'select stage_id, pipeline, coalesce("position", source_position) from {schema}.stage'
    return [rules.Stage(stage_id, pipeline, None if position is None else int(position))
            for stage_id, pipeline, position in copied(session, query)]


def columns_of(session, schema):
    """The columns of each table of the account."""
    found = {}
    for table, name in copied(session, "select table_name, column_name from information_schema.columns "
                                       f"where table_schema = '{schema}'"):
        found.setdefault(table, set()).add(name)
    return found


def settings(session, schema, columns):
    """Zone, and whether deleted leads count: true for an account that has no such setting."""
    counts = "count_deleted_leads" if "count_deleted_leads" in columns["account"] else "true"
    zone, counted = copied(session, f"select time_zone, {counts} from {schema}.account")[0]
    return zone, counted == "t"


def text_of(value):
    """A value of the rules, as COPY writes it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def same(stored, expected):
    """Numbers are compared as numbers: 10 days are 864000 seconds and 864000.000000."""
    if isinstance(expected, Decimal) and stored is not None:
        return Decimal(stored) == expected
    return stored == text_of(expected)


def differences_of_table(session, schema, table, expected):
    """Rows of (table, key, column, stored, expected)."""
    keys, measures = KEYS[table], MEASURES[table]
    stored = {}
    for row in copied(session, select(schema, table, keys + measures)):
        key = tuple(int(v) if name in INTEGERS else v for name, v in zip(keys, row))
        stored[key] = row[len(keys):]
    found = [(table, key, "row", "there", "none") for key in stored.keys() - expected.keys()]
    found += [(table, key, "row", "none", f"there: {dict(expected[key])}") for key in expected.keys() - stored.keys()]
    for key in stored.keys() & expected.keys():
        row = expected[key]
        found += [(table, key, name, value, text_of(row[name]))
                  for name, value in zip(measures, stored[key]) if not same(value, row[name])]
    return sorted(found, key=repr)


def tables_there(columns):
    return [table for table in KEYS if table in columns]


def tables_missing(columns):
    return [table for table in KEYS if table not in columns]


def differences_of_stages(session, schema):
    """Names and pipelines of stages. What definition events say is not read: the accounts of these tests
    have none."""
    said = [(stage_id, int(at), name, pipeline) for stage_id, at, name, pipeline in copied(
        session, f"select stage_id, {INSTANT.format('occurred_at')}, stage, pipeline from {schema}.observation "
                 "where stage_id is not null and kind <> 'deleted'")]
    names = rules.newest_said((stage_id, at, name) for stage_id, at, name, _ in said)
    pipelines = rules.newest_said((stage_id, at, pipeline) for stage_id, at, _, pipeline in said)
    stored = copied(session, f"select stage_id, name, pipeline, own_name, own_pipeline from {schema}.stage")
    found = [("stage", (stage_id,), "row", "none", "there") for stage_id in names.keys() - {row[0] for row in stored}]
    for stage_id, name, pipeline, own_name, own_pipeline in stored:
        for column_name, value, own, newest in (("name", name, own_name, names), ("pipeline", pipeline, own_pipeline, pipelines)):
            unsaid = stage_id if column_name == "name" else ""  # a stage that nobody has named is called by its id
            wanted = {own} if own is not None else newest.get(stage_id, {unsaid})
            if value not in wanted:
                found.append(("stage", (stage_id,), column_name, value, wanted))
    return found


def differences(session, schema, columns):
    zone, count_deleted_leads = settings(session, schema, columns)
    expected = rules.tables(observations(session, schema), stages(session, schema), zone, count_deleted_leads)
    return differences_of_stages(session, schema) + [
        difference for table in tables_there(columns)
        for difference in differences_of_table(session, schema, table, expected[table])]


def spelled(difference):
    table, key, name, stored, expected = difference
    return f"{table} {'/'.join(map(str, key))} {name}: stored {stored}, expected {expected}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    session = Session(sys.argv[1])
    schema = sys.argv[2]
    columns = columns_of(session, schema)
    for table in tables_missing(columns):
        print(f"skipped: {schema} has no table {table}")
    found = differences(session, schema, columns)
    for difference in found:
        print(spelled(difference))
    print(f"{schema}: {len(found)} cells differ")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
