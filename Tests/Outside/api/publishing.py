"""A node that mails and sends feeds, the mailbox it writes to, and a program that subscribes to its feeds (WebSub)."""

import email
import email.policy
import hashlib
import hmac
import http.server
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.parse

import requests

from node import Forms
from own_node import OwnNode

SERVER = pathlib.Path(__file__).parent.parent / "mail" / "server.py"


class MailingNode(OwnNode):
    def __init__(self, program, folder, **settings):
        folder.mkdir(exist_ok=True)
        self.post = folder / "post"
        self.post.mkdir()
        self.server = subprocess.Popen(
            [sys.executable, SERVER, self.post], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        mail = {
            "host": "127.0.0.1", "port": int(self.server.stdout.readline()), "security": "none",
            "sender": "Press Office <press@mfa.example>",
        }
        super().__init__(program, folder / "node", "serve", mail=mail, **settings)

    def stop(self):
        super().stop()
        self.server.stdin.close()
        self.server.wait(10)

    def letters(self, to=None, kind=""):
        """What came for an address, in the order it came."""
        letters = []
        for file in sorted(self.post.glob("*.eml"), key=lambda file: int(file.stem)):
            letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if (to is None or to in letter["To"]) and letter["Message-ID"].startswith(f"<{kind}"):
                letters.append(letter)
        return letters

    def wait_for_letters(self, count, to=None, kind="", seconds=30):
        until = time.time() + seconds
        while time.time() < until:
            letters = self.letters(to, kind)
            if len(letters) >= count:
                return letters
            time.sleep(0.1)
        raise AssertionError(f"{len(self.letters(to, kind))} messages {kind} to {to} and not {count}")

    def ask(self, address, languages=("en",), offices=(), session=None):
        """Fills in the public form as a stranger."""
        session = session or requests.Session()
        sheet = next(f for f in Forms(session.get(self.address + "/statements/mail", timeout=30).text).forms if f["attributes"].get("data-test") == "mail")
        fields = [("request", sheet["fields"]["request"]), ("address", address)]
        fields += [("language", tag) for tag in languages] + [("office", office) for office in offices]
        return session.post(self.address + "/statements/mail", data=fields, headers={"Origin": self.address}, timeout=30)

    def confirm(self, letter):
        """Follows the link in a letter, as whoever reads the mailbox would."""
        link = re.search(r"http://\S+/statements/mail/confirm\?\S+", letter.get_content()).group()
        stranger = requests.Session()
        page = stranger.get(link, timeout=30)
        assert page.status_code == 200, page.text[-500:]
        sheet = next(f for f in Forms(page.text).forms if f["attributes"].get("data-test") == "confirm-mail")
        answer = stranger.post(self.address + sheet["attributes"]["action"], data=sheet["fields"], headers={"Origin": self.address}, timeout=30)
        assert answer.status_code == 200, answer.text[-500:]
        return link


class Subscriber:
    """A program that subscribes: it answers challenges as it is told, and keeps what it is sent."""

    def __init__(self, confirms=True, status=200):
        self.confirms, self.status = confirms, status
        self.asked, self.sent = [], []
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
                owner.asked.append(query)
                body = query["hub.challenge"].encode() if owner.confirms else b"no"
                self.reply(200, body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                owner.sent.append((dict(self.headers.items()), body))
                self.reply(owner.status, b"")

            def reply(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.callback = f"http://127.0.0.1:{self.server.server_port}/hook?own=1"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def ask(self, node, topic, mode="subscribe", **more):
        fields = {"hub.mode": mode, "hub.topic": topic, "hub.callback": self.callback}
        fields.update({f"hub.{name}": value for name, value in more.items()})
        return requests.post(node.address + "/statements/hub", data=fields, headers={"Accept": "application/json"}, timeout=30)

    @staticmethod
    def is_signed(message, secret):
        headers, body = message
        given = {name.lower(): value for name, value in headers.items()}.get("x-hub-signature", "")
        return hmac.compare_digest(given, "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest())
