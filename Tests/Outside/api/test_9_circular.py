"""One note to all missions: three nodes, each addressee with a delivery state of its own; and a note handed on, with its proof."""

import os
import re

import pytest
import requests

from correspondents import accept, approve, draft, form, party, send, staffed, wait_for
from own_node import OwnNode

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """A ministry that knows two missions; the second mission does not know the ministry's other correspondents."""
    folder = tmp_path_factory.mktemp("three")
    nodes = [
        OwnNode(PROGRAM, folder / name, "serve", federation={"privateAddresses": True, "refresh": 1}, name=name.capitalize()).start()
        for name in ["ministry", "east", "west"]
    ]
    people = [staffed(node) for node in nodes]
    for node, (session, _) in zip(nodes, people):
        for other in nodes:
            if other is not node:
                accept(node, session, other)
    yield nodes, people
    for node in nodes:
        node.stop()


def states(node, session, note):
    found = session.get(f"{node.address}{note}?format=json", timeout=30).json()
    return {one["office"]: one["state"] for one in found["to"]}


def incoming(node, session):
    return session.get(node.address + "/correspondence?format=json", timeout=30).json()["incoming"]


def test_a_circular_goes_to_every_mission_and_each_has_its_own_state(three):
    nodes, people = three
    ministry, east, west = nodes
    west.kill()
    sheet = draft(ministry, people[0][0], "Circular on the holiday", "The Ministry will be closed.", kind="circular", all="yes")
    note = approve(ministry, people[0][1], sheet)
    wait_for(lambda: states(ministry, people[0][0], note) == {party(east): "delivered", party(west): "waiting"})
    page = people[0][0].get(ministry.address + note, timeout=30).text
    assert sorted(re.findall(r'data-test="addressee" data-state="([a-z]+)"', page)) == ["delivered", "waiting"]
    assert re.findall(r'href="([^"]+)" data-test="node"', page) == [f"/nodes/localhost%3A{west.port}"], "of the one it waits for"
    received = incoming(east, people[1][0])[0]
    assert received["kind"] == "circular" and received["subject"] == "Circular on the holiday"
    assert {one["office"] for one in received["to"]} == {party(east), party(west)}
    page = f"/correspondence/{received['entry']}"
    acknowledge = form(people[1][0], east, page, "acknowledge")
    send(people[1][0], east, acknowledge["attributes"]["action"], acknowledge["fields"])
    wait_for(lambda: states(ministry, people[0][0], note) == {party(east): "acknowledged", party(west): "waiting"})
    west.start()
    wait_for(lambda: states(ministry, people[0][0], note)[party(west)] == "delivered", seconds=90)
    assert incoming(west, people[2][0])[0]["subject"] == "Circular on the holiday"


def test_a_note_handed_on_is_verified_against_its_first_senders_record(three):
    nodes, people = three
    ministry, east, west = nodes
    sheet = draft(ministry, people[0][0], "For the East alone", "Please share as you see fit.", to=party(east))
    approve(ministry, people[0][1], sheet)
    received = wait_for(lambda: next((n for n in incoming(east, people[1][0]) if n["subject"] == "For the East alone"), None))
    page = f"/correspondence/{received['entry']}"
    hand = form(people[1][0], east, page, "forward")
    send(people[1][0], east, hand["attributes"]["action"], {"request": hand["fields"]["request"], "to": party(west)})
    handed = wait_for(lambda: next((n for n in incoming(west, people[2][0]) if n["subject"] == "For the East alone"), None))
    address = f"{west.address}/correspondence/{handed['entry']}"
    assert people[2][0].get(address + "?format=json", timeout=30).json()["original"] == "verified"
    shown = people[2][0].get(address, timeout=30).text
    assert 'data-test="original" data-state="verified"' in shown and "Verified: the record of its first sender" in shown


def test_an_answer_that_is_late_stands_out_on_the_desk(three):
    nodes, people = three
    ministry, east, _ = nodes
    today = requests.get(ministry.address + "/health", timeout=30).headers["Date"]
    day = __import__("email.utils", fromlist=["utils"]).parsedate_to_datetime(today).date().isoformat()
    sheet = draft(ministry, people[0][0], "Answer today", "The Ministry would be grateful.", to=party(east), deadline=day)
    approve(ministry, people[0][1], sheet)
    wait_for(lambda: any(n["subject"] == "Answer today" for n in incoming(east, people[1][0])))
    for node, (session, _) in ((ministry, people[0]), (east, people[1])):
        page = session.get(node.address + "/correspondence", timeout=30).text
        assert 'data-test="urgency" data-state="soon"' in page, "the day is near on both desks"


def test_a_form_that_cannot_be_sealed_says_why(three):
    nodes, people = three
    ministry = nodes[0]
    sheet = form(people[0][0], ministry, "/correspondence/new", "write")
    answer = people[0][0].post(
        ministry.address + sheet["attributes"]["action"],
        data={
            "request": sheet["fields"]["request"], "from": "depositary", "kind": "letter", "to": party(nodes[1]), "subject": "Long",
            # 60,000 characters of four bytes: within the form's limit, past the sealed message's.
            "body": "\U0001f4dc" * 60_000,
        },
        files={"attachment": ("", b"", "application/octet-stream")}, headers={"Origin": ministry.address}, timeout=60, allow_redirects=False)
    assert answer.status_code == 400, answer.status_code
    assert "has more than 131072 bytes" in answer.text.replace(",", "").replace("\u2068", "").replace("\u2069", "")
