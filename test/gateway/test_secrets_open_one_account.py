"""A secret opens its account while it is valid, no other account ever, and tells nothing to who has none."""

import json
import os
import pathlib
import signal
import statistics
import tempfile
import time
import unittest

from gateway_process import Database, Gateway, GatewayTest, OpenTransaction, basic, event, eventually, main

SOON = 2  # seconds until a change that was announced is heeded


class ASecret(GatewayTest):
    def status(self, account, secret, body=None):
        return self.gateway.post(account, secret, body or event(1)).status

    def test_is_shown_as_password_as_bearer_token_or_in_the_query(self):
        secret = self.account("shown")
        shown = {
            "bearer": ({"Authorization": f"Bearer {secret}"}, ""),
            "bearer in any case, blanks around": ({"Authorization": f"bEARER   {secret} "}, ""),
            "basic": ({"Authorization": basic(secret)}, ""),
            "basic without a name": ({"Authorization": basic(secret, "")}, ""),
            "token": ({}, f"?token={secret}"),
            "token among others": ({}, f"?a=b&token={secret}&c"),
            "token, encoded": ({}, "?token=" + "".join(f"%{ord(c):02x}" for c in secret)),
        }
        for name, (headers, query) in shown.items():
            with self.subTest(name):
                answer = self.gateway.post("shown", None, event(1), headers, f"/webhook/shown{query}")
                self.assertEqual(answer.status, 200, answer)

    def test_that_is_not_shown_right_opens_nothing(self):
        secret = self.account("not_shown")
        headers = {
            "none": {}, "empty": {"Authorization": ""}, "scheme alone": {"Authorization": "Bearer"},
            "empty token": {"Authorization": "Bearer "}, "other scheme": {"Authorization": f"Digest {secret}"},
            "cut": {"Authorization": f"Bearer {secret[:-1]}"}, "longer": {"Authorization": f"Bearer {secret}x"},
            "not base64": {"Authorization": f"Basic {secret}!"}, "no colon": {"Authorization": "Basic YWJj"},
            "as the name": {"Authorization": basic("", secret)}, "other case": {"Authorization": f"Bearer {secret.upper()}"},
            "a header counts before the query": {"Authorization": "Bearer wrong", "X-Path": f"?token={secret}"},
        }
        for name, fields in headers.items():
            with self.subTest(name):
                query = fields.pop("X-Path", "")
                answer = self.gateway.post("not_shown", None, event(1), fields, f"/webhook/not_shown{query}")
                self.assertEqual(answer.status, 401)
                self.assertTrue(answer.headers["WWW-Authenticate"].startswith("Basic"))
        self.assertEqual(self.database.stored("not_shown"), [])

    def test_opens_no_other_account(self):
        secret = self.account("one")
        self.account("another")
        self.assertEqual(self.status("another", secret), 401)
        self.assertEqual(self.database.stored("another"), [])

    def test_and_its_successor_are_both_valid_until_the_first_is_revoked(self):
        first = self.account("rotated")
        second = self.gateway.knows("rotated", self.database.add_secret("rotated"), SOON)
        self.assertEqual(self.status("rotated", first), 200)
        self.database.sql("select crm_secret_revoke('rotated', 1)")
        eventually(lambda: self.status("rotated", first) == 401, "the first secret opens nothing", SOON)
        self.assertEqual(self.status("rotated", second), 200)

    def test_with_an_overlap_ends_by_itself(self):
        first = self.account("overlapping")
        self.database.sql("select crm_secret_revoke('overlapping', 1, overlap => '3 seconds')")
        time.sleep(1)
        self.assertEqual(self.status("overlapping", first), 200)
        eventually(lambda: self.status("overlapping", first) == 401, "its time is over", 4)

    def test_is_of_no_use_once_its_account_is_not_granted_any_more(self):
        secret = self.account("withdrawn")
        self.database.sql("select crm_revoke('withdrawn', 'crm_gateway', 'ingest')")
        eventually(lambda: self.status("withdrawn", secret) == 401, "the account is not the gateway's", SOON)

    def test_stays_valid_while_its_account_is_altered(self):
        """crm_gateway_accounts tells nothing of an account that is being dropped, upgraded or handed over."""
        secret = self.account("altered")
        other = self.account("unaltered")
        with OpenTransaction(self.database, "select crm_account_drop('altered', true)"):
            # A change that is announced makes the gateway ask, while the account is locked.
            fresh = self.database.add_secret("unaltered")
            self.gateway.knows("unaltered", fresh, SOON)
            # It may be one that is new: nobody is turned away for it just now.
            self.assertEqual(self.status("altered", "wrong"), 503)
            self.assertNotEqual(self.gateway.post("altered", secret, "").status, 401)
        self.assertEqual(self.status("altered", secret), 200)
        self.gateway.knows("altered", self.database.add_secret("altered"), SOON)
        self.assertEqual(self.status("altered", "wrong"), 401)
        self.assertEqual(self.status("unaltered", other), 200)

    def test_that_is_wrong_and_an_account_that_is_not_there_look_the_same(self):
        self.account("there")
        answers = [self.gateway.post(name, "pgcrm_wrong", event(1)) for name in ("there", "not_there", "a" * 300, "%00", "")]
        for answer in answers[1:]:
            self.assertEqual((answer.status, answer.text), (answers[0].status, answers[0].text))
            differing = {name for name in answers[0].headers if answers[0].headers[name] != answer.headers[name]}
            self.assertLessEqual(differing, {"X-Request-Id"})

    def test_that_is_wrong_takes_as_long_as_an_account_that_is_not_there(self):
        """Medians of interleaved requests: what differs by more than the noise of a loaded machine is a leak."""
        self.account("timed")
        times = {"timed": [], "nobody": []}
        with self.gateway.connection() as connection:
            for _ in range(1500):
                for name, taken in times.items():
                    began = time.perf_counter()
                    self.gateway.post_on(connection, name, "pgcrm_wrong", "")
                    taken.append(time.perf_counter() - began)
        there, nobody = (statistics.median(taken) for taken in times.values())
        self.assertLess(abs(there - nobody), 20e-6, f"{there * 1e6:.1f} and {nobody * 1e6:.1f} us")

    def test_is_in_no_line_of_the_log(self):
        secret = self.account("silent")
        self.gateway.post("silent", None, event(1), path=f"/webhook/silent?token={secret}")
        self.gateway.post("silent", None, "no json", {"Content-Type": "text/plain"}, f"/webhook/silent?token={secret}")
        self.gateway.post("silent", None, "x", path=f"/nothing/silent?token={secret}#token={secret}")
        self.gateway.post("silent", None, "x", path=f"http://user:{secret}@localhost/webhook/silent")
        self.gateway.post("silent", None, "x", path=f"not a target {secret}".replace(" ", "\\"))
        with self.gateway.client() as client:
            client.send(f"GET ?{secret} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            client.answer()
        eventually(lambda: self.gateway.log_of("request refused"), "a line about a refused request")
        self.assertNotIn(secret, "".join(self.gateway.raw))


class ASignature(unittest.TestCase):
    """noCRM's signature, asked for beside the secret when the credentials file holds the account's keys."""

    key = "0123456789abcdef0123456789abcdef0123456789abcdef"
    vectors = {8812345: "3cb48f46fa3c798e15a3db3c5b73f2e635eb0368", 8812346: "ccdb7220555edb0c1b59df116d9d5e69257b21c0",
               8812347: "dbd68be0b86eea41be7cff9f99271fb9c5139b9a", 8812353: "51c4811a6ca4736461a23d422e3e44ad684203ff"}

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.file = pathlib.Path(directory.name, "credentials.json")
        self.database = Database()
        self.secret = self.database.account("signing")
        self.write(["another key", self.key])

    def write(self, keys):
        self.file.touch(mode=0o600)
        self.file.write_text(json.dumps({"accounts": {"signing": {"nocrm_api_keys": keys}}}))

    def test_is_asked_for_beside_the_secret(self):
        with Gateway(self.database, credentials=self.file) as gateway:
            eventually(lambda: gateway.post("signing", self.secret, "").status == 400, "the account is known")
            for number, signature in self.vectors.items():
                self.assertEqual(gateway.post("signing", self.secret, event(number, signature=signature)).status, 200)
            good = self.vectors[8812345]
            forged = {"of another event": event(1, signature=good), "missing": '{"webhook_event": {"id": 8812345}}',
                      "not a text": event(8812345, signature=None), "cut": event(8812345, signature=good[:-1]),
                      "in capitals": event(8812345, signature=good.upper()), "no object": "[]", "no JSON": "{"}
            for name, body in forged.items():
                with self.subTest(name):
                    self.assertEqual(gateway.post("signing", self.secret, body).status, 401)
            self.assertEqual(gateway.post("signing", "pgcrm_wrong", event(8812345, signature=good)).status, 401)
        self.assertEqual(self.database.stored("signing"), sorted(self.vectors))

    def test_is_looked_for_without_much_memory(self):
        with Gateway(self.database, credentials=self.file) as gateway:
            gateway.knows("signing", self.secret)
            before = gateway.memory()
            for body in ("[" * 1000000, '{"a":' * 200000, "[" + "[]," * 330000 + "[]]", '{"webhook_event":' + "[[]," * 250000):
                self.assertEqual(gateway.post("signing", self.secret, body).status, 401)
            self.assertLess(gateway.memory() - before, 24 * 1024 * 1024)

    def test_is_checked_with_other_keys_after_sighup(self):
        with Gateway(self.database, credentials=self.file) as gateway:
            body = event(8812346, signature=self.vectors[8812346])
            eventually(lambda: gateway.post("signing", self.secret, body).status == 200, "signed with a key")
            self.write(["a new key"])
            gateway.signal(signal.SIGHUP)
            eventually(lambda: gateway.post("signing", self.secret, body).status == 401, "not signed with the new key")
            self.file.write_text("{")
            gateway.signal(signal.SIGHUP)
            eventually(lambda: gateway.log_of("reload failed, the former files stay in use"), "the log tells")
            self.assertEqual(gateway.post("signing", self.secret, body).status, 401)
            self.write([self.key])
            os.chmod(self.file, 0o644)
            gateway.signal(signal.SIGHUP)
            eventually(lambda: len(gateway.log_of("reload failed, the former files stay in use")) == 2, "everybody may read it")
            self.assertNotIn(self.key, "".join(gateway.raw))


if __name__ == "__main__":
    main()
