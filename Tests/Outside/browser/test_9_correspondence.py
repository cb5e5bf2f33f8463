"""Correspondence, the hotline and the pages of nodes, between two nodes of their own, as people see them."""

import datetime
import os
import pathlib
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from correspondents import accept, approve, draft, form, party, send, staffed, wait_for  # noqa: E402
from own_node import OwnNode  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
SUBJECT = "Visit of the Minister of Foreign Affairs"
BODY = (
    "The Ministry of Foreign Affairs of Norland presents its compliments to the Embassy of Sudland and has the honour to propose that the "
    "visit take place from 3 to 5 May.\n\nThe Ministry avails itself of this opportunity to renew to the Embassy the assurances of its "
    "highest consideration."
)


class Pair:
    """Two nodes that are peers, with a note between them, a draft that waits, and a line."""

    def __init__(self, folder):
        settings = {"federation": {"privateAddresses": True, "refresh": 1}}
        self.nodes = [
            OwnNode(PROGRAM, folder / name, "serve", name=f"Ministry of {name.capitalize()}", **settings).start()
            for name in ["norland", "sudland"]
        ]
        self.people = [staffed(node) for node in self.nodes]
        for node, (session, _) in zip(self.nodes, self.people):
            accept(node, session, next(other for other in self.nodes if other is not node))
        files = [("attachment", ("programme-of-the-visit.pdf", b"%PDF-1.7 " + b"x" * 9000, "application/pdf"))]
        deadline = (datetime.date.today() + datetime.timedelta(days=2)).isoformat()
        self.note = self.write(0, SUBJECT, BODY, files, deadline=deadline)
        there = wait_for(lambda: self.json(1, "/correspondence")["incoming"])
        self.received = f"/correspondence/{there[0]['entry']}"
        self.waiting_draft = draft(self.nodes[0], self.people[0][0], "Draft on protocol", BODY, files, to=party(self.nodes[1]))
        for place, ladder in ((0, ""), (1, "30 mail duty@sudland.example ar")):
            sheet = form(self.people[place][0], self.nodes[place], "/hotline", "set-line")
            send(self.people[place][0], self.nodes[place], sheet["attributes"]["action"], {
                "request": sheet["fields"]["request"], "line": "red", "office": "depositary", "peer": party(self.nodes[1 - place]),
                "minutes": "10", "ladder": ladder, "checkHours": "",
            })

    def write(self, sender, subject, body, files=None, **more):
        node, (drafter, approver) = self.nodes[sender], self.people[sender]
        return approve(node, approver, draft(node, drafter, subject, body, files, to=party(self.nodes[1 - sender]), **more))

    def json(self, place, page):
        return self.people[place][0].get(self.nodes[place].address + page + "?format=json", timeout=30).json()

    def call(self, reason):
        sheet = form(self.people[0][0], self.nodes[0], "/hotline", "call")
        send(self.people[0][0], self.nodes[0], sheet["attributes"]["action"], {
            "request": sheet["fields"]["request"], "line": "red", "reason": reason})

    def stop(self):
        for node in self.nodes:
            node.stop()


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    pair = Pair(tmp_path_factory.mktemp("pair"))
    yield pair
    pair.stop()


@pytest.fixture
def at(pair, window):
    """The browser at one of the nodes, signed in as one of its people: 0 drafts, 1 approves."""

    def go(place, person=0):
        window.fresh()
        window.address = pair.nodes[place].address
        for cookie in pair.people[place][person].cookies:
            window.command("Network.setCookie", {"name": cookie.name, "value": cookie.value, "url": window.address, "httpOnly": True})
        return window

    return go


def pages(pair):
    """Every page of correspondence and of nodes: its name, the node and the person, the address."""
    other = f"localhost:{pair.nodes[1].port}"
    return [
        ("notes", 0, 0, "/correspondence"), ("notes-received", 1, 0, "/correspondence"), ("note-write", 0, 0, "/correspondence/new"),
        ("note-draft", 0, 1, pair.waiting_draft), ("note-edit", 0, 0, pair.waiting_draft + "/edit"), ("note-sent", 0, 0, pair.note),
        ("note-received", 1, 0, pair.received), ("hotline-caller", 0, 0, "/hotline"), ("hotline-called", 1, 0, "/hotline"),
        ("nodes", 0, 0, "/nodes"), ("node", 0, 0, f"/nodes/{other}"),
    ]


def test_a_note_is_drafted_by_keyboard_alone(pair, at):
    browser = at(0).open("/correspondence")
    browser.one("[data-test=write]").send_keys(Keys.ENTER)
    browser.wait_for("form[data-test=write]")
    sheet = browser.one("form[data-test=write]")
    box = browser.one(f"input[name=to][value='{party(pair.nodes[1])}']", sheet)
    box.send_keys(Keys.SPACE)
    browser.one("[name=subject]", sheet).send_keys("By keyboard", Keys.TAB)
    assert browser.driver.switch_to.active_element.get_attribute("name") == "body"
    browser.driver.switch_to.active_element.send_keys("Not a hand on the mouse.")
    before = browser.one("html")
    browser.one("button.primary", sheet).send_keys(Keys.ENTER)
    browser.gone(before)
    assert "By keyboard" in browser.text and browser.has("[data-test=why-not]"), "whoever drafted it does not approve it"


def test_a_draft_is_approved_and_the_note_is_numbered_and_sent(pair, at):
    address = draft(pair.nodes[0], pair.people[0][0], "To be approved", BODY, to=party(pair.nodes[1]))
    browser = at(0, 1).open(address)
    browser.submit(browser.one("form[data-test=send]"))
    assert browser.status == 200 and browser.one("[data-test=number]").text.startswith("No. ")
    browser.wait(lambda b: b.has("[data-test=addressee][data-state=delivered]"), 30)


def test_an_open_note_shows_its_receipt_and_its_acknowledgement_by_itself(pair, at):
    note = pair.write(0, "Seen as it happens", BODY)
    browser = at(0).open(note)
    browser.driver.execute_script("window.neverReloaded = true")
    browser.wait_for("[data-test=addressee][data-state=delivered]", 30)
    received = next(n for n in pair.json(1, "/correspondence")["incoming"] if n["subject"] == "Seen as it happens")
    sheet = form(pair.people[1][0], pair.nodes[1], f"/correspondence/{received['entry']}", "acknowledge")
    send(pair.people[1][0], pair.nodes[1], sheet["attributes"]["action"], sheet["fields"])
    browser.wait_for("[data-test=addressee][data-state=acknowledged]", 30)
    assert len(browser.all("[data-test=event]")) == 3
    assert browser.driver.execute_script("return window.neverReloaded === true"), "the page was not loaded anew"


def test_a_call_is_loud_on_the_open_page_and_answered_with_one_press(pair, at):
    browser = at(1).open("/hotline")
    browser.driver.execute_script("window.neverReloaded = true")
    pair.call("Aircraft in distress")
    waiting = browser.wait_for("[data-test=waiting][role=alert]", 30)
    assert "Aircraft in distress" in waiting.text
    assert browser.driver.execute_script("return window.neverReloaded === true")
    assert browser.one(".hotline-answer", waiting).size["height"] >= 44
    browser.picture("hotline-loud")
    browser.submit(browser.one("form[data-test=acknowledge]", waiting))
    assert not browser.has("[data-test=waiting]")
    wait_for(lambda: pair.json(0, "/hotline")["calls"][0]["state"] == "acknowledged")
    browser = at(0).open("/hotline")
    assert len(browser.all("[data-test=happened] li", browser.one("li[data-test=call]"))) == 3


def test_a_printed_note_is_the_note_alone(pair, at):
    browser = at(0).open(pair.note)
    browser.command("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        browser.picture("note-print")
        assert not any(element.is_displayed() for element in browser.all("main form, main details, main .button, header nav, [data-test=receipt]"))
        assert SUBJECT in browser.text and "highest consideration" in browser.text
    finally:
        browser.command("Emulation.setEmulatedMedia", {"media": ""})


def test_a_node_is_asked_and_its_keys_shown_before_it_is_accepted(pair, at):
    browser = at(0).open("/nodes")
    browser.submit(browser.one("form[data-test=ask-node]"), address=pair.nodes[1].address)
    assert browser.status == 200 and f"localhost:{pair.nodes[1].port}" in browser.text
    for width in (1280, 390):
        browser.width(width).picture(f"nodes-ask-en-{width}-light")
        assert browser.violations() == []
        assert browser.fits()


def test_every_page_passes_axe_and_fits_at_both_widths_in_light_and_dark_in_english_and_arabic(pair, at):
    pair.call("Looked at by axe")
    wait_for(lambda: any(c["state"] == "waiting" for c in pair.json(1, "/hotline")["calls"]))
    faults = []
    for name, place, person, address in pages(pair):
        browser = at(place, person)
        for language in ("en", "ar"):
            browser.open(f"{address}?lang={language}")
            assert browser.status == 200, f"{address} {browser.status}"
            for detail in browser.all("details:not([open]) > summary"):
                detail.click()
            for width in (1280, 390):
                for scheme in ("light", "dark"):
                    browser.width(width).scheme(scheme).picture(f"{name}-{language}-{width}-{scheme}")
                    if not browser.fits():
                        faults.append(f"{name} {language} {width}: wider than the window")
                    faults += [f"{name} {language} {width} {scheme}: {line}" for line in browser.violations()]
    assert faults == []
    assert [line for line in browser.complaints() if "favicon" not in line] == []
