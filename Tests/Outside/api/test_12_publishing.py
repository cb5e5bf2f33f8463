"""Statements beyond the page: by mail to who asked twice, by WebSub to programs, press events as a calendar, HTML for other sites."""

import datetime
import html
import os
import re
import time

import feedparser
import icalendar
import pytest
import requests

from conftest import refused
from correspondents import form, send, wait_for
from node import Forms
from own_node import OwnNode
from press import BODIES, TITLES, act, draft, released, staffed
from publishing import MailingNode, Subscriber

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    node = MailingNode(PROGRAM, tmp_path_factory.mktemp("publishing") / "own", federation={"privateAddresses": True}, logLevel="debug").start()
    yield node, staffed(node)
    node.stop()


def text_of(letter):
    return letter.get_body(("plain",)).get_content()


def everywhere(node, secret, officer):
    """Where an address stands of what anybody can fetch, and an officer who administers the node, and in the log."""
    size = int(requests.get(node.address + "/record?format=json", timeout=30).json()["size"])
    paths = ["/statements", "/statements/mail", "/record/acts?format=json", "/metrics", "/openapi.json"]
    paths += [f"/record/acts/{n}" for n in range(size)] + ([f"/record/tile/entries/000.p/{size}"] if size < 256 else ["/record/tile/entries/000"])
    found = [path for path in paths for who in (requests, officer) if secret in who.get(node.address + path, timeout=30).text]
    return found + (["log"] if secret in (node.folder / "log").read_text() else [])


def test_nothing_is_sent_before_the_address_is_confirmed_and_one_click_ends_it(desk):
    node, people = desk
    reader, other = "reader.one@paper.example", "unwilling@paper.example"
    known = node.ask(reader, ["ar", "en"])
    assert known.status_code == 200 and reader not in known.text
    node.ask(other, offices=["depositary"])
    assert node.ask(other, offices=["nowhere"]).status_code == 400
    letter = node.wait_for_letters(1, reader, "statements-confirmation")[0]
    assert letter["List-Id"] is None and letter["Auto-Submitted"] == "auto-generated"
    node.wait_for_letters(1, other, "statements-confirmation")
    before = released(node, people, **{"title.en": "Before anybody confirmed"})
    node.confirm(letter)
    # Asked for once more, the answer is the same as for an address that nobody knows.
    strip = lambda page: re.sub(r"\d+", "", page.text)  # noqa: E731
    assert strip(node.ask(reader)) == strip(node.ask("nobody.at.all@paper.example")) == strip(known)
    statement = released(node, people)
    code = statement.rsplit("/", 1)[1].upper()
    mail = node.wait_for_letters(1, reader, "statement.")[0]
    plain, rich = text_of(mail), mail.get_body(("html",)).get_content()
    assert BODIES["ar"].split("\n\n")[0] in plain and BODIES["en"].split("\n\n")[0] in plain and TITLES["fr"] not in plain
    assert plain.index(TITLES["ar"]) < plain.index(TITLES["en"]) and mail["Subject"] == TITLES["ar"] and mail["Content-Language"] == "ar, en"
    assert f"{node.address}/v/{code}" in plain and code in rich and 'dir="rtl"' in rich
    assert "<img" not in rich and "<script" not in rich and "src=" not in rich, "nothing tells that it was read"
    assert mail["List-Id"].endswith("<statements.localhost>") and mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert node.letters(other, "statement.") == [] and before.rsplit("/", 1)[1] not in plain
    # A correction and a withdrawal follow, in order, in the same thread.
    identifier = statement.rsplit("/", 1)[1]
    address = draft(node, people[0], f"/press/new?corrects={identifier}", **{
        "correction.en": "It was yesterday.", "body.en": BODIES["en"].replace("today", "yesterday")})
    act(node, people[1], address, "clear-spokesperson")
    act(node, people[1], address, "approve", hour="now")
    act(node, people[1], f"/press/statements/{identifier}/withdraw", "withdraw", **{"reason.en": "The talks broke down."})
    _, corrected, withdrawn = node.wait_for_letters(3, reader, "statement.")
    assert "yesterday" in text_of(corrected) and "It was yesterday." in text_of(corrected)
    assert mail["Message-ID"] in corrected["References"] and mail["Message-ID"] in withdrawn["References"]
    assert "The talks broke down." in text_of(withdrawn) and len(node.letters(reader, "statement.")) == 3
    # The link of the mail program's button; without what RFC 8058 says it does nothing.
    end = re.fullmatch(r"<(http\S+)>", withdrawn["List-Unsubscribe"]).group(1)
    refused(requests.post(end, data={"x": "y"}, headers={"Accept": "application/json"}, timeout=30), 400)
    refused(requests.post(end[:-3] + "AAA", data=CLICK, headers={"Accept": "application/json"}, timeout=30), 404)
    assert "end-mail" in requests.get(end, timeout=30).text
    assert requests.post(end, data=CLICK, timeout=30).status_code == 200
    released(node, people, **{"title.en": "After the end"})
    time.sleep(2.5)
    assert len(node.letters(reader, "statement.")) == 3
    assert everywhere(node, "reader.one", people[0]) == [] == everywhere(node, "unwilling", people[0])


def test_the_address_of_who_ended_leaves_the_record(desk):
    node, people = desk
    reader = "quinquereme.reader@paper.example"
    node.ask(reader)
    node.confirm(node.wait_for_letters(1, reader, "statements-confirmation")[0])
    sheet = form(people[0], node, "/press/mail", "find")
    answer = people[0].post(node.address + "/press/mail", data={**sheet["fields"], "address": reader.upper()}, headers={"Origin": node.address}, timeout=30)
    assert "Yes, since" in answer.text and 'data-test="end-by-administrator"' in answer.text
    # Counts for officers; the question for an administrator alone.
    page = people[1].get(node.address + "/press/mail", timeout=30).text
    assert 'data-test="count"' in page and 'data-test="find"' not in page and reader not in page
    assert requests.get(node.address + "/press/mail", timeout=30).status_code == 401
    files = lambda: b"".join(file.read_bytes() for file in (node.folder / "data").rglob("*") if file.is_file())  # noqa: E731
    assert b"quinquereme" in files()
    end = next(f for f in Forms(answer.text).forms if f["attributes"].get("data-test") == "end-by-administrator")
    send(people[0], node, "/press/mail/end", end["fields"])
    wait_for(lambda: b"quinquereme" not in files(), 40)
    sheet = form(people[0], node, "/press/mail", "find")
    answer = people[0].post(node.address + "/press/mail", data={**sheet["fields"], "address": reader}, headers={"Origin": node.address}, timeout=30)
    assert "No: nothing is sent" in answer.text


def test_nobody_is_bombed_with_mail(desk):
    node, _ = desk
    victim, session = "victim@paper.example", requests.Session()
    answers = [node.ask(victim, session=session).status_code for _ in range(14)]
    assert 429 in answers and set(answers) <= {200, 429}
    time.sleep(3)
    assert len(node.letters(victim)) <= 3
    for address in ("no address", "a@b@c.example", "x@y.example\r\nBcc: z@w.example"):
        assert node.ask(address, session=session).status_code in (400, 429)


def test_programs_are_sent_feeds_they_confirmed_signed_until_they_end_it(desk):
    node, people = desk
    first = requests.get(node.address + "/statements/feed.atom?lang=fr&office=depositary", timeout=30)
    links = dict((rel, address) for address, rel in re.findall(r'<([^>]+)>; rel="(\w+)"', first.headers["Link"]))
    assert links["hub"] == node.address + "/statements/hub" and feedparser.parse(first.content).feed.links
    for name in ("feed.rss", "feed.json"):
        assert links["hub"] in requests.get(f"{node.address}/statements/{name}", timeout=30).text
    program, liar, gone = Subscriber(), Subscriber(confirms=False), Subscriber(status=410)
    try:
        assert program.ask(node, links["self"], secret="s" * 40, lease_seconds="3600").status_code == 202
        assert liar.ask(node, links["self"]).status_code == 202
        assert gone.ask(node, links["self"]).status_code == 202
        asked = wait_for(lambda: program.asked)[0]
        assert asked["hub.mode"] == "subscribe" and asked["hub.topic"] == links["self"] and asked["own"] == "1"
        assert int(asked["hub.lease_seconds"]) == 3600 and len(asked["hub.challenge"]) >= 32
        wait_for(lambda: liar.asked and gone.asked)
        time.sleep(1)
        released(node, people, **{"title.fr": "Pour les programmes"})
        message = wait_for(lambda: program.sent)[0]
        headers, body = {name.lower(): value for name, value in message[0].items()}, message[1]
        assert Subscriber.is_signed(message, "s" * 40) and not Subscriber.is_signed(message, "t" * 40)
        assert headers["content-type"].startswith("application/atom+xml") and f'<{links["self"]}>; rel="self"' in headers["link"]
        feed = feedparser.parse(body)
        assert not feed.bozo and "Pour les programmes" in [entry.title for entry in feed.entries]
        wait_for(lambda: gone.sent)
        # Renewed, with another secret; then one more is sent once, to who is still there.
        program.ask(node, links["self"], secret="t" * 40)
        wait_for(lambda: len(program.asked) == 2)
        time.sleep(1)
        released(node, people, **{"title.fr": "Encore"})
        wait_for(lambda: len(program.sent) == 2)
        assert Subscriber.is_signed(program.sent[1], "t" * 40)
        # An end that it does not confirm is none; one that it does is.
        program.confirms = False
        program.ask(node, links["self"], mode="unsubscribe")
        wait_for(lambda: len(program.asked) == 3)
        program.confirms = True
        program.ask(node, links["self"], mode="unsubscribe")
        wait_for(lambda: len(program.asked) == 4)
        time.sleep(1)
        released(node, people, **{"title.fr": "Pour personne"})
        time.sleep(2)
        assert len(program.sent) == 2 and liar.sent == [] and len(gone.sent) == 1
        assert everywhere(node, "s" * 40, people[0]) == []
    finally:
        for one in (program, liar, gone):
            one.stop()


def test_the_hub_refuses_what_is_not_its_own_and_asks_no_private_address(desk, tmp_path):
    node, _ = desk
    program = Subscriber()
    try:
        good = node.address + "/statements/feed.atom?lang=en"
        for topic in ("https://elsewhere.example/feed", node.address + "/statements/sitemap.xml", node.address + "/treaties", good + "&x=1"):
            refused(program.ask(node, topic), 400)
        refused(program.ask(node, good, secret="x" * 200), 400)
        refused(program.ask(node, good, mode="publish"), 400)
        refused(program.ask(node, good, lease_seconds="soon"), 400)
        for callback in ("ftp://a.example/", "https://a.example/#b", "", "https://user@a.example/"):
            refused(requests.post(
                node.address + "/statements/hub", data={"hub.mode": "subscribe", "hub.topic": good, "hub.callback": callback},
                headers={"Accept": "application/json"}, timeout=30), 400)
        assert program.asked == []
        assert {429} <= {program.ask(node, good, mode="unsubscribe").status_code for _ in range(40)}
    finally:
        program.stop()
    closed = OwnNode(PROGRAM, tmp_path / "closed", "serve").start()
    program = Subscriber()
    try:
        assert program.ask(closed, closed.address + "/statements/feed.atom").status_code == 202
        time.sleep(2)
        assert program.asked == [], "a private address was asked"
    finally:
        program.stop()
        closed.stop()


def test_press_events_are_a_calendar_that_others_read_changed_and_cancelled(desk):
    node, people = desk
    start = datetime.datetime.now(datetime.timezone.utc).replace(second=0, microsecond=0) + datetime.timedelta(days=2)
    sheet = form(people[0], node, "/press/events", "event")
    fields = {
        "request": sheet["fields"]["request"], "office": "depositary", "form": "briefing", "start": start.strftime("%Y-%m-%dT%H:%M"),
        "end": (start + datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"), "link": "https://video.example/live", "spoken": "en fr",
        "title.en": "Daily briefing; questions, answers", "title.ar": "الإحاطة اليومية", "place.en": "Room 4, " + "long " * 30,
        "note.en": "Accreditation by 18:00 the day before."}
    send(people[0], node, "/press/events", fields)

    def read(language="en"):
        calendar = icalendar.Calendar.from_ical(requests.get(f"{node.address}/statements/events.ics?lang={language}", timeout=30).content)
        assert [fault for component in calendar.walk() for fault in component.errors] == []
        return calendar.walk("VEVENT")

    event = read()[0]
    assert str(event["SUMMARY"]) == fields["title.en"] and str(event["LOCATION"]) == fields["place.en"].strip()
    assert event.decoded("DTSTART") == start and event.decoded("DTEND") == start + datetime.timedelta(hours=1)
    assert event.get("SEQUENCE", 0) == 0 and "STATUS" not in event
    arabic = read("ar")[0]
    assert str(arabic["SUMMARY"]) == fields["title.ar"] and arabic["SUMMARY"].params["LANGUAGE"] == "ar" and arabic["UID"] == event["UID"]
    page = requests.get(node.address + "/statements/events?lang=ar", timeout=30).text
    assert fields["title.ar"] in page and fields["note.en"] in page
    address = re.search(r'href="(/press/events/evt-[0-9a-f]+)"', people[0].get(node.address + "/press/events", timeout=30).text).group(1)
    sheet = form(people[0], node, address, "event")
    shown = people[0].get(node.address + address, timeout=30).text
    assert "Accreditation by 18:00" in shown
    changed = {**fields, "request": sheet["fields"]["request"], "cancelled": "yes"}
    send(people[0], node, address, changed)
    event = read()[0]
    assert event["SEQUENCE"] == 1 and str(event["STATUS"]) == "CANCELLED"
    events = requests.get(node.address + "/statements/events?format=json", timeout=30).json()["events"]
    assert [one["cancelled"] for one in events] == [True]
    for wrong in ({"end": fields["start"]}, {"title.en": "", "title.ar": ""}, {"start": "2020-01-01T10:00"}, {"link": "javascript:alert(1)"}, {"spoken": "<en>"}):
        sheet = form(people[0], node, "/press/events", "event")
        answer = people[0].post(
            node.address + "/press/events", data={**fields, **wrong, "request": sheet["fields"]["request"]}, headers={"Origin": node.address},
            timeout=30, allow_redirects=False)
        assert answer.status_code in (400, 422), wrong
    # What stands under embargo is announced by nobody but who chose to.
    hidden = draft(node, people[0], **{"title.en": "Hidden under embargo"})
    act(node, people[1], hidden, "clear-spokesperson")
    act(node, people[1], hidden, "approve", hour="at", at=(start + datetime.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
    assert len(read()) == 1


def test_others_embed_a_link_and_no_script(desk):
    node, people = desk
    statement = released(node, people)
    page = requests.get(node.address + statement + "?text=fr", timeout=30).text
    areas = [html.unescape(area) for area in re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.S)]
    code = statement.rsplit("/", 1)[1].upper()
    assert len(areas) == 2 and all(f'href="{node.address}/v/{code}"' in area and "script" not in area for area in areas)
    assert TITLES["fr"] in areas[0] and "Est-elle authentique" in areas[0]
    picture = html.unescape(re.search(r'<img src="([^"]+)"', areas[1]).group(1))
    assert requests.get(picture, timeout=60).content.startswith(b"\x89PNG") and re.search(r'alt="[^"]+' + code, areas[1])
    assert 'data-test="embed"' in requests.get(f"{node.address}/v/{code}", timeout=30).text
    assert 'data-test="embed"' not in requests.get(f"{node.address}/v/0000-0000", timeout=30).text
    discovery = html.unescape(re.search(r'<link rel="alternate"[^>]*type="application/json\+oembed"[^>]*>', page).group())
    told = requests.get(re.search(r'href="([^"]+)"', discovery).group(1), timeout=30).json()
    assert told["version"] == "1.0" and told["type"] == "link" and told["title"] == TITLES["fr"] and told["provider_url"] == node.address
    refused(requests.get(node.address + "/statements/oembed?url=https://elsewhere.example/statements/x", headers={"Accept": "application/json"}, timeout=30), 404)
