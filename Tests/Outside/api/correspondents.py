"""Offices of nodes that write to one another: who drafts, who approves, and the forms they fill in."""

import re
import time

import requests

from node import Forms


def wait_for(what, seconds=30):
    until = time.time() + seconds
    while time.time() < until:
        found = what()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError("it did not come to pass")


def accept(node, session, other):
    """Asks for the other's document, compares its key as a person would, and accepts it."""
    page = session.get(node.address + "/nodes", timeout=30).text
    assert 'data-test="ask-node"' in page
    token = Forms(page).forms
    ask = next(form for form in token if form["attributes"].get("data-test") == "ask-node")
    shown = session.post(
        node.address + "/nodes/ask", data={**ask["fields"], "address": other.address}, headers={"Origin": node.address}, timeout=30)
    assert shown.status_code == 200, shown.text[-800:]
    document = requests.get(other.address + "/.well-known/chancery", timeout=30).json()["document"]
    assert document["keys"][0]["id"] in shown.text
    confirm = next(form for form in Forms(shown.text).forms if form["attributes"]["action"] == "/nodes/accept")
    answer = session.post(
        node.address + "/nodes/accept", data=confirm["fields"], headers={"Origin": node.address}, timeout=30, allow_redirects=False)
    assert answer.status_code == 303, answer.text[-800:]


def form(session, node, page, mark):
    answer = session.get(node.address + page, timeout=30)
    assert answer.status_code == 200, answer.text[-600:]
    for found in Forms(answer.text).forms:
        if found["attributes"].get("data-test") == mark:
            return found
    raise AssertionError(f"no form {mark} on {page}")


def send(session, node, address, fields, files=None):
    answer = session.post(
        node.address + address, data=fields, files=files, headers={"Origin": node.address}, timeout=60, allow_redirects=False)
    assert answer.status_code == 303, (re.findall(r'data-test="refusal".*?</div>', answer.text, re.S) or [answer.text[-1200:]])[0]
    return answer.headers["Location"]


def enter(link, address):
    """A session of whom a one-time link is for."""
    session = requests.Session()
    page = session.get(link, timeout=30)
    confirm = next(f for f in Forms(page.text).forms if f["attributes"].get("data-test") == "confirm-link")
    session.post(address + confirm["attributes"]["action"], data=confirm["fields"], headers={"Origin": address}, timeout=30)
    return session


def invite(administrator, node, office, name, *roles):
    """The one-time link of a new person of an office."""
    sheet = form(administrator, node, f"/offices/{office}", "invite")
    shown = administrator.post(
        node.address + sheet["attributes"]["action"],
        data=[("request", sheet["fields"]["request"]), ("name", name)] + [("role", role) for role in roles],
        headers={"Origin": node.address}, timeout=30)
    return re.search(r"http://[^<\s]+/sign-in/link\?token=[^<\s]+", shown.text).group()


def staffed(node):
    """An administrator who drafts, and a second person who approves."""
    first = node.sign_in()
    page = first.get(node.address + "/offices/depositary", timeout=30).text
    person = re.search(r"/offices/depositary/people/([^\"/]+)\"", page).group(1)
    change = next(f for f in Forms(page).forms if f["attributes"]["action"].endswith(f"/people/{person}"))
    send(first, node, change["attributes"]["action"], [
        ("request", change["fields"]["request"]), ("role", "administrator"), ("role", "depositary-officer"), ("role", "correspondent")])
    return first, enter(invite(first, node, "depositary", "Head of Chancery", "approver"), node.address)


def party(node):
    return f"localhost:{node.port}/depositary"


def draft(node, drafter, subject, body, files=None, **more):
    """Drafts a note; the address of the draft."""
    sheet = form(drafter, node, "/correspondence/new" + (f"?reply={more['reply']}" if "reply" in more else ""), "write")
    fields = {
        "request": sheet["fields"]["request"], "from": "depositary", "kind": "note-verbale", "subject": subject, "body": body, **more,
    }
    return send(drafter, node, sheet["attributes"]["action"], fields, files)


def approve(node, approver, draft):
    """Approves a draft; the address of the note."""
    sheet = form(approver, node, draft, "send")
    return send(approver, node, sheet["attributes"]["action"], sheet["fields"])
