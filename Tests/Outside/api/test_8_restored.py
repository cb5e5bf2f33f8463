"""A node whose data folder is an older backup, whole and agreeing with itself, signs nothing: its witnesses have seen more."""

import hashlib
import os
import shutil
import subprocess

import pytest
import requests

from conftest import refused
from node import Forms
from own_node import OwnNode
from test_8_federation import accept, nodes_json, wait_for

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture
def world(tmp_path):
    """A node and two witnesses, all of which have accepted one another."""
    nodes = []
    for name in ["depositary", "norland", "sudland"]:
        settings = {"federation": {"privateAddresses": True, "refresh": 1}, "name": name.capitalize()}
        nodes.append(OwnNode(PROGRAM, tmp_path / name, "serve", **settings).start())
    sessions = [node.sign_in() for node in nodes]
    for node, session in zip(nodes, sessions):
        for other in nodes:
            if other is not node:
                accept(node, session, other)
    yield nodes, sessions
    for node in nodes:
        node.stop()


def is_witnessed(node):
    state = nodes_json(node)
    return state if state["witnessed"] and state["witnessed"]["size"] == state["size"] else None


def health(node):
    return requests.get(node.address + "/health", timeout=30).text


def enter(node, session, other):
    """Enters an act: the other is no peer any more."""
    form = next(
        form for form in Forms(session.get(f"{node.address}/nodes/localhost%3A{other.port}", timeout=30).text).forms
        if form["attributes"].get("action", "").endswith("/end"))
    return session.post(
        node.address + form["attributes"]["action"], data={**form["fields"], "reason": "A trial."},
        headers={"Origin": node.address, "Accept": "application/json"}, timeout=60, allow_redirects=False)


def another_act(node):
    """A stopped node enters an act by the command line, having asked its witnesses."""
    done = subprocess.run(
        [PROGRAM, "link", "--data", node.folder / "data", "--config", node.folder / "chancery.json", "Depositary officer"],
        capture_output=True, text=True, timeout=120, env={**os.environ, "CHANCERY_PORT": str(node.port)})
    return done


def test_a_restored_backup_is_read_and_signs_nothing(world):
    nodes, sessions = world
    node = nodes[0]
    wait_for(lambda: is_witnessed(node))
    node.stop()
    shutil.copytree(node.folder / "data", node.folder / "backup")
    done = another_act(node)
    assert done.returncode == 0, done.stderr
    node.start()
    newest = wait_for(lambda: is_witnessed(node))["size"]
    node.stop()
    shutil.move(node.folder / "data", node.folder / "newest")
    shutil.move(node.folder / "backup", node.folder / "data")

    # The command line signs nothing either.
    done = another_act(node)
    assert done.returncode == 75 and "older backup" in done.stderr, (done.returncode, done.stderr)

    node.start()
    state = nodes_json(node)
    assert state["size"] < newest
    assert "older backup was restored" in state["hold"]
    assert "reading only" in health(node)
    page = requests.get(node.address + "/nodes", timeout=30).text
    assert 'data-test="hold"' in page
    problem = refused(enter(node, sessions[0], nodes[2]), 503)
    assert problem["type"].endswith("record.restored")
    assert "witness.sqlite" not in page
    # It is no witness for others either: what it remembers is as old.
    origin = state["log"]
    answer = requests.post(node.address + "/witness/add-checkpoint", data=b"old 0\n\nx\n", timeout=30)
    assert answer.status_code == 503
    assert requests.get(f"{nodes[1].address}/witness/{hashlib.sha256(origin.encode()).hexdigest()}/checkpoint", timeout=30).status_code == 200
    assert nodes_json(node)["size"] == state["size"]
    assert "this is not the newest record" in (node.folder / "log").read_text()

    # The newest record put back goes on at once.
    node.stop()
    shutil.rmtree(node.folder / "data")
    shutil.move(node.folder / "newest", node.folder / "data")
    node.start()
    assert health(node) == "ready\n"
    assert enter(node, sessions[0], nodes[2]).status_code == 303


def test_while_no_witness_answers_nothing_is_entered_and_one_of_two_is_enough(world):
    nodes, sessions = world
    node = nodes[0]
    wait_for(lambda: is_witnessed(node))
    for one in nodes:
        one.stop()
    node.start()
    before = nodes_json(node)
    assert "0 of 2 have answered" in before["hold"]
    assert "reading only" in health(node)
    problem = refused(enter(node, sessions[0], nodes[2]), 503)
    assert problem["type"].endswith("record.unasked")
    assert nodes_json(node)["size"] == before["size"]
    # Witnesses that start together ask one another, and none waits for ever.
    nodes[1].start()
    wait_for(lambda: health(node) == "ready\n")
    wait_for(lambda: health(nodes[1]) == "ready\n")
    assert enter(node, sessions[0], nodes[2]).status_code == 303
    assert nodes_json(node)["size"] == before["size"] + 1


def test_the_operator_may_go_on_without_witnesses_that_stay_away(world):
    nodes, sessions = world
    node = nodes[0]
    for one in nodes:
        one.stop()
    node.arguments = ["--accept-unwitnessed-start"]
    node.start()
    assert nodes_json(node)["hold"] is None
    assert enter(node, sessions[0], nodes[2]).status_code == 303
