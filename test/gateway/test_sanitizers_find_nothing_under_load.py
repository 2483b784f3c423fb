"""The gateway built with the address and undefined-behaviour sanitizers, while everything happens to it at once.

    PGCRM_SANITIZED_GATEWAY   that gateway (build/check/pgcrm-gateway); without one this is skipped
"""

import os
import pathlib
import random
import signal
import threading
import time
import unittest

import gateway_process
from gateway_process import CHECKOUT, ROLE, Client, Database, Gateway, event, main, request

SANITIZED = os.environ.get("PGCRM_SANITIZED_GATEWAY") or str(CHECKOUT / "build/check/pgcrm-gateway")
SECONDS = 6
EVENTS = 500  # of which each is posted again and again


class Load:
    """What clients, the database and an operator do, each in a thread of its own, until the time is over."""

    def __init__(self, database, gateway, secret):
        self.database, self.gateway, self.secret = database, gateway, secret
        self.until = time.monotonic() + SECONDS
        self.acknowledged, self.failed = set(), []

    def run(self):
        roles = [self.post] * 6 + [self.pipeline, self.garbage, self.garbage, self.leave, self.end_backends, self.operate]
        threads = [threading.Thread(target=self.repeat, args=(role, random.Random(n))) for n, role in enumerate(roles)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def repeat(self, role, rng):
        try:
            while time.monotonic() < self.until:
                try:
                    role(rng)
                except ConnectionError:
                    pass  # what is garbage to it may be answered by closing
        except Exception as failed:  # told by whoever started the thread
            self.failed.append(f"{role.__name__}: {failed!r}")

    def post(self, rng):
        with self.gateway.connection() as connection:
            for _ in range(20):
                number = rng.randrange(EVENTS)
                body = event(number, title="x" * rng.choice((1, 100, 20_000)))
                if self.gateway.post_on(connection, "load", self.secret, body).status == 200:
                    self.acknowledged.add(number)

    def pipeline(self, rng):
        numbers = [rng.randrange(EVENTS) for _ in range(30)]
        with Client(self.gateway.port) as client:
            client.send(b"".join(request("load", self.secret, event(number)) for number in numbers))
            self.acknowledged.update(number for number in numbers if client.answer().status == 200)

    def garbage(self, rng):
        data = bytearray(request("load", rng.choice((self.secret, "no")), event(rng.randrange(EVENTS)),
                                 rng.choice(("", "Expect: 100-continue\r\n", "Transfer-Encoding: chunked\r\n"))))
        for _ in range(rng.randrange(1, 6)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        with Client(self.gateway.port, timeout=0.2) as client:
            client.send(data)
            try:
                client.stream.read(1)
            except TimeoutError:
                pass  # it waits for the rest

    def leave(self, rng):
        """In the middle of a body, or before the answer."""
        data = request("load", self.secret, event(rng.randrange(EVENTS), title="y" * 50_000))
        with Client(self.gateway.port) as client:
            client.send(data[:rng.choice((10, 300, len(data) // 2, len(data)))])

    def end_backends(self, _rng):
        time.sleep(0.7)
        self.database.sql(f"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{ROLE}'"
                          " and datname = current_database()")

    def operate(self, _rng):
        time.sleep(0.3)
        self.database.sql("select crm_secret_revoke('load', secret_id) from crm_secret_add('load')")
        self.gateway.signal(signal.SIGHUP)
        self.gateway.metrics()


class Sanitizers(unittest.TestCase):
    def test_find_nothing_and_what_was_acknowledged_is_stored(self):
        if not pathlib.Path(SANITIZED).is_file():
            self.skipTest(f"there is no {SANITIZED}")
        gateway_process.GATEWAY = SANITIZED
        database = Database()
        secret = database.account("load")
        with Gateway(database, environment={"UBSAN_OPTIONS": "print_stacktrace=1"}) as gateway:
            gateway.knows("load", secret)
            load = Load(database, gateway, secret)
            load.run()
            status = gateway.stop()
        self.assertEqual(load.failed, [])
        # It warns that it does not know every way to change stacks, and that is all.
        told = [line for line in gateway.raw if "ERROR: " in line or "runtime error" in line or "SUMMARY" in line]
        self.assertEqual((status, told), (0, []), "".join(gateway.raw[-60:]))
        stored = database.stored("load")
        self.assertEqual(len(stored), len(set(stored)))
        self.assertGreater(len(load.acknowledged), 20)
        self.assertLessEqual(load.acknowledged, set(stored))


if __name__ == "__main__":
    main()
