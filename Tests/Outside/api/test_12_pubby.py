"""pubby, a server of another make that verifies before it answers and keeps keys it has seen, follows an office: it sees statements, edits and
deletions, answers, boosts, likes and quotes, and stays through a roll of the office's keys."""

import os
import pathlib
import subprocess
import sys

import pytest
import requests

from correspondents import form, send, wait_for
from own_node import OwnNode, free_port
from press import TITLES, act, draft, released, roll_keys, staffed

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
ACTIVITY = "application/activity+json"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


class Pubby:
    def __init__(self, folder):
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.log = open(folder.with_suffix(".log"), "wb")
        self.process = subprocess.Popen(
            [sys.executable, pathlib.Path(__file__).with_name("pubby_server.py"), str(self.port), str(folder)],
            stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        wait_for(self.answers, 60)
        self.actor = f"{self.address}/ap/actor"
        self.number = 0

    def answers(self):
        try:
            return requests.get(self.address + "/heard", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def heard(self, kind):
        return [one for one in requests.get(self.address + "/heard", timeout=30).json() if one["type"] == kind]

    def send(self, inbox, kind, thing, **more):
        self.number += 1
        activity = {
            "@context": "https://www.w3.org/ns/activitystreams", "id": f"{self.actor}#{kind}-{self.number}", "type": kind, "actor": self.actor,
            "object": thing, "to": [PUBLIC], **more}
        answer = requests.post(self.address + "/send", json={"inbox": inbox, "activity": activity}, timeout=30).json()
        assert answer["status"] == 202, answer
        return activity

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        self.log.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    pytest.importorskip("flask")
    folder = tmp_path_factory.mktemp("pubby")
    node = OwnNode(PROGRAM, folder / "node", "serve", federation={"privateAddresses": True}).start()
    people = staffed(node)
    pubby = Pubby(folder / "pubby")
    office = f"{node.address}/fediverse/actors/depositary"
    pubby.follow = pubby.send(office + "/inbox", "Follow", office)
    wait_for(lambda: pubby.heard("Accept"))
    yield node, people, pubby, office
    pubby.stop()
    node.stop()


@pytest.fixture(scope="module")
def statement(world):
    node, people, pubby, _ = world
    statement = released(node, people).split("/")[-1].split("?")[0]
    wait_for(lambda: len(pubby.heard("Create")) == 3)
    return statement


def totals(node, note):
    document = requests.get(note, headers={"Accept": ACTIVITY}, timeout=30).json()
    return [document[name]["totalItems"] for name in ("likes", "shares", "replies")]


def test_it_follows_and_is_answered(world):
    _, _, pubby, office = world
    accept = pubby.heard("Accept")[0]
    assert accept["actor"] == office and accept["object"]["id"] == pubby.follow["id"]


def test_it_believes_a_note_in_each_language(world, statement):
    _, _, pubby, office = world
    for language, title in TITLES.items():
        note = next(one["object"] for one in pubby.heard("Create") if language in one["object"]["contentMap"])
        assert title in note["content"] and note["attributedTo"] == office


def test_what_it_says_is_heard_and_shown(world, statement):
    node, _, pubby, office = world
    note = f"{node.address}/notes/{statement}/1/en"
    post = {"id": f"{pubby.address}/posts/1", "type": "Note", "attributedTo": pubby.actor, "to": [PUBLIC], "content": "<p>When?</p>", "contentMap": {"en": "<p>When?</p>"}}
    pubby.send(office + "/inbox", "Create", {**post, "inReplyTo": note})
    pubby.send(office + "/inbox", "Like", note)
    boost = pubby.send(office + "/inbox", "Announce", note)
    assert totals(node, note) == [1, 1, 1]
    quote = {**post, "id": f"{pubby.address}/posts/2", "content": "<p>See this.</p>", "quote": note}
    pubby.send(office + "/inbox", "QuoteRequest", note, instrument=quote)
    pubby.send(office + "/inbox", "Create", quote)
    accept = wait_for(lambda: next((one for one in pubby.heard("Accept") if one["object"]["type"] == "QuoteRequest"), None))
    authorization = requests.get(accept["result"], headers={"Accept": ACTIVITY}, timeout=30).json()
    assert authorization["interactingObject"] == quote["id"] and authorization["interactionTarget"] == note
    heard = requests.get(f"{node.address}/statements/{statement}/reactions?format=json", timeout=30).json()
    assert heard["counts"]["quotes"] == 1 and {one["content"] for one in heard["reactions"]} == {"<p>When?</p>", "<p>See this.</p>"}
    pubby.send(office + "/inbox", "Undo", {"id": boost["id"], "type": "Announce", "actor": pubby.actor, "object": note})
    assert totals(node, note) == [1, 0, 1]


def test_rolled_keys_and_what_comes_after_them_are_believed(world, statement):
    """pubby keeps the key it has seen, and answers 401 to the new one: so it is sent to under the old one for as long as that counts."""
    node, people, pubby, office = world
    roll_keys(node, people[1])
    update = wait_for(lambda: next((one for one in pubby.heard("Update") if one["object"]["id"] == office), None))
    assert update["object"]["publicKey"]["publicKeyPem"] == requests.get(office, headers={"Accept": ACTIVITY}, timeout=30).json()["publicKey"]["publicKeyPem"]
    address = draft(node, people[0], page=f"/press/new?corrects={statement}", **{"correction.en": "The day was wrong."})
    act(node, people[1], address, "clear-spokesperson")
    act(node, people[1], address, "approve", hour="now")
    wait_for(lambda: len(pubby.heard("Create")) >= 6, 60)
    edited = [one["object"] for one in pubby.heard("Update") if one["object"]["id"] == f"{node.address}/notes/{statement}/1/en"]
    assert "The day was wrong." in edited[0]["content"]
    assert len(pubby.heard("Create")) == 6, "who verifies before it answers is sent everything once"


def test_a_withdrawal_is_believed(world, statement):
    node, people, pubby, _ = world
    sheet = form(people[1], node, f"/press/statements/{statement}/withdraw", "withdraw")
    send(people[1], node, sheet["attributes"]["action"], {**sheet["fields"], "reason.en": "It was released by mistake."})
    deleted = wait_for(lambda: (lambda found: found if len(found) == 6 else None)(pubby.heard("Delete")))
    assert {one["object"]["type"] for one in deleted} == {"Tombstone"}
