"""A room as each of those in it sees it, while a roll is called and before: with a position from capital, the language spoken, languages that
follow an adoption, silences. Looked at by axe in English and Arabic, at a desk and on a telephone."""

import datetime
import os
import pathlib
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from adoption import ADOPTION, FRENCH, confirm, decide, ok, table  # noqa: E402
from adoption import adoption as adoption_of  # noqa: E402
from conference import CONFERENCE, ROOM, convene, done, entered, seat, with_roles  # noqa: E402
from own_node import OwnNode  # noqa: E402
from private_papers import LINES, MARINE, SPACE, TEXTS, instruct, send  # noqa: E402

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
LOOKS = [("en", 1280, "light"), ("ar", 390, "dark"), ("en", 390, "light"), ("ar", 1280, "dark")]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("roles") / "node", "serve").start()
    chair = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(chair, node)
    people = seat(chair, node)
    table(chair, node)
    ok(chair, node, ADOPTION, ADOPTION + "/prepare", languages="en fr ar")
    ok(chair, node, ADOPTION, ADOPTION + "/derive")
    confirm(chair, node, people["FRA"], tags=["en"])
    done(chair, node, "meeting", change="opened")
    for code in ["FRA", "KEN", "CHL", "VAT"]:
        done(people[code], node, "present")
    decision = decide(chair, node, people)
    ok(chair, node, ADOPTION, ADOPTION + "/adopt", decision=decision, rule="consentOfAll", textSet=adoption_of(node)["textSet"],
       later=["fr", "ar"], note="The French and Arabic texts follow within a month.")
    ok(chair, node, ADOPTION, ADOPTION + "/languages", language="fr", words=FRENCH)
    confirm(chair, node, people["FRA"], tags=["fr"])
    entered(chair, node, "document", body="plenary", symbol="A/CONF.9/L.1", title="Marine agreement")
    answer = send(
        chair, node, TEXTS, TEXTS, title="Marine agreement", text="marine", form="rolling-text", body="plenary", language="en", words=MARINE,
        document="A/CONF.9/L.1")
    assert answer.status_code == 303, answer.text
    assert instruct(people["FRA"], node, **LINES).status_code == 303
    paper = send(people["FRA"], node, SPACE, SPACE, holder="FRA", title="Our lines", words="Ask for lights.").headers["location"]
    done(chair, node, "focus", document="A/CONF.9/L.1", provision="art_1__para_1")
    there = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=5)
    entered(
        chair, node, "begin", page=CONFERENCE + "/silences", body="plenary", concerns="A/CONF.9/L.7", paragraphs="OP1 OP2", partial="yes",
        zone="UTC", day=there.strftime("%Y-%m-%d"), hour=there.strftime("%H:%M"))
    done(people["KEN"], node, "request-floor", purpose="statement", language="fr")
    done(people["CHL"], node, "request-floor", purpose="statement", language="mis")
    done(people["FRA"], node, "request-floor", purpose="statement", language="en")
    done(chair, node, "give-floor")
    yield node, {"chair": chair, **people}, paper
    node.stop()


@pytest.fixture
def seen_by(room, window):
    node, people, _ = room

    def go(who=None):
        return window.become(node.address, people[who] if who else None)

    return go


def looked_at(browser, name, address):
    for language, width, scheme in LOOKS:
        browser.width(width).scheme(scheme).open(f"{address}?lang={language}")
        assert browser.status == 200, address
        browser.picture(f"{name}-{language}-{width}-{scheme}")
        assert browser.violations() == [], f"{name} in {language} at {width}, {scheme}"
        wide = browser.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide at {width}"


@pytest.mark.parametrize(("who", "name", "address"), [
    ("chair", "role-chair", ROOM), ("FRA", "role-delegate", ROOM), ("VAT", "role-observer", ROOM), (None, "role-interpreter", ROOM + "/interpreter"),
])
def test_the_room_has_no_barrier_for_anybody_while_somebody_speaks(seen_by, who, name, address):
    looked_at(seen_by(who), name, address)


def test_a_delegate_sees_the_position_from_capital_and_says_another_language(seen_by, room):
    browser = seen_by("FRA").open(ROOM)
    assert "No fees: Cinnabar." in browser.one("[data-test=focus-text] [data-test=position]").text
    form = browser.one("form[data-test=speak-in]")
    browser.driver.execute_script("arguments[0].closest('details').open = true", form)
    browser.submit(form, language="Arabic")
    assert any("France" in line.text and "Arabic" in line.text for line in browser.all("[data-test=speakers] > li"))
    assert "Cinnabar" not in seen_by("chair").open(ROOM).driver.page_source
    booth = seen_by().open(ROOM + "/interpreter")
    assert "French" in booth.one("[data-test=speaking]").text, "Kenya speaks French today"


def test_the_desk_notes_a_language(seen_by):
    browser = seen_by("chair").open(ROOM)
    form = browser.one("form[data-test=speak-in-desk]")
    browser.driver.execute_script("arguments[0].closest('details').open = true", form)
    browser.submit(form, language="English")
    assert "English" in browser.one("[data-test=speaking]").text


@pytest.mark.parametrize(("who", "name", "address"), [
    ("chair", "silences-chair", CONFERENCE + "/silences"), ("KEN", "silences-delegate", CONFERENCE + "/silences"),
    ("chair", "languages-that-follow", ADOPTION), (None, "languages-that-follow-reader", ADOPTION),
    ("chair", "language-that-follows", ADOPTION + "/languages/fr"), (None, "front-page", "/treaties"),
])
def test_silences_and_languages_that_follow_have_no_barrier(seen_by, who, name, address):
    looked_at(seen_by(who), name, address)


def test_the_front_page_leads_into_the_room(seen_by):
    browser = seen_by().open("/")
    browser.driver.get(browser.one("[data-test=going-on-place]").get_attribute("href"))
    assert browser.path == ROOM and browser.has("[data-test=speaking]")


def test_a_language_that_follows_is_established_with_one_press(seen_by):
    browser = seen_by("chair").open(ADOPTION)
    browser.submit(browser.one("form[data-test=follow]"))
    assert browser.has("[data-test=followed-proof]") and browser.status == 200


def test_who_reads_a_text_is_not_disturbed_by_the_floor(seen_by, room):
    node, people, _ = room
    browser = seen_by().open(TEXTS + "/marine")
    browser.wait(lambda b: b.driver.execute_script("return document.readyState") == "complete")
    browser.requests()
    done(people["chair"], node, "end-floor")
    done(people["KEN"], node, "request-floor", purpose="statement")
    sent = send(
        people["KEN"], node, TEXTS + "/marine/provisions/art_2__para_1", TEXTS + "/marine/amend", plain=True, operation="delete",
        provision="art_2__para_1", base="1")
    assert sent.status_code == 303, sent.text
    browser.wait(lambda b: b.has("li[data-amendment]"))
    again = [one for one in browser.requests() if one["address"].endswith("/texts/marine")]
    assert len(again) == 1, "loaded once, for the amendment"


def test_a_roll_call_has_no_barrier_for_anybody(seen_by, room):
    node, people, _ = room
    done(people["KEN"], node, "propose", text="Parties shall mark sea lanes.")
    proposal = [p for p in people["KEN"].get(node.address + ROOM, headers={"Accept": "application/json"}, timeout=30).json()["proposals"]][-1]
    done(people["chair"], node, "rule", subject="circulation", concerns=proposal["proposal"], allowed="yes")
    done(people["CHL"], node, "move", motion="roll-call")
    while (floor := people["KEN"].get(node.address + ROOM, headers={"Accept": "application/json"}, timeout=30).json()["speakers"]):
        done(people["chair"], node, "give-floor", name=floor[0]["request"])
        done(people["chair"], node, "end-floor")
    done(people["chair"], node, "open", method="roll-call", drawn="FRA")
    assert "France" in seen_by().open(ROOM + "/screen").one("[data-test=called]").text
    assert "France answers" in seen_by("chair").open(ROOM).one("[data-test=next]").text
    for who, name, address in [
        ("FRA", "roll-called", ROOM), ("KEN", "roll-waits", ROOM), ("chair", "roll-chair", ROOM), (None, "roll-gallery", ROOM + "/gallery"),
        (None, "roll-screen", ROOM + "/screen"),
    ]:
        looked_at(seen_by(who), name, address)


def test_a_paper_is_withdrawn_without_scripts(seen_by, room):
    _, _, paper = room
    looked_at(seen_by("FRA"), "paper-own", paper)
    browser = seen_by("FRA").scripts(False).open(paper)
    browser.one("form[data-test=withdraw]")
    browser.all("details summary")[-1].click()
    browser.one("form[data-test=withdraw] button").click()
    browser.scripts(True).open(SPACE)
    assert "Our lines" not in browser.driver.page_source
