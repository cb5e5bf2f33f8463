"""Statements to the public as programs see them: released at the hour, followed by feeds, verified without the node."""

import base64
import datetime
import json
import os
import re
import struct
import subprocess
import time
import xml.etree.ElementTree as ElementTree

import feedparser
import pytest
import requests

from correspondents import wait_for
from own_node import OwnNode
from press import BODIES, TITLES, act, draft, released, staffed

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
SECRET = "Zirconium-communique-4471"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("press") / "node", "serve", logLevel="debug").start()
    yield node, staffed(node)
    node.stop()


@pytest.fixture(scope="module")
def statement(desk):
    return released(*desk)


def get(node, path, **headers):
    answer = requests.get(node.address + path, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text[-800:]
    return answer


def test_a_statement_is_one_address_as_page_and_as_data(desk, statement):
    node, _ = desk
    page = get(node, statement, Accept="text/html", **{"Accept-Language": "ar"}).text
    assert TITLES["ar"] in page and 'dir="rtl"' in page and 'property="og:title"' in page
    data = get(node, statement, Accept="application/json").json()
    assert data["standing"] == "current" and data["titles"] == TITLES and data["authoritative"] == "en"
    assert data["code"] in page and statement.endswith(data["code"].lower())
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S).group(1)
    article = json.loads(block)
    assert article["@type"] == "NewsArticle" and article["inLanguage"] == "ar" and article["headline"] == TITLES["ar"]
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)"', page))
    assert set(alternates) == {"en", "ar", "fr"}


def test_feeds_are_read_by_feedparser_without_a_complaint(desk, statement):
    node, _ = desk
    code = get(node, statement + "?format=json").json()["code"]
    atom = feedparser.parse(get(node, "/statements/feed.atom?lang=fr").content)
    assert not atom.bozo, atom.get("bozo_exception")
    entries = [entry for entry in atom.entries if code in entry.content[0].value]
    assert {entry.title for entry in entries} == set(TITLES.values())
    assert {entry.content[0].language for entry in entries} == {"en", "ar", "fr"}
    for entry in entries:
        related = {link.hreflang for link in entry.links if link.rel == "related"}
        assert len(related) == 2
    rss = feedparser.parse(get(node, "/statements/feed.rss?lang=fr").content)
    assert not rss.bozo and rss.entries[0].title == TITLES["fr"] and rss.entries[0].published_parsed
    feed = get(node, "/statements/feed.json?lang=ar").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["items"][0]["title"] == TITLES["ar"]
    for item in feed["items"]:
        assert {"id", "url", "content_html", "date_published"} <= set(item)
    sitemap = ElementTree.fromstring(get(node, "/statements/sitemap.xml").content)
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    assert len(sitemap.findall("s:url", names)) >= 3
    assert all(len(url.findall("x:link", names)) == 3 for url in sitemap.findall("s:url", names)[:3])


def test_the_proof_is_verified_without_the_node_and_a_changed_word_breaks_it(desk, statement, tmp_path):
    node, _ = desk
    document = get(node, "/.well-known/chancery").json()["document"]
    key = next(key for key in document["log"] if base64.b64decode(key.split("+", 2)[2])[0] == 1)
    file = tmp_path / "statement.tlog-proof"
    file.write_bytes(get(node, statement + "/proof").content)

    def verify(*more):
        done = subprocess.run([PROGRAM, "verify", file, "--json", "--key", key, *more], capture_output=True, text=True, timeout=60)
        return done.returncode, json.loads(done.stdout) if done.stdout.strip() else done.stderr

    code, found = verify()
    assert code == 0 and found["payload"]["content"]["texts"]["en"]["title"] == TITLES["en"], found
    assert found["statement"]["code"] == found["payload"]["code"] and found["statement"]["codeHolds"]
    text = tmp_path / "text.txt"
    text.write_text(BODIES["fr"].replace(" ", "\u00a0"))
    code, found = verify("--text", text)
    assert code == 0 and found["statement"]["verdict"] == "genuine" and found["statement"]["language"] == "fr", found
    text.write_text(BODIES["en"].replace("welcomes", "rejects"))
    code, found = verify("--text", text)
    assert code == 1 and found["statement"]["verdict"] == "altered", found
    lines = file.read_text().split("\n")
    place = next(index for index, line in enumerate(lines) if line.startswith("extra "))
    extra = json.loads(base64.b64decode(lines[place].split(" ", 1)[1]))
    extra["payload"] = base64.b64encode(base64.b64decode(extra["payload"]).replace(b"welcomes", b"rejects!")).decode()
    lines[place] = "extra " + base64.b64encode(json.dumps(extra, separators=(",", ":"), sort_keys=True).encode()).decode()
    file.write_text("\n".join(lines))
    code, found = verify()
    assert code == 1, found


def test_is_it_genuine_is_answered_for_codes_addresses_texts_and_files(desk, statement):
    node, _ = desk
    data = get(node, statement + "?format=json").json()

    def check(**body):
        answer = requests.post(node.address + "/v", json=body, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()

    assert check(code=data["code"])["verdict"] == "genuine"
    assert check(url=f"{node.address}{statement}?text=ar")["verdict"] == "genuine"
    assert check(url="https://impostor.example/v/" + data["code"])["verdict"] == "not-ours"
    for tag, body in BODIES.items():
        found = check(text=body.replace("\n\n", " \u200b\u00a0"))
        assert found["verdict"] == "genuine" and found["language"] == tag, found
    altered = check(text=BODIES["en"].replace("all parties", "one party"))
    assert altered["verdict"] == "altered"
    assert [piece["words"] for piece in altered["differences"] if piece["change"] == "added"] == ["one party"]
    assert check(text="The price of turnips rose by four per cent in the spring of that year.")["verdict"] == "not-ours"
    pdf = get(node, statement + "/pdf?text=ar").content
    for bytes, verdict in [(pdf, "genuine"), (pdf[:-40] + b"x" + pdf[-39:], "altered"), (b"%PDF-1.5 nothing", "not-ours")]:
        answer = requests.post(node.address + "/v?format=json", files={"file": ("a.pdf", bytes, "application/pdf")}, timeout=60)
        assert answer.json()["verdict"] == verdict, answer.text
    for bad in [b"{", b'{"text": 7}', b'{"other": "x"}', b"{}"]:
        answer = requests.post(node.address + "/v", data=bad, headers={"Content-Type": "application/json", "Accept": "application/json"}, timeout=60)
        assert answer.status_code == 400 and answer.headers["Content-Type"].startswith("application/problem+json"), answer.text


def test_the_node_releases_at_the_hour_and_says_nothing_before(desk):
    node, (drafter, approver, second) = desk
    hour = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=6)
    address = draft(
        node, drafter, **{"title.en": SECRET, "body.en": f"{SECRET} is agreed.\n\nNothing more.", "label": "TLP:AMBER"})
    act(node, approver, address, "clear-spokesperson")
    act(node, approver, address, "approve")
    assert act(node, second, address, "approve", hour="at", at=hour.strftime("%Y-%m-%dT%H:%M:%S")) == address
    for path in ["/statements", "/statements/feed.atom", "/statements/feed.json", "/record/acts", "/statements/sitemap.xml"]:
        assert SECRET not in get(node, path).text
    def found():
        statements = get(node, "/statements?format=json").json()["statements"]
        return next((one for one in statements if one["titles"]["en"] == SECRET), None)

    one = wait_for(found)
    moment = datetime.datetime.fromisoformat(one["released"].replace("Z", "+00:00"))
    late = (moment - hour.replace(microsecond=0)).total_seconds()
    assert late >= 0, "never before the hour"
    print(f"released {late * 1000:.0f} ms after the hour")
    assert SECRET in get(node, "/statements/feed.atom").text
    assert SECRET not in (node.folder / "log").read_text()


def test_a_stopped_release_does_not_happen(desk):
    node, (drafter, approver, _) = desk
    address = draft(node, drafter, **{"title.en": "Stopped in time"})
    act(node, approver, address, "clear-spokesperson")
    hour = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=5)
    act(node, approver, address, "approve", hour="at", at=hour.strftime("%Y-%m-%dT%H:%M:%S"))
    act(node, drafter, address, "stop", reason="The talks broke down.")
    time.sleep(6)
    assert "Stopped in time" not in get(node, "/statements").text


def test_the_card_is_a_picture_of_its_own_in_every_language(desk, statement):
    node, _ = desk
    cards = {get(node, f"{statement}/card.png?text={tag}").content for tag in TITLES}
    assert len(cards) == len(TITLES)
    for card in cards:
        assert card.startswith(b"\x89PNG\r\n\x1a\n") and struct.unpack(">II", card[16:24]) == (1200, 630)
    assert f"{statement}/card.png?version=1&amp;text=fr" in get(node, statement + "?text=fr", Accept="text/html").text


def test_withdrawing_by_form_marks_it_for_ever(desk):
    node, people = desk
    address = released(node, people, **{"title.en": "To be withdrawn"})
    identifier = address.rsplit("/", 1)[1]
    act(node, people[1], f"/press/statements/{identifier}/withdraw", "withdraw", **{"reason.en": "It was released in error."})
    assert "It was released in error." in get(node, address).text
    assert requests.get(f"{node.address}/v/{identifier}?format=json", timeout=30).json()["verdict"] == "withdrawn"
