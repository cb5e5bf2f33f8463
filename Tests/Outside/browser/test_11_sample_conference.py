"""The conference that the demo node holds, walked into from the front page and by the links that the node printed."""

import os
import pathlib
import re
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from own_node import OwnNode  # noqa: E402

from chromium import Browser  # noqa: E402

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
CONFERENCE = "/conferences/dark-skies"
ROOM = CONFERENCE + "/rooms/plenary"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("sample") / "node", "demo").start()
    yield node
    node.stop()


@pytest.fixture(scope="module")
def links(demo):
    """The people whom one can sign in as, with their one-time links."""
    said = demo.output.read_text()
    assert f"{demo.address}{CONFERENCE}." in said
    return dict(re.findall(r"^  (.+): (http://\S+/sign-in/link\?token=\S+)$", said, re.M))


@pytest.fixture(scope="module")
def window(demo):
    browser = Browser(demo.address)
    yield browser
    browser.close()


def signed_in(window, link):
    browser = window.fresh().scripts(True).width(1280).scheme("light")
    browser.driver.get(link)
    browser.submit(browser.one("form[data-test=confirm-link]"))
    return browser


def test_the_front_page_leads_to_the_conference_and_its_room(window):
    browser = window.fresh().scripts(True).width(1280).scheme("light").open("/")
    browser.driver.get(browser.one("a[href='/conferences']").get_attribute("href"))
    browser.driver.get(browser.one(f"a[href='{CONFERENCE}']").get_attribute("href"))
    browser.picture("sample-conference")
    browser.driver.get(browser.one(f"a[href='{ROOM}']").get_attribute("href"))
    browser.picture("sample-room")
    assert browser.one("[data-test=speakers]").text.split("\n")[0].startswith("Norway")
    assert len(browser.driver.find_elements("css selector", "[data-test=proposal]")) == 2


def test_the_text_stands_at_its_third_reading(window):
    browser = window.fresh().scripts(True).width(1280).scheme("light").open(CONFERENCE + "/texts/convention")
    browser.picture("sample-text")
    assert browser.status == 200
    words = browser.one("main").text
    assert "Draft Convention on the Darkness of the Night Sky" in words and "[thirtieth]" in words


def test_the_four_people_of_the_conference_can_be_signed_in_as(links):
    people = ["President of the conference", "Secretary of the conference", "Delegate of France", "Delegate of Kenya"]
    assert [person for person in links if person in people] == people


def test_the_president_is_shown_the_next_step_and_takes_it(window, links):
    browser = signed_in(window, links["President of the conference"]).open(ROOM)
    browser.picture("sample-room-president")
    assert browser.one("[data-test=next]").text


def test_a_delegate_asks_for_the_floor(window, links):
    browser = signed_in(window, links["Delegate of France"]).open(ROOM)
    browser.picture("sample-room-delegate")
    browser.submit(browser.one("form[data-test=request-floor]"))
    assert "France" in browser.one("[data-test=speakers]").text


def test_the_secretary_has_the_secretariats_desk(window, links):
    browser = signed_in(window, links["Secretary of the conference"]).open(CONFERENCE + "/secretariat")
    assert browser.status == 200


@pytest.mark.parametrize("width", [1280, 390])
def test_the_sample_has_no_barrier(window, width):
    for address in [CONFERENCE, ROOM, CONFERENCE + "/delegations", CONFERENCE + "/documents", CONFERENCE + "/texts/convention"]:
        browser = window.fresh().scripts(True).width(width).scheme("light").open(address)
        assert browser.violations() == [], f"{address} at {width}"
