"""Backends killed with SIGKILL in the middle of ingest and of refresh lose nothing and count nothing twice.

    python3 test/reference/crash.py DATABASE [--kills N] [--seed SEED]

One session ingests batches of webhooks in which many events come again, another refreshes and now and then
rebuilds. One of the two is killed at a random moment; the server then restarts all of its processes, both
connect again and go on, and a batch that was not acknowledged is sent again. At the end every acknowledged
event is stored once, crm_verify is empty, and the rules in Python agree.

The server must be one that nobody else uses, and this must run as its user or as root.
"""

import argparse
import json
import os
import random
import secrets
import signal
import sys
import threading
import time

import check
from histories import EPOCH, timedelta
from session import Failed, Session, literal

SCHEMA = "reference_crash"
BATCH = 40
SECONDS_TO_COME_BACK = 60
SIGNS_OF_A_CRASH = ("server closed the connection", "terminating connection", "connection to server was lost")


def webhook(number):
    """Event `number`, the same each time: one of some hundred leads does something in the year 2024."""
    rng = random.Random(number)
    kind = rng.choice(("lead.step.changed",) * 6 + ("lead.creation", "lead.status.changed", "lead.any_update", "lead.deleted"))
    at = (EPOCH + timedelta(days=19723 + rng.randrange(366), seconds=rng.randrange(86400))).strftime("%Y-%m-%dT%H:%M:%SZ")
    step = rng.randint(1, 6)
    data = {"id": rng.randint(1, 300), "title": "Lead", "created_at": at, "updated_at": at, "step_id": step,
            "step": f"Step {step}", "pipeline": "Sales", "status": rng.choice(("todo", "todo", "todo", "won", "lost")),
            "amount": rng.randint(0, 1000), "currency": "EUR", "user": {"email": rng.choice(("ana", "luis")) + "@example.com"}}
    return json.dumps({"webhook_event": {"id": number, "event": kind, "signature": "none", "has_succeeded": False,
                                         "try_count": 1, "last_returned_code": None, "data": data}})


def connected(database, gives_up_at):
    """A session, as soon as the server lets one in."""
    while True:
        try:
            session = Session(database)
            session.run(f"set role {check.OWNER};")
            return session
        except Failed:
            if time.monotonic() > gives_up_at:
                raise
            time.sleep(0.05)


class Worker(threading.Thread):
    """Does its work over and over in a session of its own, and gets another when that one has died."""

    def __init__(self, database, rng):
        super().__init__(daemon=True)
        self.database, self.rng = database, rng
        self.pid = None
        self.is_busy = self.is_over = False
        self.failure = None

    def run(self):
        try:
            while not self.is_over:
                self.work_until_killed()
        except Exception as failure:  # shown by the main thread, which waits for this one
            self.failure = failure

    def work_until_killed(self):
        session = connected(self.database, time.monotonic() + SECONDS_TO_COME_BACK)
        try:
            self.pid = int(session.run("select pg_backend_pid();")[0])
            while not self.is_over:
                statement = self.next_statement()
                self.is_busy = True
                answer = session.run(statement)
                self.is_busy = False
                self.answered(answer)
        except Failed as failure:
            if not any(sign in str(failure) for sign in SIGNS_OF_A_CRASH):
                raise
        finally:
            self.pid, self.is_busy = None, False
            session.close()


class Ingester(Worker):
    """Sends new events in order of their number, and among them some that were sent before."""

    def __init__(self, database, rng):
        super().__init__(database, rng)
        self.sent, self.acknowledged, self.batch = 0, set(), []

    def next_statement(self):
        if not self.batch:  # else the one that was not acknowledged is sent again
            new = range(self.sent + 1, self.sent + BATCH + 1)
            again = [self.rng.randint(1, new[-1]) for _ in range(BATCH // 2)]
            self.sent, self.batch = new[-1], [*new, *again]
            self.rng.shuffle(self.batch)
        bodies = ", ".join(literal(webhook(number)) for number in self.batch)
        return f"select outcome from crm_ingest_batch('{SCHEMA}', array[{bodies}]);"

    def answered(self, outcomes):
        if len(outcomes) != len(self.batch) or set(outcomes) - {"stored", "duplicate"}:
            raise check.Difference(f"outcomes of a batch: {sorted(set(outcomes))}, {len(outcomes)} rows")
        self.acknowledged.update(self.batch)
        self.batch = []


class Refresher(Worker):
    def next_statement(self):
        if self.rng.random() < 0.1:
            return f"select crm_rebuild('{SCHEMA}');"
        return f"set pgcrm.refresh_batch = {self.rng.choice((5, 50, 1000))}; select outcome from crm_refresh('{SCHEMA}');"

    def answered(self, outcomes):
        if "failed" in outcomes:
            raise check.Difference("a refresh has failed")


def kill_one(workers, rng):
    """Kills the backend of one of them at a random moment of its work; says whether it was at work."""
    time.sleep(rng.choice((0.02, 0.1, 0.3)) * rng.random())
    victim = rng.choice(workers)
    pid, busy = victim.pid, victim.is_busy
    if pid is None or not busy:
        return None
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return None
    return type(victim).__name__


def wait_for_all(workers):
    """Both are connected again, or one has failed."""
    end = time.monotonic() + SECONDS_TO_COME_BACK
    while any(worker.pid is None for worker in workers):
        for worker in workers:
            if worker.failure:
                raise worker.failure
        if time.monotonic() > end:
            raise check.Difference("the server did not come back")
        time.sleep(0.01)


def kill_many(workers, rng, count):
    hit = {"Ingester": 0, "Refresher": 0}
    while sum(hit.values()) < count:
        wait_for_all(workers)
        name = kill_one(workers, rng)
        if name:
            hit[name] += 1
            time.sleep(0.1)  # until the others are told as well
    wait_for_all(workers)
    return hit


def check_stored(session, sent, acknowledged):
    """Each acknowledged event once, and none that was not sent."""
    tables = ("lead_created", "step_changed", "lead_changed", "lead_deleted")
    stored = [int(row) for table in tables for row in session.run(f"select id from {SCHEMA}.{table};")]
    if len(stored) != len(set(stored)):
        raise check.Difference(f"{len(stored) - len(set(stored))} events are stored twice")
    if acknowledged - set(stored):
        raise check.Difference(f"acknowledged and not stored: {sorted(acknowledged - set(stored))[:20]}")
    if set(stored) - set(range(1, sent + 1)):
        raise check.Difference("events are stored that were never sent")
    elsewhere = session.run(f"select count(*) from {SCHEMA}.observation union all select count(*) from {SCHEMA}.quarantine"
                            f" union all select count(*) from {SCHEMA}.other_event;")
    if elsewhere != [str(len(stored)), "0", "0"]:
        raise check.Difference(f"{len(stored)} events; observations, quarantine, other events: {elsewhere}")


def run(options):
    rng = random.Random(options.seed)
    session = Session(options.database)
    check.set_up(session)
    columns = check.make_account(session, SCHEMA, "Europe/Paris")
    session.close()
    workers = [Ingester(options.database, rng), Refresher(options.database, rng)]
    for worker in workers:
        worker.start()
    hit = kill_many(workers, rng, options.kills)
    for worker in workers:
        worker.is_over = True
    for worker in workers:
        worker.join()
        if worker.failure:
            raise worker.failure
    session = connected(options.database, time.monotonic() + SECONDS_TO_COME_BACK)
    check_stored(session, workers[0].sent, workers[0].acknowledged)
    check.refresh(session, SCHEMA)
    check.check(session, SCHEMA, columns, "after the last kill")
    return hit, len(workers[0].acknowledged)


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", default=secrets.token_hex(4))
    return parser.parse_args()


def main():
    options, started = parsed(), time.monotonic()
    print(f"seed {options.seed}", flush=True)
    try:
        hit, acknowledged = run(options)
    except (check.Difference, Failed) as wrong:
        sys.exit(f"not ok: {wrong}")
    print(f"ok: killed {hit['Ingester']} times in ingest and {hit['Refresher']} times in refresh in "
          f"{time.monotonic() - started:.0f} s; {acknowledged} acknowledged events are stored once, every cell is right")


if __name__ == "__main__":
    main()
