"""A conference from its convocation to its meetings, over the forms that its secretariat uses."""

import pytest

from node import Forms
from own_node import OwnNode
from test_8_federation import PROGRAM
from test_9_correspondence import form, send

import re

CONFERENCE = "/conferences/high-seas"


def enter(session, node, mark, page=CONFERENCE + "/secretariat", **fields):
    """Sends one form of the secretariat's desk and gives the answer."""
    found = form(session, node, page, mark)
    values = {"request": found["fields"]["request"], **fields}
    return session.post(
        node.address + found["attributes"]["action"], data=values, headers={"Origin": node.address, "Accept": "application/json"},
        timeout=30, allow_redirects=False)


def entered(*arguments, **fields):
    answer = enter(*arguments, **fields)
    assert answer.status_code == 303, answer.text
    return answer


def refused(code, *arguments, **fields):
    answer = enter(*arguments, **fields)
    assert answer.status_code >= 400, "it was not refused"
    assert answer.json()["code"] == code, answer.text
    return answer.json()


def with_roles(node, *roles):
    """The first officer, given further roles."""
    session = node.sign_in()
    page = session.get(node.address + "/offices/depositary", timeout=30).text
    person = re.search(r"/offices/depositary/people/([^\"/]+)\"", page).group(1)
    change = next(f for f in Forms(page).forms if f["attributes"]["action"].endswith(f"/people/{person}"))
    send(session, node, change["attributes"]["action"], [("request", change["fields"]["request"])] + [("role", role) for role in roles])
    return session


@pytest.fixture(scope="module")
def secretariat(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("conference") / "node", "serve").start()
    session = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    yield session, node
    node.stop()


@pytest.fixture(scope="module")
def convened(secretariat):
    session, node = secretariat
    fields = dict(
        title="Conference on the High Seas", symbol="A/CONF.9", conference="high-seas", place="Geneva", opens="2026-11-01",
        closes="2026-12-11", zone="Europe/Zurich", procedure="general-assembly", languages="en fr ar")
    fields["title-fr"] = "Conférence sur la haute mer"
    entered(session, node, "convene", page="/conferences/new", **fields)
    for state in ["France", "Kenya", "Chile"]:
        entered(session, node, "delegation", actor=state, standing="participant", members=f"Head of {state}, Head of delegation")
    entered(session, node, "delegation", actor="Holy See", standing="observer", members="")
    entered(session, node, "body", form="plenary", name="Plenary", body="plenary")
    entered(session, node, "body", form="committee", name="Committee on Navigation", body="navigation", symbol="C.1", parent="plenary")
    return secretariat


def resource(node, address=CONFERENCE):
    import requests

    return requests.get(node.address + address, headers={"Accept": "application/json"}, timeout=30).json()


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
    import requests

    _, node = convened
    answer = requests.get(node.address + CONFERENCE + "/secretariat", headers={"Accept": "application/json"}, timeout=30)
    assert answer.status_code == 401
