"""Private spaces, positions from capital and the digest of a small mission, over the forms that people use."""

import os

import pytest
import requests

from conference import CONFERENCE, convene, done, entered, resource, seat, with_roles
from correspondents import enter as enter_by_link
from correspondents import invite
from node import Forms
from own_node import OwnNode
from private_papers import LINES, MARINE, SPACE, TEXTS, TITLE, WORDS, amend, instruct, send, table
from test_6_delivery import MailedNode
from test_7_digests import CLICK, Mailbox, end_link

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
REMARK = "Vermilion doubts"


@pytest.fixture(scope="module")
def missions(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("space") / "node", "serve").start()
    session = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(session, node)
    people = seat(session, node)
    people["Paris"] = enter_by_link(invite(session, node, "mission-fra", "Desk officer in Paris", "capital"), node.address)
    entered(session, node, "group", name="South", group="south", members="KEN CHL", speaker="KEN")
    yield session, node, people
    node.stop()


def read(session, node, address):
    return session.get(node.address + address, headers={"Accept": "application/json"}, timeout=30)


@pytest.fixture(scope="module")
def paper(missions):
    _, node, people = missions
    answer = send(people["FRA"], node, SPACE, SPACE, holder="FRA", title=TITLE, words=WORDS)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_a_delegation_keeps_a_paper_and_capital_reads_it(missions, paper):
    _, node, people = missions
    for who in ["FRA", "Paris"]:
        found = read(people[who], node, paper).json()
        assert found["words"] == WORDS and found["title"] == TITLE and found["author"] == "Delegate of France"
    spaces = read(people["KEN"], node, SPACE).json()["spaces"]
    assert [(s["holder"], s["papers"]) for s in spaces] == [("KEN", []), ("south", [])]


def test_others_get_problems_without_a_hint(missions, paper):
    session, node, people = missions
    for who, status in [(people["KEN"], 404), (people["VAT"], 404), (session, 403), (requests.Session(), 401)]:
        answer = read(who, node, paper)
        assert answer.status_code == status and answer.headers["content-type"].startswith("application/problem+json")
        assert "Zephyrine" not in answer.text
    assert read(people["KEN"], node, paper).json()["code"] == "conferences.paper-unknown"
    assert read(people["KEN"], node, SPACE + "/0000000000000000").json()["code"] == "conferences.paper-unknown"
    assert read(session, node, SPACE).json()["code"] == "conferences.no-space"


def test_versions_and_comments_of_a_group(missions):
    _, node, people = missions
    made = send(people["KEN"], node, SPACE, SPACE, holder="south", title=TITLE, words=WORDS)
    assert made.status_code == 303, made.text
    address = made.headers["location"]
    first = read(people["CHL"], node, address).json()
    assert first["words"] == WORDS
    assert send(people["CHL"], node, address, address + "/comments", words=REMARK).status_code == 303
    changed = send(people["CHL"], node, address, address, base=str(first["entry"]), title=TITLE, words="Second words")
    assert changed.status_code == 303, changed.text
    late = send(people["KEN"], node, address, address, base=str(first["entry"]), title=TITLE, words="Late words")
    assert late.status_code == 409 and late.json()["code"] == "conferences.paper-newer"
    page = send(people["KEN"], node, address, address, accept="text/html", base=str(first["entry"]), title=TITLE, words="Late words")
    assert page.status_code == 409 and "Late words" in page.text and "Second words" in page.text, "nobody's words are lost"
    now = read(people["KEN"], node, address).json()
    assert now["words"] == "Second words" and now["versions"] == 2 and [c["words"] for c in now["comments"]] == [REMARK]
    assert read(people["FRA"], node, address).status_code == 404


def test_the_digest_is_small_and_seen_until_is_the_persons_own(missions):
    session, node, people = missions
    entered(session, node, "document", body="plenary", symbol="A/CONF.9/L.1", title="Draft articles", sponsors="KEN")
    digest = read(people["KEN"], node, CONFERENCE + "/digest").json()
    assert "A/CONF.9/L.1" in [c["thing"] for c in digest["changes"]]
    assert "credentials" in [d["kind"] for d in digest["due"]]
    seen = session_form(people["KEN"], node)
    assert seen.status_code == 303, seen.text
    after = read(people["KEN"], node, CONFERENCE + "/digest").json()
    assert after["changes"] == [] and after["since"]
    assert read(people["CHL"], node, CONFERENCE + "/digest").json()["changes"]
    page = people["CHL"].get(node.address + CONFERENCE + "/digest", headers={"Accept-Encoding": "identity"}, timeout=30)
    text = people["CHL"].get(node.address + CONFERENCE + "/digest", headers={"Accept": "text/plain"}, timeout=30)
    assert text.status_code == 200 and len(text.content) < 4_000, len(text.content)
    # Under a second and a half at 100 kbit/s, without any compression.
    assert len(page.content) < 16_000, len(page.content)
    print("digest:", len(page.content), "bytes of HTML,", len(text.content), "as text")


def session_form(session, node):
    page = session.get(node.address + CONFERENCE + "/digest", timeout=30).text
    found = next(f for f in Forms(page).forms if f["attributes"]["action"].endswith("/digest/seen"))
    return session.post(
        node.address + found["attributes"]["action"], data=found["fields"],
        headers={"Origin": node.address, "Accept": "application/json"}, timeout=30, allow_redirects=False)


def test_meetings_to_come_are_planned_and_stand_in_the_digest(missions):
    session, node, people = missions
    programme = CONFERENCE + "/programme"
    page = session.get(node.address + programme, timeout=30).text
    found = next(f for f in Forms(page).forms if f["attributes"].get("data-test") == "plan")
    values = {"request": found["fields"]["request"], "body": "plenary", "day": "2099-12-01", "hour": "10:00", "about": "Article 12"}
    answer = session.post(
        node.address + programme, data=values, headers={"Origin": node.address, "Accept": "application/json"}, timeout=30,
        allow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert resource(node, programme)["meetings"][0]["begins"] == "2099-12-01T09:00:00.000Z"
    assert "planned" in [d["kind"] for d in read(people["KEN"], node, CONFERENCE + "/digest").json()["due"]]


def test_capital_instructs_and_the_delegate_sees_it_beside_the_text(missions):
    session, node, people = missions
    positions = CONFERENCE + "/positions/marine"
    table(session, node)
    assert instruct(people["Paris"], node, **LINES).status_code == 303
    assert instruct(people["Paris"], node, **LINES).json()["code"] == "conferences.paper-newer", "a position is not written over unseen"
    provisions = {p["provision"]: p for p in read(people["FRA"], node, positions).json()["provisions"]}
    assert provisions["art_1__para_1"]["position"]["instruction"] == LINES["instruction"]
    assert provisions["art_1__para_1"]["position"]["capital"] is True
    for address in [TEXTS + "/marine", TEXTS + "/marine/provisions/art_1__para_1", positions]:
        assert "Cinnabar" in people["FRA"].get(node.address + address, timeout=30).text, address
        for other in [people["KEN"], session, requests.Session()]:
            assert "Cinnabar" not in other.get(node.address + address, timeout=30).text, address
    gone = instruct(people["FRA"], node, **{**LINES, "provision": "art_1__para_2", "stance": "sulk"})
    assert gone.status_code == 400 and gone.json()["code"] == "request.choice"


def test_what_is_amended_after_the_position_wants_an_instruction(missions):
    _, node, people = missions
    answer = amend(people["KEN"], node, "KEN")
    assert answer.status_code == 303, answer.text
    needs = read(people["FRA"], node, CONFERENCE + "/digest").json()["needs"]
    assert needs == [{"text": "marine", "title": "Marine agreement", "provisions": [{"provision": "art_1__para_1", "reason": "outdated"}]}]
    needs = read(people["CHL"], node, CONFERENCE + "/digest").json()["needs"][0]["provisions"]
    assert needs == [{"provision": "art_1__para_1", "reason": "amendment"}]


def test_in_a_meeting_the_digest_tells_ones_place_among_the_speakers_and_what_is_before_the_body(missions):
    chair, node, people = missions
    done(chair, node, "meeting", change="opened")
    for code in ["KEN", "CHL"]:
        done(people[code], node, "present")
        done(people[code], node, "request-floor", purpose="statement")
    done(people["KEN"], node, "propose", text="Parties shall mark sea lanes.")
    due = {d["kind"]: d for d in read(people["CHL"], node, CONFERENCE + "/digest").json()["due"]}
    assert {"meeting", "speakers", "proposal"} <= set(due)
    assert "1 before you" in due["speakers"]["text"] and due["speakers"]["path"].endswith("/rooms/plenary")
    assert "speakers" not in [d["kind"] for d in read(people["FRA"], node, CONFERENCE + "/digest").json()["due"]]


def test_in_the_room_the_position_stands_beside_the_provision_for_its_own_delegation_alone(missions):
    chair, node, people = missions
    room = CONFERENCE + "/rooms/plenary"
    entered(chair, node, "document", body="plenary", symbol="A/CONF.9/L.7", title="Marine agreement")
    answer = send(
        chair, node, TEXTS + "/marine", TEXTS + "/marine/table", title="Marine agreement", form="rolling-text", version="2",
        document="A/CONF.9/L.7", words=MARINE)
    assert answer.status_code == 303, answer.text
    done(chair, node, "focus", document="A/CONF.9/L.7", provision="art_1__para_1")
    stream = requests.get(node.address + "/live?dossier=conference/high-seas&from=0", stream=True, timeout=30)
    for who in ["FRA", "Paris"]:
        page = people[who].get(node.address + room, timeout=30)
        assert 'data-test="focus-text"' in page.text and "Parties shall mark" in page.text
        assert "Cinnabar" in page.text and LINES["instruction"] in page.text, who
        assert page.headers["cache-control"] == "no-store"
        for face in ["/screen", "/gallery", "/interpreter", "?format=json"]:
            assert "Cinnabar" not in people[who].get(node.address + room + face, timeout=30).text, f"{who} {face}"
    for other in [people["KEN"], people["VAT"], chair, requests.Session()]:
        for face in ["", "/screen", "/gallery", "/interpreter", "?format=json"]:
            assert "Cinnabar" not in other.get(node.address + room + face, timeout=30).text, face
    # Where a delegation has none it is led to write one; who acts for none is not.
    assert "/positions/marine?provision=art_1__para_1" in people["KEN"].get(node.address + room, timeout=30).text
    assert "/positions/" not in chair.get(node.address + room, timeout=30).text
    heard = b""
    for chunk in stream.iter_content(4096):
        heard += chunk
        if b"conference.focus-set" in heard:
            break
    stream.close()
    assert b"Cinnabar" not in heard and b"paper-kept" not in heard and b"art_1__para_1" not in heard


def test_nothing_of_it_rests_in_clear_anywhere(missions, paper):
    """Records, views, their logs, blobs, what the node logged; and what strangers are told of the acts."""
    _, node, _ = missions
    marks = [b"Zephyrine", b"Ultramarine", b"Vermilion", b"Cinnabar", "قبول صامت".encode()]
    looked = 0
    for folder, _, files in os.walk(node.folder):
        for name in files:
            content = open(os.path.join(folder, name), "rb").read()
            looked += len(content)
            for mark in marks:
                assert mark not in content, f"{mark} in {folder}/{name}"
    assert looked > 100_000
    acts = requests.get(node.address + "/record/acts?format=json&kind=conference.paper-kept@1", timeout=30).text
    assert "mission-fra" not in acts and "Zephyrine" not in acts


def test_a_paper_is_withdrawn_and_its_words_can_be_opened_no_more(missions, paper):
    _, node, people = missions
    base = str(read(people["FRA"], node, paper).json()["entry"])
    others = send(people["KEN"], node, SPACE, paper + "/withdraw", plain=True, base=base) if paper in people["KEN"].get(
        node.address + SPACE, timeout=30).text else None
    assert others is None, "another delegation is not even shown it"
    assert send(people["FRA"], node, paper, paper + "/withdraw", plain=True, base="0").status_code == 409
    answer = send(people["FRA"], node, paper, paper + "/withdraw", plain=True, base=base)
    assert answer.status_code == 303 and answer.headers["location"] == SPACE, answer.text
    assert read(people["FRA"], node, paper).status_code == 404
    act = requests.get(node.address + f"/record/acts/{base}", headers={"Accept": "application/json"}, timeout=30).json()
    assert act["kind"].startswith("conference.paper-kept"), "the leaf stays, and says no more than before"
    erasures = requests.get(node.address + "/record/acts?format=json&kind=record.payload-erased@1", timeout=30).text
    assert "mission-fra" not in erasures and "FRA" not in erasures


def test_a_mission_gets_it_daily_by_mail_of_public_acts_only_and_ends_it_with_one_click(tmp_path):
    node = MailedNode(PROGRAM, tmp_path).start()
    try:
        session = with_roles(node, "administrator", "depositary-officer", "conference-officer")
        convene(session, node)
        delegate = seat(session, node)["KEN"]
        mailbox = Mailbox(node)
        mailbox.ask(delegate)
        letter = mailbox.wait("digest-confirmation")
        entered(session, node, "document", body="plenary", symbol="A/CONF.9/L.5", title="Draft articles", sponsors="KEN")
        assert send(delegate, node, SPACE, SPACE, holder="KEN", title=TITLE, words=WORDS).status_code == 303
        mailbox.confirm(letter)
        digest = mailbox.wait("digest")
        text = digest.get_content()
        assert "Conference on the High Seas" in text and "A/CONF.9/L.5" in text
        assert f"{node.address}{CONFERENCE}/digest" in text, "the page has the rest"
        assert "Zephyrine" not in text and "paper" not in text.lower().replace("delegation", "")
        assert requests.post(end_link(digest), data=CLICK, timeout=30).status_code == 200
        assert "You get no digest" in mailbox.standing(delegate)
        print("mail:", len(text.encode()), "bytes")
    finally:
        node.stop()
