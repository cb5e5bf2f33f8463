"""Alerts from feeds by themselves, told to people by mail and in their browsers: the mail server is aiosmtpd, the feeds and the push
service are this test's own, and what a browser would open is opened with http_ece and cryptography."""

import base64
import datetime
import email
import email.policy
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

import http_ece
import pytest
import requests
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from correspondents import enter, form, invite, send, wait_for
from own_node import OwnNode

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
SERVER = pathlib.Path(__file__).parent.parent / "mail" / "server.py"
SECRET = "Quicksilver incident at the strait"


class Outside:
    """A server of feeds, and a push service."""

    def __init__(self):
        outside = self
        self.entries, self.asked, self.pushed, self.status = [], [], [], 201

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body, tag = outside.feed(), f'"{len(outside.entries)}"'
                outside.asked.append(dict(self.headers))
                if self.path != "/feed.xml":
                    self.send_response(404)
                    self.end_headers()
                    return
                unchanged = self.headers.get("If-None-Match") == tag
                self.send_response(304 if unchanged else 200)
                self.send_header("ETag", tag)
                self.send_header("Content-Type", "application/atom+xml")
                self.send_header("Content-Length", "0" if unchanged else str(len(body)))
                self.end_headers()
                if not unchanged:
                    self.wfile.write(body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outside.pushed.append((self.path, dict(self.headers), body))
                self.send_response(outside.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def add(self, name, title, at=None):
        at = at or datetime.datetime.now(datetime.timezone.utc).isoformat()
        self.entries.insert(0, f"<entry><id>urn:{name}</id><title>{title}</title><link href='https://news.example/{name}'/>"
                               f"<updated>{at}</updated></entry>")

    def feed(self):
        return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour news</title>{''.join(self.entries)}</feed>".encode()


@pytest.fixture(scope="module")
def outside():
    outside = Outside()
    yield outside
    outside.server.shutdown()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alerts")
    post = folder / "post"
    post.mkdir()
    server = subprocess.Popen(
        [sys.executable, SERVER, post], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    mail = {"host": "127.0.0.1", "port": int(server.stdout.readline()), "security": "none", "sender": "Press Desk <press@norland.example>"}
    node = OwnNode(PROGRAM, folder / "node", "serve", name="Norland", mail=mail, federation={"privateAddresses": True}, logLevel="debug").start()
    first = node.sign_in()
    officer = enter(invite(first, node, "depositary", "Press Officer", "press-officer"), node.address)
    yield node, officer, post
    node.stop()
    server.stdin.close()
    server.wait(10)


def fill(node, person, page, mark, action=None, **fields):
    sheet = form(person, node, page, mark)
    return send(person, node, action or sheet["attributes"]["action"], {"request": sheet["fields"]["request"], **fields})


def mails(post):
    found = {}
    for envelope in sorted(post.glob("*.json")):
        about = json.loads(envelope.read_text())
        message = email.message_from_bytes(envelope.with_suffix(".eml").read_bytes(), policy=email.policy.default)
        found.setdefault(about["to"][0], []).append(message)
    return found


def alerts(node, officer):
    page = officer.get(node.address + "/press/alerts", timeout=30).text
    return re.findall(r'data-test="alert"><p><a href="([^"]+)">([^<]*)</a>', page)


def test_a_feed_raises_an_alert_once_for_each_entry_and_people_are_told_by_mail(desk, outside):
    node, officer, post = desk
    outside.add("old", "The ferry of long ago", "2020-01-01T00:00:00Z")
    fill(node, officer, "/press/alerts", "alert-words", office="depositary", words="ferry", ask="Legal adviser")
    fill(node, officer, "/press/alerts", "alert-telling", office="depositary",
         people="duty@norland.example fr\nonce@norland.example en\nnever@norland.example")
    fill(node, officer, "/press/alerts", "alert-feeds", office="depositary", feeds=outside.address + "/feed.xml", minutes="1")
    outside.add("calm", "Nothing of note")
    outside.add("new", "Ferry stopped &lt;b&gt;at sea&lt;/b&gt;")
    # Setting the feeds again has them looked at at once.
    fill(node, officer, "/press/alerts", "alert-feeds", office="depositary", feeds=outside.address + "/feed.xml", minutes="1")
    (address, title), = wait_for(lambda: alerts(node, officer))
    assert title == "Ferry stopped at sea"
    page = officer.get(node.address + address, timeout=30).text
    assert 'href="https://news.example/new"' in page and page.count('data-test="to-ask"') == 1
    wait_for(lambda: len(mails(post)) == 2, 40)
    told = mails(post)
    message, = told["duty@norland.example"]
    assert message["Subject"] == "Alerte : Ferry stopped at sea" and node.address + address in message.get_content()
    assert [m["Subject"] for m in told["once@norland.example"]] == ["Alert: Ferry stopped at sea"], "refused for now, then taken"
    page = wait_for(lambda: (p := officer.get(node.address + address, timeout=30).text) and "2 people by e-mail." in p and p, 20)
    assert "1 could not be reached." in page
    # The same again: only whether it changed is asked, and nothing is raised.
    before = len(outside.asked)
    fill(node, officer, "/press/alerts", "alert-feeds", office="depositary", feeds=outside.address + "/feed.xml", minutes="1")
    wait_for(lambda: len(outside.asked) > before)
    assert outside.asked[-1].get("if-none-match", outside.asked[-1].get("If-None-Match")) == '"3"'
    assert len(alerts(node, officer)) == 1
    shown = officer.get(node.address + "/press/alerts", timeout=30).text
    assert 'data-test="feed" data-state="read"' in shown and 'data-test="open-alerts"' in shown


def test_what_a_person_raised_is_named_in_mail_only_where_the_office_has_it_so(desk):
    node, officer, post = desk
    people = "secret@norland.example en"
    for names, subject in (("", "An alert is open"), ("yes", f"Alert: {SECRET}")):
        fill(node, officer, "/press/alerts", "alert-telling", office="depositary", people=people, names=names)
        fill(node, officer, "/press/alerts", "raise", office="depositary", title=SECRET, source="person", **{"from": ""}, event="", ask="")
        found = wait_for(lambda: [m for m in mails(post).get("secret@norland.example", []) if m["Subject"] == subject], 20)
        assert (SECRET in found[0].get_content()) == (names == "yes")
    assert SECRET not in (node.folder / "log").read_text()
    assert "norland.example" not in requests.get(node.address + "/record/acts?format=json", timeout=30).text
    fill(node, officer, "/press/alerts", "alert-telling", office="depositary", people="")


def part(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def text(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def test_a_browser_is_told_and_only_it_can_read_what(desk, outside):
    node, officer, _ = desk
    browser = ec.generate_private_key(ec.SECP256R1())
    point = browser.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    secret = os.urandom(16)
    sheet = form(officer, node, "/press/alerts", "push-form")
    key = sheet["attributes"]["data-push-key"]
    refused = officer.post(node.address + "/press/push-subscriptions", headers={"Origin": node.address}, timeout=30, data={
        "request": sheet["fields"]["request"], "endpoint": outside.address + "/push/1", "key": "AAAA", "secret": text(secret)})
    assert refused.status_code == 400
    fill(node, officer, "/press/alerts", "push-form", endpoint=outside.address + "/push/1", key=text(point), secret=text(secret))
    alert = fill(node, officer, "/press/alerts", "raise", office="depositary", title=SECRET, source="peer", **{"from": "Sudland"}, event="",
                 ask="")
    path, headers, body = wait_for(lambda: outside.pushed and outside.pushed[-1])
    headers = {name.lower(): value for name, value in headers.items()}
    assert path == "/push/1" and headers["content-encoding"] == "aes128gcm" and headers["urgency"] == "high" and int(headers["ttl"]) > 0
    assert SECRET.encode() not in body
    message = json.loads(http_ece.decrypt(body, private_key=browser, auth_secret=secret, version="aes128gcm"))
    assert message["title"] == f"Alert: {SECRET}" and message["url"] == node.address + alert
    # RFC 8292: a token for this push service alone, good for at most a day, signed with the key that the page names.
    token, given = re.fullmatch(r"vapid t=([^,]+), k=(\S+)", headers["authorization"]).groups()
    assert given == key
    head, claims, signature = token.split(".")
    assert json.loads(part(head)) == {"typ": "JWT", "alg": "ES256"}
    claims_read = json.loads(part(claims))
    assert claims_read["aud"] == outside.address and 0 < claims_read["exp"] - time.time() <= 86_400 and claims_read["sub"]
    raw = part(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), part(key))
    public.verify(encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:])), f"{head}.{claims}".encode(),
                  ec.ECDSA(hashes.SHA256()))
    page = wait_for(lambda: (p := officer.get(node.address + alert, timeout=30).text) and 'data-means="push"' in p and p)
    assert "1 browser." in page
    # The service says that the browser is gone: it is told no more.
    outside.status = 410
    fill(node, officer, "/press/alerts", "raise", office="depositary", title="Second", source="peer", **{"from": "Sudland"}, event="", ask="")
    wait_for(lambda: 'data-test="browser"' not in officer.get(node.address + "/press/alerts", timeout=30).text)
    told = len(outside.pushed)
    assert told == 2


def test_private_addresses_are_neither_looked_at_nor_told(tmp_path, outside):
    node = OwnNode(PROGRAM, tmp_path / "node", "serve", name="Norland").start()
    try:
        first = node.sign_in()
        officer = enter(invite(first, node, "depositary", "Press Officer", "press-officer"), node.address)
        fill(node, officer, "/press/alerts", "alert-words", office="depositary", words="ferry", ask="")
        asked = len(outside.asked)
        sheet = form(officer, node, "/press/alerts", "alert-feeds")
        plain = officer.post(node.address + "/press/alert-feeds", headers={"Origin": node.address}, timeout=30, data={
            "request": sheet["fields"]["request"], "office": "depositary", "feeds": outside.address + "/feed.xml", "minutes": "1"})
        assert plain.status_code == 400 and 'data-test="refusal"' in plain.text
        fill(node, officer, "/press/alerts", "alert-feeds", office="depositary", feeds=outside.address.replace("http:", "https:") + "/feed.xml",
             minutes="1")
        wait_for(lambda: 'data-test="feed" data-state="fault"' in officer.get(node.address + "/press/alerts", timeout=30).text)
        assert len(outside.asked) == asked
    finally:
        node.stop()
