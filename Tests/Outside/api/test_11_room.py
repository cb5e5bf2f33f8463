"""A room when things go wrong, as they do: each is refused or waits by rule, is explained, and nothing is lost. And roll calls, changes of
the rules, divisions and explanations, over the forms of the room."""

import calendar
import json
import os
import re
import socket
import threading
import time

import pytest
import requests

from conference import ROOM, act, convene, done, entered, resource, seat, with_roles
from correspondents import enter as enter_by_link, invite
from node import Forms
from own_node import OwnNode

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("rooms") / "node", "serve").start()
    chair = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(chair, node)
    delegates = seat(chair, node)
    done(chair, node, "meeting", change="opened")
    for code in ["FRA", "KEN", "CHL", "VAT"]:
        done(delegates[code], node, "present")
    yield chair, node, delegates
    node.stop()


def state(node):
    return resource(node, ROOM)


def barred(code, *arguments, **fields):
    answer = act(*arguments, **fields)
    assert answer.status_code >= 400, "it was not refused"
    problem = answer.json()
    assert problem["code"] == code, answer.text
    assert problem["detail"] and problem["mend"], "a refusal says what stands in the way, and the way out"
    return problem


def proposed(session, node, text="Parties shall mark sea lanes.", chair=None, **fields):
    done(session, node, "propose", text=text, **fields)
    name = state(node)["proposals"][-1]["proposal"]
    if chair:
        done(chair, node, "rule", subject="circulation", concerns=name, allowed="yes")
    return name


def voted(chair, node, delegates, votes, **fields):
    done(chair, node, "open", method="recorded", **fields)
    name = state(node)["decisions"][-1]["decision"]
    for code, vote in votes.items():
        done(delegates[code], node, "vote", name=name, vote=vote)
    done(chair, node, "announce", name=name)
    return state(node)["decisions"][-1]


def test_the_language_of_a_statement_is_said_and_shown_to_the_interpreters(room):
    chair, node, delegates = room
    barred("conferences.spoken-language", delegates["CHL"], node, "request-floor", purpose="right-of-reply", language="es")
    done(delegates["CHL"], node, "request-floor", purpose="right-of-reply", language="mis")
    request = next(s for s in state(node)["speakers"] if s["actor"] == "CHL")
    assert request["language"] == "mis"
    booth = requests.get(node.address + ROOM + "/interpreter", timeout=30).text
    assert "Another language, with own interpretation" in booth
    barred("conferences.not-yours", delegates["KEN"], node, "speak-in", name=request["request"], language="en")
    done(delegates["CHL"], node, "speak-in", name=request["request"], language="fr")
    assert next(s for s in state(node)["speakers"] if s["actor"] == "CHL")["language"] == "fr"
    # The desk notes it for a delegation that says so in the room.
    done(chair, node, "speak-in", name=request["request"], language="ar", desk="yes")
    assert 'data-test="spoken">Arabic' in requests.get(node.address + ROOM + "/interpreter", timeout=30).text
    assert 'data-test="speak-in-desk"' in chair.get(node.address + ROOM, timeout=30).text
    done(delegates["CHL"], node, "withdraw-request", name=request["request"])


def test_who_has_not_the_floor_cannot_be_heard(room):
    chair, node, delegates = room
    done(delegates["FRA"], node, "request-floor", purpose="statement")
    done(delegates["KEN"], node, "request-floor", purpose="statement")
    waiting = {s["actor"]: s["request"] for s in state(node)["speakers"]}
    barred("conferences.not-presiding", delegates["KEN"], node, "give-floor", name=waiting["KEN"])
    barred("conference.procedure.not-next", chair, node, "give-floor", name=waiting["KEN"])
    barred("conferences.not-yours", delegates["KEN"], node, "withdraw-request", name=waiting["FRA"])
    done(chair, node, "give-floor", name=waiting["FRA"])
    barred("conference.procedure.floor-taken", chair, node, "give-floor", name=waiting["KEN"])
    done(chair, node, "end-floor")
    barred("conferences.nobody-waits", chair, node, "end-floor")
    done(delegates["KEN"], node, "withdraw-request", name=waiting["KEN"])


def test_nobody_votes_twice(room):
    chair, node, delegates = room
    proposed(delegates["FRA"], node, chair=chair)
    done(chair, node, "open", method="recorded")
    name = state(node)["decisions"][-1]["decision"]
    done(delegates["KEN"], node, "vote", name=name, vote="yes")
    barred("conference.procedure.voted", delegates["KEN"], node, "vote", name=name, vote="yes")
    done(delegates["KEN"], node, "vote", name=name, vote="no", change="yes")
    done(delegates["FRA"], node, "vote", name=name, vote="yes")
    done(delegates["CHL"], node, "vote", name=name, vote="yes")
    done(chair, node, "announce", name=name)
    assert state(node)["decisions"][-1]["votes"] == {"KEN": "no", "FRA": "yes", "CHL": "yes"}


def test_a_withdrawn_proposal_is_not_voted_on_and_anybody_takes_it_up_again(room):
    chair, node, delegates = room
    proposal = proposed(delegates["CHL"], node, "Parties shall share their charts.", chair=chair)
    done(delegates["CHL"], node, "withdraw-proposal", name=proposal)
    barred("conferences.nothing-to-put", chair, node, "open", method="recorded", concerns=proposal)
    barred("conference.procedure.not-before-body", delegates["FRA"], node, "propose", text="Delete it.", amends=proposal)
    barred("conference.procedure.not-sponsor", delegates["FRA"], node, "withdraw-proposal",
           name=proposed(delegates["CHL"], node, "Parties shall meet."))
    done(delegates["KEN"], node, "reintroduce", name=proposal)
    seen = {p["proposal"]: p for p in state(node)["proposals"]}[proposal]
    assert (seen["fate"], seen["sponsors"]) == ("pending", ["KEN"])
    done(delegates["KEN"], node, "withdraw-proposal", name=proposal)
    for other in [p["proposal"] for p in state(node)["proposals"] if p["fate"] == "pending"]:
        done(delegates["CHL"], node, "withdraw-proposal", name=other)


def test_motions_out_of_order_wait_or_are_refused_by_their_rule(room):
    chair, node, delegates = room
    barred("conference.procedure.observer", delegates["VAT"], node, "move", motion="adjourn-meeting")
    barred("conference.procedure.motion-needs", delegates["KEN"], node, "move", motion="division")
    done(delegates["KEN"], node, "move", motion="adjourn-meeting")
    barred("conference.procedure.motion-again", delegates["CHL"], node, "move", motion="adjourn-meeting")
    done(delegates["CHL"], node, "move", motion="suspend-meeting")
    pending = state(node)["pending"]
    assert [m["kind"] for m in pending] == ["suspend-meeting", "adjourn-meeting"], "GA rule 77"
    barred("conferences.nothing-to-put", chair, node, "open", method="recorded", concerns=pending[1]["motion"])
    barred("conference.procedure.not-sponsor", delegates["FRA"], node, "withdraw-motion", name=pending[0]["motion"])
    done(delegates["CHL"], node, "withdraw-motion", name=pending[0]["motion"])
    done(delegates["KEN"], node, "withdraw-motion", name=pending[1]["motion"])


def test_an_amendment_to_what_is_not_there_is_refused(room):
    chair, node, delegates = room
    barred("conference.procedure.unknown", delegates["KEN"], node, "propose", text="Delete paragraph 9.", amends="p424242")
    proposal = proposed(delegates["FRA"], node, "One.\nTwo.", chair=chair)
    barred("conference.procedure.unknown", delegates["KEN"], node, "move", motion="division", proposal=proposal, parts="9")
    done(delegates["FRA"], node, "withdraw-proposal", name=proposal)


def test_a_stale_page_is_told_so_and_enters_nothing(room):
    chair, node, delegates = room
    done(delegates["FRA"], node, "request-floor", purpose="statement")
    done(delegates["KEN"], node, "request-floor", purpose="statement")
    done(chair, node, "give-floor")
    stale, seen = state(node)["speaking"]["request"], state(node)["entry"]
    done(chair, node, "end-floor", name=stale, seen=str(seen))
    done(chair, node, "give-floor")
    # The same button on a second screen, which has not heard of it yet.
    problem = barred("conferences.stale", chair, node, "end-floor", name=stale, seen=str(seen))
    assert problem["arguments"] == {"count": "2"}, problem
    assert state(node)["speaking"]["actor"] == "KEN", "the next speaker keeps the floor"
    done(chair, node, "end-floor")
    barred("conferences.stale", chair, node, "announce", name="d1", seen="0")
    # A person sees the page as it now is, with the refusal on it.
    page = chair.get(node.address + ROOM, timeout=30)
    token = next(f["fields"]["request"] for f in Forms(page.text).forms if f["fields"].get("request"))
    answer = chair.post(
        node.address + f"{ROOM}/end-floor", data={"request": token, "name": stale, "seen": str(seen)},
        headers={"Origin": node.address, "Accept": "text/html"}, timeout=30)
    assert answer.status_code == 409 and "data-test=\"standing\"" in answer.text


def test_the_nodes_clock_alone_counts(room):
    chair, node, delegates = room
    # Whatever a delegate's machine says the time is: forms carry no time, and what one sends is not read.
    done(delegates["FRA"], node, "request-floor", purpose="statement", began="2001-01-01T00:00:00.000Z", received="2001-01-01T00:00:00.000Z")
    done(chair, node, "give-floor")
    began = state(node)["speaking"]["began"]
    assert began[:4] != "2001" and abs(calendar.timegm(time.strptime(began[:19], "%Y-%m-%dT%H:%M:%S")) - time.time()) < 300
    assert requests.head(node.address + "/static/countdown.js", timeout=30).headers["Date"], "pages correct their clock by it"
    done(chair, node, "end-floor")


HOSTILE = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{self}}[[conferences.title]]", "\u202eevil\u202c <b>",
           "javascript:alert(1)", "&lt;script&gt;", "]]><!--"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markup_in_a_proposal_stays_text(room, text):
    chair, node, delegates = room
    proposal = proposed(delegates["FRA"], node, text)
    page = requests.get(node.address + ROOM, timeout=30).text
    assert "<script>alert" not in page and "<img src=x" not in page and "<!--" not in page
    assert {p["proposal"]: p for p in state(node)["proposals"]}[proposal]["parts"][0]["text"] == text
    done(delegates["FRA"], node, "withdraw-proposal", name=proposal)


def listen(node, position, until, last=None, cut_after=None):
    """Reads live events over a bare socket; cuts the connection after so many, as a lost line does."""
    line = socket.create_connection(("localhost", node.port), timeout=30)
    headers = f"Last-Event-ID: {last}\r\n" if last is not None else ""
    line.sendall(
        (f"GET /live?dossier=conference/high-seas&from={position} HTTP/1.1\r\nHost: {node.address.split('//')[1]}\r\n{headers}"
         "Accept: text/event-stream\r\n\r\n").encode())
    seen, kept = [], b""
    while len(seen) < until:
        more = line.recv(65536)
        if not more:
            break
        kept += more
        *lines, kept = kept.split(b"\n")
        for text in lines:
            if text.startswith(b"id: "):
                seen.append(int(text[4:]))
                if cut_after and len(seen) >= cut_after:
                    # Without a word: a reset, as when a lid is closed.
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    line.close()
                    return seen
    line.close()
    return seen


def test_a_browser_that_comes_back_after_an_hour_loses_nothing_and_gets_it_in_order(room):
    chair, node, delegates = room
    position = state(node)["entry"] + 1
    seen = []
    listener = threading.Thread(target=lambda: seen.extend(listen(node, position, 99, cut_after=2)))
    listener.start()
    time.sleep(0.5)
    entries = []
    for turn in range(12):
        # An hour of a meeting, while nobody listens after the second act.
        done(delegates["KEN" if turn % 2 else "FRA"], node, "request-floor", purpose="statement")
        done(chair, node, "give-floor")
        done(chair, node, "end-floor")
    listener.join(30)
    assert len(seen) >= 2
    last = seen[-1]
    rest = listen(node, 0, 36 - len(seen), last=last)
    whole = seen + rest
    assert whole == sorted(set(whole)) and len(whole) == 36, "no act twice, none missing, none out of order"
    # From the very beginning, as a browser would that slept through the conference.
    assert listen(node, 0, len(whole), last=position - 1) == whole


def test_the_roll_is_called_from_the_drawn_name_and_answered_in_turn(room):
    chair, node, delegates = room
    proposed(delegates["FRA"], node, "Parties shall keep a log.", chair=chair)
    done(delegates["CHL"], node, "move", motion="roll-call")
    barred("conference.procedure.requirement", chair, node, "open", method="show-of-hands")
    done(chair, node, "open", method="roll-call", drawn="FRA")
    name = state(node)["decisions"][-1]["decision"]
    # In English alphabetical order from France: France, Kenya, Chile.
    barred("conference.procedure.not-called", delegates["KEN"], node, "vote", name=name, vote="yes")
    assert "data-test=\"waits\"" in delegates["KEN"].get(node.address + ROOM, timeout=30).text
    done(delegates["FRA"], node, "vote", name=name, vote="yes")
    assert "Kenya" in requests.get(node.address + ROOM + "/interpreter", timeout=30).text
    barred("conferences.not-presiding", delegates["KEN"], node, "pass")
    done(chair, node, "pass", name=name)
    barred("conference.procedure.not-called", delegates["KEN"], node, "vote", name=name, vote="no")
    done(delegates["CHL"], node, "vote", name=name, vote="abstain")
    done(delegates["KEN"], node, "vote", name=name, vote="no")
    done(chair, node, "announce", name=name)
    seen = state(node)["decisions"][-1]
    assert seen["votes"] == {"FRA": "yes", "CHL": "abstain", "KEN": "no"} and seen["outcome"] == "tied"


def test_a_vote_is_explained_after_it_but_not_by_its_sponsor(room):
    chair, node, delegates = room
    name = state(node)["decisions"][-1]["decision"]
    barred("conference.procedure.sponsor-explains", delegates["FRA"], node, "explain", name=name, text="Why we did.")
    done(delegates["KEN"], node, "explain", name=name, text="We would have wished for more time.")
    assert "We would have wished for more time." in requests.get(node.address + ROOM, timeout=30).text
    done(delegates["CHL"], node, "request-floor", purpose="explanation-after", decision=name)
    done(chair, node, "give-floor")
    done(chair, node, "end-floor")


def test_parts_are_voted_on_separately_unless_somebody_objects(room):
    chair, node, delegates = room
    done(chair, node, "meeting", change="adjourned")
    done(chair, node, "meeting", change="opened")
    for code in ["FRA", "KEN", "CHL"]:
        done(delegates[code], node, "present")
    pending = [p["proposal"] for p in state(node)["proposals"] if p["fate"] == "pending"]
    for name in pending:
        # The second vote of what was tied is taken at the following meeting (GA rule 95).
        last = voted(chair, node, delegates, {"FRA": "yes", "KEN": "yes", "CHL": "no"}, concerns=name)
        assert last["outcome"] == "adopted"
    proposal = proposed(delegates["FRA"], node, "First part.\nSecond part.", chair=chair)
    done(delegates["CHL"], node, "move", motion="division", proposal=proposal, parts="2")
    motion = state(node)["pending"][0]["motion"]
    done(delegates["KEN"], node, "object", name=motion)
    assert state(node)["next"]["step"] == "put", "an objection puts the request to the vote"
    done(delegates["KEN"], node, "request-floor", purpose="against-motion", motion=motion)
    assert state(node)["next"]["step"] == "hear"
    done(chair, node, "give-floor")
    done(chair, node, "end-floor")
    assert voted(chair, node, delegates, {"FRA": "no", "KEN": "no", "CHL": "yes"})["outcome"] == "rejected"
    done(delegates["FRA"], node, "withdraw-proposal", name=proposal)


def test_the_sponsors_accept_an_amendment_without_a_vote(room):
    chair, node, delegates = room
    proposal = proposed(delegates["FRA"], node, "Parties shall report.", chair=chair)
    amendment = proposed(delegates["KEN"], node, "Parties shall report yearly.", amends=proposal)
    barred("conferences.not-yours", delegates["CHL"], node, "accept-amendment", name=amendment)
    done(delegates["FRA"], node, "accept-amendment", name=amendment)
    fates = {p["proposal"]: p["fate"] for p in state(node)["proposals"]}
    assert (fates[proposal], fates[amendment]) == ("pending", "adopted")
    assert voted(chair, node, delegates, {"FRA": "yes", "KEN": "yes", "CHL": "yes"})["outcome"] == "adopted"


def test_what_was_adopted_is_reconsidered_by_two_thirds(room):
    chair, node, delegates = room
    adopted = [p["proposal"] for p in state(node)["proposals"] if p["fate"] == "adopted"][-1]
    done(delegates["KEN"], node, "move", motion="reconsider", proposal=adopted)
    assert state(node)["next"]["majority"] == "two-thirds", state(node)["next"]
    assert voted(chair, node, delegates, {"FRA": "no", "KEN": "yes", "CHL": "abstain"})["outcome"] != "adopted"


def rules(session, node, **fields):
    page = session.get(node.address + ROOM + "/rules", timeout=30)
    token = next(f["fields"]["request"] for f in Forms(page.text).forms if f["fields"].get("request"))
    return session.post(
        node.address + ROOM + "/rules", data={"request": token, **fields},
        headers={"Origin": node.address, "Accept": "application/json"}, timeout=30, allow_redirects=False)


def test_a_body_changes_its_rules_by_its_rules(room):
    chair, node, delegates = room
    old = resource(node, ROOM + "/rules")
    assert old["procedure"] == "general-assembly" and "GA rule 72" in json.dumps(old)
    usual = dict(minutes="0", times="0", open="1/3", decide=">1/2", majority="simple", consensus="none", days=str(old["proposals"]["daysCirculated"]),
                 hours=str(old["silence"]["hours"]))
    assert rules(delegates["KEN"], node, **usual).json()["code"] == "conferences.rules-same"
    assert rules(delegates["KEN"], node, **{**usual, "decide": "9/3"}).json()["code"] == "conference.procedure.rules-malformed"
    assert rules(delegates["KEN"], node, set='{"procedure": "own"}').json()["code"] == "conference.procedure.rules-malformed"
    assert rules(delegates["KEN"], node, **{**usual, "minutes": "3"}).status_code == 303
    assert "180" in requests.get(node.address + ROOM + "/rules", timeout=30).text, "what is moved can be read by everybody"
    assert resource(node, ROOM + "/rules") == old, "it is moved, and not in force"
    assert voted(chair, node, delegates, {"FRA": "no", "KEN": "yes", "CHL": "no"})["outcome"] == "rejected"
    assert resource(node, ROOM + "/rules") == old
    assert rules(delegates["KEN"], node, **{**usual, "minutes": "3"}).status_code == 303
    assert voted(chair, node, delegates, {"FRA": "yes", "KEN": "yes", "CHL": "no"})["outcome"] == "adopted"
    new = resource(node, ROOM + "/rules")
    assert new["speakers"]["seconds"] == 180 and {**new, "speakers": None} == {**old, "speakers": None}
    done(delegates["FRA"], node, "request-floor", purpose="statement")
    assert state(node)["speakers"][0]["seconds"] == 180, "and the floor is given for three minutes"
    done(chair, node, "give-floor")
    done(chair, node, "end-floor")


def test_votes_are_weighted_where_the_rules_say_so(room):
    chair, node, delegates = room
    new = resource(node, ROOM + "/rules")
    new["voting"]["weights"] = {"FRA": 5, "KEN": 3}
    assert rules(delegates["FRA"], node, set=json.dumps(new)).status_code == 303
    assert voted(chair, node, delegates, {"FRA": "yes", "KEN": "yes", "CHL": "yes"})["outcome"] == "adopted"
    assert state(node)["quorum"]["members"] == 9
    proposed(delegates["CHL"], node, "Each shall have its weight.", chair=chair)
    barred("conference.procedure.requirement", chair, node, "open", method="show-of-hands")
    last = voted(chair, node, delegates, {"FRA": "yes", "KEN": "no", "CHL": "no"})
    assert (last["yes"], last["no"], last["outcome"]) == (5, 4, "adopted")


def test_every_face_of_the_room_is_there_for_everybody(room):
    _, node, delegates = room
    for face in ["", "/screen", "/gallery", "/interpreter", "/rules"]:
        answer = requests.get(node.address + ROOM + face, timeout=30)
        assert answer.status_code == 200, face
        assert "<form method=\"post\"" not in answer.text.split("<main", 1)[1], f"{face or 'the room'} offers a stranger nothing to do"
        assert requests.put(node.address + ROOM + face, timeout=30).status_code == 405


def weight(session, address):
    answer = session.get(address, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=30)
    assert answer.status_code == 200, address
    return len(answer.raw.read(decode_content=False)), answer.headers


def test_a_rooms_page_is_light(room):
    """At 100 kbit/s: what a delegate waits for the first time, with style and scripts, and each time something happened."""
    _, node, delegates = room
    for who, face in [(delegates["FRA"], ""), (requests.Session(), ""), (requests.Session(), "/gallery"), (requests.Session(), "/interpreter")]:
        page, _ = weight(who, node.address + ROOM + face)
        text = who.get(node.address + ROOM + face, timeout=30).text
        parts = sorted(set(re.findall(r"/static/[0-9a-f]+/[\w.-]+", text)))
        whole = page + sum(weight(who, node.address + part)[0] for part in parts)
        print(f"{face or '/'}: {page} bytes, {whole} with {len(parts)} files: {page * 8 / 100_000:.2f} s, {whole * 8 / 100_000:.2f} s")
        assert page * 8 / 100_000 < 2, "each time something happened"
        assert whole * 8 / 100_000 < 6, "the first time"


def test_an_organization_votes_with_its_members_votes_or_they_do(room):
    chair, node, delegates = room
    office = "mission-eu"
    entered(chair, node, "establish-office", page="/offices", office=office, name="Delegation of the European Union", actor="EU")
    union = enter_by_link(invite(chair, node, office, "Delegate of the Union", "delegate"), node.address)
    entered(chair, node, "delegation", actor="EU", standing="participant", office=office, members="Delegate of the Union, Head")
    done(union, node, "present")
    quorum = state(node)["quorum"]
    proposed(delegates["CHL"], node, "The Union may vote.", chair=chair)
    done(chair, node, "open", method="recorded")
    name = state(node)["decisions"][-1]["decision"]
    done(union, node, "vote", name=name, vote="yes")
    barred("conference.procedure.organization-votes", delegates["FRA"], node, "vote", name=name, vote="no")
    done(delegates["KEN"], node, "vote", name=name, vote="no")
    done(delegates["CHL"], node, "vote", name=name, vote="no")
    done(chair, node, "announce", name=name)
    last = state(node)["decisions"][-1]
    # France is the one member of the Union that sits here: the Union has France's votes, which the rules weigh at five.
    assert (last["yes"], last["no"], last["outcome"]) == (5, 4, "adopted")
    assert state(node)["quorum"] == quorum, "an organization adds nothing to its members"


def test_a_flood_from_one_delegation_is_stopped_and_the_others_go_on(room):
    chair, node, delegates = room
    page = delegates["CHL"].get(node.address + ROOM, timeout=30).text
    token = next(f["fields"]["request"] for f in Forms(page).forms if f["fields"].get("request"))
    answers = []
    for _ in range(140):
        answers.append(delegates["CHL"].post(
            node.address + f"{ROOM}/request-floor", data={"request": token, "purpose": "statement"},
            headers={"Origin": node.address, "Accept": "application/json"}, timeout=30, allow_redirects=False))
    statuses = [answer.status_code for answer in answers]
    assert 429 in statuses, statuses
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["code"] == "conferences.too-fast" and int(refused.headers["Retry-After"]) >= 1
    assert len([s for s in state(node)["speakers"] if s["actor"] == "CHL"]) <= 2, "GA rule 68, and the rules' own limit"
    done(delegates["KEN"], node, "request-floor", purpose="statement")
    assert "KEN" in [s["actor"] for s in state(node)["speakers"]]
