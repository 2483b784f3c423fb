"""All tests of the gateway but that of a sanitized one, several files at a time; writes what they write, a file
after the other.

    python3 test/gateway/run_all.py [--jobs N] [--kills N]

Each file has a database of its own, or a server of its own where it does something to the server. Most of
their time is waiting, so that two of them are not in each other's way on two processors.
"""

import argparse
import concurrent.futures
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = 600


def run(file, *arguments):
    try:
        done = subprocess.run([sys.executable, "-B", file, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired as late:
        return f"{late.stdout or ''}\nnot ok - {file.name}: not done after {SECONDS} s\n", False
    good = done.returncode == 0
    told = "" if good or "\nnot ok" in f"\n{done.stdout}" else f"not ok - {file.name} ended with {done.returncode}\n"
    return done.stdout + told, good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kills", type=int, default=10)
    options = parser.parse_args()
    # What takes longest goes first.
    work = [(HERE / "kill_campaign.py", "--kills", str(options.kills))]
    work += [(file,) for file in sorted(HERE.glob("test_*.py")) if "sanitizers" not in file.name]
    is_good = True
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for (file, *_), (output, good) in zip(work, pool.map(lambda each: run(*each), work)):
            print(f"# {file.name}\n{output}", end="", flush=True)
            is_good = is_good and good
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
