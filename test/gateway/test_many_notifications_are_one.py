"""Everybody may notify the gateway's channel. It reads its accounts again now and then, whatever is told, and misses nothing."""

import threading
import time
import unittest

from gateway_process import ROLE, Database, Gateway, event, eventually, main

SECONDS = 3
NOTIFYING_ROLE = "pgcrm_notifying"


class ManyNotifications(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.database = Database()
        cls.database.sql(f"do $$ begin create role {NOTIFYING_ROLE} login; exception when duplicate_object then null; end $$;"
                         f" alter database {cls.database.name} set track_functions = 'all'")
        cls.addClassCleanup(cls.database.sql, f"drop role {NOTIFYING_ROLE}")

    def readings(self):
        """A session tells of its calls a second late."""
        time.sleep(1.5)
        return int(self.database.value("select coalesce(sum(calls), 0) from pg_stat_user_functions where funcname = 'crm_gateway_accounts'"))

    def test_lead_to_few_readings_and_to_one_after_the_last(self):
        secret = self.database.account("noisy")
        with Gateway(self.database, directory_interval="1h", status_interval="1h") as gateway:
            gateway.knows("noisy", secret)
            before, stop, told = self.readings(), threading.Event(), []

            def notify():
                while not stop.is_set():
                    self.database.sql("notify pgcrm_gateway;\n" * 500, role=NOTIFYING_ROLE)
                    told.append(500)

            notifying = [threading.Thread(target=notify) for _ in range(2)]
            for each in notifying:
                each.start()
            began = time.monotonic()
            fresh = self.database.add_secret("noisy")
            gateway.knows("noisy", fresh, 2)
            time.sleep(max(SECONDS - (time.monotonic() - began), 0))
            # The last news come in the midst of the noise, and just after a reading.
            last = self.database.add_secret("noisy")
            stop.set()
            for each in notifying:
                each.join()
            gateway.knows("noisy", last, 2)
            passed = time.monotonic() - began
            readings = self.readings() - before
            self.assertGreater(sum(told), 2000)
            self.assertLessEqual(readings, passed / 0.2 + 5, f"{readings} readings for {sum(told)} notifications in {passed:.1f} s")
            self.assertGreaterEqual(readings, 2)
            self.assertEqual(gateway.post("noisy", last, event(1)).status, 200)

    def test_that_follow_each_other_are_all_heeded(self):
        """A change that is told while the gateway keeps its distance, or reads, is in the next reading."""
        account = "following"
        gateway_secret = self.database.account(account)
        with Gateway(self.database, directory_interval="1h", status_interval="1h") as gateway:
            gateway.knows(account, gateway_secret)
            for number in range(12):
                fresh = self.database.add_secret(account)
                time.sleep(0.013 * number)
                gateway.knows(account, fresh, 2)
                self.database.sql(f"select crm_secret_revoke('{account}', secret_id) from {account}.secret"
                                  f" where valid_until is null order by secret_id desc limit 1")
                eventually(lambda: gateway.post(account, fresh, "").status == 401, "it is revoked", 2)


if __name__ == "__main__":
    main()
