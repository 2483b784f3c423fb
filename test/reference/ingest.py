"""Events through the real ingest, against what their bodies say, against crm_verify and against the rules.

    python3 test/reference/ingest.py DATABASE [--seed SEED] [--histories N] [--minutes N] [--office N]

An office is an account whose source is made for the occasion: a stream for each kind of observation, some that keep the
newest of a key's events by their time and some by their version, and a stream that tells the places of stages. Its events
are repeated, respelled, contradicted and replaced; values are blank or cannot be read. They are delivered in two orders
and in batches of any size, with refreshes, rebuilds and replays in between, and with a mapping that at first is not yet
what it must be. In the end

    the observations are those that the bodies say, read here by themselves (expected)
    neither crm_verify nor the rules find a cell that differs, nor did they on the way
    both deliveries end in the same bytes

Exits 1 at the first difference, with the seed and the office.
"""

import json
import random
from datetime import timezone, timedelta
from decimal import Decimal

import account
import campaign
import check
import histories
from session import copy_into, literal

SOURCE, SCHEMA = "reference_events", "reference_ingest"
LEADS_OF_AN_OFFICE = 120

# Stream, what it observes, and by what a key's newest event is told: the time of the observation or a version.
STREAMS = (("born", "created", "at"), ("moved", "moved", "version"), ("changed", "changed", "at"),
           ("seen", "snapshot", "version"), ("gone", "deleted", "at"))
KINDS = {stream: kind for stream, kind, _ in STREAMS}
NEWEST_BY = {stream: newest for stream, _, newest in STREAMS}
WORDS = {"todo": "open", "won": "won", "lost": "lost", "cancelled": "cancelled"}
BLANKS = ("", " ", "\t ")


# ---------------------------------------------------------------- the source


def column(name, kind, **more):
    return {"name": name, "type": kind, "at": "/" + name, **more}


def mapping(stream, is_mended):
    """Before it is mended, a body whose amount cannot be read is put aside."""
    kind = KINDS[stream]
    forgiving = {"unreadable": "null"} if is_mended else {}
    columns = [column("id", "text", required=True), column("version", "bigint", required=True),
               column("at", "timestamptz", required=True), column("lead", "text", required=True), column("seq", "bigint")]
    says = {"kind": kind, "lead": "lead", "at": "at", "sequence": "seq"}
    if kind != "deleted":
        columns += [column("stage", "text"), column("stage_name", "text"), column("pipeline", "text"),
                    column("status", "text"), column("amount", "numeric", **forgiving),
                    column("currency", "text"), column("owner", "text")]
        says |= {"stage": "stage", "stage_name": "stage_name", "pipeline": "pipeline", "amount": "amount",
                 "currency": "currency", "owner": "owner", "status": {"column": "status", "map": WORDS}}
    columns.append({"name": "raw_data", "type": "jsonb", "from": "body"})
    return {"stream": stream, "match": {"/kind": stream}, "key": ["id"], "columns": columns, "observation": says,
            "on_duplicate": "keep" if NEWEST_BY[stream] == "at" else {"replace_if_newer": "version"}}


BOARD = {"stream": "board", "match": {"/kind": "board"}, "key": ["id"],
         "columns": [column("id", "text", required=True), column("stage", "text", required=True),
                     column("position", "bigint"), column("at", "timestamptz"),
                     {"name": "raw_data", "type": "jsonb", "from": "body"}],
         "stage": {"id": "stage", "position": "position", "at": "at"}}


def define(mappings):
    """The statements by which an administrator defines streams."""
    return "reset role;\n" + "".join(
        f"do $do$ begin perform crm_stream_define({literal(SOURCE)}, {literal(json.dumps(each))}::jsonb); end $do$;\n"
        for each in mappings) + f"set role {check.OWNER};\n"


def make_account(session, zone):
    session.run(f"reset role; select crm_account_drop(a.account, keep_data => false) from pgcrm.account a where a.account = '{SCHEMA}';"
                + define([mapping(stream, False) for stream, *_ in STREAMS] + [BOARD])
                + f"reset role; select crm_account_create('{SCHEMA}', source => '{SOURCE}', time_zone => '{zone}', owner => '{check.OWNER}');"
                f"set role {check.OWNER}; create temp table if not exists arriving (n integer, body text);")
    return account.columns_of(session, SCHEMA)


# ---------------------------------------------------------------- bodies


class Number(str):
    """A number as it is to be spelled."""


def spelled(body):
    """The body as text; json.dumps would spell numbers its own way."""
    fields = (f"{json.dumps(key)}: {value if isinstance(value, Number) else json.dumps(value)}" for key, value in body.items())
    return "{" + ", ".join(fields) + "}"


def integer(rng, value):
    """Spellings that jsonb prints alike, so that they are one id."""
    if value == 0:
        return Number(rng.choice(("0", "-0", "0e3")))
    return Number(rng.choice((f"{value}", f"{value}e0", f"{value / 10:.1f}e1")))


def amount(rng, value):
    """Of one amount, as a number or as a text."""
    return rng.choice((Number(value), Number(value + "0"), Number(value + "e0"), value))


def moment(rng, at):
    zone = timezone(rng.choice((timedelta(), timedelta(hours=5, minutes=45), timedelta(hours=-6))))
    return (histories.EPOCH + timedelta(microseconds=at)).astimezone(zone).isoformat()


class Event:
    """One thing that the source says under one key, and every spelling of it."""

    def __init__(self, stream, key, version, told):
        self.stream, self.key, self.version, self.told = stream, key, version, told

    def body(self, rng):
        """Fields in any order; what is None is null, what is not in `told` is not said."""
        told = self.told
        body = {"kind": self.stream, "id": self.key, "version": integer(rng, self.version), "at": moment(rng, told["at"]),
                "lead": told["lead"], **{name: told[name] for name in ("stage_name", "pipeline", "status", "currency", "owner") if name in told}}
        if "seq" in told:
            body["seq"] = None if told["seq"] is None else integer(rng, told["seq"])
        if "stage" in told:
            body["stage"] = integer(rng, int(told["stage"])) if told["stage"].isdigit() and rng.random() < 0.5 else told["stage"]
        if "amount" in told:
            body["amount"] = told["amount"] if told["amount"] in (None, *BLANKS, "much") else amount(rng, told["amount"])
        fields = list(body.items())
        rng.shuffle(fields)
        return spelled(dict(fields))

    def newest(self):
        return self.told["at"] if NEWEST_BY[self.stream] == "at" else self.version


def text_of(told, name):
    value = told.get(name)
    return None if value is None or not value.strip() else value


def expected_of(event):
    """The observation that an event makes, as a row of account.OBSERVATION."""
    told = event.told
    sequence = told.get("seq") or 0
    head = (told["lead"], told["at"], sequence, KINDS[event.stream], event.key)
    if KINDS[event.stream] == "deleted":
        return (*head, None, None, None, None, None, False, False, False, event.stream)
    word = text_of(told, "status")
    value = text_of(told, "amount")
    return (*head, text_of(told, "stage"), WORDS[word] if word else None,
            None if value in (None, "much") else Decimal(value).quantize(Decimal("0.01")),
            text_of(told, "currency"), text_of(told, "owner"),
            "amount" in told, "currency" in told, "owner" in told, event.stream)


class Office(histories.Office):
    def __init__(self, seed, number):
        super().__init__(seed, f"ingest/{number}")
        self.stages = [(i, f"Stage {i}", pipeline or "Sales") for i, _, pipeline in self.stages if not i.startswith("0")]

    def events(self):
        """For each key one event, now and then several that contradict each other at different times and versions."""
        found = []
        for n in range(LEADS_OF_AN_OFFICE):
            lead = f"{self.rng.choice(('', 'lead ', '0'))}{n}"
            instants = self.instants()
            for m in range(self.rng.randint(1, 7)):
                found += self.events_of_key(lead, f"{self.rng.choice(('', '', '0', 'e'))}{10 * n + m}", instants)
        return found

    def events_of_key(self, lead, key, instants):
        rng = self.rng
        stream = rng.choices([s for s, *_ in STREAMS], (3, 8, 6, 2, 1))[0]
        count = rng.choice((1, 1, 1, 1, 2, 3))
        times = rng.sample(range(-2, 3), count)  # no two of a key are as new as each other
        edge = min(max(rng.choice(instants), histories.FIRST + histories.DAY), histories.LAST - histories.DAY)
        return [Event(stream, key, 10 + n, self.told(stream, self.lead_now(lead, count), edge + (n * histories.HOUR if count > 1 else 0)))
                for n in times]

    def lead_now(self, lead, count):
        """What is told again is now and then told of another lead: the first one loses an observation."""
        return f"{lead} or another" if count > 1 and self.rng.random() < 0.2 else lead

    def told(self, stream, lead, at):
        rng = self.rng
        told = {"lead": lead, "at": at}
        if rng.random() < 0.3:
            told["seq"] = rng.choice((None, 0, 1, 2, 30))
        if KINDS[stream] == "deleted":
            return told
        if rng.random() < 0.7:
            told["stage"], told["stage_name"], told["pipeline"] = rng.choice(self.stages)
        for name, values in (("status", ("todo", "won", "lost", "cancelled", *BLANKS)),
                             ("amount", (None, "0.0", "10.0", "10.01", "-3.5", "much", *BLANKS)),
                             ("currency", (None, "EUR", "MXN", *BLANKS)),
                             ("owner", (None, "ana@example.com", "luis@example.com", *BLANKS))):
            if rng.random() < (0.3 if name == "status" else 0.5):
                told[name] = rng.choice(values)
        return told

    def board(self):
        """What is told of places: never two things of one stage at one time."""
        rng = self.rng
        return [spelled({"kind": "board", "id": f"b{n}", "stage": stage, "position": rng.choice((None, Number(rng.randint(1, 5)))),
                         "at": moment(rng, n * histories.DAY)})
                for n, (stage, *_) in enumerate(rng.choices(self.stages, k=rng.randint(0, 6)))]


def winners(events):
    """Of each key the newest, by time or by version as its stream has it."""
    newest = {}
    for each in events:
        key = (each.stream, each.key)
        if key not in newest or each.newest() > newest[key].newest():
            newest[key] = each
    return newest.values()


# ---------------------------------------------------------------- a delivery


def arrive(bodies):
    return ("truncate arriving;\n" + copy_into("arriving", ("n", "body"), list(enumerate(bodies)))
            + f"do $do$ begin perform count(*) from crm_ingest_batch('{SCHEMA}', (select array_agg(a.body order by a.n) from arriving a)); end $do$;\n")


def happens(rng):
    """What may happen between two batches."""
    return rng.choice(("", "", f"select pgcrm.refresh_batch('{SCHEMA}');\n", f"select crm_rebuild('{SCHEMA}');\n",
                       f"select crm_replay('{SCHEMA}', 'stored');\n", f"select crm_replay('{SCHEMA}');\n"))


def deliver(session, columns, events, board, rng):
    bodies = [each.body(rng) for each in events for _ in range(rng.choice((1, 1, 1, 2, 3)))] + board * 2
    rng.shuffle(bodies)
    mended_at = rng.randrange(len(bodies))
    first = 0
    while first < len(bodies):
        last = first + rng.choice((1, 2, 50, 200, 1000))
        script = arrive(bodies[first:last])
        if first <= mended_at < last:
            script += define([mapping(stream, True) for stream, *_ in STREAMS if KINDS[stream] != "deleted"])
        session.run(script + happens(rng))
        if rng.random() < 0.3:
            check.refresh(session, SCHEMA)
            check.check(session, SCHEMA, columns, f"after body {last} of {len(bodies)}")
        first = last
    session.run(f"select crm_replay('{SCHEMA}');")
    check.refresh(session, SCHEMA)


def check_observations(session, events):
    stored = {(o.origin, o.event_id): tuple(o) for o in account.observations(session, SCHEMA)}
    wanted = {(each.stream, each.key): expected_of(each) for each in winners(events)}
    wrong = [f"{key}: stored {stored.get(key)}, expected {wanted.get(key)}"
             for key in sorted(stored.keys() | wanted.keys()) if stored.get(key) != wanted.get(key)]
    if wrong:
        raise campaign.Difference(f"{len(wrong)} observations are not what the bodies say\n" + "\n".join(wrong[:10]))


def check_office(session, seed, number):
    office = Office(seed, number)
    events, board = office.events(), office.board()
    ends = []
    for delivery in (1, 2):
        columns = make_account(session, office.zone)
        deliver(session, columns, events, board, random.Random(f"{seed}/{number}/{delivery}"))
        check_observations(session, events)
        check.check(session, SCHEMA, columns, "at the end")
        ends.append(check.digests(session, SCHEMA, columns))
    if ends[0] != ends[1]:
        raise campaign.Difference(f"two deliveries end in different bytes: {set(ends[0]) ^ set(ends[1])}")
    return len({each.told["lead"] for each in events})


if __name__ == "__main__":
    campaign.main(__doc__, 1000, check.set_up, lambda session, options: campaign.offices(session, options, check_office), check_office)
