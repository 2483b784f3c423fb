"""Published figures: the funnel of a real Pipedrive account, cell for cell.

    python3 test/reference/pipedrive.py DATABASE

The data are not part of this project. PGCRM_TEST_DATA names a folder that has them in pipedrive/: changes
of deals, and the funnels that others computed from them by two counting rules. Without it, the folder
../shared/data beside the checkout is tried; without that nothing is checked, and the output says so.
"""

import csv
import os
import pathlib
import random
import sys

import account
import check
from session import Failed, Session

SCHEMA = "reference_pipedrive"
RULES = {"first_entry": "expected_first_entry.csv", "every_entry": "expected_every_entry.csv"}


def data_folder():
    beside = pathlib.Path(__file__).resolve().parents[3] / "shared" / "data"
    folder = pathlib.Path(os.environ.get("PGCRM_TEST_DATA", beside)) / "pipedrive"
    return folder if (folder / "deal_changes.csv").exists() else None


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def said(change):
    """(kind, stage_id, status, owner, owner_said) of one change."""
    return {"add_time": ("created", None, None, None, False),
            "stage_id": ("moved", change["new_value"], None, None, False),
            "user_id": ("changed", None, None, change["new_value"], True),
            "lost_reason": ("changed", None, "lost", None, False)}[change["changed_field_key"]]


def observations(folder):
    """What each change says of its deal; the change's line is its id."""
    for line, change in enumerate(rows_of(folder / "deal_changes.csv"), 2):
        kind, stage_id, status, owner, owner_said = said(change)
        yield (change["deal_id"], change["change_time"] + "+00", 0, kind, str(line), stage_id,
               stage_id and f"Stage {stage_id}", stage_id and "Deals", status, None, None, owner,
               False, False, owner_said, "deal_changes")


def expected(path):
    """Deals by month and stage. The steps with a fraction are activities, which are not read here."""
    return {(row["month"], row["funnel_step"].split(".")[0]): int(row["deals_count"]) for row in rows_of(path)
            if float(row["funnel_step"]).is_integer()}


def funnel(session, rule):
    rows = account.copied(session, f"select month, stage_id, deals from crm_funnel('{SCHEMA}', '{rule}')")
    return {(month, stage_id): int(deals) for month, stage_id, deals in rows}


def differences(session, folder):
    for rule, file in RULES.items():
        stored, published = funnel(session, rule), expected(folder / file)
        for cell in sorted(stored.keys() | published.keys()):
            if stored.get(cell, 0) != published.get(cell, 0):
                yield f"{rule} {cell}: {stored.get(cell, 0)} deals, published {published.get(cell, 0)}"


def bring_in(session, folder):
    """The changes in a random order, in four arrivals, with a refresh after each."""
    rows = list(observations(folder))
    random.Random(1).shuffle(rows)
    for part in range(4):
        session.run(check.put(SCHEMA, rows[part::4]))
        check.refresh(session, SCHEMA)
    return len(rows)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = data_folder()
    if folder is None:
        print("skipped: no data of real deals; PGCRM_TEST_DATA can name a folder that has them")
        return
    session = Session(sys.argv[1])
    try:
        check.set_up(session)
        columns = check.make_account(session, SCHEMA, "UTC")
        count = bring_in(session, folder)
        check.check(session, SCHEMA, columns, "Pipedrive")
    except (check.Difference, Failed) as wrong:
        sys.exit(f"not ok: {wrong}")
    found = list(differences(session, folder))
    if found:
        sys.exit("not ok: " + "\n".join(found))
    sums = {rule: sum(funnel(session, rule).values()) for rule in RULES}
    print(f"ok: {count} changes of deals; the published funnels cell for cell: {dict(sums)}")


if __name__ == "__main__":
    main()
