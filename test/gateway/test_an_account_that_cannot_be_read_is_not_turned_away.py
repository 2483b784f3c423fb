"""While the database cannot say who may send to an account, senders are told to come again: one who is told that he is nobody gives up."""

import unittest

from gateway_process import Database, Gateway, OpenTransaction, event, eventually, main

SOON = 3  # seconds until a change that was announced is heeded


class AnAccount(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.database = Database()

    def check_is_not_turned_away(self, gateway, account, secret):
        answer = gateway.post(account, secret, event(1))
        self.assertEqual((answer.status, answer.json["code"]), (503, "account_unknown"), answer)
        self.assertGreater(int(answer.headers["Retry-After"]), 0)
        # A secret that is new meanwhile is not wrong either; none at all is, and so is an account that is not there.
        self.assertEqual(gateway.post(account, "pgcrm_another", event(1)).status, 503)
        self.assertEqual(gateway.post(account, None, event(1)).status, 401)
        self.assertEqual(gateway.post("nobody", secret, event(1)).status, 401)

    def check_is_open(self, gateway, account, secret):
        eventually(lambda: gateway.post(account, secret, event(1)).status == 200, "the account takes events", 15)
        eventually(lambda: gateway.post(account, "pgcrm_wrong", event(1)).status == 401, "its secrets are known", SOON)

    def test_whose_tables_are_locked_as_the_gateway_starts(self):
        secret = self.database.account("busy")
        other = self.database.account("idle")
        for statement in ("lock table busy.account", "lock table busy.secret"):
            with self.subTest(statement), OpenTransaction(self.database, statement), Gateway(self.database, directory_interval="1s") as gateway:
                self.check_is_not_turned_away(gateway, "busy", secret)
                self.assertEqual(gateway.post("idle", other, event(1)).status, 200)
        with Gateway(self.database) as gateway:
            self.check_is_open(gateway, "busy", secret)

    def test_that_becomes_free_needs_no_restart(self):
        secret = self.database.account("freed")
        with Gateway(self.database, directory_interval="1s") as gateway:
            with OpenTransaction(self.database, "lock table freed.account"):
                pass
            self.check_is_open(gateway, "freed", secret)

    def test_that_is_broken(self):
        """Before the gateway has started, and then under a gateway that knew its secret."""
        broken_and_mended = {
            "secret": ("alter table {0}.secret rename to mislaid", "alter table {0}.mislaid rename to secret"),
            "row": ("create table public.{0}_rows as select * from {0}.account; delete from {0}.account",
                    "insert into {0}.account select * from public.{0}_rows; drop table public.{0}_rows"),
            "layout": ("update {0}.account set layout_version = layout_version - 1",
                       "update {0}.account set layout_version = layout_version + 1"),
            "sequence": ("alter sequence {0}.pending_mark rename to mislaid", "alter sequence {0}.mislaid rename to pending_mark"),
            "schema": ("alter schema {0} rename to mislaid", "alter schema mislaid rename to {0}"),
        }
        for what, (breaks, mends) in broken_and_mended.items():
            account = f"lost_{what}"
            secret = self.database.account(account)
            with self.subTest(what):
                self.database.sql(breaks.format(account))
                with Gateway(self.database, directory_interval="1s") as gateway:
                    self.check_is_not_turned_away(gateway, account, secret)
                    self.database.sql(mends.format(account))
                    self.check_is_open(gateway, account, secret)
                    self.database.sql(breaks.format(account))
                    fresh = self.database.account(f"after_{account}")
                    gateway.knows(f"after_{account}", fresh)
                    eventually(lambda: gateway.post(account, "pgcrm_wrong", event(1)).status == 503, "the gateway has looked again", SOON)
                    # What was known of it holds: the secret opens the account, and the database says what it lacks.
                    answer = gateway.post(account, secret, event(2))
                    self.assertEqual((answer.status, answer.json.get("code")), (200, None) if what == "secret" else (503, "not_now"))
                    self.database.sql(mends.format(account))
                    self.check_is_open(gateway, account, secret)
                    self.database.sql(f"select crm_revoke('{account}', 'crm_gateway', 'ingest')")
                    eventually(lambda: gateway.post(account, secret, event(1)).status == 401, "it is not the gateway's any more", SOON)


if __name__ == "__main__":
    main()
