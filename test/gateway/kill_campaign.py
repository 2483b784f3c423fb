"""The gateway, backends and whole servers killed under load: what was acknowledged is stored, and stored once.

    python3 test/gateway/kill_campaign.py [--kills N] [--seed SEED] [--senders N]

Senders post events, many of them again and again, to a gateway behind a socket that stays. At random moments
the gateway, a backend or the postmaster is killed by SIGKILL, or the server is stopped at once; what was killed
is started again, and events have to be acknowledged again before the next kill. At the end each acknowledged
event is in its table, none is there twice, and after a refresh crm_verify is empty.

Makes a server of its own; runs as root or as a user that may run one.
"""

import argparse
import collections
import json
import os
import random
import secrets
import signal
import socket
import sys
import threading
import time

from gateway_process import ROLE, Client, Database, Gateway, event, request
from private_server import PrivateServer

ACCOUNTS = ("office_a", "office_b")
TABLES = {"lead.creation": "lead_created", "lead.step.changed": "step_changed"}
PATIENCE = 60


class Lost(Exception):
    """What must not happen."""


class Sender(threading.Thread):
    """Posts event after event, each until it is acknowledged, and in between some that were posted before."""

    def __init__(self, campaign, number):
        super().__init__(daemon=True)
        self.campaign, self.number = campaign, number
        self.rng = random.Random(f"{campaign.seed} {number}")
        self.client = None
        self.answers = collections.Counter()
        self.failure = None

    def run(self):
        try:
            mine = []
            while not self.campaign.is_over:
                key = (self.rng.choice(ACCOUNTS), self.number + len(mine) * self.campaign.senders)
                mine.append(key)
                self.post_until_acknowledged(key)
                for _ in range(self.rng.randrange(3)):
                    self.post(self.rng.choice(mine))
        except Exception as failure:  # shown by the main thread
            self.failure = failure

    def post_until_acknowledged(self, key):
        while not self.post(key) and not self.campaign.is_over:
            time.sleep(0.02 + 0.05 * self.rng.random())

    def post(self, key):
        account, number = key
        kind = "lead.step.changed" if number % 3 else "lead.creation"
        body = event(number, lead=number % 500 + 1, event=kind)
        try:
            self.client = self.client or Client(self.campaign.port)
            self.client.send(request(account, self.campaign.secrets[account], body))
            answer = self.client.answer()
        except OSError:
            return self.was_cut_off()
        except Exception as failure:
            if type(failure).__module__ != "http.client":
                raise
            return self.was_cut_off()
        return self.was_answered(key, kind, answer)

    def was_cut_off(self):
        self.answers["none"] += 1
        self.client = None
        return False

    def was_answered(self, key, kind, answer):
        self.answers[answer.status] += 1
        if answer.headers["Connection"] == "close":
            self.client = None
        if answer.status == 503:
            return False
        if answer.status != 200 or json.loads(answer.text)["outcome"] not in ("stored", "duplicate"):
            raise Lost(f"an answer that nobody expects: {answer}")
        self.campaign.acknowledged[TABLES[kind]].add(key)  # one thread each, the lock of the interpreter is enough
        return True


class Campaign:
    def __init__(self, options):
        self.seed, self.senders, self.kills = options.seed, options.senders, options.kills
        self.rng = random.Random(options.seed)
        self.acknowledged = {table: set() for table in TABLES.values()}
        self.is_over = False
        self.killed = collections.Counter()
        self.told = 0
        self.server = PrivateServer()
        self.database = Database(environment=self.server.environment)
        self.secrets = {account: self.database.account(account) for account in ACCOUNTS}
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.socket.getsockname()[1]
        self.gateway = self.start_gateway()
        self.threads = [Sender(self, number) for number in range(self.senders)]

    def start_gateway(self):
        return Gateway(self.database, listening_socket=self.socket, ready=False)

    def count(self):
        return sum(map(len, self.acknowledged.values()))

    def run(self):
        for thread in self.threads:
            thread.start()
        self.wait_for_events()
        while sum(self.killed.values()) < self.kills:
            time.sleep(self.rng.choice((0.02, 0.1, 0.4)) * self.rng.random())
            self.kill_something()
            self.wait_for_events()
            self.tell_progress()
        self.is_over = True
        for thread in self.threads:
            thread.join(PATIENCE)
        self.look_at_senders()
        if self.gateway.stop() != 0:
            raise Lost(f"the gateway ended badly: {self.gateway.raw[-5:]}")
        self.look_at_tables()

    def tell_progress(self):
        done = sum(self.killed.values())
        if done >= self.told + 50:
            self.told = done
            print(f"# {done} kills, {self.count()} events acknowledged", flush=True)

    def kill_something(self):
        kind = self.rng.choice(("gateway", "gateway", "backend", "backend", "backend", "postmaster", "server"))
        if kind == "gateway":
            self.gateway.kill()
            self.gateway = self.start_gateway()
        elif kind == "backend":
            if not self.kill_backend():
                return
        elif kind == "postmaster":
            self.server.kill_postmaster()
            self.server.start()
        else:
            self.server.stop("immediate")
            self.server.start()
        self.killed[kind] += 1

    def kill_backend(self):
        """One that serves the gateway; the server then restarts all of its processes."""
        try:
            pids = self.database.sql(f"select pid from pg_stat_activity where usename = '{ROLE}'")
            os.kill(int(self.rng.choice(pids)[0]), signal.SIGKILL)
        except (RuntimeError, IndexError, ProcessLookupError):
            return False  # not back yet, or gone
        return True

    def wait_for_events(self):
        """Until events are acknowledged that were not before."""
        before, end = self.count(), time.monotonic() + PATIENCE
        while self.count() < before + 20:
            self.look_at_senders()
            if self.gateway.process.poll() is not None:
                raise Lost(f"the gateway has ended: {self.gateway.raw[-5:]}")
            if time.monotonic() > end:
                raise Lost(f"nothing is acknowledged any more: {self.gateway.raw[-5:]}")
            time.sleep(0.01)

    def look_at_senders(self):
        for thread in self.threads:
            if thread.failure:
                raise thread.failure

    def look_at_tables(self):
        for account in ACCOUNTS:
            for table, acknowledged in self.acknowledged.items():
                stored = self.database.stored(account, table)
                if len(stored) != len(set(stored)):
                    raise Lost(f"{account}.{table}: {len(stored) - len(set(stored))} events are stored twice")
                lost = {number for whose, number in acknowledged if whose == account} - set(stored)
                if lost:
                    raise Lost(f"{account}.{table}: acknowledged and not stored: {sorted(lost)[:20]}")
            tables = " + ".join(f"(select count(*) from {account}.{table})" for table in TABLES.values())
            applied = self.database.value(f"select count(*) = {tables} from {account}.observation")
            if applied != "t":
                raise Lost(f"{account}: observations are not as many as events")
            self.database.sql(f"select crm_refresh('{account}')")
            differing = self.database.sql(f"select * from crm_verify('{account}')")
            if differing:
                raise Lost(f"{account}: crm_verify: {differing[:3]}")

    def end(self):
        self.is_over = True
        if self.gateway.process.poll() is None:
            self.gateway.kill()
        self.server.remove()


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--senders", type=int, default=8)
    parser.add_argument("--seed", default=secrets.token_hex(4))
    return parser.parse_args()


def main():
    options, started = parsed(), time.monotonic()
    print(f"# seed {options.seed}", flush=True)
    campaign = Campaign(options)
    try:
        campaign.run()
    except Lost as wrong:
        sys.exit(f"not ok - {wrong}")
    finally:
        campaign.end()
    answers = sum((thread.answers for thread in campaign.threads), collections.Counter())
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(campaign.killed.items()))
    print(f"ok - {sum(campaign.killed.values())} kills ({kinds}) in {time.monotonic() - started:.0f} s: {campaign.count()} events "
          f"acknowledged by {answers[200]} answers of 200, {answers[503]} of 503, {answers['none']} broken off; lost 0, twice 0")


if __name__ == "__main__":
    main()
