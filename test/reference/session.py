"""A database session through psql, kept open. PGHOST and the like say where; a statement that fails
raises Failed. Scripts go through a file, so that neither side waits for the other's full pipe."""

import os
import subprocess
import tempfile

DONE = "--done--"
PSQL = os.environ.get("PSQL", "psql")


class Failed(Exception):
    """What psql said when it ended."""


class Session:
    def __init__(self, database):
        self.script = tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8", newline="\n")
        self.errors = tempfile.TemporaryFile("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [PSQL, "--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1",
             "--set=SHOW_CONTEXT=never", "--dbname=" + database],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True, encoding="utf-8")
        self.process.stdout.reconfigure(newline="\n")
        self.run("set timezone = 'UTC'; set client_min_messages = warning; set jit = off;")

    def run(self, script):
        """Runs statements and returns the lines that they print."""
        self.script.seek(0)
        self.script.truncate()
        self.script.write(script)
        self.script.flush()
        try:
            self.process.stdin.write(f"\\i {self.script.name}\n\\echo {DONE}\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        lines = []
        for line in self.process.stdout:
            line = line[:-1]
            if line == DONE:
                return lines
            lines.append(line)
        self.process.wait()
        self.errors.seek(0)
        raise Failed(self.errors.read().strip())

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
        self.script.close()
        self.errors.close()


def literal(value):
    """A value as SQL."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def copy_field(value):
    """A value as a field of COPY's text format."""
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    text = str(value)
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") if isinstance(value, str) else text


def copy_into(table, columns, rows):
    """The statement that brings rows into a table, with its data."""
    lines = [f"copy {table} ({', '.join(columns)}) from stdin;"]
    lines += ["\t".join(map(copy_field, row)) for row in rows]
    return "\n".join(lines) + "\n\\.\n"
