"""A note verbale from a State's ministry to the depositary's office and back, between two nodes; and that nobody else can read it."""

import json
import os
import re
import time

import pytest
import requests

from node import Forms
from own_node import OwnNode
from test_8_federation import PROGRAM, accept, nodes_json, wait_for

SUBJECT = "Zephyrine subject of the note"
BODY = "The Ministry presents its compliments. Quintessential zirconium matters.\n\nIt avails itself of this opportunity."
ATTACHED = b"obfuscated-but-not: attachment-plaintext-marker\n" * 40


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


def staffed(node):
    """An administrator who drafts, and a second person who approves."""
    first = node.sign_in()
    page = first.get(node.address + "/offices/depositary", timeout=30).text
    person = re.search(r"/offices/depositary/people/([^\"/]+)\"", page).group(1)
    change = next(f for f in Forms(page).forms if f["attributes"]["action"].endswith(f"/people/{person}"))
    send(first, node, change["attributes"]["action"], [
        ("request", change["fields"]["request"]), ("role", "administrator"), ("role", "depositary-officer"), ("role", "correspondent")])
    invite = form(first, node, "/offices/depositary", "invite")
    shown = first.post(
        node.address + invite["attributes"]["action"],
        data=[("request", invite["fields"]["request"]), ("name", "Head of Chancery"), ("role", "approver")],
        headers={"Origin": node.address}, timeout=30)
    link = re.search(r"http://[^<\s]+/sign-in/link\?token=[^<\s]+", shown.text).group()
    second = requests.Session()
    page = second.get(link, timeout=30)
    confirm = next(f for f in Forms(page.text).forms if f["attributes"].get("data-test") == "confirm-link")
    second.post(node.address + confirm["attributes"]["action"], data=confirm["fields"], headers={"Origin": node.address}, timeout=30)
    return first, second


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two")
    nodes = [
        OwnNode(PROGRAM, folder / name, "serve", federation={"privateAddresses": True, "refresh": 1}, name=name.capitalize(), logLevel="debug").start()
        for name in ["norland", "secretariat"]
    ]
    people = [staffed(node) for node in nodes]
    for node, (first, _), other in zip(nodes, people, reversed(nodes)):
        accept(node, first, other)
    yield nodes, people
    for node in nodes:
        node.stop()


def party(node):
    return f"localhost:{node.port}/depositary"


def write(two, sender, to, subject=SUBJECT, body=BODY, files=None, **more):
    nodes, people = two
    node, (drafter, approver) = nodes[sender], people[sender]
    sheet = form(drafter, node, "/correspondence/new" + (f"?reply={more['reply']}" if "reply" in more else ""), "write")
    fields = {
        "request": sheet["fields"]["request"], "from": "depositary", "kind": "note-verbale", "to": party(to), "subject": subject, "body": body,
        **more,
    }
    draft = send(drafter, node, sheet["attributes"]["action"], fields, files)
    # Who drafted it may not approve it.
    page = drafter.get(node.address + draft, timeout=30).text
    assert 'data-test="send"' not in page
    sheet = form(approver, node, draft, "send")
    return send(approver, node, sheet["attributes"]["action"], sheet["fields"])


@pytest.fixture(scope="module")
def note(two):
    """The address of the note at its sender's, and at its addressee's, once delivered and receipted."""
    nodes, people = two
    own = write(two, 0, nodes[1], files={"attachment": ("annex.txt", ATTACHED, "text/plain")})
    there = wait_for(lambda: people[1][0].get(nodes[1].address + "/correspondence?format=json", timeout=30).json()["incoming"])
    wait_for(lambda: next(p for p in nodes_json(nodes[0])["peers"])["delivered"] >= 1)
    return own, f"/correspondence/{there[0].get('entry', there[0].get('note'))}"


def test_the_note_arrives_and_can_be_read_by_its_addressee(two, note):
    nodes, people = two
    page = people[1][0].get(nodes[1].address + note[1], timeout=30).text
    assert SUBJECT in page and "Quintessential zirconium" in page
    attachment = re.search(r'href="([^"]+)"[^>]*data-test="attachment"', page).group(1)
    assert people[1][0].get(nodes[1].address + attachment, timeout=30).content == ATTACHED


def test_the_sender_has_a_receipt_that_the_others_record_proves(two, note):
    nodes, people = two
    page = people[0][0].get(nodes[0].address + note[0], timeout=30).text
    assert 'data-test="event"' in page
    acts = people[0][0].get(nodes[0].address + "/record/acts?kind=exchange.delivered@1&format=json", timeout=30).json()["acts"]
    assert acts
    act = people[0][0].get(f"{nodes[0].address}/record/acts/{acts[0]['entry']}?format=json", timeout=30).json()
    text = json.dumps(act)
    assert "c2sp.org/tlog-proof@v1" in text and f"localhost:{nodes[1].port}/record" in text


def test_the_addressee_acknowledges_and_answers_in_the_thread(two, note):
    nodes, people = two
    sheet = form(people[1][0], nodes[1], note[1], "acknowledge")
    send(people[1][0], nodes[1], sheet["attributes"]["action"], sheet["fields"])
    wait_for(lambda: "acknowledged" in people[0][0].get(nodes[0].address + note[0] + "?format=json", timeout=30).text)
    page = people[1][0].get(nodes[1].address + note[1], timeout=30).text
    answer = re.search(r'href="([^"]+)"[^>]*data-test="answer"', page).group(1)
    sheet = form(people[1][0], nodes[1], answer.replace("&amp;", "&"), "write")
    fields = {**sheet["fields"], "from": "depositary", "kind": "note-verbale", "to": party(nodes[0]), "subject": "Answer", "body": "Agreed."}
    fields.pop("attachment", None)
    draft = send(people[1][0], nodes[1], sheet["attributes"]["action"], fields)
    sheet = form(people[1][1], nodes[1], draft, "send")
    send(people[1][1], nodes[1], sheet["attributes"]["action"], sheet["fields"])
    wait_for(lambda: 'data-test="thread"' in people[0][0].get(nodes[0].address + note[0], timeout=30).text)


def test_strangers_see_nothing_of_it(two, note):
    nodes, _ = two
    for node, path in ((nodes[0], note[0]), (nodes[1], note[1])):
        answer = requests.get(node.address + path, timeout=30, allow_redirects=False)
        assert answer.status_code in (302, 303, 401, 403, 404) and SUBJECT not in answer.text
    acts = requests.get(nodes[1].address + "/record/acts?format=json", timeout=30).text
    assert SUBJECT not in acts


def test_nothing_of_the_content_rests_in_clear_anywhere(two, note):
    """Records, views, their logs, blobs, witness's memory, what the node logged at its most talkative."""
    nodes, _ = two
    marks = [b"Zephyrine", b"Quintessential", b"attachment-plaintext-marker", b"annex.txt"]
    looked = 0
    for node in nodes:
        for folder, _, files in os.walk(node.folder):
            for name in files:
                content = open(os.path.join(folder, name), "rb").read()
                looked += len(content)
                for mark in marks:
                    assert mark not in content, f"{mark} in {folder}/{name}"
    assert looked > 100_000


def test_what_waits_is_delivered_when_the_other_node_is_back(two, note):
    nodes, people = two
    before = len(people[1][0].get(nodes[1].address + "/correspondence?format=json", timeout=30).json()["incoming"])
    nodes[1].kill()
    write(two, 0, nodes[1], subject="While you were away", body="Nothing is lost.")
    time.sleep(1)
    assert nodes_json(nodes[0])["peers"][0]["waiting"] >= 1
    nodes[1].start()
    people[1][0].get(nodes[1].address + "/", timeout=30)
    wait_for(
        lambda: len(people[1][0].get(nodes[1].address + "/correspondence?format=json", timeout=30).json()["incoming"]) == before + 1,
        seconds=60)
    wait_for(lambda: nodes_json(nodes[0])["peers"][0]["waiting"] == 0, seconds=60)
