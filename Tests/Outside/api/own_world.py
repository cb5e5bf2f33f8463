"""A world of five nodes for a test: `chancery world` on five free ports in a row, with its folder."""

import fcntl
import json
import pathlib
import socket
import subprocess
import tempfile
import time

import requests

from node import Forms


def five_ports():
    """The first of five ports in a row that nobody listens on, and a lock on them: the tests of pages and of the API run side by side."""
    for first in range(18_090, 32_000, 7):
        lock = open(pathlib.Path(tempfile.gettempdir()) / f"chancery-world-{first}.lock", "w")
        sockets = []
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for port in range(first, first + 5):
                listener = socket.socket()
                sockets.append(listener)
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(("127.0.0.1", port))
            return first, lock
        except OSError:
            lock.close()
        finally:
            for listener in sockets:
                listener.close()
    raise AssertionError("no five ports in a row are free")


class OwnWorld:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.port, self.lock = five_ports()
        self.report = None
        self.process = None

    def start(self):
        """Starts it and waits until its story is told and checked."""
        with open(self.folder.parent / "world.err", "w") as log:
            self.process = subprocess.Popen(
                [self.program, "world", "--data", self.folder, "--port", str(self.port), "--json"],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True,
            )
        line = self.process.stdout.readline()
        assert line, (self.folder.parent / "world.err").read_text()[-3000:]
        self.report = json.loads(line)
        return self

    def stop(self, signal=None):
        """Ends it and gives its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal) if signal else self.process.terminate()
        return self.process.wait(60)

    def node(self, key):
        return next(node for node in self.report["nodes"] if node["key"] == key)

    def address(self, key):
        return self.node(key)["address"].rstrip("/")

    def facts(self, step):
        return next(one for one in self.report["steps"] if one["step"] == step)["facts"]

    def link(self, key, person):
        return next(one["link"] for one in self.node(key)["people"] if one["name"] == person)

    def sign_in(self, key, person):
        """A session of somebody, by the link that the world printed. Works once."""
        session = requests.Session()
        page = session.get(self.link(key, person), timeout=30)
        form = next(form for form in Forms(page.text).forms if form["attributes"].get("data-test") == "confirm-link")
        address = self.address(key)
        session.post(address + form["attributes"]["action"], data=form["fields"], headers={"Origin": address}, timeout=30)
        return session

    def listening(self):
        """Which of the five ports somebody listens on."""
        found = []
        for port in range(self.port, self.port + 5):
            with socket.socket() as client:
                client.settimeout(2)
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    found.append(port)
        return found

    def all_gone(self, seconds=20):
        until = time.time() + seconds
        while time.time() < until:
            if not self.listening():
                return True
            time.sleep(0.2)
        return False
