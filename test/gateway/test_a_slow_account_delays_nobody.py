"""Limits: who sends too much, too large or to a table that is slow is told so, and others notice nothing."""

import concurrent.futures
import contextlib
import threading
import time

from gateway_process import Gateway, GatewayTest, event, eventually, main, request

MEGABYTE = 1024 * 1024


class Load:
    """Posts to an account from several connections until it is stopped."""

    def __init__(self, gateway, account, secret, connections, is_slow=False):
        self.gateway, self.account, self.secret, self.is_slow = gateway, account, secret, is_slow
        self.statuses, self.longest, self.is_over = [], 0.0, False
        self.threads = [threading.Thread(target=self.run, args=(n, connections), daemon=True) for n in range(connections)]

    def run(self, number, step):
        with self.gateway.connection(timeout=60) as connection, contextlib.suppress(OSError):
            while not self.is_over:
                began = time.monotonic()
                answer = self.gateway.post_on(connection, self.account, self.secret, event(number))
                self.longest = max(self.longest, time.monotonic() - began)
                self.statuses.append(answer.status)
                if answer.status != 200:
                    connection.close()
                    time.sleep(0.02)
                number += step

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.is_over = True
        for thread in self.threads:
            thread.join(0 if self.is_slow else None)


class ASlowAccount(GatewayTest):
    settings = {"threads": "1", "database_connections": "4"}

    def test_delays_others_by_a_quick_batch_at_most(self):
        """Four accounts with slow triggers, as many as there are connections: they share half of these."""
        slow = {name: self.account(name) for name in ("slow_1", "slow_2", "slow_3", "slow_4")}
        for name in slow:
            self.database.trigger(name, "perform pg_sleep(1.2);")
        secret = self.account("quick")
        with contextlib.ExitStack() as loads:
            for name, own in slow.items():
                loads.enter_context(Load(self.gateway, name, own, 2, is_slow=True))
            time.sleep(3)  # until each of them is known to be slow
            with Load(self.gateway, "quick", secret, 4) as quick:
                time.sleep(2)
        self.assertEqual(set(quick.statuses), {200})
        self.assertGreater(len(quick.statuses), 50)
        self.assertLess(quick.longest, 1.0)

    def test_that_becomes_slow_delays_others_once(self):
        """Nobody knows before: as many as there are connections become slow at the same moment."""
        accounts = {name: self.account(name) for name in ("late_1", "late_2", "late_3", "late_4")}
        secret = self.account("steady")
        for name in accounts:
            self.database.trigger(name, "perform pg_sleep(2);")
        with concurrent.futures.ThreadPoolExecutor(8) as threads:
            for name, own in accounts.items():
                threads.submit(self.gateway.post, name, own, event(1))
            time.sleep(0.3)
            began = time.monotonic()
            self.assertEqual(self.gateway.post("steady", secret, event(1)).status, 200)
            self.assertLess(time.monotonic() - began, 3.5)
            began = time.monotonic()
            self.assertEqual(self.gateway.post("steady", secret, event(2)).status, 200)
            self.assertLess(time.monotonic() - began, 1)

    def test_that_is_quick_and_never_rests_leaves_turns_to_others(self):
        """As many accounts as there are connections send without a pause."""
        busy = {name: self.account(name) for name in ("busy_1", "busy_2", "busy_3", "busy_4")}
        secret = self.account("modest")
        for name in busy:
            self.database.trigger(name, "perform pg_sleep(0.01);")
        with contextlib.ExitStack() as loads:
            for name, own in busy.items():
                loads.enter_context(Load(self.gateway, name, own, 4))
            time.sleep(0.5)
            with Load(self.gateway, "modest", secret, 1) as modest:
                time.sleep(1.5)
        self.assertEqual(set(modest.statuses), {200})
        self.assertGreater(len(modest.statuses), 5)
        self.assertLess(modest.longest, 1)

    def test_may_be_a_large_one(self):
        """One account sends all it can from many connections, another now and then."""
        large, small = self.account("large"), self.account("small")
        with Load(self.gateway, "large", large, 24):
            time.sleep(0.5)
            took = []
            for number in range(20):
                began = time.monotonic()
                self.assertEqual(self.gateway.post("small", small, event(number)).status, 200)
                took.append(time.monotonic() - began)
        self.assertLess(sorted(took)[len(took) // 2], 0.3)
        self.assertLess(max(took), 1.5)


class Limits(GatewayTest):
    settings = {"threads": "1", "database_connections": "2", "account_queue": "10", "memory_limit": "4MB", "batch_events": "4",
                "statement_timeout": "3s", "request_timeout": "4s", "rate_limit": "50"}

    def test_of_the_queue_is_429_and_says_when_to_come_again(self):
        secret = self.account("queued")
        self.database.trigger("queued", "perform pg_sleep(0.3);")
        with concurrent.futures.ThreadPoolExecutor(40) as threads:
            answers = list(threads.map(lambda n: self.gateway.post("queued", secret, event(n)), range(40)))
        refused = [answer for answer in answers if answer.status == 429]
        self.assertTrue(refused)
        for answer in refused:
            self.assertEqual(answer.json["code"], "queue_full")
            self.assertGreater(int(answer.headers["Retry-After"]), 0)
        self.assertEqual(self.database.stored("queued"), [n for n in range(40) if answers[n].status == 200])

    def test_of_the_rate_is_429_for_this_account_alone(self):
        secret, other = self.account("eager"), self.account("patient")
        with self.gateway.connection() as connection:
            answers = [self.gateway.post_on(connection, "eager", secret, "") for _ in range(200)]
        statuses = [answer.status for answer in answers]
        self.assertEqual(set(statuses), {400, 429})
        self.assertEqual(statuses[:30].count(429), 0)  # a burst of a second passes
        refused = next(answer for answer in answers if answer.status == 429)
        self.assertEqual((refused.json["code"], refused.headers["Retry-After"]), ("rate_limit", "1"))
        self.assertEqual(self.gateway.post("patient", other, event(1)).status, 200)
        time.sleep(1)
        self.assertEqual(self.gateway.post("eager", secret, "").status, 400)

    def test_of_memory_is_503_before_it_grows(self):
        """Many megabytes that come at once, announced or in chunks, to an account whose table is locked."""
        secret = self.account("heavy")
        self.database.trigger("heavy", "perform pg_sleep(0.5);")
        before = self.gateway.memory()
        body = event(1, title="x" * (MEGABYTE - 1000)).encode()
        chunked = (f"POST /webhook/heavy HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {secret}\r\nContent-Type: application/json\r\n"
                   f"Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n").encode() + body + b"\r\n0\r\n\r\n"

        def send(number):
            with self.gateway.client() as client:
                try:
                    client.send(chunked if number % 2 else request("heavy", secret, body))
                except OSError:
                    pass  # refused before the body was read
                return client.answer()

        with concurrent.futures.ThreadPoolExecutor(30) as threads:
            answers = list(threads.map(send, range(30)))
        self.assertEqual({answer.status for answer in answers} - {200, 503, 429}, set())
        busy = [answer for answer in answers if answer.status == 503 and answer.json["code"] == "busy"]
        self.assertTrue(busy)
        self.assertGreater(int(busy[0].headers["Retry-After"]), 0)
        self.assertIn(200, {answer.status for answer in answers})
        self.assertLess(self.gateway.memory() - before, 24 * MEGABYTE)
        eventually(lambda: self.gateway.metrics()["pgcrm_gateway_memory_bytes"] == 0, "all is given back")

    def test_of_time_is_503_for_what_the_database_does_not_get_to(self):
        """A batch that is longer than statement_timeout ends; what waits behind it longer than it may is told so."""
        secret = self.account("stuck")
        self.database.trigger("stuck", "perform pg_sleep(60);")
        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(12) as threads:
            answers = list(threads.map(lambda n: self.gateway.post("stuck", secret, event(n)), range(12)))
        self.assertEqual({answer.status for answer in answers} - {503, 429}, set())
        self.assertLess(time.monotonic() - began, 15)
        self.assertEqual(self.database.stored("stuck"), [])


if __name__ == "__main__":
    main()
