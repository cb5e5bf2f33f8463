"""The node under test, spoken to over HTTP as programs do, and over bare sockets as the ill-mannered do."""

import html.parser
import os
import socket
from urllib.parse import urljoin, urlsplit

import requests


class Forms(html.parser.HTMLParser):
    """The forms of a page: address, method, fields with their values."""

    def __init__(self, text):
        super().__init__()
        self.forms = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.forms.append({"attributes": attributes, "fields": {}})
        elif tag in ("input", "textarea", "select") and self.forms and "name" in attributes:
            self.forms[-1]["fields"][attributes["name"]] = attributes.get("value") or ""


class Node:
    def __init__(self):
        self.address = os.environ["CHANCERY_TEST_URL"].rstrip("/")
        self.process = int(os.environ["CHANCERY_TEST_PROCESS"])
        self.program = os.environ["CHANCERY_TEST_NODE"]
        self.data = os.environ["CHANCERY_TEST_DATA"]
        self.log_path = os.environ["CHANCERY_TEST_LOG"]
        parts = urlsplit(self.address)
        self.host, self.port = parts.hostname, parts.port

    def session(self):
        return requests.Session()

    def get(self, path, session=None, **options):
        return (session or requests).get(self.address + path, timeout=30, allow_redirects=False, **options)

    def post(self, path, session=None, **options):
        return (session or requests).post(self.address + path, timeout=30, allow_redirects=False, **options)

    def form(self, session, path, mark):
        """The form of a page that has `data-test=mark`: its address and its fields."""
        page = session.get(self.address + path, timeout=30)
        for form in Forms(page.text).forms:
            if form["attributes"].get("data-test") == mark:
                return urljoin(page.url, form["attributes"].get("action") or page.url), form["fields"]
        raise AssertionError(f"{path} has no form {mark}: {page.status_code}")

    def sign_in(self):
        """A session of the depositary officer, by the one-time link. Works once."""
        session = self.session()
        link = os.environ["CHANCERY_TEST_SIGN_IN_LINK"]
        page = session.get(link, timeout=30)
        for form in Forms(page.text).forms:
            if form["attributes"].get("data-test") == "confirm-link":
                action = urljoin(page.url, form["attributes"].get("action") or page.url)
                page = session.post(action, data=form["fields"], headers={"Origin": self.address}, timeout=30)
        assert page.status_code == 200, page.text[:500]
        return session

    def raw(self, data, seconds=10):
        """Sends bytes as they are and gives what comes back until the node hangs up or is silent for so long."""
        with socket.create_connection((self.host, self.port), timeout=seconds) as connection:
            answer = b""
            try:
                connection.sendall(data)
                while chunk := connection.recv(65536):
                    answer += chunk
            except (TimeoutError, BrokenPipeError, ConnectionResetError):
                pass
            return answer

    def status_of(self, target, method="GET", headers=(), body=b""):
        """The status of a request whose target goes over the wire just so, without a client's tidying."""
        lines = [f"{method} {target} HTTP/1.1", f"Host: {self.host}:{self.port}", "Connection: close", *headers]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        answer = self.raw("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
        return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0

    def size(self):
        return int(self.get("/record/checkpoint").text.split("\n")[1])

    def alive(self):
        try:
            with open(f"/proc/{self.process}/stat") as file:
                return file.read().rsplit(")", 1)[1].split()[0] != "Z"
        except FileNotFoundError:
            return False
