"""A conference from its convocation to its meetings, over the forms that its secretariat uses."""

import os
import threading
import time

import pytest
import requests

from conference import CONFERENCE, ROOM, act, convene, done, enter, entered, resource, seat, with_roles
from node import Forms
from own_node import OwnNode

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


def refused(code, *arguments, **fields):
    answer = enter(*arguments, **fields)
    assert answer.status_code >= 400, "it was not refused"
    assert answer.json()["code"] == code, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def secretariat(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("conference") / "node", "serve").start()
    session = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    yield session, node
    node.stop()


@pytest.fixture(scope="module")
def convened(secretariat):
    convene(*secretariat)
    return secretariat


def test_a_conference_is_convened_and_everybody_sees_it(convened):
    _, node = convened
    seen = resource(node)
    assert seen["symbol"] == "A/CONF.9" and seen["languages"] == ["en", "fr", "ar"]
    assert {body["body"]: body["symbol"] for body in seen["bodies"]} == {"plenary": "A/CONF.9", "navigation": "A/CONF.9/C.1"}
    assert {d["actor"]: d["standing"] for d in seen["delegations"]} == {
        "FRA": "participant", "KEN": "participant", "CHL": "participant", "VAT": "observer"}


def test_documents_follow_their_symbols(convened):
    session, node = convened
    entered(session, node, "document", body="navigation", symbol="A/CONF.9/C.1/L.1", title="Draft articles", sponsors="FRA KEN")
    refused("conferences.symbol-taken", session, node, "document", body="navigation", symbol="A/CONF.9/C.1/L.1", title="Again")
    refused("conferences.nothing-changed", session, node, "document", body="navigation", symbol="A/CONF.9/C.1/L.2/Rev.1", title="Early")
    refused("conferences.foreign-symbol", session, node, "document", body="navigation", symbol="A/CONF.8/L.1", title="Elsewhere")
    refused("conferences.unknown-sponsor", session, node, "document", body="plenary", symbol="A/CONF.9/L.1", title="Of nobody", sponsors="BRA")
    entered(session, node, "document", body="navigation", symbol="A/CONF.9/C.1/L.1/Rev.1", title="Draft articles, revised")
    assert [d["symbol"] for d in resource(node, CONFERENCE + "/documents")["documents"]] == ["A/CONF.9/C.1/L.1/Rev.1", "A/CONF.9/C.1/L.1"]
    assert "A/CONF.9/C.1/L.1/Rev.1" in session.get(node.address + CONFERENCE + "/documents/C.1_L.1", timeout=30).text


def test_a_conference_that_is_open_is_one_click_from_the_first_page(convened):
    session, node = convened
    page = requests.get(node.address + "/", timeout=30).text
    assert ('data-test="going-on"' in page) == ("2026-11-01" <= time.strftime("%Y-%m-%d", time.gmtime()) <= "2026-12-11")
    assert not ('data-test="going-on"' in requests.get(node.address + "/treaties?status=inForce", timeout=30).text)


def test_credentials_are_reported_on_and_shown(convened):
    session, node = convened
    entered(session, node, "credentials", document="A/CONF.9/5", inOrder="FRA KEN", provisional="CHL")
    refused("conferences.credentials-twice", session, node, "credentials", document="A/CONF.9/5", inOrder="FRA", contested="FRA")
    refused("conferences.unknown-delegation", session, node, "credentials", document="A/CONF.9/5", inOrder="VAT")
    seen = {d["actor"]: d["credentials"] for d in resource(node, CONFERENCE + "/delegations")["delegations"]}
    assert seen == {"FRA": "in-order", "KEN": "in-order", "CHL": "provisional", "VAT": "awaited"}


def test_a_meeting_is_called_to_order_once(convened):
    session, node = convened
    action = CONFERENCE + "/secretariat/meetings"

    def change(body, change):
        page = session.get(node.address + CONFERENCE + "/secretariat", timeout=30).text
        token = next(f for f in Forms(page).forms if f["attributes"]["action"] == action)["fields"]["request"]
        return session.post(
            node.address + action, data={"request": token, "body": body, "change": change},
            headers={"Origin": node.address, "Accept": "application/json"}, timeout=30, allow_redirects=False)

    assert change("navigation", "opened").status_code == 303
    assert change("navigation", "opened").json()["code"] == "conferences.meeting-state"
    assert change("navigation", "suspended").status_code == 303
    assert change("navigation", "resumed").status_code == 303
    assert change("navigation", "adjourned").status_code == 303
    assert change("navigation", "opened").status_code == 303
    meetings = [m for m in resource(node)["meetings"] if m["body"] == "navigation"]
    assert [(m["meeting"], m["state"]) for m in meetings] == [(2, "open"), (1, "adjourned")]
    assert change("nowhere", "opened").json()["code"] == "conferences.unknown-body"


def test_who_has_no_role_may_not_enter_anything(convened):
    _, node = convened
    answer = requests.get(node.address + CONFERENCE + "/secretariat", headers={"Accept": "application/json"}, timeout=30)
    assert answer.status_code == 401


# The room


@pytest.fixture(scope="module")
def missions(convened):
    """A delegate of each State, signed in, and the observer's."""
    return *convened, seat(*convened)


def barred(code, *arguments, **fields):
    answer = act(*arguments, **fields)
    assert answer.status_code >= 400, "it was not refused"
    assert answer.json()["code"] == code, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def room(missions):
    chair, node, delegates = missions
    done(chair, node, "meeting", change="opened")
    for delegate in delegates.values():
        done(delegate, node, "present")
    return chair, node, delegates


def state(node):
    return resource(node, ROOM)


def test_the_floor_is_given_in_the_order_of_the_rules(room):
    chair, node, delegates = room
    done(delegates["VAT"], node, "request-floor", purpose="statement")
    done(delegates["KEN"], node, "request-floor", purpose="statement")
    done(delegates["FRA"], node, "request-floor", purpose="statement")
    assert [s["actor"] for s in state(node)["speakers"]] == ["KEN", "FRA", "VAT"], "observers speak last"
    last = state(node)["speakers"][-1]["request"]
    barred("conference.procedure.not-next", chair, node, "give-floor", name=last)
    done(chair, node, "give-floor")
    assert state(node)["speaking"]["actor"] == "KEN"
    barred("conference.procedure.floor-taken", chair, node, "give-floor")
    barred("conferences.not-presiding", delegates["FRA"], node, "end-floor")
    for _ in range(3):
        done(chair, node, "end-floor")
        if state(node)["speakers"]:
            done(chair, node, "give-floor")
    assert state(node)["speakers"] == []


def test_an_observer_moves_nothing(room):
    _, node, delegates = room
    problem = barred("conference.procedure.observer", delegates["VAT"], node, "move", motion="close-debate")
    assert problem["citation"]


def test_a_proposal_is_amended_voted_on_and_adopted(room):
    chair, node, delegates = room
    done(delegates["FRA"], node, "propose", text="Parties shall mark sea lanes.\nParties shall share their charts.", sponsors="KEN")
    proposal = state(node)["proposals"][-1]["proposal"]
    done(delegates["CHL"], node, "propose", text="Replace 'shall' by 'should'.", amends=proposal)
    amendment = state(node)["proposals"][-1]["proposal"]
    barred("conference.procedure.not-circulated", chair, node, "open", method="recorded")
    for concerned in [proposal, amendment]:
        done(chair, node, "rule", subject="circulation", concerns=concerned, allowed="yes")
    done(chair, node, "open", method="recorded")
    decision = state(node)["decisions"][-1]
    assert decision["concerns"] == amendment, "the amendment is voted on before the proposal (GA rule 90)"
    done(delegates["CHL"], node, "vote", name=decision["decision"], vote="yes")
    barred("conference.procedure.voted", delegates["CHL"], node, "vote", name=decision["decision"], vote="no")
    for code in ["FRA", "KEN"]:
        done(delegates[code], node, "vote", name=decision["decision"], vote="no")
    barred("conference.procedure.observer", delegates["VAT"], node, "vote", name=decision["decision"], vote="yes")
    done(chair, node, "announce")
    assert state(node)["decisions"][-1]["outcome"] == "rejected"
    done(chair, node, "open", method="recorded")
    decision = state(node)["decisions"][-1]
    assert decision["concerns"] == proposal
    done(delegates["FRA"], node, "vote", name=decision["decision"], vote="yes")
    done(delegates["KEN"], node, "vote", name=decision["decision"], vote="yes")
    done(delegates["CHL"], node, "vote", name=decision["decision"], vote="abstain")
    done(chair, node, "announce")
    seen = state(node)["decisions"][-1]
    assert (seen["outcome"], seen["yes"], seen["no"], seen["abstaining"]) == ("adopted", 2, 0, 1)
    assert seen["votes"] == {"FRA": "yes", "KEN": "yes", "CHL": "abstain"} and seen["rules"]
    barred("conference.procedure.decision-closed", delegates["FRA"], node, "vote", name=decision["decision"], vote="yes")


def test_what_happens_reaches_a_listener_and_comes_again_after_a_break(room):
    chair, node, delegates = room
    position = state(node)["entry"] + 1
    seen, times = [], []

    def listen(headers):
        with requests.get(
            node.address + "/live", params={"dossier": "conference/high-seas", "from": position}, headers=headers, stream=True, timeout=30
        ) as stream:
            for line in stream.iter_lines():
                if line.startswith(b"id: "):
                    seen.append(int(line[4:]))
                    times.append(time.time())
                    if len(seen) >= 2:
                        return

    listener = threading.Thread(target=listen, args=({},))
    listener.start()
    time.sleep(0.5)
    done(delegates["KEN"], node, "request-floor", purpose="statement")
    done(delegates["FRA"], node, "request-floor", purpose="statement")
    listener.join(20)
    first = list(seen)
    assert len(first) == 2 and first == sorted(first)
    seen.clear()
    done(chair, node, "give-floor")
    listen({"Last-Event-ID": str(first[0])})
    assert seen[0] == first[1], "what came after the last event seen comes again, and nothing is left out"


def test_a_motion_that_is_carried_adjourns_the_meeting(room):
    chair, node, delegates = room
    done(chair, node, "end-floor")
    done(delegates["CHL"], node, "move", motion="adjourn-meeting")
    assert state(node)["next"]["step"] == "put"
    done(chair, node, "open", method="recorded")
    decision = state(node)["decisions"][-1]["decision"]
    for code in ["FRA", "CHL"]:
        done(delegates[code], node, "vote", name=decision, vote="yes")
    done(chair, node, "announce")
    assert [m["state"] for m in resource(node)["meetings"] if m["body"] == "plenary"] == ["adjourned"]
    barred("conference.procedure.meeting-not-open", delegates["FRA"], node, "request-floor", purpose="statement")


def test_a_private_meeting_is_for_those_who_sit_in_it(room):
    chair, node, delegates = room
    done(chair, node, "meeting", change="opened", private="yes")
    assert requests.get(node.address + ROOM, headers={"Accept": "application/json"}, timeout=30).status_code == 403
    assert delegates["FRA"].get(node.address + ROOM, timeout=30).status_code == 200
