"""A gateway under test: its database, its process, and what its clients do.

A test file makes a database (Database), starts gateways on port 0 (Gateway) and ends with main(), which tells
each test as a line of TAP. Where the server is, and which gateway is tested, comes from the environment:

    PGHOST, PGPORT, PGUSER   a server that its superuser may use without a password
    PSQL                     psql (psql)
    PGCRM_GATEWAY            the gateway (build/release/pgcrm-gateway)
"""

import base64
import contextlib
import http.client
import json
import os
import pathlib
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
GATEWAY = os.environ.get("PGCRM_GATEWAY") or str(CHECKOUT / "build/release/pgcrm-gateway")
PSQL = os.environ.get("PSQL") or "psql"
ROLE = "crm_gateway"
PATIENCE = 20  # seconds, for what takes none on a machine that has nothing else to do


def raise_file_limit():
    """Ten thousand clients are as many descriptors, here and in the gateway, which inherits the limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def eventually(condition, what, seconds=PATIENCE):
    """Waits until the condition gives something true, and gives that back."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.02)


class Database:
    """A database of its own with the extension and the gateway's role, reached by psql."""

    def __init__(self, environment=None):
        # Each program has its own; a role is the server's, and two programs may make it at once.
        self.name = name = f"pgcrm_{pathlib.Path(sys.argv[0]).stem.removeprefix('test_')}"[:63]
        self.environment = {**os.environ, **(environment or {})}
        self.sql(f"drop database if exists {name} with (force)", database="postgres")
        self.sql(f"create database {name}", database="postgres")
        self.sql("create extension pgcrm")
        self.sql(f"do $$ begin create role {ROLE} login; exception when duplicate_object or unique_violation then null; end $$")
        # The first crm_grant would do it; but a gateway shall be ready before there are accounts.
        self.sql(f"grant execute on function crm_gateway_accounts() to {ROLE}")

    def sql(self, statements, database=None, role=None):
        """Rows as lists of texts; of the last statement that gave any, with those before."""
        environment = {**self.environment, **({"PGUSER": role} if role else {})}
        command = [PSQL, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator=\t",
                   "--set=ON_ERROR_STOP=1", f"--dbname={database or self.name}"]
        done = subprocess.run(command, input=statements, capture_output=True, text=True, env=environment)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return [line.split("\t") for line in done.stdout.splitlines()]

    def value(self, statement):
        return self.sql(statement)[0][0]

    def account(self, name):
        """Makes an account that the gateway may ingest into; gives its secret."""
        return self.value(f"do $$ begin perform crm_account_create('{name}', time_zone => 'UTC');"
                          f" perform crm_grant('{name}', '{ROLE}', 'ingest'); end $$;"
                          f" select secret from crm_secret_add('{name}')")

    def add_secret(self, account):
        return self.value(f"select secret from crm_secret_add('{account}')")

    def trigger(self, account, body, table="lead_created", kind="before insert"):
        """Something of the customer's own on a table of his account."""
        constraint = "constraint " if kind.startswith("after") else ""
        late = "initially deferred" if constraint else ""
        self.sql(f"create function {account}.own() returns trigger language plpgsql as $$ begin {body} return new; end $$;"
                 f" create {constraint}trigger own {kind} on {account}.{table} {late} for each row execute function {account}.own()")

    def stored(self, account, table="lead_created"):
        """The event ids, each as often as it is there."""
        return [int(row[0]) for row in self.sql(f"select id from {account}.{table} order by id")]


def event(number, lead=None, title="A lead", **envelope):
    """The body of a webhook that noCRM sends when a lead is made."""
    at = f"2021-03-{number % 28 + 1:02}T10:00:00.000Z"
    data = {"id": lead or number, "title": title, "status": "todo", "step": "Incoming", "step_id": 201,
            "pipeline": "Sales", "amount": None, "currency": "EUR", "created_at": at, "updated_at": at,
            "user": {"id": 1, "email": "ana@example.com"}}
    return json.dumps({"webhook_event": {"id": number, "event": "lead.creation", "signature": "none",
                                         "has_succeeded": False, "try_count": 0, "last_returned_code": None,
                                         "data": data, **envelope}})


def basic(secret, user="nocrm"):
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


def request(account, secret, body, extra="", version="HTTP/1.1"):
    """The bytes of a POST."""
    body = body.encode() if isinstance(body, str) else body
    head = (f"POST /webhook/{account} {version}\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n{extra}\r\n")
    return head.encode() + body


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()

    @property
    def json(self):
        return json.loads(self.text)

    def __repr__(self):
        return f"{self.status} {self.text}"


class Client:
    """A raw connection: bytes out, answers in."""

    def __init__(self, port, wrap=None, timeout=PATIENCE):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if wrap:
            self.socket = wrap(self.socket)
        self.stream = self.socket.makefile("rb")

    def send(self, data):
        self.socket.sendall(data)

    def answer(self, method="POST"):
        """The next answer on this connection."""
        response = http.client.HTTPResponse(_Buffered(self.stream), method=method)
        response.begin()
        return Answer(response)

    def is_closed(self):
        """Waits until the gateway closes; false when it sends something instead."""
        try:
            return self.stream.read(1) == b""
        except ConnectionError:
            return True

    def close(self):
        self.stream.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class _Buffered:
    """One buffer for all answers of a connection: pipelined ones come together."""

    def __init__(self, stream):
        self.stream = stream

    def makefile(self, _mode):
        return _Shared(self.stream)


class _Shared:
    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def close(self):
        pass


class Gateway:
    """A gateway's process. Settings are given as keywords: body_limit="1kB" is --body-limit=1kB.

    It connects to `database` as the gateway's role, or to wherever the connection string `at` says.
    """

    defaults = {"listen": "127.0.0.1:0", "metrics_listen": "127.0.0.1:0", "threads": "2", "database_connections": "2"}

    def __init__(self, database=None, environment=None, ready=True, listening_socket=None, at=None, **settings):
        self.settings = {**self.defaults, **settings, **({"database": at} if at else {})}
        if database:
            host, port = database.environment["PGHOST"], database.environment["PGPORT"]
            self.settings.setdefault("database", f"host={host} port={port} user={ROLE} dbname={database.name}")
        self.lines, self.raw = [], []
        self.process = self._start(environment or {}, listening_socket)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        # Its connections may have something to say before.
        listens = eventually(lambda: next((each for each in self.lines if each["message"] == "gateway listens"), None)
                             or not self._reader.is_alive() and {"message": "nothing"}, "the line that it listens")
        if listens["message"] != "gateway listens":
            raise RuntimeError(f"the gateway did not start: {self.raw}")
        self.port, self.metrics_port = listens["port"], listens.get("metrics_port")
        if ready:
            self.wait_until_ready()

    def _start(self, environment, listening_socket):
        flags = [f"--{name.replace('_', '-')}={value}" for name, value in self.settings.items()]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LISTEN_", "NOTIFY_"))}
        command, passed = [GATEWAY, *flags], ()
        if listening_socket is not None:
            # As systemd does it: the socket is descriptor 3, and the variables name the process that it is for.
            fd = listening_socket.fileno()
            command = ["sh", "-c", f'exec 3<&{fd}; LISTEN_FDS=1 LISTEN_PID=$$ exec "$0" "$@"', *command]
            passed = (fd,)
        # It ends with whoever tests it, however that ends.
        return subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *command], env={**clean, **environment},
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, pass_fds=passed)

    def _read(self):
        for line in self.process.stderr:
            text = line.decode()
            self.raw.append(text)
            try:
                self.lines.append(json.loads(text))
            except ValueError:
                self.lines.append({"message": text, "not_json": True})

    def wait_until_ready(self):
        eventually(lambda: self.get("/readyz").status == 200, "the gateway is ready")

    def knows(self, account, secret, seconds=PATIENCE):
        """Waits until the secret opens the account."""
        eventually(lambda: self.post(account, secret, "").status not in (401, 503), f"{account} can be opened", seconds)
        return secret

    def connection(self, timeout=PATIENCE):
        return contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout))

    def get(self, path, method="GET", port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request(method, path)
            return Answer(connection.getresponse())

    def post(self, account, secret, body, headers=None, path=None):
        """One POST on a connection of its own."""
        with self.connection() as connection:
            return self.post_on(connection, account, secret, body, headers, path)

    @staticmethod
    def post_on(connection, account, secret, body, headers=None, path=None):
        fields = {"Content-Type": "application/json"}
        if secret is not None:
            fields["Authorization"] = f"Bearer {secret}"
        connection.request("POST", path or f"/webhook/{account}", body=body, headers={**fields, **(headers or {})})
        return Answer(connection.getresponse())

    def client(self, **options):
        return Client(self.port, **options)

    def metrics(self):
        """Samples by their name and labels, as they stand in the text."""
        text = self.get("/metrics", port=self.metrics_port).text
        samples = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in samples}

    def log_of(self, message):
        return [line for line in list(self.lines) if line["message"] == message]

    def memory(self):
        """Resident bytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) * 1024

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self, seconds=PATIENCE):
        """Asks it to end; gives its exit status."""
        if self.process.poll() is None:
            self.signal(signal.SIGTERM)
        status = self.wait(seconds)
        return status

    def wait(self, seconds=PATIENCE):
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the gateway was still there after {seconds} s") from None
        finally:
            self._reader.join()
            self.process.stderr.close()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()


class GatewayTest(unittest.TestCase):
    """Tests that share a database and a gateway."""

    settings = {}

    @classmethod
    def setUpClass(cls):
        cls.database = Database()
        cls.gateway = Gateway(cls.database, **cls.settings)

    @classmethod
    def tearDownClass(cls):
        status = cls.gateway.stop()
        if status != 0:
            raise AssertionError(f"the gateway ended with status {status}: {cls.gateway.raw[-5:]}")

    def account(self, name):
        """A new account that the gateway knows of; gives its secret."""
        secret = self.database.account(name)
        return self.gateway.knows(name, secret)


class _Tap(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.started = {}

    def startTest(self, test):
        super().startTest(test)
        self.started[test] = time.monotonic()

    def _tell(self, word, test, remark=""):
        took = time.monotonic() - self.started.get(test, time.monotonic())
        name = test.id().partition(".")[2].replace("_", " ")
        print(f"{word} - {name} ({took:.1f} s){remark}", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._tell("ok", test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell("ok", test, f" # skip {reason}")

    def _failed(self, test, error):
        self._tell("not ok", test)
        print("# " + self._exc_info_to_string(error, test).replace("\n", "\n# "), flush=True)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._failed(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self._failed(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._failed(subtest, err)


class OpenTransaction:
    """A session that has run a statement, and holds what it has locked until the end of the block."""

    def __init__(self, database, statement):
        self.session = subprocess.Popen([PSQL, "--no-psqlrc", "-qAt", f"--dbname={database.name}"], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=database.environment)
        self.session.stdin.write(f"begin; {statement}; \\echo held\n")
        self.session.stdin.flush()
        while self.session.stdout.readline().strip() not in ("held", ""):
            pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.session.communicate("rollback;\n")


def main():
    """Runs the tests of the file that calls this, or those whose names hold a word of the command line."""
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{word}*" for word in sys.argv[1:]] or None
    result = _Tap()
    raise_file_limit()
    loader.loadTestsFromModule(sys.modules["__main__"]).run(result)
    sys.exit(0 if result.wasSuccessful() and result.testsRun > 0 else 1)
