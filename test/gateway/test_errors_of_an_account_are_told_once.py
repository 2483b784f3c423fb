"""What every event of an account would meet is no event's fault: the batch goes back to its senders whole, and nobody looks for a culprit."""

import concurrent.futures
import subprocess

from gateway_process import PSQL, GatewayTest, event, eventually, main


class AnError(GatewayTest):
    settings = {"threads": "1", "lock_timeout": "300ms"}

    def send(self, account, secret, count=128):
        """So many events at once; the answers, and by how much the gateway's counters grew."""
        before = self.gateway.metrics()
        with concurrent.futures.ThreadPoolExecutor(32) as threads:
            answers = list(threads.map(lambda n: self.gateway.post(account, secret, event(n)), range(count)))
        after = self.gateway.metrics()
        return answers, {name: after[f"pgcrm_gateway_{name}"] - before[f"pgcrm_gateway_{name}"]
                         for name in ("batches_total", "batches_split_total", "batched_events_total")}

    def check_is_told_once(self, account, secret, sqlstate):
        answers, grown = self.send(account, secret)
        self.assertEqual({(answer.status, answer.json["code"]) for answer in answers}, {(503, "not_now")})
        # No event went to the database twice.
        self.assertEqual((grown["batches_split_total"], grown["batched_events_total"]), (0, 128))
        self.assertLessEqual(grown["batches_total"], 128)
        # The log leaves lines out where there are many.
        eventually(lambda: self.gateway.post(account, secret, event(1)).status == 503 and (account, sqlstate) in self.told(), "the log tells why")

    def told(self):
        return {(line["account"], line["sqlstate"]) for line in self.gateway.log_of("the database refused a batch")}

    def test_of_another_layout(self):
        secret = self.account("of_old")
        self.database.sql("update of_old.account set layout_version = 1")
        self.check_is_told_once("of_old", secret, "55000")
        self.database.sql("update of_old.account set layout_version = (select max(layout_version) from pgcrm.account_status)")
        self.check_are_taken("of_old", secret)

    def test_of_a_table_that_is_not_there(self):
        secret = self.account("lacking")
        self.database.sql("alter table lacking.pending rename to mislaid")
        self.check_is_told_once("lacking", secret, "42P01")
        self.database.sql("alter table lacking.mislaid rename to pending")
        self.check_are_taken("lacking", secret)

    def test_of_a_lock_that_is_not_got(self):
        secret = self.account("locked")
        locking = subprocess.Popen([PSQL, "--no-psqlrc", "-qAt", f"--dbname={self.database.name}"], text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.database.environment)
        try:
            locking.stdin.write("begin; lock table locked.observation; \\echo locked\n")
            locking.stdin.flush()
            locking.stdout.readline()
            self.check_is_told_once("locked", secret, "55P03")
        finally:
            locking.communicate("rollback;\n")
        self.check_are_taken("locked", secret)

    def test_of_a_trigger_that_reads_what_is_not_there(self):
        secret = self.account("misled")
        self.database.trigger("misled", "perform from nowhere;")
        self.check_is_told_once("misled", secret, "42P01")
        self.assertEqual(self.database.value("select count(*) from misled.quarantine"), "0")

    def check_are_taken(self, account, secret):
        """The senders come again, and nothing was put aside meanwhile."""
        answers, _ = self.send(account, secret)
        self.assertEqual({(answer.status, answer.json["outcome"]) for answer in answers}, {(200, "stored")})
        self.assertEqual(self.database.stored(account), list(range(128)))
        self.assertEqual(self.database.value(f"select count(*) from {account}.quarantine"), "0")


if __name__ == "__main__":
    main()
