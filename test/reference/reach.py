"""The comparison can fail: with any one rule of rules.py broken, the histories show it.

    python3 test/reference/reach.py DATABASE

Puts the histories of check.py into accounts once; then breaks one rule after another, in memory, and looks
for cells that differ. A rule that no history reaches would go unnoticed in the engine as well.
"""

import sys
from contextlib import contextmanager

import account
import check
import histories
import rules
from session import Failed, Session

SMALL, BY_IDS, BY_POSITIONS = "reference_reach_small", "reference_reach_by_ids", "reference_reach_by_positions"


@contextmanager
def broken(name, other):
    right = getattr(rules, name)
    setattr(rules, name, other(right))
    try:
        yield
    finally:
        setattr(rules, name, right)


def without(position):
    """The total order with one of its parts left out."""
    return lambda right: lambda o: right(o)[:position] + right(o)[position + 1:]


def changed_stay(change):
    """begin_stay, and then something else about that stay."""
    def other(right):
        def begin(lead, o, stage_id, back):
            right(lead, o, stage_id, back)
            change(lead.stays[-1], lead, o)
        return begin
    return other


def never_first(stay, lead, o):
    stay.is_reopened = stay.is_reopened or (len(lead.stays) > 1 and o.kind == "created")


def only_snapshots(stay, lead, o):
    stay.is_inferred = o.kind == "snapshot"


def first_of_life(stay, lead, o):
    stay.is_first_entry = all(s.stage_id != stay.stage_id or s.life_no != stay.life_no for s in lead.stays[:-1])


def exit_with_old_amount(right):
    def end(lead, o, outcome):
        right(lead, o, outcome)
        if lead.stays:
            lead.stays[-1].exit_amount = lead.stays[-1].amount
    return end


# What is broken, in which function, and how.
BROKEN = (
    ("order: creations, then snapshots", "order_of", without(1)),
    ("order: sequence", "order_of", without(2)),
    ("order: rank of the kind", "order_of", without(3)),
    ("order: event id", "order_of", without(4)),
    ("order: origin", "order_of", without(5)),
    ("order: a snapshot has no sequence", "order_of", lambda right: lambda o: right(o)[:2] + (o.sequence, *right(o)[3:])),
    ("order: event ids as numbers", "event_order", lambda right: lambda event_id: event_id.encode()),
    ("order: numbers before other event ids", "event_order", lambda right: lambda event_id: (not right(event_id)[0], *right(event_id)[1:])),
    ("stage order: numbers", "id_order", lambda right: lambda members: lambda s: s.stage_id.encode()),
    ("stage order: without a position", "pipeline_order",
     lambda right: lambda members: sorted(right(members), key=lambda s: (s.position is None, s.position or 0))),
    ("behind a deletion of the same instant", "is_behind_deletion", lambda right: lambda lead, o: False),
    ("a move between", "is_behind_deletion",
     lambda right: lambda lead, o: o.kind in ("changed", "snapshot") and lead.deleted_at == o.at),
    ("confirmation", "confirm_stay", lambda right: lambda lead, o: None),
    ("confirmation of the stage that is named", "confirm_stay",
     lambda right: lambda lead, o: right(lead, o._replace(stage_id=lead.stays[-1].stage_id) if lead.stays else o)),
    ("a repeated creation begins a life", "begins_life", lambda right: lambda lead, o: lead.life_no == 0 or o.kind == "created"),
    ("a creation begins no second life", "begins_life", lambda right: lambda lead, o: lead.life_no == 0),
    ("owner, amount and currency unsaid", "hear", lambda right: lambda lead, o: right(lead, o._replace(owner_said=True))),
    ("a move without a status leaves it", "status_told", lambda right: lambda lead, o: o.status or lead.status),
    ("a change without a status opens", "status_told", lambda right: lambda lead, o: o.status or "open"),
    ("from one closed status to another", "is_back", lambda right: lambda lead, status: right(lead, status) and status == "open"),
    ("a life without a stage reopens none", "stage_entered",
     lambda right: lambda lead, o, back: right(lead, o._replace(stage_id=o.stage_id or (lead.stays and back and lead.stays[-1].stage_id) or None), back)),
    ("the first stay of a life is no reopening", "begin_stay", changed_stay(never_first)),
    ("inferred by changes", "begin_stay", changed_stay(only_snapshots)),
    ("first entry over all lives", "begin_stay", changed_stay(first_of_life)),
    ("exit amount", "end_stay", exit_with_old_amount),
    ("handed off", "outcome_of_move", lambda right: lambda *a: right(*a).replace("handed_off", "advanced")),
    ("moved back", "outcome_of_move", lambda right: lambda *a: right(*a).replace("moved_back", "advanced")),
    ("deletion", "delete", lambda right: lambda lead, o: None),
    ("closing", "set_status", lambda right: lambda lead, o, status: right(lead, o, "open" if status == "cancelled" else status)),
    ("months in the zone", "month_of", lambda right: lambda at, zone: right(at, "UTC")),
    ("reopened in place", "add_to_funnel", lambda right: lambda row, stay, previous: right(row, stay, None)),
    ("newest name", "newest_said", lambda right: lambda said: right((i, -at, value) for i, at, value in said)))


def bring_in(session):
    columns = check.make_account(session, SMALL, "UTC")
    session.run(check.put(SMALL, list(histories.all_histories(histories.ALPHABET, 3, 0))))
    check.refresh(session, SMALL)
    bring_office_in(session, BY_IDS, 1, lambda d: histories.Definition(None, None, None))
    bring_office_in(session, BY_POSITIONS, 10, lambda d: d._replace(own_name=None, own_pipeline=None))
    return columns


def bring_office_in(session, schema, number, defined):
    office = histories.Office("reach", number)
    check.make_account(session, schema, "America/St_Johns")
    session.run(check.put(schema, office.histories(check.LEADS_OF_AN_OFFICE)))
    check.refresh(session, schema)
    session.run(check.define(schema, {i: defined(d) for i, d in office.definitions.items()}))
    check.refresh(session, schema)


def seen(session, columns):
    return any(account.differences(session, schema, columns) for schema in (BY_POSITIONS, BY_IDS, SMALL))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    session = Session(sys.argv[1])
    try:
        check.set_up(session)
        columns = bring_in(session)
    except (check.Difference, Failed) as wrong:
        sys.exit(f"not ok: {wrong}")
    if seen(session, columns):
        sys.exit("not ok: cells differ with all rules as they should be")
    unseen = []
    for what, name, other in BROKEN:
        with broken(name, other):
            if not seen(session, columns):
                unseen.append(what)
    if unseen:
        sys.exit(f"not ok: broken, and nothing differs: {', '.join(unseen)}")
    print(f"ok: each of {len(BROKEN)} broken rules is seen")


if __name__ == "__main__":
    main()
