"""A gateway stays as it is while the extension and its accounts are upgraded under it; its sessions do not, which keep the library that
they have loaded."""

import threading
import time
import unittest

from gateway_process import CHECKOUT, ROLE, Database, Gateway, event, eventually, main

OFFICE = CHECKOUT / "test/t/data/office_of_0.1.0.sql"
SESSION_OF_INGEST = f"select pid from pg_stat_activity where usename = '{ROLE}' and datname = current_database() and query ~ 'ingest'"


class AnUpgrade(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.database = Database()

    def sessions(self):
        return {row[0] for row in self.database.sql(SESSION_OF_INGEST)}

    def send_until(self, stop, gateway, account, secret, answers):
        number = 0
        with gateway.connection() as connection:
            while not stop.is_set():
                number += 1
                answers.append((number, gateway.post_on(connection, account, secret, event(number))))
                time.sleep(0.02)

    def test_from_0_1_0_is_followed(self):
        self.database.sql("drop extension pgcrm; drop schema if exists crm_bi cascade; create extension pgcrm version '0.1.0'")
        # Without what it grants to a role that is not here.
        self.database.sql("\n".join(line for line in OFFICE.read_text().splitlines() if not line.startswith("GRANT ")))
        self.database.sql("insert into pgcrm.account (account, created_at) values ('office', now())")
        with Gateway(self.database, ready=False, directory_interval="1s") as gateway:
            # Version 0.1.0 knows of no gateway.
            time.sleep(1)
            self.assertEqual(gateway.post("office", "pgcrm_any", event(2)).status, 503)
            self.database.sql("alter extension pgcrm update")
            self.database.sql(f"grant execute on function crm_gateway_accounts() to {ROLE}; grant usage on sequence office.pending_mark to {ROLE}")
            gateway.wait_until_ready()
            self.assertEqual(gateway.post("office", "pgcrm_any", event(2)).json["code"], "account_unknown")
            self.database.sql("select crm_account_upgrade('office')")
            self.database.sql(f"select crm_grant('office', '{ROLE}', 'ingest')")
            secret = gateway.knows("office", self.database.add_secret("office"))
            eventually(lambda: gateway.post("office", secret, event(2)).status == 200, "events are taken", 15)
            self.assertIn(2, self.database.stored("office"))
            self.database.sql("call crm_refresh_all()")
            self.assertEqual(self.database.sql("select * from crm_verify('office')"), [])

    def test_of_an_account_takes_no_more_than_a_new_session(self):
        """An account that a session finds too new or too old may not be so for one that loads the library anew."""
        secret = self.database.account("newer")
        with Gateway(self.database, threads="1", database_connections="1", directory_interval="1s") as gateway:
            gateway.knows("newer", secret)
            self.assertEqual(gateway.post("newer", secret, event(1)).status, 200)
            before = self.sessions()
            self.database.sql("update newer.account set layout_version = layout_version + 1")
            # Not at once: an account that stays foreign does not cost a session for each batch.
            self.assertEqual(gateway.post("newer", secret, event(2)).status, 503)
            eventually(lambda: gateway.post("newer", secret, event(2)).status == 503 and not before & self.sessions(),
                       "the session is a new one")
            after = self.sessions()
            for _ in range(20):
                self.assertEqual(gateway.post("newer", secret, event(2)).status, 503)
            self.assertEqual(self.sessions(), after)
            self.database.sql("update newer.account set layout_version = layout_version - 1")
            self.assertEqual(gateway.post("newer", secret, event(2)).status, 200)
            self.assertEqual(gateway.metrics()["pgcrm_gateway_database_losses_total"], 0)

    def test_is_in_time_also_where_no_error_tells_of_it(self):
        """Sessions get old and are made anew, one after the other, and no sender notices; not even where there is only one."""
        secret = self.database.account("aging")
        for sessions in ("1", "3"):
            with self.subTest(sessions=sessions), Gateway(self.database, threads="1", database_connections=sessions,
                                                          database_connection_age="500ms") as gateway:
                gateway.knows("aging", secret)
                before, answers, stop = self.sessions(), [], threading.Event()
                sender = threading.Thread(target=self.send_until, args=(stop, gateway, "aging", secret, answers))
                sender.start()
                eventually(lambda: not before & self.sessions(), "all sessions are new ones")
                time.sleep(2)
                stop.set()
                sender.join()
                self.assertEqual({answer.status for _, answer in answers}, {200})
                self.assertEqual(gateway.metrics()["pgcrm_gateway_database_losses_total"], 0)
                self.assertEqual(len(gateway.log_of("connection to the database lost")), 0)


if __name__ == "__main__":
    main()
