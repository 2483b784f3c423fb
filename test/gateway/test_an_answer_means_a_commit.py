"""Whoever got a 200 has his event in its table; whoever got anything else can send it again."""

import concurrent.futures

from gateway_process import GatewayTest, event, eventually, main


class AnAnswer(GatewayTest):
    def test_of_200_says_what_was_stored_where(self):
        secret = self.account("said")
        answer = self.gateway.post("said", secret, event(1))
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.json, {"status": "success", "account": "said", "event": "1", "stream": "lead_created",
                                       "outcome": "stored"})
        self.assertEqual(answer.headers["Content-Type"], "application/json")
        self.assertEqual(self.database.stored("said"), [1])

    def test_to_the_same_event_again_is_200_and_stores_it_once(self):
        secret = self.account("twice")
        outcomes = [self.gateway.post("twice", secret, event(7)).json["outcome"] for _ in range(3)]
        self.assertEqual(outcomes, ["stored", "duplicate", "duplicate"])
        self.assertEqual(self.database.stored("twice"), [7])

    def test_comes_for_each_of_many_that_are_sent_at_once(self):
        secret = self.account("many")

        def send(number):
            with self.gateway.connection() as connection:
                return [self.gateway.post_on(connection, "many", secret, event(n)).json["outcome"]
                        for n in range(number, 400, 16)]

        with concurrent.futures.ThreadPoolExecutor(16) as threads:
            outcomes = [each for some in threads.map(send, range(16)) for each in some]
        self.assertEqual(outcomes, ["stored"] * 400)
        self.assertEqual(self.database.stored("many"), list(range(400)))

    def test_tells_of_a_body_that_is_no_event(self):
        secret = self.account("odd")
        cases = [("{", "quarantined"), ("[]", "quarantined"), ('{"a": 1}', "quarantined"),
                 (b'{"webhook_event": "\xff\xfe"}', "quarantined"), ('"\\u0000"', "quarantined"),
                 ('{"webhook_event": {"id": 5, "event": "task.done"}}', "unhandled")]
        for body, outcome in cases:
            with self.subTest(body=body):
                answer = self.gateway.post("odd", secret, body)
                self.assertEqual((answer.status, answer.json["outcome"]), (200, outcome))
        kept = self.database.value("select (select count(*) from odd.quarantine) + (select count(*) from odd.other_event)")
        self.assertEqual(int(kept), len(cases))

    def test_of_500_is_for_the_event_that_fails_alone(self):
        """A trigger of the customer's does not even let them into quarantine; those that came with them are stored."""
        secret = self.account("raising")
        self.database.trigger("raising", "perform pg_sleep(0.02); raise 'no' using errcode = 'UE003';", table="quarantine")
        with concurrent.futures.ThreadPoolExecutor(40) as threads:
            answers = list(threads.map(lambda n: self.gateway.post("raising", secret, "{}" if n % 10 == 3 else event(n)), range(40)))
        for number, answer in enumerate(answers):
            if number % 10 == 3:
                self.assertEqual((answer.status, answer.json["code"], answer.json["sqlstate"]),
                                 (500, "refused_by_database", "UE003"))
            else:
                self.assertEqual((answer.status, answer.json.get("outcome")), (200, "stored"), answer)
        self.assertEqual(self.database.stored("raising"), [n for n in range(40) if n % 10 != 3])
        self.assertGreater(self.gateway.metrics()["pgcrm_gateway_batches_split_total"], 0)
        told = eventually(lambda: self.gateway.log_of("the database refused a batch"), "the log tells why")
        self.assertEqual((told[-1]["account"], told[-1]["sqlstate"]), ("raising", "UE003"))

    def test_of_200_comes_after_deadlocks_and_serialisation_failures(self):
        """What fails because of others is sent again until it does not."""
        for errcode in ("40P01", "40001"):
            with self.subTest(errcode=errcode):
                account = f"conflict_{errcode.lower()}"
                secret = self.account(account)
                # The sequence does not go back with its transaction: the first two attempts fail.
                self.database.sql(f"create sequence {account}.attempts; grant usage on {account}.attempts to public")
                self.database.trigger(account, f"if nextval('{account}.attempts') <= 2 then raise 'in the way'"
                                               f" using errcode = '{errcode}'; end if;")
                before = self.gateway.metrics()["pgcrm_gateway_batches_retried_total"]
                answer = self.gateway.post(account, secret, event(1))
                self.assertEqual((answer.status, answer.json.get("outcome")), (200, "stored"), answer)
                self.assertGreaterEqual(self.gateway.metrics()["pgcrm_gateway_batches_retried_total"], before + 2)

    def test_of_503_comes_when_the_conflict_does_not_end(self):
        secret = self.account("hopeless")
        self.database.trigger("hopeless", "raise 'in the way' using errcode = '40001';")
        answer = self.gateway.post("hopeless", secret, event(1))
        self.assertEqual((answer.status, answer.json["code"]), (503, "not_now"))
        self.assertGreater(int(answer.headers["Retry-After"]), 0)

    def test_keeps_every_byte_of_the_body(self):
        """What is kept for later is what came, not what a parser made of it."""
        secret = self.account("bytes")
        body = '{"broken":  "\\u00e9\u00e9\U0001f600", "n": 1.10, "n": '.encode()
        self.assertEqual(self.gateway.post("bytes", secret, body).status, 200)
        self.assertEqual(bytes.fromhex(self.database.value("select encode(body, 'hex') from bytes.quarantine")), body)


if __name__ == "__main__":
    main()
