"""Random histories of leads, made to hit the corners, and all small ones.

An office is an account: a zone, stages in several pipelines, and many leads with one history each. All of
it follows from the seed and the office's number.
"""

import itertools
import random
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

COLUMNS = ("lead_id", "occurred_at", "sequence", "kind", "event_id", "stage_id", "stage", "pipeline", "status",
           "amount", "currency", "owner", "said", "origin")

# Local times at which a month or another offset begins. Samoa had no 30 December 2011, St. John's turned its
# clocks one minute after midnight, Cairo does on Fridays, Nepal moved by a quarter of an hour on New Year.
TURNS = {
    "UTC": ("2024-01-01 00:00", "2024-03-01 00:00"),
    "America/Chihuahua": ("2022-10-30 02:00", "2022-11-01 00:00", "2023-01-01 00:00"),
    "America/St_Johns": ("2011-03-13 00:01", "2011-11-06 00:01", "2011-11-01 00:00", "1987-10-25 00:01"),
    "Africa/Cairo": ("2023-04-28 00:00", "2023-10-27 00:00", "2014-08-01 00:00", "2023-11-01 00:00"),
    "Asia/Kathmandu": ("1986-01-01 00:00", "1985-12-01 00:00"),
    "Europe/Paris": ("2024-03-31 02:00", "2024-04-01 00:00", "2021-10-31 03:00", "2021-11-01 00:00"),
    "Pacific/Apia": ("2011-12-30 00:00", "2011-12-31 00:00", "2012-01-01 00:00", "2010-09-26 00:00")}
ZONES = tuple(TURNS)
EVERYWHERE = ("1970-01-01 00:00", "2038-02-01 00:00", "2199-12-01 00:00")
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
FIRST = 0
LAST = int((datetime(2199, 12, 31, 23, 59, 59, 999999, timezone.utc) - EPOCH) / timedelta(microseconds=1))
SECOND, HOUR, DAY = 10**6, 3600 * 10**6, 86400 * 10**6
STEPS = (0, 0, 1, -1, SECOND, -SECOND, 1800 * SECOND, HOUR, -HOUR, 2 * HOUR, 11 * HOUR, DAY, -DAY, 40 * DAY)

# Ids of events: numbers of different lengths, the same number spelled twice, beyond bigint, and texts.
EVENT_IDS = ("2", "9", "10", "11", "98", "99", "100", "101", "0100", "00", "0", "99999999999999999999", "100000000000000000000",
             "1e2", "-5", "7/2024-01-01", "a", "B", "é")
STAGE_IDS = (("9", "10", "100"), ("2", "30", "7", "07"), ("offer", "Offer", "étape", "10"), ("a/b", "", "z"))
PIPELINES = ("Sales", "Renewals", "After/Sales", "")


class Definition(NamedTuple):
    """What a person says of a stage."""

    position: object
    own_name: object
    own_pipeline: object


class Office:
    """What the histories of one account have in common."""

    def __init__(self, seed, number):
        self.rng = random.Random(f"{seed}/{number}")
        rng = self.rng
        self.zone = rng.choice(ZONES)
        self.count_deleted_leads = rng.random() < 0.5
        pipelines = rng.sample(PIPELINES, rng.randint(1, 3))
        ids = sorted({i for family in rng.sample(STAGE_IDS, rng.randint(1, 3)) for i in family if i})
        self.stages = [(i, f"Stage {i}", rng.choice(pipelines)) for i in rng.sample(ids, rng.randint(2, min(7, len(ids))))]
        self.definitions = self.new_definitions(rng)

    def new_definitions(self, rng):
        """Positions with ties and gaps, for half of the stages none; now and then a name and a pipeline of the person's own."""
        return {stage_id: Definition(
            rng.choice((None, None, None, None, None, 1, 2, 2, 3, -5, 2**40)),
            rng.choice((None, None, None, "Renamed", "Étape 1")),
            rng.choice((None, None, None, "Sales", "Own"))) for stage_id, _, _ in self.stages}

    def histories(self, count):
        return [one for n in range(count) for one in self.history(f"{self.rng.choice(('', 'lead ', '0'))}{n}")]

    def instants(self):
        """A few instants near an edge, so that many observations share one."""
        rng = self.rng
        zone = rng.choice((self.zone, self.zone, rng.choice(ZONES)))
        turn = rng.choice(TURNS[zone] * 3 + EVERYWHERE)
        edge = datetime.fromisoformat(turn).replace(tzinfo=ZoneInfo(zone)) - EPOCH
        at = edge // timedelta(microseconds=1)
        return [min(LAST, max(FIRST, at + rng.choice(STEPS) + rng.choice(STEPS))) for _ in range(rng.randint(1, 6))]

    def history(self, lead_id):
        rng = self.rng
        instants, calm = self.instants(), rng.random() < 0.5
        size = min(rng.randint(1, 8) + rng.choice((0, 0, 0, 8)), 16)
        # Two streams may know an event by the same id.
        events = rng.sample([(event, origin) for event in EVENT_IDS for origin in ("one", "two")], size)
        return [self.observation(lead_id, rng.choice(instants), *event, calm) for event in events]

    def observation(self, lead_id, at, event_id, origin, calm):
        """`calm` leads mostly say stages and few closings, so that long paths come about."""
        rng = self.rng
        kind = rng.choices(("created", "moved", "changed", "snapshot", "deleted"), (3, 8, 6, 2, 1 if calm else 3))[0]
        stage_id, name, pipeline = rng.choice(self.stages) if rng.random() < 0.6 else (None, None, None)
        if stage_id and rng.random() < 0.05:
            name, pipeline = rng.choice((name, "Renamed by the source", None)), rng.choice(PIPELINES)
        status = rng.choices((None, "open", "won", "lost", "cancelled"), (8, 3, 1, 1, 1) if calm else (4, 3, 3, 2, 1))[0]
        said = [rng.random() < 0.5 for _ in range(3)]
        amount = rng.choice((None, "0.00", "10.00", "10.01", "-3.50", "999999999999999.99")) if said[0] else None
        currency = rng.choice((None, "EUR", "MXN")) if said[1] else None
        owner = rng.choice((None, "ana@example.com", "luis@example.com")) if said[2] else None
        sequence = rng.choice((0, 0, 0, 0, 1, 2, -1))
        if kind == "deleted":
            stage_id = name = pipeline = status = amount = currency = owner = None
            said = [False] * 3
        return (lead_id, at, sequence, kind, event_id, stage_id, name, pipeline or None, status,
                None if amount is None else Decimal(amount), currency, owner, *said, origin)


# ---------------------------------------------------------------- all small histories

STAGES = {"1": ("One", "Sales"), "2": ("Two", "Sales"), "3": ("Three", "After")}

# What an observation can say that matters to the rules: kind, stage, status.
ALPHABET = tuple(
    [("created", None, None), ("created", "1", None), ("created", "2", "won"), ("created", None, "lost"),
     ("moved", "1", None), ("moved", "2", None), ("moved", "3", None), ("moved", None, None), ("moved", "2", "won"),
     ("changed", None, None), ("changed", "1", None), ("changed", "2", None), ("changed", None, "open"),
     ("changed", None, "won"), ("changed", None, "lost"), ("changed", "1", "won"), ("changed", "2", "lost"),
     ("snapshot", "1", "open"), ("deleted", None, None)])
START = 1704067200 * SECOND - 90 * 60 * SECOND


def spelled_out(lead_id, letters, at):
    """A history of one of these for each letter; `at` says how far apart they are."""
    for n, (kind, stage_id, status) in enumerate(letters):
        name, pipeline = STAGES[stage_id] if stage_id else (None, None)
        yield (lead_id, START + n * at, n, kind, str(n), stage_id, name, pipeline, status,
               None, None, None, False, False, False, "one")


def all_histories(letters, length, at):
    """Each sequence of so many letters is a lead, named by the places of its letters."""
    for places in itertools.product(range(len(letters)), repeat=length):
        yield from spelled_out(".".join(map(str, places)), [letters[p] for p in places], at)
