"""Office after office, until there were histories enough, and the number to replay the one that failed by."""

import argparse
import secrets
import sys
import time

from session import Failed, Session


class Difference(Exception):
    """What was not as it should be."""


def told_progress(text):
    if sys.stderr.isatty():
        print(f"\r  {text}\033[K", end="", file=sys.stderr, flush=True)


def offices(session, options, check_office):
    """Until so many histories are done and so much time is over. check_office(session, seed, number) says how many it had."""
    count, number, end = 0, 0, time.monotonic() + options.minutes * 60
    while count < options.histories or time.monotonic() < end:
        number += 1
        try:
            count += check_office(session, options.seed, number)
        except (Difference, Failed) as wrong:
            raise Difference(f"office {number} of seed {options.seed} (replay it with --seed {options.seed} "
                             f"--office {number}): {wrong}") from None
        told_progress(f"{count} random histories, {number} offices")
    return count


def parsed(usage, histories):
    parser = argparse.ArgumentParser(description=usage, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("--seed", default=secrets.token_hex(4))
    parser.add_argument("--histories", type=int, default=histories)
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--office", type=int)
    return parser.parse_args()


def main(usage, histories, set_up, run, check_office):
    """`run(session, options)` does all of it, and says how many histories there were; --office asks for one office alone."""
    options = parsed(usage, histories)
    print(f"seed {options.seed}", flush=True)
    session, started = Session(options.database), time.monotonic()
    try:
        set_up(session)
        count = check_office(session, options.seed, options.office) if options.office else run(session, options)
    except (Difference, Failed) as wrong:
        sys.exit(f"not ok: {wrong}")
    print(f"ok: {count} histories in {time.monotonic() - started:.0f} s, every cell as it has to be")
