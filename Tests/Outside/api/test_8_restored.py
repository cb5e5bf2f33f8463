"""A node whose data folder is an older backup, whole and agreeing with itself, signs nothing: its witnesses have seen more."""

import base64
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import threading
import time

import pytest
import requests
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from conftest import refused
from node import Forms
from own_node import OwnNode, free_port
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


class Liar(http.server.BaseHTTPRequestHandler):
    """A peer that says of any log what its server was told to say: a note, or a status."""

    def do_GET(self):
        if self.path == "/.well-known/chancery":
            return self.answer(200, json.dumps(self.server.document).encode(), "application/json")
        said = self.server.says
        return self.answer(said, b"", "text/plain") if isinstance(said, int) else self.answer(200, said.encode(), "text/plain; charset=utf-8")

    def do_POST(self):
        self.answer(503, b"", "text/plain")

    def answer(self, status, body, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def verifier(name, kind, public):
    material = bytes([kind]) + public
    key_id = hashlib.sha256(name.encode() + b"\n" + material).digest()[:4]
    return f"{name}+{key_id.hex()}+{base64.b64encode(material).decode()}", key_id


@pytest.fixture
def liar():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), Liar)
    port = server.server_address[1]
    server.address, server.port, server.says = f"http://localhost:{port}", port, 503
    key, server.witness = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    identifier = hashlib.sha256(public).hexdigest()[:16]
    server.name = f"localhost:{port}/witness"
    witness, server.key_id = verifier(server.name, 4, server.witness.public_key().public_bytes_raw())
    document = {
        "format": 1, "node": f"localhost:{port}", "issued": now, "title": {"en": "Liar"}, "languages": ["en"], "origin": server.address,
        "log": [verifier(f"localhost:{port}/record", 1, public)[0]], "witness": [witness],
        "keys": [{"id": identifier, "ed25519": base64.b64encode(public).decode(), "from": now}], "revoked": [], "offices": [],
    }
    signature = key.sign(b"chancery node document v1\n" + rfc8785.dumps(document))
    server.document = {"document": document, "signatures": [{"key": identifier, "signature": base64.b64encode(signature).decode()}]}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def cosigned(liar, text, lines):
    when = int(time.time())
    signature = liar.witness.sign(f"cosignature/v1\ntime {when}\n{text}".encode())
    line = f"\u2014 {liar.name} {base64.b64encode(liar.key_id + when.to_bytes(8, 'big') + signature).decode()}\n"
    return text + "\n" + lines + line


def test_a_witness_that_makes_up_what_it_saw_stops_nobody_for_good(tmp_path, liar):
    node = OwnNode(PROGRAM, tmp_path / "node", "serve", federation={"privateAddresses": True, "refresh": 1}, name="Node").start()
    try:
        session = node.sign_in()
        accept(node, session, liar)
        log = nodes_json(node)["log"]
        note = requests.get(node.address + "/record/checkpoint", timeout=30).text
        text, _, lines = note.partition("\n\n")
        node.stop()
        # A larger size than there is, without the log's signature, or under the one that belongs to another size.
        larger = f"{log}\n1000000\n{base64.b64encode(bytes(32)).decode()}\n"
        forged = f"\u2014 {log} {base64.b64encode(bytes(68)).decode()}\n"
        for says in [cosigned(liar, larger, forged), cosigned(liar, larger, lines), "nonsense", "x" * 200_000, 500, 301]:
            liar.says = says
            node.start()
            state = nodes_json(node)
            assert state["hold"] and "0 of 1 have answered" in state["hold"], (says[:200] if isinstance(says, str) else says, state["hold"])
            assert refused(enter(node, session, liar), 503)["type"].endswith("record.unasked")
            node.stop()
        # What it really saw.
        liar.says = cosigned(liar, text + "\n", lines)
        node.start()
        assert nodes_json(node)["hold"] is None
        # And what proves that there is more: the log's own key has signed it.
        seed = (node.folder / "data" / "keys" / "log.key").read_text().split("\n")[1]
        document = requests.get(node.address + "/.well-known/chancery", timeout=30).json()["document"]
        own = next(key for key in document["log"] if base64.b64decode(key.split("+", 2)[2])[0] == 1)
        key_id = bytes.fromhex(own.split("+", 2)[1])
        signature = Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed)).sign(larger.encode())
        liar.says = cosigned(liar, larger, f"\u2014 {log} {base64.b64encode(key_id + signature).decode()}\n")
        node.stop()
        node.start()
        assert "has cosigned 1000000 entries" in nodes_json(node)["hold"]
        assert refused(enter(node, session, liar), 503)["type"].endswith("record.restored")
    finally:
        node.stop()
