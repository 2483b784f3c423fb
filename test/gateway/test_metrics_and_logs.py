"""What an operator sees: metrics that Prometheus can read, a log of JSON lines, health."""

import datetime
import json
import re
import unittest

from gateway_process import Database, Gateway, GatewayTest, event, eventually, main

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (-?[0-9.e+-]+|[+-]Inf|NaN)")
SUFFIXES = {"histogram": ("_bucket", "_sum", "_count")}


def families(text):
    """A strict reader of the exposition format 0.0.4: families by name, with type, help and samples."""
    found, current = {}, None
    if not text.endswith("\n"):
        raise AssertionError("the last line has no end")
    for line in text.splitlines():
        if line.startswith("# HELP "):
            _, _, name, explained = line.split(" ", 3)
            if name in found:
                raise AssertionError(f"{name} comes twice")
            current = found[name] = {"help": explained, "samples": {}}
        elif line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            if found[name] is not current or "type" in current:
                raise AssertionError(f"the type of {name} is out of place")
            current["type"] = kind
        else:
            match = SAMPLE.fullmatch(line)
            if not match:
                raise AssertionError(f"no sample: {line}")
            allowed = [name + suffix for suffix in SUFFIXES.get(current["type"], ("",)) for name in found if found[name] is current]
            if match[1] not in allowed or (match[1], match[2]) in current["samples"]:
                raise AssertionError(f"out of place or twice: {line}")
            current["samples"][match[1], match[2]] = float(match[3])
    return found


class Metrics(GatewayTest):
    settings = {"status_interval": "200ms"}

    def read(self):
        answer = self.gateway.get("/metrics", port=self.gateway.metrics_port)
        self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        return families(answer.text)

    def value(self, family, labels=None):
        name = f"pgcrm_gateway_{family}"
        return self.read()[name]["samples"].get((name, labels))

    def test_are_in_the_format_of_prometheus(self):
        self.account("plain")
        found = self.read()
        for name, family in found.items():
            with self.subTest(name):
                self.assertTrue(family["help"].endswith("."), "help is a sentence")
                self.assertIn(family["type"], ("counter", "gauge", "histogram"))
                self.assertEqual(name.endswith("_total"), family["type"] == "counter")

    def test_histograms_are_cumulative(self):
        secret = self.account("timed")
        for number in range(20):
            self.gateway.post("timed", secret, event(number))
        for name, family in self.read().items():
            if family["type"] == "histogram":
                buckets = [(labels, value) for (sample, labels), value in family["samples"].items() if sample.endswith("_bucket")]
                values = [value for _, value in buckets]
                self.assertEqual(values, sorted(values))
                self.assertEqual(buckets[-1][0], 'le="+Inf"')
                self.assertEqual(values[-1], family["samples"][f"{name}_count", None])
                self.assertGreaterEqual(values[-1], 1)
                self.assertGreater(family["samples"][f"{name}_sum", None], 0)

    def test_count_what_happened(self):
        secret = self.account("counted")
        for number in (1, 2, 2):
            self.gateway.post("counted", secret, event(number))
        self.gateway.post("counted", secret, "{")
        self.gateway.post("counted", "pgcrm_wrong", event(1))
        labels = 'account="counted",outcome='
        outcomes = {name: self.value("events_total", f'{labels}"{name}"') for name in ("stored", "duplicate", "quarantined", "unhandled")}
        self.assertEqual(outcomes, {"stored": 2, "duplicate": 1, "quarantined": 1, "unhandled": 0})
        self.assertGreater(self.value("unauthorized_total"), 0)
        self.assertEqual(self.value("queued_events", 'account="counted"'), 0)
        eventually(lambda: self.value("memory_bytes") == 0, "no body is held")
        eventually(lambda: self.value("quarantined", 'account="counted"') == 1, "the status of the account")
        self.assertEqual(self.value("refresh_failed", 'account="counted"'), 0)
        self.database.sql("alter table counted.observation rename stage_id to mislaid; call crm_refresh_all()")
        eventually(lambda: self.value("refresh_failed", 'account="counted"') == 1, "a refresh has failed")
        self.assertEqual(self.value("received_bytes_total", 'account="counted"'), len(event(1)) * 3 + 1)

    def test_count_every_status_that_is_answered(self):
        secret = self.account("statuses")
        before = {labels: value for (_, labels), value in self.read()["pgcrm_gateway_requests_total"]["samples"].items()}
        asked = {400: lambda: self.gateway.post("statuses", secret, ""), 404: lambda: self.gateway.get("/nothing"),
                 405: lambda: self.gateway.get("/webhook/a"), 413: lambda: self.gateway.post("statuses", secret, "x" * 1048577),
                 415: lambda: self.gateway.post("statuses", secret, "x", {"Content-Type": "text/plain"}),
                 431: lambda: self.gateway.get("/" + "x" * 9000), 417: lambda: self.gateway.post("statuses", secret, "x", {"Expect": "a"})}
        for status, ask in asked.items():
            with self.subTest(status=status):
                self.assertEqual(ask().status, status)
                self.assertGreater(self.value("requests_total", f'code="{status}"'), before[f'code="{status}"'])

    def test_are_not_told_at_the_door_of_the_webhooks(self):
        self.assertEqual(self.gateway.get("/metrics").status, 404)
        self.assertEqual(self.gateway.post("any", "x", "{}", path="/webhook/any").status, 401)
        for path, status in (("/healthz", 200), ("/readyz", 200), ("/webhook/any", 404)):
            self.assertEqual(self.gateway.get(path, port=self.gateway.metrics_port).status, status)


class TheLog(unittest.TestCase):
    def test_is_json_a_line_and_tells_each_request_when_it_shall(self):
        database = Database()
        secret = database.account("logged")
        with Gateway(database, access_log="on") as gateway:
            gateway.knows("logged", secret)
            own = "order-4711_a.b"
            answer = gateway.post("logged", None, event(1), {"X-Request-Id": own}, f"/webhook/logged?token={secret}&a=b")
            self.assertEqual((answer.status, answer.headers["X-Request-Id"]), (200, own))
            line = eventually(lambda: [each for each in gateway.lines if each.get("request") == own], "a line of the request")[0]
            self.assertEqual({name: line[name] for name in ("level", "message", "status", "path", "account")},
                             {"level": "info", "message": "request", "status": 200, "path": "/webhook/logged", "account": "logged"})
            ids = set()
            for bad in ("", "a b", "x" * 65, '"', "{}", "a;b"):
                ids.add(gateway.post("logged", secret, event(1), {"X-Request-Id": bad}).headers["X-Request-Id"])
            self.assertEqual(len(ids), 6)
            self.assertTrue(all(re.fullmatch("[0-9a-f]{16}", each) for each in ids))
            with gateway.client() as client:  # a path that is no UTF-8
                client.send(b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertEqual(client.answer().status, 400)
        for text in gateway.raw:
            line = json.loads(text)
            self.assertLess(abs(datetime.datetime.now(datetime.timezone.utc) - datetime.datetime.fromisoformat(line["time"])).seconds, 60)
            self.assertIn(line["level"], ("debug", "info", "warning", "error"))
        self.assertNotIn(secret, "".join(gateway.raw))
        self.assertEqual(gateway.lines[-1]["message"], "gateway ended")

    def test_is_not_flooded_by_strangers(self):
        database = Database()
        with Gateway(database) as gateway:
            secret = gateway.knows("flooded", database.account("flooded"))
            database.sql("drop table flooded.observation")
            with gateway.connection() as connection:
                for _ in range(300):
                    gateway.post_on(connection, "nobody", "x", "")
                self.assertGreaterEqual(gateway.post_on(connection, "flooded", secret, event(1)).status, 500)
            self.assertLess(len(gateway.lines), 100)
            eventually(lambda: gateway.log_of("the database refused a batch"), "the database is heard all the same")
            eventually(lambda: gateway.get("/nothing") and any("lines_left_out" in line for line in gateway.lines), "what was left out")


class Health(unittest.TestCase):
    def test_is_alive_and_not_ready_without_a_database(self):
        with Gateway(ready=False, at="host=/nothing dbname=a") as gateway:
            self.assertEqual(gateway.get("/healthz").status, 200)
            ready = gateway.get("/readyz")
            self.assertEqual(ready.status, 503)
            self.assertGreater(int(ready.headers["Retry-After"]), 0)
            # A sender whose secret nobody can check yet is not told that it is wrong.
            self.assertEqual(gateway.post("any", "pgcrm_any", event(1)).status, 503)


if __name__ == "__main__":
    main()
