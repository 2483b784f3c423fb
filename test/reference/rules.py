"""The rules of stays and marts, written a second time.

The engine's C++ and crm_verify's SQL are one reading of the rules; this is another, by other means: a
walk over the observations of one lead, in Python, with numbers that are exact (integers of
microseconds, Decimal). Nothing here was taken from them. Where the three disagree, one is wrong.

In:  observations and stages of an account, its time zone, whether deleted leads count.
Out: dicts from key to row for stage_history, lead_current, funnel_monthly, funnel_monthly_by_owner and
     funnel_amount_monthly, with the columns of the tables of those names.

Each function is one rule and says which; the numbers are those of docs/explanation/stays.md.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Optional
from zoneinfo import ZoneInfo

KINDS = ("created", "moved", "changed", "snapshot", "deleted")
OUTCOMES = ("advanced", "moved_back", "handed_off", "won", "lost", "cancelled", "deleted")


class Observation(NamedTuple):
    """What one event says of a lead at one time. `at` is in microseconds since 1970, UTC."""

    lead_id: str
    at: int
    sequence: int
    kind: str
    event_id: str
    stage_id: Optional[str]
    status: Optional[str]
    amount: Optional[Decimal]
    currency: Optional[str]
    owner: Optional[str]
    amount_said: bool
    currency_said: bool
    owner_said: bool
    origin: str


class Stage(NamedTuple):
    stage_id: str
    pipeline: str
    position: Optional[int]


@dataclass
class Stay:
    """A maximal interval that a lead spends in one stage."""

    life_no: int
    stage_id: str
    owner: Optional[str]
    amount: Optional[Decimal]
    currency: Optional[str]
    entered_at: int
    entry_event_id: str
    is_first_entry: bool
    is_reopened: bool
    is_inferred: bool
    exited_at: Optional[int] = None
    exit_amount: Optional[Decimal] = None
    exit_event_id: Optional[str] = None
    outcome: str = "open"


@dataclass
class Lead:
    """What is known of a lead after some of its observations."""

    life_no: int = 0
    status: str = "open"  # while deleted: the one it had then
    owner: Optional[str] = None
    amount: Optional[Decimal] = None
    currency: Optional[str] = None
    creation_at: Optional[int] = None  # of the last creation
    created_at: Optional[int] = None  # of the creation that began this life
    closed_at: Optional[int] = None
    deleted_at: Optional[int] = None
    awaits_entry: bool = False  # the next stage seen is an entry, whichever it is
    deletion: Optional[Observation] = None  # the last one, as long as no move came behind it
    stays: list = field(default_factory=list)


# ---------------------------------------------------------------- order


def is_number(text):
    return text.isascii() and text.isdigit()


def event_order(event_id):
    """Numbers first, by their value; what remains equal, and other texts, by their bytes."""
    return (not is_number(event_id), int(event_id) if is_number(event_id) else 0, event_id.encode())


def order_of(o):
    """The total order of a lead's observations: creations, then snapshots, then the rest; a snapshot has no
    sequence; text compares by its bytes."""
    group = ("created", "snapshot").index(o.kind) if o.kind in ("created", "snapshot") else 2
    sequence = 0 if o.kind == "snapshot" else o.sequence
    return (o.at, group, sequence, KINDS.index(o.kind), event_order(o.event_id), o.origin.encode())


def id_order(members):
    """Of the stages of a pipeline: as numbers where all are, else by their bytes."""
    numeric = all(is_number(s.stage_id) for s in members)
    return lambda s: (int(s.stage_id) if numeric else 0, s.stage_id.encode())


def pipeline_order(members):
    """By position, ties by id; a stage without one stands right behind the stage with one whose id is the nearest
    smaller, before all where there is none; several of them in order of ids."""
    by_id = id_order(members)
    placed = sorted((s for s in members if s.position is not None), key=lambda s: (s.position, by_id(s)))
    behind = defaultdict(list)
    for stage in sorted((s for s in members if s.position is None), key=by_id):
        smaller = [s for s in placed if by_id(s) < by_id(stage)]
        behind[max(smaller, key=by_id).stage_id if smaller else None].append(stage)
    return behind[None] + [each for s in placed for each in (s, *behind[s.stage_id])]


def stage_ranks(stages):
    """Stage order, pipeline by pipeline."""
    ranks = {}
    pipelines = defaultdict(list)
    for stage in stages:
        pipelines[stage.pipeline].append(stage)
    for members in pipelines.values():
        ranks.update((s.stage_id, (s.pipeline, rank)) for rank, s in enumerate(pipeline_order(members)))
    return ranks


def newest_said(said):
    """What each stage is called, or where it belongs: the newest that observations say of it; several
    where they say it at the same time. A null says nothing."""
    newest = {}
    for stage_id, at, value in said:
        last, values = newest.get(stage_id, (None, set()))
        if value is None or (last is not None and at < last):
            continue
        newest[stage_id] = (at, values | {value} if at == last else {value})
    return {stage_id: values for stage_id, (_, values) in newest.items()}


# ---------------------------------------------------------------- stays


def begins_life(lead, o):
    """Rule 1: a creation begins a life, its repeat at the same time does not (and is then a change like
    any other); where the creation is missing, the first observation that is no deletion does."""
    return lead.life_no == 0 or (o.kind == "created" and o.at != lead.creation_at)


def begin_life(lead, o):
    if begins_life(lead, o):
        lead.life_no += 1
        lead.awaits_entry = True
        lead.created_at = o.at if o.kind == "created" else None
    if o.kind == "created":
        lead.creation_at = o.at


def hear(lead, o):
    """What an observation does not say stays as said before; owner, currency and amount come before
    stage and status."""
    if o.owner_said:
        lead.owner = o.owner
    if o.currency_said:
        lead.currency = o.currency
    if o.amount_said:
        lead.amount = o.amount


def status_told(lead, o):
    """Rule 3: an unsaid status is unchanged for generic changes and snapshots, open for creations
    and moves."""
    if o.status is not None:
        return o.status
    return "open" if o.kind in ("created", "moved") else lead.status


def is_back(lead, status):
    """Rules 2 to 4: a closed or deleted lead is open again, or was for a moment, when it gets a closed
    status that it did not have."""
    if lead.deleted_at is None and lead.status == "open":
        return False
    return status != lead.status or status == "open"


def stage_entered(lead, o, back):
    """Rule 2: the stage of the stay that begins here, or none. Rule 1: a life that begins without a stage
    has no stay until one is named, so nothing that could be reopened; that stage is then an entry."""
    stage_id = o.stage_id
    if stage_id is None and back and not lead.awaits_entry:
        stage_id = lead.stays[-1].stage_id
    if stage_id is None:
        return None
    begins = not lead.stays or lead.stays[-1].stage_id != stage_id or lead.awaits_entry or back
    return stage_id if begins else None


def end_stay(lead, o, outcome):
    """Rule 5: the first that comes ends a stay: the next one, the closing, the deletion."""
    if lead.stays and lead.stays[-1].exited_at is None:
        stay = lead.stays[-1]
        stay.exited_at, stay.exit_event_id, stay.exit_amount, stay.outcome = o.at, o.event_id, lead.amount, outcome


def begin_stay(lead, o, stage_id, back):
    """Rule 2; the first stay of a life is not a reopening. Rule 6: what generic changes and snapshots
    tell is inferred."""
    is_first_of_life = not lead.stays or lead.stays[-1].life_no != lead.life_no
    lead.stays.append(Stay(
        life_no=lead.life_no, stage_id=stage_id, owner=lead.owner, amount=lead.amount, currency=lead.currency,
        entered_at=o.at, entry_event_id=o.event_id,
        is_first_entry=all(s.stage_id != stage_id for s in lead.stays),
        is_reopened=back and not is_first_of_life,
        is_inferred=o.kind in ("changed", "snapshot")))
    lead.awaits_entry = False


def confirm_stay(lead, o):
    """Rule 6: a move of the same instant into the stage of an inferred stay that has not ended is what the change
    or snapshot had heard of; the first such move only, since the stay is inferred no more."""
    if not lead.stays or o.kind != "moved":
        return
    stay = lead.stays[-1]
    if stay.is_inferred and stay.exited_at is None and (stay.stage_id, stay.entered_at) == (o.stage_id, o.at):
        stay.is_inferred, stay.entry_event_id = False, o.event_id


def outcome_of_move(ranks, stage_id, next_stage_id):
    """Rule 5: to another pipeline handed off, to a later stage advanced, else moved back."""
    pipeline, rank = ranks[stage_id]
    next_pipeline, next_rank = ranks[next_stage_id]
    if pipeline != next_pipeline:
        return "handed_off"
    return "advanced" if next_rank > rank else "moved_back"


def delete(lead, o):
    """Rule 4: ends an open stay, leaves a closed one as it is."""
    lead.deletion = o
    end_stay(lead, o, "deleted")
    if lead.deleted_at is None:
        lead.deleted_at = o.at


def is_behind_deletion(lead, o):
    """Rule 4: a change or snapshot of the instant of a deletion that no move came behind. It is heard, and that is all."""
    return o.kind in ("changed", "snapshot") and lead.deletion is not None and lead.deletion.at == o.at


def set_status(lead, o, status):
    """Rule 3: a closing ends the stay that the lead is in."""
    if status == "open":
        lead.closed_at = None
    else:
        end_stay(lead, o, status)
        if status != lead.status or lead.closed_at is None:
            lead.closed_at = o.at
    lead.status = status
    lead.deleted_at = None


def observe(lead, o, ranks):
    if o.kind == "deleted":
        delete(lead, o)
        return
    if is_behind_deletion(lead, o):
        hear(lead, o)
        return
    if o.kind == "moved":
        lead.deletion = None
    confirm_stay(lead, o)
    life_before = lead.life_no
    begin_life(lead, o)
    if lead.life_no != life_before:
        lead.closed_at = None  # of the life before
    hear(lead, o)
    status = status_told(lead, o)
    back = is_back(lead, status)
    stage_id = stage_entered(lead, o, back)
    if stage_id is not None:
        if lead.stays:
            end_stay(lead, o, outcome_of_move(ranks, lead.stays[-1].stage_id, stage_id))
        begin_stay(lead, o, stage_id, back)
    set_status(lead, o, status)


def read_lead(observations, ranks):
    lead = Lead()
    for o in sorted(observations, key=order_of):
        observe(lead, o, ranks)
    return lead


# ---------------------------------------------------------------- rows

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@lru_cache(maxsize=1 << 18)
def month_of(at, zone):
    """The first day of the month of an instant in the account's time zone."""
    if at is None:
        return None
    local = (EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo(zone))
    return f"{local.year:04d}-{local.month:02d}-01"


def stay_row(stay, ranks, zone):
    return {
        "life_no": stay.life_no, "stage_id": stay.stage_id, "pipeline": ranks[stay.stage_id][0], "owner": stay.owner,
        "amount": stay.amount, "exit_amount": stay.exit_amount, "currency": stay.currency,
        "entered_at": stay.entered_at, "exited_at": stay.exited_at,
        "entry_month": month_of(stay.entered_at, zone), "exit_month": month_of(stay.exited_at, zone),
        "outcome": stay.outcome, "is_first_entry": stay.is_first_entry, "is_reopened": stay.is_reopened,
        "is_inferred": stay.is_inferred, "entry_event_id": stay.entry_event_id, "exit_event_id": stay.exit_event_id}


def lead_row(lead, ranks):
    """lead_current: where the lead is, with the status that it has or had when it was deleted."""
    stay = lead.stays[-1] if lead.stays else None
    return {
        "stage_id": stay and stay.stage_id, "pipeline": stay and ranks[stay.stage_id][0], "status": lead.status,
        "amount": lead.amount, "currency": lead.currency, "owner": lead.owner, "entered_at": stay and stay.entered_at,
        "created_at": lead.created_at, "closed_at": lead.closed_at, "deleted_at": lead.deleted_at}


def funnel_row():
    return dict.fromkeys(("entries", "first_entries", "reopened_in_place", "leads", *OUTCOMES,
                          "still_open", "settled_stays", "settled_seconds"), 0) | {"settled_seconds": Decimal(0)}


def add_to_funnel(row, stay, previous):
    """One stay's part in funnel_monthly; `leads` is counted by the caller. Reopened in place: in the
    stage that the lead was in, in the same life."""
    row["entries"] += 1
    row["first_entries"] += stay.is_first_entry
    row["reopened_in_place"] += bool(stay.is_reopened and previous and previous.stage_id == stay.stage_id)
    row["still_open" if stay.outcome == "open" else stay.outcome] += 1
    if stay.exited_at is not None:
        row["settled_stays"] += 1
        row["settled_seconds"] += Decimal(stay.exited_at - stay.entered_at) / 1000000


def add_lead_to_funnel(funnel, lead, zone, grain):
    """A mart is the sum of what each lead adds; a lead counts once in `leads` of a cell."""
    seen = set()
    for previous, stay in zip([None, *lead.stays], lead.stays):
        cell = (month_of(stay.entered_at, zone), stay.stage_id, *grain(stay))
        add_to_funnel(funnel[cell], stay, previous)
        if cell not in seen:
            funnel[cell]["leads"] += 1
            seen.add(cell)


def add_lead_to_amounts(amounts, lead, zone):
    """funnel_amount_monthly: stays whose amount at entry is known, by currency."""
    for stay in lead.stays:
        if stay.amount is None:
            continue
        row = amounts[(month_of(stay.entered_at, zone), stay.stage_id, stay.currency or "")]
        row["entries"] += 1
        row["entry_amount"] += stay.amount
        if stay.is_first_entry:
            row["first_entries"] += 1
            row["first_entry_amount"] += stay.amount


def leads_that_count(leads, count_deleted_leads):
    """Rule 7: without deleted leads, one that is deleted at the end of its history adds nothing."""
    return [lead for lead in leads if count_deleted_leads or lead.deleted_at is None]


def amount_row():
    return {"entries": 0, "first_entries": 0, "entry_amount": Decimal(0), "first_entry_amount": Decimal(0)}


def tables(observations, stages, zone, count_deleted_leads=True):
    """All tables of an account, from its observations and its definitions."""
    ranks = stage_ranks(stages)
    of_lead = defaultdict(list)
    for o in observations:
        of_lead[o.lead_id].append(o)
    leads = {lead_id: read_lead(of, ranks) for lead_id, of in of_lead.items()}
    funnel, by_owner, amounts = defaultdict(funnel_row), defaultdict(funnel_row), defaultdict(amount_row)
    for lead in leads_that_count(leads.values(), count_deleted_leads):
        add_lead_to_funnel(funnel, lead, zone, lambda stay: ())
        add_lead_to_funnel(by_owner, lead, zone, lambda stay: (stay.owner or "",))
        add_lead_to_amounts(amounts, lead, zone)
    return {
        "stage_history": {(lead_id, n): stay_row(stay, ranks, zone)
                          for lead_id, lead in leads.items() for n, stay in enumerate(lead.stays, 1)},
        "lead_current": {(lead_id,): lead_row(lead, ranks) for lead_id, lead in leads.items()},
        "funnel_monthly": funnel,
        "funnel_monthly_by_owner": by_owner,
        "funnel_amount_monthly": amounts}
