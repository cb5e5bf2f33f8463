"""A note verbale from a State's ministry to the depositary's office and back, between two nodes; and that nobody else can read it."""

import base64
import json
import os
import re
import subprocess
import time

import pytest
import requests

from correspondents import accept, approve, draft, form, party, send, staffed, wait_for
from own_node import OwnNode

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
SUBJECT = "Zephyrine subject of the note"
BODY = "The Ministry presents its compliments. Quintessential zirconium matters.\n\nIt avails itself of this opportunity."
ATTACHED = b"obfuscated-but-not: attachment-plaintext-marker\n" * 40


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


def nodes_json(node):
    return requests.get(node.address + "/nodes?format=json", timeout=30).json()


def write(two, sender, to, subject=SUBJECT, body=BODY, files=None, **more):
    nodes, people = two
    node, (drafter, approver) = nodes[sender], people[sender]
    sheet = draft(node, drafter, subject, body, files, to=party(to), **more)
    # Who drafted it may not approve it.
    assert 'data-test="send"' not in drafter.get(node.address + sheet, timeout=30).text
    return approve(node, approver, sheet)


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
    for name in ("attachment", "all"):
        fields.pop(name, None)
    written = send(people[1][0], nodes[1], sheet["attributes"]["action"], fields)
    approve(nodes[1], people[1][1], written)
    wait_for(lambda: 'data-test="thread"' in people[0][0].get(nodes[0].address + note[0], timeout=30).text)


def log_keys(node):
    """The Ed25519 key of a node's record, from its own document."""
    keys = requests.get(node.address + "/.well-known/chancery", timeout=30).json()["document"]["log"]
    return [key for key in keys if base64.b64decode(key.split("+", 2)[2])[0] == 1]


def verify(folder, content, keys):
    """The exit code of `chancery verify`, run without any node, and what it said."""
    file = folder / "note.proofs.json"
    file.write_bytes(content)
    command = [PROGRAM, "verify", file, "--json"] + [word for key in keys for word in ("--key", key)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.returncode, json.loads(done.stdout) if done.stdout.strip() else done.stderr


def test_each_sides_copy_proves_what_was_sent_and_received(two, note, tmp_path):
    nodes, people = two
    keys = [log_keys(node)[0] for node in nodes]
    page = people[0][0].get(nodes[0].address + note[0], timeout=30).text
    receipt = re.search(r'href="([^"]+)" data-test="receipt"', page).group(1)
    content = people[0][0].get(nodes[0].address + receipt.replace("&amp;", "&"), timeout=30).content
    code, found = verify(tmp_path, content, keys)
    assert code == 0, found
    sent = next(one for one in found if one["kind"] == "note.sent@1")
    received = next(one for one in found if one["kind"] == "exchange.received@1" and one["origin"] == f"localhost:{nodes[1].port}/record")
    # The receiver's record holds the very act that the sender's record holds, each proved by its own log.
    assert received["carries"]["verified"] and received["carries"]["origin"] == f"localhost:{nodes[0].port}/record"
    assert received["carries"]["index"] == sent["index"] and received["carries"]["payload"] == sent["payload"]
    # The receiver's own copy proves the same without the sender.
    page = people[1][0].get(nodes[1].address + note[1], timeout=30).text
    proof = re.search(r'href="([^"]+)" data-test="proof"', page).group(1)
    theirs = people[1][0].get(nodes[1].address + proof.replace("&amp;", "&"), timeout=30).content
    code, found = verify(tmp_path, theirs, keys)
    assert code == 0, found
    own = next(one for one in (found if isinstance(found, list) else [found]) if one["kind"] == "exchange.received@1")
    assert own["carries"]["payload"] == sent["payload"]
    # Without the other's key nothing is claimed about the other's record; with a wrong one, or a changed byte, nothing holds.
    bundle = json.loads(theirs)
    alone = json.dumps({**bundle, "proofs": bundle["proofs"][:1]}).encode()
    code, found = verify(tmp_path, alone, keys[1:])
    assert code == 0 and found["carries"]["verified"] is False and found["carries"]["origin"] == f"localhost:{nodes[0].port}/record"
    assert verify(tmp_path, content, keys[1:])[0] == 1
    proofs = json.loads(content)
    place = proofs["proofs"][-1].index("extra ") + 400
    old = proofs["proofs"][-1]
    proofs["proofs"][-1] = old[:place] + ("A" if old[place] != "A" else "B") + old[place + 1 :]
    assert verify(tmp_path, json.dumps(proofs).encode(), keys)[0] in (1, 2)


def test_the_proof_is_for_the_notes_audience_only(two, note):
    nodes, _ = two
    answer = requests.get(nodes[0].address + note[0] + "/proof", headers={"Accept": "application/json"}, timeout=30)
    assert answer.status_code == 401 and answer.headers["Content-Type"] == "application/problem+json"


def test_what_comes_and_goes_is_in_the_dossier_that_open_pages_listen_to(two, note):
    nodes, people = two
    kinds = set()
    for node, (person, _) in zip(nodes, people):
        acts = person.get(node.address + "/record/acts?dossier=correspondence&format=json", timeout=30).json()["acts"]
        kinds |= {act["kind"] for act in acts}
    assert {"exchange.received@1", "exchange.delivered@1", "note.sent@1"} <= kinds


def test_an_attachment_is_taken_out_of_a_draft(two):
    nodes, people = two
    node, (drafter, _) = nodes[0], people[0]
    files = [("attachment", ("keep.txt", b"kept", "text/plain")), ("attachment", ("drop.txt", b"dropped", "text/plain"))]
    address = draft(node, drafter, "Two files", "One of them goes.", files, to=party(nodes[1]))
    page = drafter.get(node.address + address + "/edit", timeout=30).text
    names = re.findall(r'name="keep" value="([0-9a-f]{64})" checked> <bdi>([^<]+)</bdi>', page)
    assert [name for _, name in names] == ["keep.txt", "drop.txt"]
    sheet = form(drafter, node, address + "/edit", "write")
    send(drafter, node, sheet["attributes"]["action"], {
        "request": sheet["fields"]["request"], "from": "depositary", "kind": "letter", "to": party(nodes[1]), "subject": "One file",
        "body": "One of them went.", "keep": names[0][0],
    }, files={"attachment": ("", b"", "application/octet-stream")})
    page = drafter.get(node.address + address, timeout=30).text
    assert "keep.txt" in page and "drop.txt" not in page


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
