"""Documents released in part, requests for access, individual copies, alerts and measures, as people see them."""

import datetime
import os
import pathlib
import re
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from correspondents import enter, form, invite, send  # noqa: E402
from node import Forms  # noqa: E402
from own_node import OwnNode  # noqa: E402

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
TEXT = (
    "The delegations met in the harbour town on the first day of spring and spoke of the ferry, the fishery and the customs post.\n\n"
    "(RED) A source in the port authority described the cable that nobody mentions.\n\n"
    "(AMBER) The commission will be asked for its view before the next round, and a reply is expected by the summer."
)


class Desk:
    """A node with a document that is marked and one released in part, a request with its clock, copies, and an open alert."""

    def __init__(self, folder):
        self.node = node = OwnNode(PROGRAM, folder / "node", "serve", name="Ministry of Foreign Affairs of Norland").start()
        first = node.sign_in()
        officer = enter(invite(first, node, "depositary", "Press Officer", "press-officer"), node.address)
        approver = enter(invite(first, node, "depositary", "Head of Press", "approver"), node.address)
        self.people = [officer, approver]
        today = str(datetime.datetime.now(datetime.timezone.utc).date())

        def fill(person, page, mark, action=None, **fields):
            sheet = form(person, node, page, mark)
            return send(person, node, action or sheet["attributes"]["action"], {"request": sheet["fields"]["request"], **fields})

        self.request = fill(officer, "/press/access", "register-request", office="depositary", regime="eu-1049-2001", received=today,
                            subject="Papers of the harbour talks", contact="")
        self.document = fill(officer, "/press/documents", "file-document", office="depositary", title="Harbour talks, first round", language="en",
                             level="tlp-2.0/CLEAR", text=TEXT, until="", event="", foreign="")
        ground = "eu-1049-2001|4(1)(a)"
        self.release = fill(approver, self.document, "release-document", title="Harbour talks, first round",
                            answers=self.request.rsplit("/", 1)[1], collection="harbour", **{"withhold-p/0002": ground, "withhold-p/0003": ground})
        readers = re.findall(r'name="reader" value="([^"]+)"', officer.get(node.address + "/press/copies", timeout=30).text)
        self.copies = fill(officer, "/press/copies", "assign", office="depositary", title="Cable on the harbour", level="tlp-2.0/RED",
                           notation="The mission {noted|observed} that the talks {began|started} {shortly|before long} after noon.", reader=readers,
                           approved="yes", address="press@mfa.example", reference="MFA/2026/9")
        self.alert = fill(officer, "/press/alerts", "raise", office="depositary", title="A ferry was stopped at sea", source="feed",
                          **{"from": "harbour radio"}, event="2026-01-05T08:00", ask="Legal adviser, Harbour master")

        law = next(f for f in Forms(officer.get(node.address + "/press/access", timeout=30).text).forms
                   if f["attributes"].get("data-test") == "access-laws")
        send(officer, node, "/press/access-laws", {"request": law["fields"]["request"], "office": "depositary", "law": "eu-1049-2001"})
        self.receipt = fill(officer, "/access-requests/new", "ask", law="depositary/eu-1049-2001",
                            text="All papers on the harbour talks of November.", name="A. Requester", address="a@example.org")
        fill(officer, "/access-requests/new", "ask", law="depositary/eu-1049-2001", text="The minutes of the third round, please.",
             name="B. Requester", address="b@example.org")
        self.own_campaign = fill(officer, "/press/campaigns", "campaign-form", office="depositary", title="Keep the harbour open",
                                 goal="That shippers know that the harbour is open.", language="en", until=today, public="yes",
                                 **{"from": today, "messages.en": "the harbour is open", "messages.ar": "الميناء مفتوح"})
        self.campaign = self.own_campaign.removeprefix("/press")
        closed = fill(officer, "/press/alerts", "raise", office="depositary", title="A rumour about the port", source="person",
                      **{"from": "radio"}, event="2026-01-05T08:00", ask="")
        fill(officer, closed, "close", public="yes", title="A rumour about the port")

    def stop(self):
        self.node.stop()


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    desk = Desk(tmp_path_factory.mktemp("disclosure"))
    yield desk
    desk.stop()


def at(desk, window, person):
    return window.become(desk.node.address, desk.people[person] if person is not None else None)


PAGES = [
    (None, "/disclosures"), (None, "release"), (None, "/access-requests"), (None, "request"), (None, "/measures"),
    (0, "/press/documents"), (1, "document"), (0, "/press/access"), (0, "/press/copies"), (1, "copies"), (0, "/press/alerts"), (0, "alert"),
    (None, "/access-requests/new"), (None, "receipt"), (None, "/campaigns"), (None, "campaign"), (0, "own_campaign"),
]


@pytest.mark.parametrize("language", ["en", "ar", "id", "zh"])
@pytest.mark.parametrize("person, page", PAGES)
def test_every_page_is_open_to_everyone(desk, window, person, page, language):
    browser = at(desk, window, person)
    address = page if page.startswith("/") else getattr(desk, page)
    faults = []
    browser.open(f"{address}{'&' if '?' in address else '?'}lang={language}")
    assert browser.status == 200, address
    name = "disclosure-" + address.split("?")[0].strip("/").replace("/", "-")
    for width, scheme in ((1280, "light"), (390, "dark")):
        browser.width(width).scheme(scheme).picture(f"{name}-{language}-{width}-{scheme}")
        if not browser.fits():
            faults.append(f"{width}: wider than the window")
        faults += [f"{width} {scheme}: {line}" for line in browser.violations()]
    assert faults == []


def test_notifications_are_offered_where_the_browser_takes_them(desk, window):
    browser = at(desk, window, 0)
    browser.open("/press/alerts?lang=en")
    shown = browser.driver.execute_script(
        "const form = document.querySelector('form[data-push-key]');"
        "return [form.dataset.pushState, form.querySelector('button').hidden, form.querySelector('[data-push-state]').textContent]")
    # Headless Chromium may refuse notifications from the start; then the page says so.
    assert shown[0] in ("ready", "denied") and shown[1] is False, shown
    assert (shown[2] == "") == (shown[0] == "ready")


def test_an_open_alert_is_on_every_page_of_its_office_and_on_no_other(desk, window):
    browser = at(desk, window, 1)
    browser.open("/statements?lang=en")
    assert browser.driver.execute_script("return document.querySelector('#notices [data-test=open-alerts]').textContent") == "1 alert is open."
    browser = at(desk, window, None)
    browser.open("/statements?lang=en")
    assert browser.driver.execute_script("return document.querySelector('#notices')") is None
