"""A conference on a node of a test's own: how its secretariat sets it up and how delegates act in its room."""

import re

import requests

from correspondents import enter as enter_by_link
from correspondents import form, invite, send
from node import Forms

ROOM = "/conferences/high-seas/rooms/plenary"
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


def with_roles(node, *roles, session=None):
    """The first officer, given further roles; signed in by the node's link where there is no session yet."""
    session = session or node.sign_in()
    page = session.get(node.address + "/offices/depositary", timeout=30).text
    person = re.search(r"/offices/depositary/people/([^\"/]+)\"", page).group(1)
    change = next(f for f in Forms(page).forms if f["attributes"]["action"].endswith(f"/people/{person}"))
    send(session, node, change["attributes"]["action"], [("request", change["fields"]["request"])] + [("role", role) for role in roles])
    return session


def convene(session, node):
    """A conference with three States, an observer, a plenary and a committee."""
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


def seat(session, node):
    """A delegate of each State, signed in, and the observer's, by the delegation's code."""
    delegates = {}
    for code, state in [("FRA", "France"), ("KEN", "Kenya"), ("CHL", "Chile"), ("VAT", "Holy See")]:
        office = f"mission-{code.lower()}"
        entered(session, node, "establish-office", page="/offices", office=office, name=f"Mission of {state}", actor=code)
        link = invite(session, node, office, f"Delegate of {state}", "delegate")
        delegates[code] = enter_by_link(link, node.address)
        standing = "observer" if code == "VAT" else "participant"
        entered(session, node, "delegation", actor=code, standing=standing, office=office, members=f"Delegate of {state}, Head of delegation")
    return delegates


def resource(node, address=CONFERENCE):
    return requests.get(node.address + address, headers={"Accept": "application/json"}, timeout=30).json()


def act(session, node, action, room=ROOM, **fields):
    """Does one thing in the room, as its page's forms do."""
    page = session.get(node.address + room, timeout=30)
    assert page.status_code == 200, page.text[-400:]
    token = next(f for f in Forms(page.text).forms if f["attributes"]["action"].startswith(room))["fields"]["request"]
    return session.post(
        node.address + f"{room}/{action}", data={"request": token, **fields},
        headers={"Origin": node.address, "Accept": "application/json"}, timeout=30, allow_redirects=False)


def done(*arguments, **fields):
    answer = act(*arguments, **fields)
    assert answer.status_code == 303, answer.text
