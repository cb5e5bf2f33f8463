"""One node follows another: an administrator accepts it, follows its record and reads its acts, in every look."""

import os
import pathlib
import sys
import time

import pytest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from chromium import Browser
from own_node import OwnNode
from test_7_everybody import examine, speaking

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A depositary with the sample register, and the node of a State."""
    folder = tmp_path_factory.mktemp("following")
    settings = {"federation": {"privateAddresses": True, "refresh": 1}}
    nodes = [
        OwnNode(PROGRAM, folder / name, command, name=name.capitalize(), **settings).start()
        for name, command in [("depositary", "demo"), ("iceland", "serve")]
    ]
    yield nodes
    for node in nodes:
        node.stop()


@pytest.fixture(scope="module")
def administrator(pair):
    """The administrator of the State's node, in a browser."""
    _, home = pair
    session = home.sign_in()
    browser = Browser(home.address)
    browser.open("/")
    for cookie in session.cookies:
        browser.driver.add_cookie({"name": cookie.name, "value": cookie.value, "path": "/"})
    yield browser
    browser.close()


def test_an_administrator_accepts_a_node_and_follows_its_record(pair, administrator):
    depositary, _ = pair
    browser = administrator
    browser.open("/nodes")
    browser.submit(browser.one("form[data-test=ask-node]"), address=depositary.address)
    browser.submit(browser.one("section[data-test=asked] form"))
    assert browser.path == f"/nodes/localhost%3A{depositary.port}"
    examine(browser, "node-not-followed", "en")
    browser.width(1280).scheme("light")
    browser.submit(browser.one("form[data-test=follow-node]"))
    until = time.time() + 60
    while "entries are followed" not in browser.text and time.time() < until:
        time.sleep(0.5)
        browser.open(browser.path)
    assert "entries are followed" in browser.one("[data-test=followed]").text
    examine(browser, "node-followed", "en")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_followed_acts_are_for_everybody_to_read(pair, administrator, language):
    depositary, home = pair
    browser = administrator
    record = f"/nodes/localhost%3A{depositary.port}/record"
    browser.open(speaking(record + "?dossier=treaties/XXI-6", language))
    examine(browser, "followed-record", language)
    browser.width(1280).scheme("light")
    entry = browser.one("[data-test=act]").get_attribute("data-entry")
    browser.open(speaking(f"{record}/{entry}", language))
    assert browser.has("[data-test=proof]") and browser.has("[data-test=proved]")
    examine(browser, "followed-act", language)
    browser.width(1280).scheme("light")
    browser.open(speaking("/offices/depositary", language))
    examine(browser, "office-acts-for", language)


def test_credentials_are_issued_by_an_office_that_acts_for_a_state(pair, administrator):
    browser = administrator
    browser.width(1280).scheme("light").open("/issue-credentials?lang=en")
    assert browser.status == 403
    browser.open("/offices/depositary")
    browser.submit(browser.one("form[data-test=set-actor]"), actor="ISL")
    assert "Iceland" in browser.one("[data-test=actor]").text
    browser.open("/issue-credentials")
    examine(browser, "issue-credentials", "en")
    browser.width(1280).scheme("light")
    browser.submit(
        browser.one("form[data-test=issue-credentials]"), conference="A/CONF.77", members="Ingrid Dahl, Head of delegation",
        issuedBy="Jon Jonsson")
    assert browser.has("[data-test=digest]") and "A/CONF.77" in browser.text
