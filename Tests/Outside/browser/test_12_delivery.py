"""What is entered in a room reaches the browsers that have it open: each act, in order, over a line that is cut as well."""

import os

import pytest

from room_watch import Room, changed_after, watch

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
GALLERY = "/conferences/high-seas/rooms/plenary/gallery"
OFFLINE = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
ONLINE = {**OFFLINE, "offline": False}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = Room(PROGRAM, tmp_path_factory.mktemp("delivery") / "node")
    yield room
    room.node.stop()


@pytest.fixture(scope="module")
def watching(room):
    """The chair, a delegate and the gallery, each at a browser of their own."""
    browsers = {"chair": room.browser(room.chair), "delegate": room.browser(room.delegates["FRA"]), "gallery": room.browser(page=GALLERY)}
    yield browsers
    for browser in browsers.values():
        browser.close()


def speakers(browser):
    return browser.one("section[aria-labelledby=floor]").text


def heard(browser, count):
    return browser.wait(lambda b: len(b.driver.execute_script("return window.events")) >= count and b.driver.execute_script("return window.events"))


def test_an_act_shows_on_every_page_without_anybody_touching_it(room, watching):
    first = {name: watch(browser) for name, browser in watching.items()}
    before = {name: speakers(browser) for name, browser in watching.items()}
    room.ask("KEN")
    for name, browser in watching.items():
        assert changed_after(browser, room.sent) is not None, f"the page of the {name} stayed as it was"
        browser.wait(lambda b: "Kenya" in speakers(b))
        assert "Kenya" not in before[name]
    assert len(set(first.values())) == 1


def test_acts_entered_while_a_line_is_cut_come_once_and_in_order_when_it_is_back(room, watching):
    starts = {}
    for name, browser in watching.items():
        browser.driver.refresh()
        starts[name] = watch(browser)
    room.ask("CHL")
    for browser in watching.values():
        heard(browser, 1)
    cut = [watching["delegate"], watching["gallery"]]
    for browser in cut:
        browser.command("Network.enable", {})
        browser.command("Network.emulateNetworkConditions", OFFLINE)
    room.give()
    room.ask("FRA")
    room.give()
    during = {id(browser): len(browser.driver.execute_script("return window.events")) for browser in cut}
    for browser in cut:
        browser.command("Network.emulateNetworkConditions", ONLINE)
    room.ask("KEN")
    for name, browser in watching.items():
        wanted = room.entries(starts[name])
        assert heard(browser, len(wanted)) == wanted, name
    assert all(count < len(room.entries(min(starts.values()))) for count in during.values()), "the line was not cut"
    for browser in cut:
        browser.wait(lambda b: "Kenya" in speakers(b) and "Chile" not in speakers(b), 30)
