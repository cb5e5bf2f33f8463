"""A delegation's private pages as people see them: the drafting space, positions from capital, the digest, the programme."""

import os
import pathlib
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from conference import CONFERENCE, convene, entered, seat, with_roles  # noqa: E402
from correspondents import enter as enter_by_link  # noqa: E402
from correspondents import invite  # noqa: E402
from own_node import OwnNode  # noqa: E402
from private_papers import LINES, SPACE, TEXTS, TITLE, WORDS, amend, instruct, send, table  # noqa: E402

POSITIONS = CONFERENCE + "/positions/marine"
PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def missions(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("space") / "node", "serve").start()
    session = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(session, node)
    people = seat(session, node)
    people["chair"] = session
    people["Paris"] = enter_by_link(invite(session, node, "mission-fra", "Desk officer in Paris", "capital"), node.address)
    entered(session, node, "group", name="South", group="south", members="FRA KEN", speaker="KEN")
    entered(session, node, "document", body="plenary", symbol="A/CONF.9/L.1", title="Draft articles", sponsors="KEN")
    paper = send(people["FRA"], node, SPACE, SPACE, holder="FRA", title=TITLE, words=WORDS).headers["location"]
    send(people["Paris"], node, paper, paper + "/comments", words="Keep it short.")
    send(people["KEN"], node, SPACE, SPACE, holder="south", title="Common lines of the South", words="We speak with one voice.")
    table(session, node)
    instruct(people["Paris"], node, **LINES)
    instruct(people["FRA"], node, **{**LINES, "provision": "art_2__para_1", "stance": "oppose", "instruction": "Say why.", "fallback": ""})
    amend(people["KEN"], node, "KEN")
    yield node, people, paper
    node.stop()


@pytest.fixture
def seen_by(missions, window):
    node, people, _ = missions

    def go(who=None):
        return window.become(node.address, people[who] if who else None)

    return go


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_private_page_has_a_barrier(missions, seen_by, width, language, scheme):
    for who, name, address in [
        ("FRA", "space", SPACE), ("FRA", "paper", missions[2]), ("FRA", "positions", CONFERENCE + "/positions"),
        ("FRA", "position-text", POSITIONS), ("Paris", "position-edit", f"{POSITIONS}?provision=art_1__para_1"),
        ("FRA", "text-with-positions", TEXTS + "/marine"), ("FRA", "digest", CONFERENCE + "/digest"), (None, "programme", CONFERENCE + "/programme"),
        ("chair", "programme-chair", CONFERENCE + "/programme"),
    ]:
        browser = seen_by(who).width(width).scheme(scheme).open(f"{address}{'&' if '?' in address else '?'}lang={language}")
        browser.picture(f"{name}-{language}-{width}-{scheme}")
        assert browser.violations() == [], f"{name} in {language} at {width}, {scheme}"
        wide = browser.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide at {width}"


def test_a_paper_is_begun_changed_and_commented_on_without_scripts(seen_by):
    browser = seen_by("KEN").scripts(False).open(SPACE)
    browser.submit(browser.one("form[data-test=begin]"), title="Line to take", words="We support lights.")
    assert browser.status == 200 and "We support lights." in browser.one("[data-test=words]").text
    browser.one("details summary").click()
    browser.submit(browser.one("form[data-test=edit]"), words="We support lights. And bells.")
    assert "And bells." in browser.one("[data-test=words]").text
    browser.submit(browser.one("form[data-test=comment-form]"), words="Too many bells.")
    assert "Too many bells." in browser.one("[data-test=comment]").text
    assert len(browser.all("[data-test=version]")) == 2


def test_the_digest_is_put_away_with_one_press(seen_by):
    browser = seen_by("FRA").scripts(False).open(CONFERENCE + "/digest")
    assert browser.has("[data-test=change]")
    browser.submit(browser.one("form[data-test=seen]"))
    assert browser.status == 200 and not browser.has("[data-test=change]")


def test_capital_changes_a_position_and_the_delegate_reads_it_beside_the_text(seen_by):
    browser = seen_by("Paris").scripts(False).open(POSITIONS)
    browser.one("#art_2__para_1 a.private-write").click()
    browser.submit(browser.one("form[data-test=edit]"), stance="support", instruction="Vote for it.")
    assert browser.status == 200 and "Vote for it." in browser.one("#art_2__para_1 [data-test=position]").text
    browser = seen_by("FRA").scripts(False).open(TEXTS + "/marine")
    assert "Vote for it." in browser.one("#art_2__para_1 [data-test=position]").text
    browser = seen_by("KEN").open(TEXTS + "/marine")
    assert not browser.has("[data-test=position]")
