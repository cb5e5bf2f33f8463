"""A conference's pages and its room, as a delegate, the secretariat and the public see them."""

import os
import pathlib
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from conference import CONFERENCE, ROOM, convene, done, seat, with_roles  # noqa: E402
from own_node import OwnNode  # noqa: E402

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("room") / "node", "serve").start()
    chair = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(chair, node)
    delegates = seat(chair, node)
    done(chair, node, "meeting", change="opened")
    for code in ["KEN", "CHL", "VAT"]:
        done(delegates[code], node, "present")
    done(delegates["KEN"], node, "propose", text="Parties shall mark sea lanes.\nParties shall share their charts.")
    done(delegates["VAT"], node, "request-floor", purpose="statement")
    done(delegates["CHL"], node, "request-floor", purpose="statement")
    done(chair, node, "give-floor")
    yield node, {"chair": chair, **delegates}
    node.stop()


@pytest.fixture
def seen_by(room, window):
    node, people = room

    def go(who=None):
        return window.become(node.address, people[who] if who else None)

    return go


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_the_desk_has_a_barrier(seen_by, width, language, scheme):
    for who, name, address in [
        (None, "conference", CONFERENCE), (None, "delegations", CONFERENCE + "/delegations"), (None, "room-public", ROOM),
        ("CHL", "room-delegate", ROOM), ("chair", "room-chair", ROOM), ("chair", "secretariat", CONFERENCE + "/secretariat"),
        (None, "screen", ROOM + "/screen"),
    ]:
        browser = seen_by(who).width(width).scheme(scheme).open(f"{address}?lang={language}")
        browser.picture(f"{name}-{language}-{width}-{scheme}")
        assert browser.violations() == [], f"{name} in {language} at {width}, {scheme}"
        wide = browser.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide at {width}"


def test_a_delegate_is_in_the_room_and_asks_for_the_floor_with_one_press_each(seen_by):
    browser = seen_by("FRA").open(ROOM)
    browser.submit(browser.one("form[action$='/present']"))
    assert browser.status == 200
    browser.submit(browser.one("form[data-test=request-floor]"))
    assert "France" in browser.one("[data-test=speakers]").text


def test_an_open_page_follows_what_happens(room, seen_by):
    node, people = room
    browser = seen_by().open(ROOM)
    browser.driver.execute_script("window.neverReloaded = true")
    done(people["chair"], node, "end-floor")
    browser.wait(lambda b: not b.has("[data-test=speaking]"))
    done(people["chair"], node, "give-floor")
    browser.wait(lambda b: b.has("[data-test=speaking]") and "France" in b.one("[data-test=speaking]").text)
    assert browser.driver.execute_script("return window.neverReloaded === true")


def test_what_is_not_in_order_says_which_rule_stands_in_the_way(seen_by):
    browser = seen_by("KEN").scripts(False).open(ROOM)
    assert "GA rule" in browser.driver.page_source, "every motion names its rule"
    assert browser.has("[data-test=move]")
