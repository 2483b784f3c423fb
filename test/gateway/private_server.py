"""A server that a test may kill: a cluster of its own in a directory of its own, on a socket only.

PG_BIN names the directory of initdb and pg_ctl (pg_config's). Run by root it belongs to the user postgres.
"""

import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

PG_BIN = pathlib.Path(os.environ.get("PG_BIN") or pathlib.Path(shutil.which("pg_ctl") or "/usr/lib/postgresql/15/bin/pg_ctl").parent)


class PrivateServer:
    port = "5432"

    def __init__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="pgcrm."))
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.directory, owner.pw_uid, owner.pw_gid)
        self.data = self.directory / "data"
        self._run("initdb", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync",
                  "--no-instructions", f"--pgdata={self.data}")
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write(f"listen_addresses = ''\nunix_socket_directories = '{self.directory}'\nfsync = off\ntimezone = 'UTC'\n"
                       "max_connections = 60\nlog_min_messages = fatal\nrestart_after_crash = on\n")
        self.environment = {"PGHOST": str(self.directory), "PGPORT": self.port, "PGUSER": "postgres"}
        self.start()

    def _run(self, program, *arguments, check=True):
        command = [str(PG_BIN / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return subprocess.run(command, check=check, cwd="/", env=clean, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def start(self, patience=30):
        """Again and again: backends of a killed postmaster hold its memory until they have noticed."""
        end = time.monotonic() + patience
        while True:
            done = self._run("pg_ctl", "start", f"--pgdata={self.data}", f"--log={self.directory}/log", "--wait", "--silent", check=False)
            if done.returncode == 0:
                return
            if time.monotonic() > end:
                raise RuntimeError(f"the server did not start: {done.stderr} {(self.directory / 'log').read_text()[-2000:]}")
            time.sleep(0.1)

    def stop(self, mode="fast"):
        self._run("pg_ctl", "stop", f"--pgdata={self.data}", f"--mode={mode}", "--silent", check=False)

    def postmaster(self):
        return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])

    def kill_postmaster(self):
        os.kill(self.postmaster(), signal.SIGKILL)

    def remove(self):
        self.stop("immediate")
        shutil.rmtree(self.directory, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()
