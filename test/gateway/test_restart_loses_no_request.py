"""SIGTERM answers what is under way; behind a socket that is handed over, a restart costs nobody a request."""

import concurrent.futures
import signal
import socket
import threading
import time
import unittest

from gateway_process import Client, Database, Gateway, event, eventually, main, request


class Restart(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.database = Database()

    def test_under_load_fails_no_request(self):
        """As systemd does it: the old process ends, the socket stays, the new process goes on with it."""
        secret = self.database.account("restarted")
        with socket.create_server(("127.0.0.1", 0), backlog=1024) as shared:
            gateway = Gateway(self.database, listening_socket=shared)
            gateway.knows("restarted", secret)
            failures, sent, is_over = [], [], threading.Event()

            def send(number):
                client = None
                while not is_over.is_set():
                    try:
                        client = client or Client(gateway.port)
                        client.send(request("restarted", secret, event(number)))
                        answer = client.answer()
                        if answer.status != 200:
                            failures.append(answer)
                        sent.append(number)
                        if answer.headers["Connection"] == "close":
                            client.close()
                            client = None
                    except OSError as failed:
                        failures.append(failed)
                        client = None
                    number += 8

            senders = [threading.Thread(target=send, args=(n,)) for n in range(8)]
            for sender in senders:
                sender.start()
            for _ in range(3):
                time.sleep(0.7)
                self.assertEqual(gateway.stop(), 0)
                gateway = Gateway(self.database, listening_socket=shared, ready=False)
            time.sleep(0.7)
            is_over.set()
            for sender in senders:
                sender.join()
            self.assertEqual(gateway.stop(), 0)
        self.assertEqual(failures[:3], [])
        self.assertGreater(len(sent), 100)
        self.assertEqual(self.database.stored("restarted"), sorted(sent))

    def test_answers_what_is_under_way(self):
        secret = self.database.account("draining")
        self.database.trigger("draining", "perform pg_sleep(0.1);")
        with Gateway(self.database) as gateway:
            gateway.knows("draining", secret)
            idle = gateway.client()
            with concurrent.futures.ThreadPoolExecutor(20) as threads:
                answers = [threads.submit(gateway.post, "draining", secret, event(n)) for n in range(20)]
                half = gateway.client()
                whole = request("draining", secret, event(100))
                half.send(whole[:60])
                # Who is only connected has nothing under way: what counts is the events that were read.
                eventually(lambda: self.events_read(gateway, "draining") >= 20, "all events were read")
                gateway.signal(signal.SIGTERM)
                time.sleep(0.2)
                half.send(whole[60:])
                answer = half.answer()
                self.assertEqual((answer.status, answer.headers["Connection"]), (200, "close"))
                self.assertTrue(idle.is_closed())
                self.assertEqual({each.result().status for each in answers}, {200})
            self.assertEqual(gateway.wait(), 0)
        self.assertEqual(self.database.stored("draining"), [*range(20), 100])

    @staticmethod
    def events_read(gateway, account):
        samples = gateway.metrics()
        return (samples[f'pgcrm_gateway_queued_events{{account="{account}"}}'] +
                samples[f'pgcrm_gateway_events_total{{account="{account}",outcome="stored"}}'])

    def with_one_that_drags(self, account, act, **settings):
        """Runs `act` while one client, on whichever loop, waits for an event that takes long."""
        secret = self.database.account(account)
        self.database.trigger(account, "perform pg_sleep(8);")
        for number in range(3):
            with Gateway(self.database, threads="3", **settings) as gateway, gateway.client() as client:
                client.send(request(account, gateway.knows(account, secret), event(number)))
                time.sleep(0.2)
                act(gateway)

    def test_waits_no_longer_than_it_shall(self):
        def act(gateway):
            began = time.monotonic()
            self.assertEqual(gateway.stop(), 0)
            self.assertLess(time.monotonic() - began, 3)

        self.with_one_that_drags("dragging", act, drain_timeout="500ms")

    def test_is_not_waited_for_after_a_second_signal(self):
        def act(gateway):
            gateway.signal(signal.SIGTERM)
            time.sleep(0.4)
            began = time.monotonic()
            gateway.signal(signal.SIGTERM)
            self.assertEqual(gateway.wait(), 0)
            self.assertLess(time.monotonic() - began, 3)

        self.with_one_that_drags("hurried", act)

    def test_turns_nobody_away_before_the_accounts_are_known(self):
        """The first request of a new process, as soon as its socket is there, is as good as any other."""
        secret = self.database.account("early")
        for number in range(5):
            with Gateway(self.database, ready=False) as gateway:
                self.assertEqual(gateway.post("early", secret, event(number)).status, 200)


if __name__ == "__main__":
    main()
