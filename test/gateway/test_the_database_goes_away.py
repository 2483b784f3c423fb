"""While the database is away nothing is acknowledged and senders are told to come again; when it is back all goes on."""

import concurrent.futures
import os
import signal
import socket
import threading
import time
import unittest

from gateway_process import ROLE, Database, Gateway, event, eventually, main, request
from private_server import PrivateServer


class TheDatabase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = PrivateServer()
        cls.addClassCleanup(cls.server.remove)
        cls.database = Database(environment=cls.server.environment)

    def account(self, gateway, name):
        return gateway.knows(name, self.database.account(name))

    def test_may_stop_and_start_again(self):
        with Gateway(self.database) as gateway:
            secret = self.account(gateway, "stopped")
            self.assertEqual(gateway.post("stopped", secret, event(1)).status, 200)
            self.server.stop()
            answer = eventually(lambda: self.refused(gateway, "stopped", secret), "events are refused")
            self.assertEqual(answer.json["code"], "database_away")
            self.assertGreater(int(answer.headers["Retry-After"]), 0)
            self.assertEqual((gateway.get("/readyz").status, gateway.get("/healthz").status), (503, 200))
            # A wrong secret stays wrong: accounts are known while the database is away.
            self.assertEqual(gateway.post("stopped", "pgcrm_wrong", event(1)).status, 401)
            self.server.start()
            eventually(lambda: gateway.post("stopped", secret, event(2)).status == 200, "events are taken again", 15)
            self.assertEqual(self.database.stored("stopped"), [1, 2])
            self.assertGreater(gateway.metrics()["pgcrm_gateway_database_losses_total"], 0)
            # Nothing tried without a pause: the log tells each attempt, and is limited.
            self.assertLess(len(gateway.lines), 150)

    @staticmethod
    def refused(gateway, account, secret):
        answer = gateway.post(account, secret, event(1))
        return answer.status == 503 and answer

    def test_may_go_away_with_events_under_way(self):
        """They are answered with 503 at once, or 200 when another connection has stored them."""
        with Gateway(self.database) as gateway:
            secret = self.account(gateway, "under_way")
            self.database.trigger("under_way", "perform pg_sleep(0.05);")
            with concurrent.futures.ThreadPoolExecutor(30) as threads:
                answers = [threads.submit(gateway.post, "under_way", secret, event(n)) for n in range(30)]
                time.sleep(0.3)
                self.server.stop("immediate")
                statuses = [answer.result(timeout=10).status for answer in answers]
            self.assertEqual(set(statuses) - {200, 503}, set())
            self.assertIn(503, statuses)
            self.server.start()
            stored = self.database.stored("under_way")
            self.assertEqual([n for n in range(30) if statuses[n] == 200 and n not in stored], [])

    def test_may_lose_one_backend_without_anybody_noticing(self):
        """Events of a lost connection are sent again over another; what was stored before is stored once."""
        with Gateway(self.database, threads="1", database_connections="3") as gateway:
            secret = self.account(gateway, "lost")
            answers = []
            stop = threading.Event()

            def send(start):
                number = start
                with gateway.connection() as connection:
                    while not stop.is_set():
                        answers.append((number, gateway.post_on(connection, "lost", secret, event(number)).status))
                        number += 4

            senders = [threading.Thread(target=send, args=(n,)) for n in range(4)]
            for sender in senders:
                sender.start()
            for _ in range(6):
                time.sleep(0.15)
                self.database.sql(f"select pg_terminate_backend(pid) from pg_stat_activity where usename = '{ROLE}' and query ~ 'crm_ingest'"
                                  " order by random() limit 1")
            stop.set()
            for sender in senders:
                sender.join()
            self.assertEqual({status for _, status in answers}, {200})
            self.assertEqual(self.database.stored("lost"), sorted({number for number, _ in answers}))

    def test_may_be_silent(self):
        """A backend that says nothing any more is given up, and its events are answered."""
        with Gateway(self.database, threads="1", database_connections="1", statement_timeout="500ms", lock_timeout="400ms",
                     request_timeout="2s") as gateway:
            secret = self.account(gateway, "silent")
            pid = int(self.database.value(f"select pid from pg_stat_activity where usename = '{ROLE}' and query !~ 'listen|crm_gateway_accounts|account_status'"))
            os.kill(pid, signal.SIGSTOP)
            try:
                began = time.monotonic()
                self.assertEqual(gateway.post("silent", secret, event(1)).status, 503)
                self.assertLess(time.monotonic() - began, 10)
                eventually(lambda: gateway.post("silent", secret, event(2)).status == 200, "another backend takes events")
            finally:
                os.kill(pid, signal.SIGCONT)

    def test_that_never_answers_keeps_nobody_from_ending(self):
        with socket.create_server(("127.0.0.1", 0)) as hole:
            at = f"host=127.0.0.1 port={hole.getsockname()[1]} dbname=a connect_timeout=2"
            with Gateway(ready=False, at=at) as gateway:
                self.assertEqual(gateway.post("any", "pgcrm_any", event(1)).status, 503)
                self.assertEqual(gateway.stop(seconds=8), 0)

    def test_may_be_any_of_several_hosts(self):
        """Whoever of the list can be reached and written to."""
        at = f"host=/nowhere,{self.server.directory} port=5432,{self.server.port} user={ROLE} dbname={self.database.name}"
        with Gateway(at=at) as gateway:
            secret = self.account(gateway, "hosts")
            self.assertEqual(gateway.post("hosts", secret, event(1)).status, 200)

    def test_that_became_read_only_is_left_for_another(self):
        """After a fail-over the former primary refuses to write: the connection is given up and made anew."""
        with Gateway(self.database) as gateway:
            secret = self.account(gateway, "read_only")
            self.database.sql("alter system set default_transaction_read_only = on; select pg_reload_conf()")
            try:
                eventually(lambda: self.refused(gateway, "read_only", secret), "events are refused")
                eventually(lambda: self.refused(gateway, "read_only", secret) and gateway.get("/readyz").status == 503,
                           "no connection is left")
            finally:
                self.database.sql("set default_transaction_read_only = off; alter system reset default_transaction_read_only;"
                                  " select pg_reload_conf()")
            eventually(lambda: gateway.post("read_only", secret, event(2)).status == 200, "events are taken again", 15)
            self.assertEqual(self.database.stored("read_only")[-1:], [2])

    def test_has_not_committed_what_its_standby_has_not_confirmed(self):
        """The statement gave its rows long before: the answer waits for the commit."""
        no_longer = "set synchronous_commit = local; alter system reset synchronous_standby_names; select pg_reload_conf()"
        with Gateway(self.database) as gateway:
            secret = self.account(gateway, "confirmed")
            self.database.sql("alter system set synchronous_standby_names = 'nobody'")
            self.addCleanup(self.database.sql, no_longer)
            self.database.sql("set synchronous_commit = local; select pg_reload_conf()")
            eventually(lambda: self.database.value("show synchronous_standby_names") == "nobody", "a standby is waited for")
            with gateway.client() as client:
                client.send(request("confirmed", secret, event(1)))
                client.socket.settimeout(1)
                self.assertRaises(TimeoutError, client.answer)
            self.database.sql(no_longer)
            self.assertEqual(gateway.post("confirmed", secret, event(1)).json["outcome"], "duplicate")
        self.assertEqual(self.database.stored("confirmed"), [1])


if __name__ == "__main__":
    main()
