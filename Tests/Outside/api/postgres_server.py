"""A real PostgreSQL server of a test's own, in a temporary folder, where Debian puts its programs."""

import os
import pathlib
import shutil
import subprocess
import time

from own_node import free_port


def programs():
    """The folder of the newest release's programs; None where there is none."""
    root = pathlib.Path("/usr/lib/postgresql")
    releases = sorted((int(path.name) for path in root.glob("[0-9]*") if (path / "bin" / "initdb").exists()), reverse=True)
    return root / str(releases[0]) / "bin" if releases else None


class PostgresServer:
    """A server that begins empty, or as the synchronous standby of another."""

    def __init__(self, folder, primary=None):
        self.bin = programs()
        self.folder = folder
        self.port = free_port()
        folder.mkdir(mode=0o700)
        if os.getuid() == 0:
            # The server will not run as root. Debian's package makes this account, which must be able to come to the folder.
            shutil.chown(folder, "postgres")
            for parent in folder.parents:
                if parent != pathlib.Path("/") and not parent.stat().st_mode & 0o001:
                    parent.chmod(parent.stat().st_mode | 0o011)
        if primary is None:
            self.run("initdb", "-D", folder / "data", "-U", "chancery", "-A", "trust", "-E", "UTF8", "--no-sync")
        else:
            self.run(
                "pg_basebackup", "-h", "127.0.0.1", "-p", primary.port, "-U", "chancery", "-D", folder / "data", "-R", "-X", "stream", "--no-sync",
                "-c", "fast")
        self.process = None
        self.start()
        if primary is not None:
            # What the primary acknowledges, the standby has from now on.
            primary.query("ALTER SYSTEM SET synchronous_standby_names = '*'")
            primary.query("SELECT pg_reload_conf()")
            for _ in range(400):
                if primary.query("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == "1":
                    return
                time.sleep(0.05)
            raise AssertionError("the standby does not follow")

    def promote(self):
        """Makes a standby the primary."""
        self.query("SELECT pg_promote()")

    def command(self, program, *arguments):
        prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] if os.getuid() == 0 else []
        return [*prefix, str(self.bin / program), *map(str, arguments)]

    def run(self, program, *arguments):
        return subprocess.run(self.command(program, *arguments), check=True, capture_output=True, text=True, cwd="/").stdout

    def start(self):
        self.process = subprocess.Popen(
            self.command("postgres", "-D", self.folder / "data", "-p", self.port, "-k", "", "-h", "127.0.0.1"), cwd="/",
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            if subprocess.run(self.command("pg_isready", "-h", "127.0.0.1", "-p", self.port, "-q"), cwd="/").returncode == 0:
                return
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    def stop(self):
        """At once, as a crash does: SIGQUIT ends all its processes without ceremony."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(3)
            self.process.wait()

    def query(self, statement):
        return self.run("psql", "-h", "127.0.0.1", "-p", self.port, "-U", "chancery", "-d", "postgres", "-XAtqc", statement).strip()

    @property
    def address(self):
        return f"postgres://chancery@127.0.0.1:{self.port}/postgres"

    def address_with(self, standby):
        """Of whichever of the two takes writes."""
        return f"postgres://chancery@127.0.0.1:{self.port},127.0.0.1:{standby.port}/postgres?connect_timeout=3"
