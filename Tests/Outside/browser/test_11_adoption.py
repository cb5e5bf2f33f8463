"""The pages of adoption and of records, and the form that opens an instrument from an adopted text, as people see them."""

import os
import pathlib
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from adoption import ADOPTION, ENGLISH, FRENCH, RECORDS, adoption, confirm, decide, ok, table  # noqa: E402
from conference import CONFERENCE, convene, done, seat, with_roles  # noqa: E402
from own_node import OwnNode  # noqa: E402

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
DRAFT = CONFERENCE + "/adoption/draft"


@pytest.fixture(scope="module")
def conference(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("adoption") / "node", "serve").start()
    chair = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(chair, node)
    delegates = seat(chair, node)
    broken = ENGLISH.replace("subject to article 3", "subject to article 7").replace("shall protect", "[shall] protect")
    table(chair, node, broken, "draft")
    ok(chair, node, DRAFT, DRAFT + "/prepare", languages="en fr")
    table(chair, node)
    ok(chair, node, ADOPTION, ADOPTION + "/prepare", languages="en fr")
    ok(chair, node, ADOPTION, ADOPTION + "/derive")
    ok(chair, node, ADOPTION, ADOPTION + "/languages", language="fr", words=FRENCH)
    confirm(chair, node, delegates["FRA"])
    done(chair, node, "meeting", change="opened")
    for code in ["FRA", "KEN", "CHL"]:
        done(delegates[code], node, "present")
    done(delegates["KEN"], node, "request-floor", purpose="statement")
    done(chair, node, "give-floor")
    done(chair, node, "end-floor")
    decision = decide(chair, node, delegates)
    yield node, {"chair": chair, **delegates}, decision
    node.stop()


@pytest.fixture
def seen_by(conference, window):
    node, people, _ = conference

    def go(who=None):
        return window.become(node.address, people[who] if who else None)

    return go


def test_the_chair_adopts_with_one_press(seen_by, conference):
    node, _, _ = conference
    browser = seen_by("chair").open(ADOPTION)
    browser.picture("adoption-ready")
    browser.submit(browser.one("form[data-test=adopt]"))
    assert browser.status == 200
    assert "SHA-256" in browser.one("[data-test=adopted]").text
    assert adoption(node)["adopted"]["votes"]["inFavour"] == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_adoption_or_records_has_a_barrier(seen_by, conference, width, language, scheme):
    node, _, _ = conference
    adopted = adoption(node)["adopted"]["entry"]
    for who, name, address in [
        (None, "adoption-list", CONFERENCE + "/adoption"), ("chair", "adoption-draft", DRAFT), (None, "adoption-adopted", ADOPTION),
        (None, "adoption-language", ADOPTION + "/languages/fr"), ("chair", "records", RECORDS),
        ("KEN", "record", RECORDS + "/meetings/plenary/1"), (None, "report", RECORDS + "/reports/report"),
        ("chair", "open-from-adopted", f"/treaties/open?adopted={adopted}"), ("chair", "open-waiting", "/treaties/open"),
    ]:
        browser = seen_by(who).width(width).scheme(scheme).open(f"{address}{'&' if '?' in address else '?'}lang={language}")
        browser.picture(f"{name}-{language}-{width}-{scheme}")
        assert browser.violations() == [], f"{name} in {language} at {width}, {scheme}"
        wide = browser.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide at {width}"


def test_a_record_is_read_without_scripts(seen_by):
    browser = seen_by().scripts(False).open(RECORDS + "/meetings/plenary/1")
    assert "Kenya" in browser.one("[data-test=record]").text
