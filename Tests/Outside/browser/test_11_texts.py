"""Texts under negotiation as people see and work on them."""

import os
import pathlib
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from conference import ROOM, convene, done, entered, seat, with_roles  # noqa: E402
from own_node import OwnNode  # noqa: E402
from texts import TEXT, TEXTS, did, paris, seen, table  # noqa: E402

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
P1 = "art_1__para_1"
P2 = "art_1__para_2"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("texts") / "node", "serve").start()
    chair = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(chair, node)
    people = {"chair": chair, **seat(chair, node)}
    entered(chair, node, "document", body="plenary", symbol="A/CONF.9/L.1", title="Draft treaty")
    assert table(chair, node, document="A/CONF.9/L.1").status_code == 303
    did(people["FRA"], node, "amend", provision=P1, operation="edit", words="Parties must mark sea lanes [and] [EU: submarine cables].", reason="It binds.")
    did(people["KEN"], node, "amend", provision=P1, operation="edit", words="Parties should mark sea lanes [and] [EU: submarine cables].")
    did(people["CHL"], node, "cosponsor", name=seen(node)["amendments"][0]["amendment"])
    did(people["KEN"], node, "amend", provision=P2, operation="delete")
    did(chair, node, "apply", name=seen(node)["amendments"][2]["amendment"], manner="in-brackets")
    did(people["CHL"], node, "status", provision=P2, status="reserved", by="CHL", note="Capital must be asked.")
    did(chair, node, "reading")
    did(chair, node, "amend", provision="art_2__p_1", operation="edit", apply="yes", words="This Agreement enters into force sixty days after it is signed.")
    did(chair, node, "status", provision="art_2__p_1", status="agreed")
    done(chair, node, "meeting", change="opened")
    done(chair, node, "focus", document="A/CONF.9/L.1", provision=P1)
    draft = paris()
    if draft is not None:
        assert table(chair, node, text="paris", file=draft, title="Draft Paris Agreement").status_code == 303
    yield node, people
    node.stop()


@pytest.fixture
def seen_by(desk, window):
    node, people = desk

    def go(who=None):
        return window.become(node.address, people[who] if who else None)

    return go


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_texts_has_a_barrier(seen_by, width, language, scheme):
    pages = [
        (None, "texts", TEXTS), ("KEN", "texts-delegate", TEXTS), (None, "text", TEXT), ("chair", "text-chair", TEXT),
        ("KEN", "provision", f"{TEXT}/provisions/{P1}"), ("chair", "provision-chair", f"{TEXT}/provisions/{P2}"),
        ("chair", "amendments", TEXT + "/amendments"), (None, "versions", TEXT + "/versions"),
        (None, "compare", TEXT + "/compare?from=1&to=3"), (None, "compilation", TEXT + "?as=compilation"), (None, "text-room", ROOM),
        (None, "text-screen", ROOM + "/screen"),
    ]
    if paris() is not None:
        pages += [(None, "paris", TEXTS + "/paris?part=art_3")]
    for who, name, address in pages:
        browser = seen_by(who).width(width).scheme(scheme).open(f"{address}{'&' if '?' in address else '?'}lang={language}")
        browser.picture(f"{name}-{language}-{width}-{scheme}")
        assert browser.violations() == [], f"{name} in {language} at {width}, {scheme}"
        wide = browser.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide at {width}"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_delegate_amends_a_provision_in_one_gesture(desk, seen_by, scripts):
    node, _ = desk
    browser = seen_by("CHL").scripts(scripts).open(TEXT)
    browser.driver.find_element("css selector", f"[id='{P2}'] .nn").click()
    words = browser.wait_for("#e-words")
    words.send_keys(" And they report." if scripts else " And they say so.")
    browser.driver.find_element("css selector", "form[data-test=edit] button.primary").click()
    browser.wait(lambda _: "CHL" in seen(node)["amendments"][-1]["sponsors"])
    browser.wait_for("article[data-test=amendment] ins")


def test_an_open_room_follows_the_text(desk, seen_by):
    node, people = desk
    browser = seen_by(None).open(ROOM)
    assert "must" not in browser.driver.find_element("css selector", f"[data-test=focus-text] [id='{P1}'] p").text
    name = next(a["amendment"] for a in seen(node)["amendments"] if a["state"] == "pending" and a["sponsors"][0] == "FRA")
    did(people["chair"], node, "apply", name=name, manner="in-brackets")
    browser.wait(
        lambda seen: "[FRA, CHL: must]" in seen.driver.find_element("css selector", f"[data-test=focus-text] [id='{P1}'] p").text)
