"""Settings come from flags, environment and a file; what is wrong is said before anything is served."""

import os
import pathlib
import socket
import subprocess
import tempfile
import unittest

from gateway_process import GATEWAY, ROLE, Database, Gateway, eventually, event, main


def run(*flags, **variables):
    """Exit status, output, and what was said on standard error."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    done = subprocess.run([GATEWAY, *flags], env={**clean, **variables}, capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout, done.stderr


class Settings(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)

    def file(self, text, name="gateway.conf", mode=0o600):
        path = self.directory / name
        path.write_text(text)
        path.chmod(mode)
        return str(path)

    def test_that_are_wrong_are_named_with_what_was_expected(self):
        wrong = {
            ("--threads=0",): "threads: expected a number from 1 to 64, not \"0\"",
            ("--threads=many",): "threads: expected a number from 1 to 64, not \"many\"",
            ("--body-limit=1GB",): "body-limit: expected bytes such as 64kB or 1MB",
            ("--body-limit=99999999999999999999",): "body-limit: expected bytes",
            ("--idle-timeout=10",): "idle-timeout: expected a time such as 500ms, 10s or 2min, up to a day, not \"10\"",
            ("--idle-timeout=25h",): "idle-timeout: expected a time",
            ("--idle-timeout=0s",): "idle-timeout: expected a time",
            ("--access-log=yes",): "access-log: expected on or off, not \"yes\"",
            ("--log-level=loud",): "log-level: expected debug, info, warning or error, not \"loud\"",
            ("--listen=8080",): "listen: expected an address and a port",
            ("--listen=:8080",): "listen: expected an address and a port",
            ("--listen=localhost:65536",): "listen: expected a port from 0 to 65535",
            ("--listen=192.0.2.1:80",): "listen: cannot listen on 192.0.2.1:80",
            ("--memory-limit=1MB",): "memory-limit must be at least twice body-limit",
            ("--tls-key=a",): "tls-certificate and tls-key go together",
            ("--tls-key=a", "--tls-certificate=/nothing"): "tls-certificate: cannot use \"/nothing\"",
            ("--credentials=/nothing",): "credentials: cannot read \"/nothing\"",
            ("--config=/nothing",): "config: cannot read \"/nothing\"",
            ("--database=nonsense",): "database: missing \"=\" after \"nonsense\"",
            ("--nonsense=1",): "unrecognised option '--nonsense=1'",
            ("--thread=1",): "unrecognised option '--thread=1'",
            ("--threads=1", "--threads=2"): "'--threads' cannot be specified more than once",
            ("start",): "too many positional options",
        }
        for flags, said in wrong.items():
            with self.subTest(flags=flags):
                status, output, error = run(*flags)
                self.assertEqual((status, output), (1, ""))
                self.assertTrue(error.startswith("pgcrm-gateway: "), error)
                self.assertIn(said, error)
                self.assertEqual(error.count("\n"), 1)

    def test_come_from_flags_before_environment_before_file(self):
        file = self.file("# ours\nthreads = 90\n")
        self.assertIn("not \"90\"", run("--config", file)[2])
        self.assertIn("not \"80\"", run("--config", file, PGCRM_GATEWAY_THREADS="80")[2])
        self.assertIn("not \"70\"", run("--config", file, "--threads=70", PGCRM_GATEWAY_THREADS="80")[2])
        self.assertIn("not \"90\"", run(PGCRM_GATEWAY_CONFIG=file)[2])
        self.assertIn("unrecognised option 'nonsense'", run("--config", self.file("nonsense = 1\n"))[2])
        self.assertEqual(run("--config", self.file("no setting\n"))[0], 1)

    def test_may_be_empty(self):
        for flags in (["--metrics-listen="], ["--metrics-listen", ""]):
            with self.subTest(flags=flags):
                self.assertIn("not \"99\"", run(*flags, "--threads=99")[2])

    def test_hold_no_password_where_everybody_sees_it(self):
        for told in ("password=guessme dbname=a", "postgresql://crm:guessme@localhost/a", "dbname=a passWORD=x password = 'guessme'"):
            for flags in ((f"--database={told}",), ("--database", told), ("--threads=1", "--database", told, "--check")):
                with self.subTest(flags=flags):
                    status, output, error = run(*flags)
                    self.assertEqual(status, 1)
                    self.assertNotIn("guessme", output + error)

    def test_with_credentials_that_are_no_good_are_refused_without_showing_them(self):
        wrong = ["", "{", "[]", "{}", '{"accounts": []}', '{"accounts": {"a": "guessme"}}', '{"accounts": {"a": {}}}',
                 '{"accounts": {"a": {"nocrm_api_keys": "guessme"}}}', '{"accounts": {"a": {"nocrm_api_keys": []}}}',
                 '{"accounts": {"a": {"nocrm_api_keys": [1]}}}', '{"accounts": {"a": {"nocrm_api_keys": [""]}}}',
                 '{"accounts": {"a": {"nocrm_api_keys": ["guessme"], "more": 1}}}', '{"accounts": {}, "guessme": 1}']
        for text in wrong:
            with self.subTest(text):
                status, _, error = run("--credentials", self.file(text))
                self.assertEqual(status, 1)
                self.assertIn("credentials: ", error)
                self.assertNotIn("guessme", error)
        status, _, error = run("--credentials", self.file('{"accounts": {}}', mode=0o604))
        self.assertEqual((status, "chmod o=" in error), (1, True), error)

    def test_are_all_explained(self):
        status, text, _ = run("--help")
        self.assertEqual(status, 0)
        for name in ("listen", "tls-certificate", "database", "rate-limit", "drain-timeout", "check", "config"):
            self.assertIn(f"--{name}", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 110)
        self.assertRegex(run("--version")[1], r"^pgcrm-gateway \d+\.\d+\.\d+\n$")

    def test_that_name_a_port_in_use_are_refused(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            status, _, error = run(f"--listen=127.0.0.1:{taken.getsockname()[1]}")
        self.assertEqual(status, 1)
        self.assertIn("in use", error)


class Check(unittest.TestCase):
    def test_looks_at_files_database_and_accounts(self):
        database = Database()
        at = f"host={database.environment['PGHOST']} port={database.environment['PGPORT']} user={ROLE} dbname={database.name}"
        status, output, _ = run("--check", "--database", at)
        self.assertEqual(status, 1, output)  # nothing is granted yet
        database.sql(f"select crm_account_create('fresh', time_zone => 'UTC'); select crm_grant('fresh', '{ROLE}', 'ingest')")
        status, output, _ = run("--check", "--database", at)
        self.assertEqual(status, 1)
        self.assertIn("account \"fresh\" has no secret", output)
        secret = database.add_secret("fresh")
        status, output, _ = run("--check", PGCRM_GATEWAY_DATABASE=at)
        self.assertEqual((status, "WRONG" in output), (0, False), output)
        self.assertIn("account \"fresh\", valid secrets: 1", output)
        self.assertNotIn(secret, output)
        status, output, _ = run("--check", "--database", "host=/nothing dbname=a")
        self.assertEqual(status, 1)
        self.assertIn("WRONG database: ", output)
        status, output, _ = run("--check", "--database", at.replace(database.name, "postgres"))
        self.assertEqual(status, 1)
        self.assertIn("no extension pgcrm", output)


class TheRole(unittest.TestCase):
    def test_may_ingest_and_read_the_status_and_nothing_else(self):
        database = Database()
        secret = database.account("granted")
        database.account("withheld")
        database.sql(f"select crm_revoke('withheld', '{ROLE}', 'ingest')")
        with Gateway(database, status_interval="100ms") as gateway:
            gateway.knows("granted", secret)
            self.assertEqual(gateway.post("granted", secret, event(1)).status, 200)
            eventually(lambda: 'pgcrm_gateway_quarantined{account="granted"}' in gateway.metrics(), "the status")
        for statement in ("select * from granted.lead_created", "select * from granted.secret", "select crm_refresh('granted')",
                          "select crm_verify('granted')", "select crm_secret_add('granted')", "select crm_account_drop('granted', true)",
                          "select crm_rebuild('granted')", "select crm_grant('granted', current_user, 'read')",
                          "select crm_ingest('withheld', '{}')", "create table public.mine ()", "delete from pgcrm.account"):
            with self.subTest(statement):
                with self.assertRaisesRegex(RuntimeError, "permission denied|must be|may not|not grant|not own|not yours"):
                    database.sql(statement, role=ROLE)
        self.assertEqual([row[0] for row in database.sql("select account from crm_gateway_accounts()", role=ROLE)], ["granted"])


if __name__ == "__main__":
    main()
