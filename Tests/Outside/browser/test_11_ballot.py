"""Secret ballots, roll calls, rules and the faces of a room, as people see and use them in a browser."""

import json
import os
import pathlib
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from conference import ROOM, convene, done, resource, seat, with_roles  # noqa: E402
from own_node import OwnNode  # noqa: E402

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("ballot") / "node", "serve").start()
    chair = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(chair, node)
    delegates = seat(chair, node)
    done(chair, node, "meeting", change="opened")
    for code in ["FRA", "KEN", "CHL"]:
        done(delegates[code], node, "present")
    yield node, {"chair": chair, **delegates}
    node.stop()


@pytest.fixture
def seen_by(room, window):
    node, people = room

    def go(who=None):
        return window.become(node.address, people[who] if who else None)

    return go




def looked_at(browser, name, address):
    """Both widths, a language of each direction, both schemes: nothing in the way, nothing too wide."""
    for language, width, scheme in [("en", 1280, "light"), ("ar", 390, "dark"), ("en", 390, "dark"), ("ar", 1280, "light")]:
        browser.width(width).scheme(scheme).open(f"{address}?lang={language}")
        browser.picture(f"{name}-{language}-{width}-{scheme}")
        assert browser.violations() == [], f"{name} in {language} at {width}, {scheme}"
        wide = browser.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide at {width}"
    browser.width(1280).scheme("light").open(f"{address}?lang=en")


def sent(browser, ending):
    """The headers that went over the wire with requests whose address ends so, cookies and all."""
    headers, addresses = {}, {}
    for line in browser.driver.get_log("performance"):
        message = json.loads(line["message"])["message"]
        key = message["params"].get("requestId")
        if message["method"] == "Network.requestWillBeSent":
            addresses[key] = message["params"]["request"]["url"]
        elif message["method"] == "Network.requestWillBeSentExtraInfo":
            headers[key] = {name.lower(): value for name, value in message["params"]["headers"].items()}
    return [headers.get(key, {}) for key, address in addresses.items() if address.endswith(ending)]


def test_an_election_is_held_in_browsers_from_the_candidates_to_the_check_of_ones_own_paper(room, seen_by):
    node, people = room
    chair = seen_by("chair").open(ROOM)
    form = chair.one("form[data-test=election]")
    chair.driver.execute_script("arguments[0].closest('details').open = true", form)
    chair.submit(form, concerns="the presidency", candidates="KEN\nCHL\nFRA")
    address = chair.path
    assert "/ballots/d" in address
    looked_at(chair, "ballot-chair", address)
    choices = {"FRA": "Kenya", "KEN": "Kenya", "CHL": "Chile"}
    for code, choice in choices.items():
        browser = seen_by(code).open(address)
        if code == "FRA":
            looked_at(browser, "ballot-delegate", address)
        # By keyboard alone.
        label = next(one for one in browser.all("[data-test=write] label") if choice in one.text)
        browser.one("input", label).send_keys(" ")
        browser.one("[data-test=write] button").send_keys("\n")
        browser.wait(lambda b: "Your paper is signed" in b.one("[data-test=status]").text, 60)
        kept = json.loads(browser.driver.execute_script("return localStorage.getItem(Object.keys(localStorage).find(k => k.endsWith('/1') && k.includes('ballot')))"))
        assert kept["choices"] == [{"Kenya": "KEN", "Chile": "CHL"}[choice]] and kept["signature"]
        # The page is left and opened again: the paper is still there.
        assert not browser.open(address).one("[data-test=status]").text == ""
        people[code].kept = kept
        browser.driver.execute_script("localStorage.clear()")
    assert {one["actor"] for one in resource(node, address)["rounds"][0]["signed"]} == set(choices)
    chair = seen_by("chair").open(address)
    chair.submit(chair.one("[data-test=open-box]"))
    for code, choice in choices.items():
        browser = seen_by(code).open(address)
        # Each has a machine of its own; this is one machine with three memories.
        browser.driver.execute_script(
            "localStorage.setItem(`ballot high-seas/plenary/${arguments[0]}/1`, arguments[1])", address.rsplit("/", 1)[1],
            json.dumps(people[code].kept))
        browser.open(address)
        browser.driver.get_log("performance")
        browser.wait(lambda b: b.one("[data-test=cast]").is_displayed())
        browser.one("[data-test=cast]").click()
        browser.wait(lambda b: people[code].kept["nonce"][:16] in b.one("[data-test=status]").text, 40)
        assert "is in the box" in browser.one("[data-test=status]").text
        cast = sent(browser, "/box")
        assert len(cast) == 1 and "cookie" not in cast[0] and "referer" not in cast[0], "the paper goes without a name"
        assert choice in browser.driver.find_element("css selector", ".own").get_attribute("textContent")
        assert browser.complaints() == []
        browser.driver.execute_script("localStorage.clear()")
    chair = seen_by("chair").open(address)
    chair.submit(chair.one("form[data-test=count]"))
    result = resource(node, address)["rounds"][0]["result"]
    assert result["elected"] == ["KEN"] and {c["candidate"]: c["votes"] for c in result["counts"]} == {"KEN": 2, "CHL": 1, "FRA": 0}
    looked_at(chair, "ballot-counted", address)
    chair.submit(chair.one("[data-test=announce]"))
    browser = seen_by("FRA").open(address)
    browser.driver.execute_script(
        "localStorage.setItem(`ballot high-seas/plenary/${arguments[0]}/1`, arguments[1])", address.rsplit("/", 1)[1],
        json.dumps(people["FRA"].kept))
    assert "is in the box" in browser.open(address).one("[data-test=status]").text, "and after the result still"
    browser.driver.execute_script("localStorage.clear()")
    assert "Kenya" in seen_by().open(ROOM).one("[data-test=named]").text


def test_without_scripts_the_page_says_how_it_is_done_by_hand(room, seen_by):
    chair = seen_by("chair").open(ROOM)
    form = chair.one("form[data-test=election]")
    chair.driver.execute_script("arguments[0].closest('details').open = true", form)
    chair.submit(form, concerns="the rapporteur", candidates="KEN\nCHL")
    address = chair.path
    plain = seen_by("FRA").scripts(False).open(address)
    assert "chancery votes paper" in plain.driver.page_source and plain.has("[data-test=hand-paper]")
    plain.scripts(True)
    node, people = room
    done(people["chair"], node, "announce")


def test_the_roll_is_called_and_each_answers_with_one_press(room, seen_by):
    node, people = room
    done(people["FRA"], node, "propose", text="Parties shall mark sea lanes.")
    proposal = resource(node, ROOM)["proposals"][-1]["proposal"]
    done(people["chair"], node, "rule", subject="circulation", concerns=proposal, allowed="yes")
    done(people["chair"], node, "open", method="roll-call", drawn="KEN")
    browser = seen_by("FRA").open(ROOM)
    assert browser.has("[data-test=waits]") and not browser.has("form[data-test=vote]")
    assert "Kenya" in browser.one("[data-test=called]").text
    browser = seen_by("KEN").open(ROOM)
    browser.picture("roll-called")
    assert browser.violations() == []
    browser.submit(browser.one("form[data-test=vote]"))
    assert "Chile" in browser.one("[data-test=called]").text
    chair = seen_by("chair").open(ROOM)
    chair.picture("roll-chair")
    assert chair.violations() == []
    chair.submit(chair.one("form[data-test=pass]"))
    assert "France" in chair.one("[data-test=called]").text
    browser = seen_by("FRA").open(ROOM)
    browser.submit(browser.one("form[data-test=vote]"))
    assert "roll is through" in browser.one("[data-test=called]").text
    done(people["chair"], node, "announce")


def test_the_rules_are_read_and_their_change_is_moved(room, seen_by):
    node, people = room
    looked_at(seen_by("KEN"), "rules", ROOM + "/rules")
    browser = seen_by("KEN").open(ROOM + "/rules")
    browser.submit(browser.one("form[data-test=move]"), minutes="3")
    assert browser.path == ROOM and "change of the rules" in browser.one("[data-test=motions]").text
    everybody = seen_by().open(ROOM + "/rules")
    assert "speakers.seconds" in everybody.one("[data-test=moved]").text
    everybody.picture("rules-moved")
    assert everybody.violations() == []
    done(people["chair"], node, "open", method="recorded")
    name = resource(node, ROOM)["decisions"][-1]["decision"]
    for code in ["FRA", "KEN"]:
        done(people[code], node, "vote", name=name, vote="yes")
    done(people["chair"], node, "announce")
    assert "3 min" in seen_by().open(ROOM + "/rules").one("[data-test=general]").text


def test_every_face_of_the_room_is_plain_to_see(room, seen_by):
    node, people = room
    done(people["KEN"], node, "request-floor", purpose="statement")
    done(people["CHL"], node, "request-floor", purpose="statement")
    done(people["chair"], node, "give-floor")
    for face in ["gallery", "interpreter"]:
        looked_at(seen_by(), face, f"{ROOM}/{face}")
    looked_at(seen_by("FRA"), "room-more-delegate", ROOM)
    looked_at(seen_by("chair"), "room-more-chair", ROOM)


def test_a_timer_keeps_the_nodes_time_on_a_machine_whose_clock_is_wrong(room, seen_by):
    node, people = room
    # A reply has its time in every set of rules (GA decision 34/401: ten minutes, then five).
    done(people["FRA"], node, "request-floor", purpose="right-of-reply")
    while (resource(node, ROOM).get("speaking") or {}).get("purpose") != "right-of-reply":
        done(people["chair"], node, "end-floor" if resource(node, ROOM).get("speaking") else "give-floor")
    browser = seen_by()
    wrong = browser.command(
        "Page.addScriptToEvaluateOnNewDocument",
        {"source": "const now = Date.now.bind(Date); Date.now = () => now() - 3600 * 1000;"})
    try:
        browser.open(f"{ROOM}/interpreter")
        shown = browser.wait(lambda b: (t := b.one(".room-time").text) and ":" in t and len(t) <= 5 and not t.startswith("6") and t)
        minutes = int(shown.lstrip("−").split(":")[0])
        assert minutes <= 10, f"ten minutes to speak, an hour's wrong clock, and it shows {shown}"
    finally:
        browser.command("Page.removeScriptToEvaluateOnNewDocument", {"identifier": wrong["identifier"]})
    done(people["chair"], node, "end-floor")


def test_keys_are_documented_and_work_with_a_modifier_alone(room, seen_by):
    browser = seen_by("FRA").open(ROOM)
    assert browser.has("[data-test=keys]")
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    before = browser.one("html")
    ActionChains(browser.driver).send_keys("r").perform()
    assert browser.one("html") == before, "a letter alone does nothing (WCAG 2.1.4)"
    ActionChains(browser.driver).key_down(Keys.ALT).send_keys("r").key_up(Keys.ALT).perform()
    browser.gone(before)
    assert "France" in browser.one("[data-test=speakers]").text


def test_a_silence_is_reached_from_the_room_and_broken_in_part(room, seen_by):
    chair = seen_by("chair").open(ROOM)
    link = next(one for one in chair.all("a") if (one.get_attribute("href") or "").endswith("/silences"))
    chair.driver.get(link.get_attribute("href"))
    form = chair.one("form[data-test=begin]")
    chair.one("input[name=partial]", form).click()
    chair.submit(form, concerns="A/CONF.9/L.1", paragraphs="OP1 OP2 OP3", day="2027-06-01", hour="1200PM")
    delegate = seen_by("KEN").open("/conferences/high-seas/silences")
    form = delegate.one("form[data-test=object]")
    delegate.submit(form, paragraphs="OP2", text="Not agreed.")
    assert "OP2" in delegate.one("[data-test=objection]").text
    assert delegate.violations() == []
    delegate.picture("silence-broken-in-part")
    chair = seen_by("chair").open("/conferences/high-seas/silences")
    form = chair.one("form[data-test=extend]")
    chair.driver.execute_script("arguments[0].closest('details').open = true", form)
    chair.submit(form, day="2027-06-03", hour="1200PM")
    assert "2027" in chair.one("[data-test=silence]").text
    assert "OP2" in chair.one("[data-test=objection]").text
