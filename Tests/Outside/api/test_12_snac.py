"""Two servers of another make, snac, follow an office of this node: they see its statements, corrections and withdrawals, and it hears them."""

import glob
import json
import os
import pathlib
import subprocess

import pytest
import requests

from correspondents import wait_for
from own_node import OwnNode, free_port
from press import act, draft, follow, following, form, released, roll_keys, send, staffed, watch

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def snac():
    found = subprocess.run([ROOT / "Scripts/fetch-snac"], capture_output=True, text=True, timeout=300)
    if found.returncode != 0:
        # It comes from Debian's backports, which a machine may not reach though it has all else that the tests need.
        pytest.skip(f"snac cannot be had here: {found.stderr[-200:]}")
    return found.stdout.strip().splitlines()[-1]


class Snac:
    """A server with one user."""

    def __init__(self, program, folder, name, user):
        self.program, self.folder, self.user, self.port = program, folder, user, free_port()
        self.host = f"localhost:{self.port}"
        answers = f"127.0.0.1\n{self.port}\n{self.host}\n\n\n\n\n"
        subprocess.run([program, "init", folder], input=answers, text=True, check=True, capture_output=True, timeout=30)
        settings = folder / "server.json"
        settings.write_text(json.dumps({
            **json.loads(settings.read_text()), "protocol": "http", "shared_inboxes": True, "queue_retry_minutes": 1, "queue_retry_max": 3}))
        subprocess.run([program, "adduser", folder], input=f"{user}\n{name}\n", text=True, check=True, capture_output=True, timeout=60)
        self.log = open(folder / "log", "w")
        self.process = subprocess.Popen([program, "httpd", folder], stderr=self.log, env={**os.environ, "DEBUG": "2"})

        def answers():
            try:
                return requests.get(f"http://{self.host}/{user}", timeout=5).status_code == 200
            except requests.ConnectionError:
                return False
        wait_for(answers)

    def run(self, command, *arguments):
        return subprocess.run(
            [self.program, command, self.folder, self.user, *arguments], text=True, capture_output=True, timeout=60).stdout

    def objects(self):
        """What it holds of others' posts, by their identifiers."""
        found = {}
        for path in glob.glob(f"{self.folder}/object/**/*.json", recursive=True):
            try:
                content = json.loads(pathlib.Path(path).read_text())
            except ValueError:
                continue
            if isinstance(content, dict) and content.get("id"):
                found[content["id"]] = content
        return found

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        self.log.close()


@pytest.fixture(scope="module")
def world(snac, tmp_path_factory):
    folder = tmp_path_factory.mktemp("snac")
    node = OwnNode(PROGRAM, folder / "node", "serve", federation={"privateAddresses": True}).start()
    people = staffed(node)
    servers = [Snac(snac, folder / name, name.upper(), f"user_{name}") for name in ("a", "b")]
    yield node, people, servers
    for server in servers:
        server.stop()
    node.stop()


def followers(node):
    return requests.get(f"{node.address}/fediverse/actors/depositary/followers", headers={"Accept": "application/activity+json"}, timeout=30).json()["totalItems"]


@pytest.fixture(scope="module")
def followed(world):
    node, _, servers = world
    servers[0].run("follow", f"{node.address}/fediverse/actors/depositary")
    servers[1].run("follow", f"@depositary@localhost:{node.port}")
    wait_for(lambda: followers(node) == 2, 60)
    for server in servers:
        wait_for(lambda server=server: glob.glob(f"{server.folder}/user/{server.user}/following/*_a.json"), 60)
    return servers


@pytest.fixture(scope="module")
def statement(world, followed):
    node, people, _ = world
    return released(node, people).split("/")[-1].split("?")[0]


def test_both_are_followers_and_know_it(followed):
    assert len(followed) == 2


def test_both_see_a_note_in_each_language(world, followed, statement):
    node, _, _ = world
    for server in followed:
        for language in ("en", "ar", "fr"):
            note = f"{node.address}/notes/{statement}/1/{language}"
            held = wait_for(lambda note=note, server=server: server.objects().get(note), 60)
            assert list(held["contentMap"]) == [language] and held["contentMap"][language] == held["content"]


def test_a_boost_is_counted_and_taken_back(world, followed, statement):
    node, _, _ = world
    note = f"{node.address}/notes/{statement}/1/en"

    def shares():
        return requests.get(note, headers={"Accept": "application/activity+json"}, timeout=30).json()["shares"]["totalItems"]

    followed[1].run("boost", note)
    wait_for(lambda: shares() == 1, 60)
    followed[1].run("unboost", note)
    wait_for(lambda: shares() == 0, 60)


def test_a_correction_reaches_them_as_an_edit_and_a_new_note(world, followed, statement):
    node, people, _ = world
    address = draft(node, people[0], page=f"/press/new?corrects={statement}", **{"correction.en": "The day was wrong."})
    act(node, people[1], address, "clear-spokesperson")
    act(node, people[1], address, "approve", hour="now")
    for server in followed:
        edited = f"{node.address}/notes/{statement}/1/en"
        wait_for(lambda server=server: f"{node.address}/notes/{statement}/2/en" in server.objects(), 60)
        wait_for(lambda server=server: "The day was wrong." in server.objects().get(edited, {}).get("content", ""), 60)


def test_rolled_keys_and_what_comes_after_them_are_believed(world, followed, statement):
    """snac answers before it verifies, and drops what it does not believe without a word; the deletion below comes under the new keys too."""
    node, people, _ = world
    roll_keys(node, people[1])
    second = released(node, people).split("/")[-1].split("?")[0]
    for server in followed:
        wait_for(lambda server=server: f"{node.address}/notes/{second}/1/en" in server.objects(), 60)


def test_a_withdrawal_takes_the_notes_away(world, followed, statement):
    node, people, _ = world
    sheet = form(people[1], node, f"/press/statements/{statement}/withdraw", "withdraw")
    send(people[1], node, sheet["attributes"]["action"], {**sheet["fields"], "reason.en": "It was released by mistake."})
    for server in followed:
        wait_for(lambda server=server: not any(statement in one for one in server.objects()), 60)


def test_the_office_follows_them_too_and_is_told_of_its_words(world, followed):
    node, people, _ = world
    server = followed[1]
    watch(node, people[0], "harbour of Kotka")
    follow(node, people[1], f"@{server.user}@{server.host}")
    wait_for(lambda: list(following(node, people[1]).values()) == ["accepted"], 60)
    server.run("note", "The harbour of Kotka is closed today.")
    wait_for(lambda: "The harbour of Kotka is closed today." in people[0].get(node.address + "/press/alerts", timeout=30).text, 60)


def test_a_follower_that_leaves_is_forgotten(world, followed):
    node, _, _ = world
    followed[0].run("unfollow", f"{node.address}/fediverse/actors/depositary")
    wait_for(lambda: followers(node) == 1, 60)
