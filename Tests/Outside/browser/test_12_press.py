"""The press desk and what it says to everybody, as people see it."""

import datetime
import os
import pathlib
import re
import sys

import pytest
import requests

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from own_node import OwnNode  # noqa: E402
from correspondents import form, send  # noqa: E402
from press import BODIES, act, draft, edited, released, staffed  # noqa: E402

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


class Desk:
    """A node with a statement that was corrected, one withdrawn, one under embargo, a holding statement and a draft that waits."""

    def __init__(self, folder):
        # Nobody listens at that port: the pages are what they are with a mail server, and nothing is sent.
        mail = {"host": "127.0.0.1", "port": 9, "security": "none", "sender": "Press Office <press@norland.example>"}
        self.node = OwnNode(PROGRAM, folder / "node", "serve", name="Ministry of Foreign Affairs of Norland", mail=mail).start()
        self.people = drafter, approver, second = staffed(self.node)
        node = self.node
        self.statement = released(node, self.people)
        identifier = self.statement.rsplit("/", 1)[1]
        correction = draft(node, drafter, f"/press/new?corrects={identifier}", **{
            "correction.en": "The ceasefire was agreed yesterday, not today.", "body.en": BODIES["en"].replace("today", "yesterday")})
        act(node, approver, correction, "clear-spokesperson")
        act(node, approver, correction, "approve", hour="now")
        self.withdrawn = released(node, self.people, **{"title.en": "On the visit of the Minister"})
        gone = self.withdrawn.rsplit("/", 1)[1]
        act(node, approver, f"/press/statements/{gone}/withdraw", "withdraw", **{"reason.en": "The visit was put off.", "reason.ar": "أُرجئت الزيارة."})
        self.withdraw = f"/press/statements/{identifier}/withdraw"
        self.embargoed = draft(node, drafter, **{"title.en": "On the treaty on migratory birds"})
        act(node, approver, self.embargoed, "clear-spokesperson")
        hour = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=3)
        act(node, approver, self.embargoed, "approve", hour="at", at=hour.strftime("%Y-%m-%dT%H:%M"))
        self.holding = draft(node, drafter, form="holding", **{"title.en": "Holding statement: accident at sea"})
        act(node, approver, self.holding, "clear-spokesperson")
        act(node, approver, self.holding, "approve", hour="call")
        start = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
        for title, cancelled in (("Daily briefing", False), ("Press conference with the Minister", True)):
            start += datetime.timedelta(hours=1)
            sheet = form(drafter, node, "/press/events", "event")
            fields = {
                "request": sheet["fields"]["request"], "office": "depositary", "form": "conference" if cancelled else "briefing",
                "start": start.strftime("%Y-%m-%dT%H:%M"), "link": "https://video.example/live", "spoken": "en ar", "title.en": title,
                "place.en": "Press room", "note.en": "Accreditation by 18:00 the day before.", "note.ar": "الاعتماد قبل السادسة مساء اليوم السابق."}
            send(drafter, node, "/press/events", fields)
        self.event = re.findall(r'href="(/press/events/evt-[0-9a-f]+)"', drafter.get(node.address + "/press/events", timeout=30).text)[1]
        sheet = form(drafter, node, self.event, "event")
        send(drafter, node, self.event, {**fields, "request": sheet["fields"]["request"], "cancelled": "yes"})
        self.waiting = draft(node, drafter, label="TLP:AMBER", **{"title.en": "On the elections"})

    def stop(self):
        self.node.stop()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("press"))
    yield desk
    desk.stop()


@pytest.fixture
def at(desk, window):
    """The browser, signed in as one of the people (0 drafts, 1 and 2 approve) or as nobody."""

    def go(person=None):
        return window.become(desk.node.address, desk.people[person] if person is not None else None)

    return go


def test_a_statement_is_drafted_cleared_and_released_in_the_browser(desk, at):
    browser = at(0).open("/press/new")
    form = browser.one("form[data-test=write]")
    browser.submit(form, **{
        "title.en": "By hand", "body.en": "One.\n\nTwo.", "title.ar": "باليد", "body.ar": "واحد.\n\nاثنان.", "title.fr": "À la main",
        "body.fr": "Un.\n\nDeux.", "label": "TLP:CLEAR"})
    assert browser.status == 200 and browser.path.startswith("/press/drafts/"), browser.text
    address = browser.path
    assert not browser.has("form[data-test=approve]") and not browser.has("form[data-test^=clear]")
    browser = at(1).open(address)
    browser.submit(browser.one("form[data-test=clear-spokesperson]"))
    browser.submit(browser.one("form[data-test=approve]"))
    assert browser.path.startswith("/statements/") and "By hand" in browser.text


def test_anybody_asks_whether_it_is_genuine_and_sees_the_words_that_differ(desk, at):
    browser = at().open("/v")
    text = BODIES["en"].replace("today", "yesterday").replace("welcomes", "rejects")
    browser.submit(browser.one("form[data-test=ask]"), q=text)
    assert browser.one("[data-test=verdict]").get_attribute("data-verdict") == "altered"
    assert [element.text for element in browser.all("[data-test=differences] ins")] == ["rejects"]
    for language in ("en", "ar"):
        browser.open(f"/v?lang={language}")
        browser.submit(browser.one("form[data-test=ask]"), q=text)
        for width in (1280, 390):
            for scheme in ("light", "dark"):
                browser.width(width).scheme(scheme).picture(f"genuine-altered-{language}-{width}-{scheme}")
                assert browser.fits() and browser.violations() == []


def test_what_others_may_put_on_their_pages_is_there_to_copy(desk, at):
    for language in ("en", "ar"):
        browser = at().open(f"{desk.statement}?lang={language}")
        browser.one("[data-test=embed] summary").click()
        assert "<a href=" in browser.one("#embed-link").get_attribute("value") and "<script" not in browser.one("#embed-picture").get_attribute("value")
        for width in (1280, 390):
            for scheme in ("light", "dark"):
                browser.width(width).scheme(scheme).picture(f"statement-embed-{language}-{width}-{scheme}")
                assert browser.fits() and browser.violations() == []


def test_anybody_asks_about_a_file_and_sees_what_was_changed_in_it(desk, at, tmp_path):
    card, paper = tmp_path / "card.png", tmp_path / "paper.pdf"
    card.write_bytes(requests.get(desk.node.address + desk.statement + "/card.png?text=en", timeout=30).content)
    paper.write_bytes(edited(requests.get(desk.node.address + desk.statement + "/pdf?text=en", timeout=30).content, b"welcomes", b"deplores"))

    def ask(file, language):
        browser = at().open(f"/v?lang={language}")
        browser.one("input[type=file]").send_keys(str(file))
        browser.submit(browser.one("form[data-test=ask]"))
        return browser

    for language in ("en", "ar"):
        for name, file, verdict in [("genuine", card, "genuine"), ("altered", paper, "altered")]:
            browser = ask(file, language)
            assert browser.one("[data-test=verdict]").get_attribute("data-verdict") == verdict
            assert [element.text for element in browser.all("[data-test=differences] ins")] == (["deplores"] if file is paper else [])
            for width in (1280, 390):
                browser.width(width).picture(f"file-{name}-{language}-{width}")
                assert browser.fits() and browser.violations() == []


def test_a_statement_is_read_in_its_languages_without_scripts(desk, at):
    browser = at()
    browser.scripts(False)
    try:
        browser.open(desk.statement + "?lang=en")
        browser.one("[data-test=text-languages] a[hreflang=ar]").click()
        document = browser.one("[data-test=document]")
        assert document.get_attribute("lang") == "ar" and document.get_attribute("dir") == "rtl"
    finally:
        browser.scripts(True)


def test_every_page_passes_axe_and_fits_at_both_widths_in_light_and_dark_in_english_and_arabic(desk, at):
    code = requests.get(desk.node.address + desk.statement + "?format=json", timeout=30).json()["code"]
    pages = [
        ("press-desk-approver", 1, "/press"), ("press-desk-drafter", 0, "/press"), ("press-write", 0, "/press/new"),
        ("press-draft", 1, desk.waiting), ("press-embargoed", 1, desk.embargoed), ("press-holding", 2, desk.holding),
        ("press-edit", 0, desk.waiting + "/edit"), ("press-office", 1, "/press/offices/depositary"), ("press-withdraw", 1, desk.withdraw),
        ("statements", None, "/statements"), ("statement", None, desk.statement), ("statement-old", None, desk.statement + "?version=1"),
        ("statement-withdrawn", None, desk.withdrawn), ("statements-mail", None, "/statements/mail"), ("statements-events", None, "/statements/events"), ("press-events", 0, "/press/events"),
        ("press-event", 0, desk.event), ("press-mail", 0, "/press/mail"), ("press-mail-officer", 1, "/press/mail"), ("genuine-ask", None, "/v"), ("genuine-yes", None, f"/v/{code}"),
        ("genuine-no", None, "/v/0000-0000"), ("card", None, desk.statement + "/card.png"),
    ]
    faults = []
    for name, person, address in pages:
        browser = at(person)
        for language in ("en", "ar"):
            browser.open(address + ("&" if "?" in address else "?") + f"lang={language}")
            if name == "card":
                browser.width(1280).picture(f"{name}-{language}")
                continue
            assert browser.status == 200, f"{address} {browser.status}"
            for width in (1280, 390):
                for scheme in ("light", "dark"):
                    browser.width(width).scheme(scheme).picture(f"{name}-{language}-{width}-{scheme}")
                    if not browser.fits():
                        faults.append(f"{name} {language} {width}: wider than the window")
                    faults += [f"{name} {language} {width} {scheme}: {line}" for line in browser.violations()]
    assert faults == []
    # The page around a picture is Chromium's own, whose inline style the policy refuses.
    assert [line for line in browser.complaints() if "favicon" not in line and "/card.png" not in line] == []
