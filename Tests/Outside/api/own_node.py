"""A node of a test's own: with its own folder and settings, to be killed, or to be filled as no other test expects."""

import json
import re
import signal
import socket
import subprocess
import time

import requests

from node import Forms


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class OwnNode:
    def __init__(self, program, folder, command="demo", **settings):
        self.program, self.folder, self.command = program, folder, command
        folder.mkdir(exist_ok=True)
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        (folder / "chancery.json").write_text(json.dumps({"logLevel": "error", **settings}))
        self.arguments = []
        self.process = None
        self.output = folder / "output"

    def start(self):
        with open(self.output, "w") as output, open(self.folder / "log", "a") as log:
            self.process = subprocess.Popen(
                [self.program, self.command, "--data", self.folder / "data", "--config", self.folder / "chancery.json", "--port", str(self.port), *self.arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=log,
            )
        for _ in range(600):
            try:
                if requests.get(self.address + "/health", timeout=5).status_code == 200:
                    return self
            except requests.ConnectionError:
                pass
            assert self.process.poll() is None, (self.folder / "log").read_text()[-2000:]
            time.sleep(0.1)
        raise AssertionError("the node did not start")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)

    def sign_in(self):
        link = re.search(r"http://\S+/sign-in/link\?token=\S+", self.output.read_text()).group()
        session = requests.Session()
        page = session.get(link, timeout=30)
        for form in Forms(page.text).forms:
            if form["attributes"].get("data-test") == "confirm-link":
                session.post(self.address + form["attributes"]["action"], data=form["fields"], headers={"Origin": self.address}, timeout=30)
        return session

    def send(self, session, page, mark, **values):
        for form in Forms(session.get(self.address + page, timeout=30).text).forms:
            if form["attributes"].get("data-test") == mark:
                fields = {"request": form["fields"]["request"], **values}
                if "previewed" in form["fields"]:
                    fields["previewed"] = form["fields"]["previewed"]
                answer = session.post(
                    self.address + form["attributes"]["action"], data=fields, headers={"Origin": self.address}, timeout=60, allow_redirects=False
                )
                assert answer.status_code == 303, answer.text[-1500:]
                return answer.headers["Location"]
        raise AssertionError(f"no form {mark} on {page}")
