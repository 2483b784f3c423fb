"""Whatever a client of HTTP does, it is answered as the standard says, and costs the others nothing."""

import os
import pathlib
import resource
import select
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
import unittest

from gateway_process import Client, Database, Gateway, GatewayTest, event, eventually, main, raise_file_limit, request

MEGABYTE = 1024 * 1024


def event_of(size, number):
    """An event of so many bytes."""
    return event(number, title="x" * (size - len(event(number, title=""))))


def chunked(body, *sizes):
    """A body in chunks of these sizes, the rest in one."""
    parts, at = [], 0
    for size in [*sizes, len(body)]:
        part = body[at:at + size]
        at += size
        if part:
            parts.append(f"{len(part):x};note=a\r\n".encode() + part + b"\r\n")
    return b"".join(parts) + b"0\r\nX-Trailer: b\r\n\r\n"


class Http(GatewayTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.gateway.knows("web", cls.database.account("web"))

    def head(self, extra, target="/webhook/web", method="POST", version="HTTP/1.1"):
        return (f"{method} {target} {version}\r\nHost: a\r\nAuthorization: Bearer {self.secret}\r\n"
                f"Content-Type: application/json\r\n{extra}\r\n").encode()

    def said(self, data, method="POST"):
        """The answer to these bytes on a connection of their own."""
        with self.gateway.client() as client:
            client.send(data)
            return client.answer(method)

    def test_connection_serves_many_requests(self):
        with self.gateway.client() as client:
            for number in range(50):
                client.send(request("web", self.secret, event(number)))
                self.assertEqual(client.answer().status, 200)

    def test_connection_of_1_0_ends_unless_it_is_to_stay(self):
        with self.gateway.client() as client:
            client.send(request("web", self.secret, event(1), "Connection: keep-alive\r\n", "HTTP/1.0"))
            self.assertEqual(client.answer().headers["Connection"].lower(), "keep-alive")
            client.send(request("web", self.secret, event(2), version="HTTP/1.0"))
            self.assertEqual(client.answer().status, 200)
            self.assertTrue(client.is_closed())

    def test_connection_ends_when_the_client_wants_it(self):
        with self.gateway.client() as client:
            client.send(request("web", self.secret, event(3), "Connection: close\r\n"))
            self.assertEqual(client.answer().headers["Connection"], "close")
            self.assertTrue(client.is_closed())

    def test_pipelined_requests_are_answered_in_their_order(self):
        numbers = list(range(1000, 1040))
        with self.gateway.client() as client:
            client.send(b"".join(request("web", self.secret, event(n)) for n in numbers))
            self.assertEqual([client.answer().json["event"] for _ in numbers], [str(n) for n in numbers])

    def test_pipelined_errors_that_leave_no_body_unread_keep_the_connection(self):
        with self.gateway.client() as client:
            client.send(b"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n" + request("web", self.secret, "")
                        + request("web", self.secret, event(1050)))
            self.assertEqual([client.answer().status for _ in range(3)], [404, 400, 200])

    def test_chunked_bodies_are_put_together(self):
        body = event_of(50_000, 1100).encode()
        for sizes in ([], [1], [1] * 300, [7, 40_000], [16384, 16384, 16384]):
            with self.subTest(sizes=sizes[:5]), self.gateway.client() as client:
                client.send(self.head("Transfer-Encoding: chunked\r\n") + chunked(body, *sizes))
                self.assertEqual(client.answer().status, 200)
                client.send(request("web", self.secret, event(1101)))
                self.assertEqual(client.answer().status, 200)

    def test_bodies_and_heads_may_come_byte_by_byte(self):
        for data in (request("web", self.secret, "{}"), self.head("Transfer-Encoding: chunked\r\n") + chunked(b"{}", 1)):
            with self.gateway.client() as client:
                for at in range(len(data)):
                    client.send(data[at:at + 1])
                self.assertEqual(client.answer().status, 200)

    def test_who_expects_100_continue_is_told_so_or_refused_before_the_body(self):
        body = event(1200).encode()
        expecting = f"Expect: 100-continue\r\nContent-Length: {len(body)}\r\n"
        with self.gateway.client() as client:
            client.send(self.head(expecting))
            self.assertEqual(client.stream.readline(), b"HTTP/1.1 100 Continue\r\n")
            self.assertEqual(client.stream.readline(), b"\r\n")
            client.send(body)
            self.assertEqual(client.answer().status, 200)
        self.assertEqual(self.said(self.head(expecting).replace(b"Bearer ", b"Bearer x")).status, 401)
        self.assertEqual(self.said(self.head("Expect: 100-continue\r\nContent-Length: 9000000\r\n")).status, 413)
        self.assertEqual(self.said(self.head("Expect: a miracle\r\nContent-Length: 1\r\n")).status, 417)
        self.assertEqual(self.said(self.head(expecting) + body).status, 200)  # it does not wait

    def test_a_body_may_have_a_megabyte_and_not_a_byte_more(self):
        for size, status in ((MEGABYTE, 200), (MEGABYTE + 1, 413)):
            with self.subTest(size=size):
                body = event_of(size, 1300 + size % 7).encode()
                self.assertEqual(len(body), size)
                self.assertEqual(self.said(request("web", self.secret, body)).status, status)
                encoded = self.head("Transfer-Encoding: chunked\r\n") + chunked(body, 300_000, 300_000)
                self.assertEqual(self.said(encoded).status, status)

    def test_other_types_than_json_are_refused(self):
        good = ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"',
                "application/vnd.api+json"]
        bad = ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "", "json",
               "application/jsonx", "+json"]
        for kind in good + bad:
            with self.subTest(kind):
                status = self.gateway.post("web", self.secret, event(1400), {"Content-Type": kind}).status
                self.assertEqual(status, 200 if kind in good else 415)
        zipped = self.gateway.post("web", self.secret, event(1400), {"Content-Encoding": "gzip"})
        self.assertEqual(zipped.status, 415)

    def test_methods_that_a_path_does_not_take_are_named(self):
        for method, path, allowed in (("GET", "/webhook/web", "POST"), ("PUT", "/webhook/web", "POST"),
                                      ("DELETE", "/webhook/nobody", "POST"), ("POST", "/healthz", "GET, HEAD"),
                                      ("BREW", "/readyz", "GET, HEAD")):
            with self.subTest(method=method, path=path):
                answer = self.gateway.get(path, method)
                self.assertEqual((answer.status, answer.headers["Allow"]), (405, allowed))

    def test_head_is_get_without_the_body(self):
        for path in ("/healthz", "/readyz"):
            got, head = self.gateway.get(path), self.gateway.get(path, "HEAD")
            self.assertEqual((got.status, head.status, head.text), (200, 200, ""))
            self.assertEqual(head.headers["Content-Length"], str(len(got.text)))
        with self.gateway.client() as client:
            client.send(b"HEAD /webhook/web HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            self.assertEqual([client.answer("HEAD").status, client.answer("GET").status], [405, 200])

    def test_absurd_heads_are_refused_and_break_nothing(self):
        absurd = {
            "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
            "no target": (b"GET\r\n\r\n", 400),
            "bare line feeds": (b"GET /healthz HTTP/1.1\nHost: a\n\n", 505),
            "a NUL in a field": (self.head("X: a\0b\r\n"), 400),
            "a field without a name": (self.head(": a\r\n"), 400),
            "a blank in a name": (self.head("Content Length: 3\r\n"), 400),
            "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
            "a negative length": (self.head("Content-Length: -1\r\n"), 400),
            "a length that is none": (self.head("Content-Length: 0x10\r\n"), 400),
            "a length beyond all": (self.head("Content-Length: 99999999999999999999999\r\n"), 400),
            "two lengths": (self.head("Content-Length: 2\r\nContent-Length: 3\r\n") + b"{}", 400),
            "length and chunks": (self.head("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n") + b"0\r\n\r\n", 400),
            "chunks of no size": (self.head("Transfer-Encoding: chunked\r\n") + b"zz\r\n", 400),
            "an unknown encoding": (self.head("Transfer-Encoding: gzip, chunked\r\n") + b"0\r\n\r\n", 501),
            "a long field": (self.head("X: " + "x" * 9000 + "\r\n"), 431),
            "a long target": (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n", 431),
            "many fields": (self.head("".join(f"X-{n}: {n}\r\n" for n in range(2000))), 431),
            "a target that is no URL": (b"GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            "a target with a fragment": (b"GET *#a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        }
        for name, (data, status) in absurd.items():
            with self.subTest(name):
                answer = self.said(data)
                self.assertEqual((answer.status, answer.json["status"]), (status, "error"))
        self.assertEqual(self.gateway.post("web", self.secret, event(1500)).status, 200)

    def test_who_goes_away_in_the_middle_breaks_nothing(self):
        whole = request("web", self.secret, event(1600))
        for cut in (1, 20, 100, len(whole) - 1, len(whole)):
            client = self.gateway.client()
            client.send(whole[:cut])
            # A reset, not a polite end.
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            client.close()
        eventually(lambda: self.gateway.metrics()["pgcrm_gateway_connections"] <= 1, "all connections have ended")

    def test_curl_is_a_client(self):
        if not shutil.which("curl"):
            self.skipTest("there is no curl")
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(event_of(MEGABYTE - 10, 1700))
            file.flush()
            url = f"http://127.0.0.1:{self.gateway.port}/webhook/web"
            common = ["curl", "--silent", "--show-error", "--user", f"nocrm:{self.secret}", "--write-out", "%{http_code}",
                      "--output", os.devnull, "--header", "Content-Type: application/json", "--data-binary", f"@{file.name}"]
            for more in ([], ["--http1.0"], ["--header", "Transfer-Encoding: chunked"], ["--http2"]):
                done = subprocess.run([*common, *more, url], capture_output=True, text=True, timeout=60)
                self.assertEqual((done.stdout, done.stderr), ("200", ""), more)

    def test_node_is_a_client(self):
        if not shutil.which("node"):
            self.skipTest("there is no node")
        script = """
            const [url, secret, ...bodies] = process.argv.slice(1);
            Promise.all(bodies.map(body => fetch(url, {method: 'POST', body,
                headers: {'Content-Type': 'application/json', 'Authorization': `Bearer ${secret}`}})
                .then(answer => answer.json()))).then(all => console.log(all.map(each => each.outcome).join()));"""
        url = f"http://127.0.0.1:{self.gateway.port}/webhook/web"
        bodies = [event(1800 + n) for n in range(20)]
        done = subprocess.run(["node", "-e", script, url, self.secret, *bodies], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.stdout.strip(), done.stderr), (",".join(["stored"] * 20), ""))


class Patience(GatewayTest):
    settings = {"header_timeout": "1s", "body_timeout": "2s", "idle_timeout": "2s"}

    def test_with_slow_clients_ends(self):
        """Slow loris: who sends a byte now and then is told 408 when his time is over, whatever he sends."""
        secret = self.account("slow")
        whole = request("slow", secret, "{}" * 50)
        for name, rest, limit in (("head", whole, 1), ("body", whole[-90:], 2)):
            with self.subTest(name), self.gateway.client() as client:
                client.send(whole[:-len(rest)] if name == "body" else b"")
                began = time.monotonic()
                for byte in rest:
                    client.send(bytes([byte]))
                    if select_readable(client.socket, 0.1):
                        break
                self.assertEqual(client.answer().status, 408)
                self.assertTrue(client.is_closed())
                self.assertLess(time.monotonic() - began, limit + 2)

    def test_with_idle_clients_ends_without_a_word(self):
        with self.gateway.client() as client:
            began = time.monotonic()
            self.assertTrue(client.is_closed())
            self.assertTrue(1 < time.monotonic() - began < 5)


def select_readable(sock, seconds):
    return bool(select.select([sock], [], [], seconds)[0])


class TenThousandIdleClients(GatewayTest):
    count = 10_000
    settings = {"connection_limit": str(count + 50), "idle_timeout": "10min"}

    def test_cost_little_and_delay_nobody(self):
        if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < self.count + 200:
            self.skipTest("not enough descriptors are allowed: ulimit -n")
        secret = self.account("busy")
        before, clients = self.gateway.memory(), []
        try:
            for _ in range(self.count):
                clients.append(socket.create_connection(("127.0.0.1", self.gateway.port)))
            eventually(lambda: self.gateway.metrics()["pgcrm_gateway_connections"] >= self.count, "all are connected")
            each = (self.gateway.memory() - before) / self.count
            self.assertLess(each, 2048, "bytes for each")
            began = time.monotonic()
            for number in range(20):
                self.assertEqual(self.gateway.post("busy", secret, event(number)).status, 200)
            self.assertLess(time.monotonic() - began, 3)
            # Each of them can still speak.
            for sock in clients[::500]:
                sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                self.assertTrue(sock.recv(100).startswith(b"HTTP/1.1 200"))
        finally:
            for sock in clients:
                sock.close()
        eventually(lambda: self.gateway.metrics()["pgcrm_gateway_connections"] <= 1, "all have gone")

    def test_and_one_more_than_allowed_is_turned_away(self):
        with Gateway(self.database, connection_limit="3") as gateway:
            clients = [gateway.client() for _ in range(3)]
            eventually(lambda: _turned_away(gateway), "the fourth is turned away")
            # But not who wants to know why.
            self.assertGreater(gateway.metrics()["pgcrm_gateway_connections_refused_total"], 0)
            for client in clients:
                client.close()
            gateway.wait_until_ready()


def _turned_away(gateway):
    with gateway.client() as client:
        client.send(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        try:
            answer = client.answer("GET")
        except ConnectionError:
            return False
        return answer.status == 503 and answer.headers["Retry-After"]


class Tls(unittest.TestCase):
    """Certificates made by openssl for this test."""

    def setUp(self):
        if not shutil.which("openssl"):
            self.skipTest("there is no openssl")
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.certificate, self.key = (pathlib.Path(directory.name, name) for name in ("certificate.pem", "key.pem"))
        self.make_certificate("first")

    def make_certificate(self, name):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", self.key, "-out", self.certificate, "-days", "2", "-subj", f"/CN={name}",
                        "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)

    def trusting(self):
        """A context that trusts the certificate that the file holds now."""
        return ssl.create_default_context(cafile=self.certificate)

    def connect(self, context):
        return Client(self.gateway.port, lambda plain: context.wrap_socket(plain, server_hostname="127.0.0.1"))

    def post(self, context, number):
        with self.connect(context) as client:
            client.send(request("tls", self.secret, event(number)))
            return client.answer().status

    def test_serves_webhooks_and_takes_another_certificate_on_sighup(self):
        database = Database()
        self.secret = database.account("tls")
        with Gateway(database, ready=False, tls_certificate=self.certificate, tls_key=self.key) as self.gateway:
            first = self.trusting()
            eventually(lambda: self.post(first, 1) == 200, "an event over TLS")
            with self.connect(first) as client:
                self.assertIn(client.socket.version(), ("TLSv1.2", "TLSv1.3"))
                client.send(b"".join(request("tls", self.secret, event(n)) for n in range(5)))
                self.assertEqual([client.answer().status for _ in range(5)], [200] * 5)
                large = event_of(MEGABYTE, 9)
                client.send(request("tls", self.secret, large))
                self.assertEqual(client.answer().status, 200)
                self.make_certificate("second")
                self.gateway.signal(signal.SIGHUP)
                eventually(lambda: self.is_served_by(self.trusting()), "the second certificate")
                # Who is connected stays connected.
                client.send(request("tls", self.secret, event(6)))
                self.assertEqual(client.answer().status, 200)
            self.assertFalse(self.is_served_by(first))
            self.certificate.write_text("no certificate")
            self.gateway.signal(signal.SIGHUP)
            eventually(lambda: self.gateway.log_of("reload failed, the former files stay in use"), "the log tells")
            # Neither plain HTTP nor TLS 1.1 is served, and neither disturbs.
            with self.gateway.client() as client:
                client.send(request("tls", self.secret, event(7)))
                self.assertTrue(client.is_closed() or client.stream.read() is not None)
            # An end without close_notify.
            sock = socket.create_connection(("127.0.0.1", self.gateway.port))
            sock.close()
            self.assertEqual(self.gateway.stop(), 0)
        self.assertEqual(database.stored("tls"), [0, 1, 2, 3, 4, 6, 9])

    def is_served_by(self, context):
        try:
            return self.post(context, 1) == 200
        except ssl.SSLCertVerificationError:
            return False


if __name__ == "__main__":
    raise_file_limit()
    main()
