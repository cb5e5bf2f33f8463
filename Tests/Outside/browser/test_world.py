"""The world to try, walked through as a newcomer would: the register, who witnesses, the note, the loud notice of two histories."""

import os
import pathlib
import sys

import pytest

from chromium import Browser

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "api"))
from own_world import OwnWorld  # noqa: E402

WIDTHS = [("en", 1280, "light"), ("en", 390, "dark"), ("ar", 1280, "dark"), ("ar", 390, "light")]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    world = OwnWorld(os.environ["CHANCERY_TEST_NODE"], tmp_path_factory.mktemp("trying") / "world").start()
    yield world
    world.stop()


@pytest.fixture(scope="module")
def browser(world):
    browser = Browser(world.address("secretariat"))
    yield browser
    browser.close()


@pytest.fixture
def visitor(browser):
    return browser.fresh()


def sign_in(browser, world, key, person):
    browser.open(world.link(key, person))
    browser.submit(browser.one("[data-test=confirm-link]"))
    assert browser.has("[data-test=sign-out]")


def looked_at(browser, address, name, check=lambda _: None):
    """The page in two languages, at two widths, by day and by night: axe, nothing beside the page, a picture."""
    for language, width, scheme in WIDTHS:
        browser.width(width).scheme(scheme).open(f"{address}{'&' if '?' in address else '?'}lang={language}")
        assert browser.status == 200
        check(browser)
        browser.picture(f"world-{name}-{language}-{width}")
        assert browser.violations() == [], (name, language, width)
        assert browser.driver.execute_script("return document.documentElement.scrollWidth - innerWidth") <= 0, (name, language, width)
    browser.open(f"{address}{'&' if '?' in address else '?'}lang=en").width(1280).scheme("light")


def test_the_register_shows_the_signature_and_where_its_full_powers_come_from(world, visitor):
    facts = world.facts("signature")
    looked_at(visitor, f"{world.address('secretariat')}/treaties/{facts['treaty']}", "treaty")
    assert "Kenya" in visitor.one("[data-test=participant][data-actor=KEN]").text
    looked_at(visitor, f"{world.address('secretariat')}/full-powers?actor=KEN", "full-powers", lambda b: b.one("[data-test=home]"))
    home = visitor.one("[data-test=home]")
    assert facts["home"] in home.text and str(facts["issuedAt"]) in home.text
    looked_at(visitor, f"{world.address('secretariat')}/record/acts/{facts['signature']}", "signature")
    looked_at(visitor, f"{world.address('kenya')}/record/acts/{facts['issuedAt']}", "full-powers-at-home")


def test_the_page_of_nodes_says_who_witnesses_and_before_all_else_that_there_are_two_histories(world, visitor):
    def check(browser):
        notice = browser.one("[data-test=split-views]")
        assert notice.get_attribute("role") == "alert"
        first = browser.driver.execute_script(
            "return arguments[0].compareDocumentPosition(arguments[1]) & Node.DOCUMENT_POSITION_FOLLOWING", notice,
            browser.one("[data-test=peer]"))
        assert first
    looked_at(visitor, world.address("secretariat") + "/nodes", "nodes", check)
    assert world.facts("split-view")["log"] in visitor.one("[data-test=split-views]").text
    for key in ("kenya", "indonesia", "uruguay"):
        node = world.address(key).removeprefix("http://")
        assert "cosigned" in visitor.one(f"[data-test=peer][data-node='{node}']").text.lower()
    visitor.one("[data-test=split-views] a").click()
    visitor.wait(lambda b: b.path.startswith("/record/acts/"))
    looked_at(visitor, world.address("secretariat") + visitor.path, "evidence")


def test_a_node_that_showed_two_histories_is_marked_where_it_stands(world, visitor):
    node = world.address("observer").removeprefix("http://")
    looked_at(visitor, f"{world.address('secretariat')}/nodes/{node}", "observer", lambda b: b.one("[data-test=split-view]"))
    visitor.open(world.address("secretariat") + "/nodes")
    assert visitor.one(f"[data-test=peer][data-node='{node}'] [data-test=split-view]").text
    kenya = world.address("kenya").removeprefix("http://")
    assert not visitor.all(f"[data-test=peer][data-node='{kenya}'] [data-test=split-view]")


def test_the_note_shows_its_receipt_and_its_answer_to_its_sender_alone(world, visitor):
    facts = world.facts("correspondence")
    sign_in(visitor, world, "indonesia", "Head of Chancery")
    looked_at(visitor, f"{world.address('indonesia')}/correspondence/{facts['sent']}", "note")
    assert facts["subject"] in visitor.one("h1").text
    assert visitor.one("[data-test=addressee]").get_attribute("data-state") == "acknowledged"
    assert "answer" in visitor.one("[data-test=thread]").text
    assert visitor.all("[data-test=event]")
    looked_at(visitor, f"{world.address('indonesia')}/correspondence", "notes")
    visitor.fresh().open(f"{world.address('indonesia')}/correspondence/{facts['sent']}")
    assert facts["subject"] not in visitor.driver.page_source


def test_one_browser_is_signed_in_at_several_nodes_at_once(world, visitor):
    """They share a host and so a browser's cookies; each keeps its own."""
    sign_in(visitor, world, "kenya", "Legal Adviser")
    sign_in(visitor, world, "uruguay", "Second Secretary")
    for key in ("kenya", "uruguay"):
        visitor.open(world.address(key) + "/account")
        assert visitor.has("[data-test=sign-out]"), key
