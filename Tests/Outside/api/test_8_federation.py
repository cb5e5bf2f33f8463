"""Nodes among themselves: how they introduce themselves, accept, witness and catch one another, over real connections on loopback.

Signatures are made and checked here by `cryptography`, canonical JSON by `rfc8785`: code of others.
"""

import base64
import hashlib
import http.server
import json
import os
import struct
import threading
import time

import pytest
import requests
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from conftest import refused
from correspondents import accept, wait_for
from node import Forms
from own_node import OwnNode, free_port

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """Three nodes that have accepted one another: a depositary and two States."""
    folder = tmp_path_factory.mktemp("world")
    nodes = []
    for name in ["depositary", "norland", "sudland"]:
        settings = {"federation": {"privateAddresses": True, "refresh": 1}, "name": name.capitalize()}
        nodes.append(OwnNode(PROGRAM, folder / name, "serve", **settings).start())
    sessions = [node.sign_in() for node in nodes]
    for node, session in zip(nodes, sessions):
        for other in nodes:
            if other is not node:
                accept(node, session, other)
    yield nodes, sessions
    for node in nodes:
        node.stop()


def nodes_json(node):
    return requests.get(node.address + "/nodes?format=json", timeout=30).json()


def verify_key(text):
    """Name, key identifier, type and public key of a C2SP verifier key."""
    name, key_id, material = text.split("+", 2)
    raw = base64.b64decode(material)
    return name, bytes.fromhex(key_id), raw[0], raw[1:]


def signature_lines(note):
    text, _, block = note.rpartition("\n\n")
    lines = []
    for line in block.strip().split("\n"):
        dash, name, blob = line.split(" ")
        assert dash == "\u2014"
        raw = base64.b64decode(blob)
        lines.append((name, raw[:4], raw[4:]))
    return text + "\n", lines


# MARK: Introducing


def test_the_document_is_signed_over_its_canonical_form(world):
    (node, *_), _ = world
    signed = requests.get(node.address + "/.well-known/chancery", timeout=30).json()
    document = signed["document"]
    message = b"chancery node document v1\n" + rfc8785.dumps(document)
    keys = {key["id"]: base64.b64decode(key["ed25519"]) for key in document["keys"]}
    assert signed["signatures"]
    for signature in signed["signatures"]:
        public = keys[signature["key"]]
        assert hashlib.sha256(public).hexdigest()[:16] == signature["key"]
        Ed25519PublicKey.from_public_bytes(public).verify(base64.b64decode(signature["signature"]), message)
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(public).verify(base64.b64decode(signature["signature"]), message + b" ")


def test_the_node_is_a_did_web_with_the_same_key(world):
    (node, *_), _ = world
    did = requests.get(node.address + "/.well-known/did.json", timeout=30).json()
    assert did["id"] == f"did:web:localhost%3A{node.port}"
    document = requests.get(node.address + "/.well-known/chancery", timeout=30).json()["document"]
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    multibase = did["verificationMethod"][0]["publicKeyMultibase"]
    number = 0
    for character in multibase[1:]:
        number = number * 58 + alphabet.index(character)
    raw = number.to_bytes(34, "big")
    assert multibase[0] == "z" and raw[:2] == b"\xed\x01"
    assert raw[2:] == base64.b64decode(document["keys"][0]["ed25519"])


# MARK: Witnessing


def test_every_node_is_witnessed_by_the_others(world):
    nodes, _ = world
    for node in nodes:
        state = wait_for(lambda: (lambda s: s if s["witnessed"] and s["witnessed"]["size"] == s["size"] else None)(nodes_json(node)))
        text, lines = signature_lines(state["witnessed"]["checkpoint"])
        log = next(name for name, _, _ in lines if name == state["log"])
        others = {}
        for other in nodes:
            if other is node:
                continue
            document = requests.get(other.address + "/.well-known/chancery", timeout=30).json()["document"]
            for key in document["witness"]:
                name, key_id, kind, public = verify_key(key)
                others[(name, key_id)] = kind, public
        found = []
        origin, size, root = text.split("\n")[:3]
        for name, key_id, blob in lines:
            kind, public = others.get((name, key_id), (None, None))
            if not public:
                continue
            when = struct.unpack(">Q", blob[:8])[0]
            assert abs(when - time.time()) < 3600
            # C2SP tlog-cosignature, cosignature/v1 and subtree/v1.
            if kind == 4:
                Ed25519PublicKey.from_public_bytes(public).verify(blob[8:], f"cosignature/v1\ntime {when}\n".encode() + text.encode())
            else:
                assert kind == 6
                message = b"subtree/v1\n\0" + bytes([len(name)]) + name.encode() + struct.pack(">Q", when)
                message += bytes([len(origin)]) + origin.encode() + struct.pack(">QQ", 0, int(size)) + base64.b64decode(root)
                MLDSA44PublicKey.from_public_bytes(public).verify(blob[8:], message)
            found.append(kind)
        assert log and sorted(found) == [4, 4, 6, 6]


def test_the_served_checkpoint_and_proofs_carry_the_cosignatures(world):
    nodes, _ = world
    node = nodes[0]
    wait_for(lambda: nodes_json(node)["witnessed"] and nodes_json(node)["witnessed"]["size"] == nodes_json(node)["size"])
    served = requests.get(node.address + "/record/checkpoint", timeout=30).text
    assert len([name for name, _, _ in signature_lines(served)[1] if name.endswith("/witness")]) == 4
    proof = requests.get(node.address + "/record/acts/0/proof", timeout=30)
    if proof.status_code == 200:
        assert proof.text.count("/witness ") == 4


def test_the_monitoring_address_gives_what_was_cosigned(world):
    nodes, _ = world
    log = nodes_json(nodes[1])["log"]
    address = f"{nodes[0].address}/witness/{hashlib.sha256(log.encode()).hexdigest()}/checkpoint"
    note = wait_for(lambda: (lambda a: a.text if a.status_code == 200 else None)(requests.get(address, timeout=30)))
    text, lines = signature_lines(note)
    assert text.startswith(log + "\n")
    assert any(name == log for name, _, _ in lines) and any(name.endswith("/witness") for name, _, _ in lines)
    assert requests.get(f"{nodes[0].address}/witness/{'0' * 64}/checkpoint", timeout=30).status_code == 404


def log_key(node):
    lines = (node.folder / "data" / "keys" / "log.key").read_text().split("\n")
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(lines[1]))


def sign_checkpoint(node, size, root):
    """A checkpoint signed with the node's own log key: what a dishonest operator could make."""
    document = requests.get(node.address + "/.well-known/chancery", timeout=30).json()["document"]
    name, key_id, _, _ = verify_key(next(key for key in document["log"] if verify_key(key)[2] == 1))
    text = f"{name}\n{size}\n{base64.b64encode(root).decode()}\n"
    signature = log_key(node).sign(text.encode())
    return f"{text}\n\u2014 {name} {base64.b64encode(key_id + signature).decode()}\n"


def add_checkpoint(witness, old, proof, note):
    body = f"old {old}\n" + "".join(base64.b64encode(h).decode() + "\n" for h in proof) + "\n" + note
    return requests.post(witness.address + "/witness/add-checkpoint", data=body.encode(), timeout=30)


def witnessed_size(witness, log):
    address = f"{witness.address}/witness/{hashlib.sha256(log.encode()).hexdigest()}/checkpoint"
    return int(requests.get(address, timeout=30).text.split("\n")[1])


@pytest.mark.parametrize(
    "case, status",
    [("malformed", 400), ("unknown origin", 404), ("another key", 403), ("old size too large", 400), ("other old size", 409), ("no proof", 422)],
)
def test_a_witness_refuses_as_the_specification_says(world, case, status):
    nodes, _ = world
    witness, node = nodes[2], nodes[0]
    log = nodes_json(node)["log"]
    size = wait_for(lambda: nodes_json(node)["witnessed"] and witnessed_size(witness, log))
    if case == "malformed":
        answer = requests.post(witness.address + "/witness/add-checkpoint", data=b"old x\n\n", timeout=30)
    elif case == "unknown origin":
        note = sign_checkpoint(node, size, bytes(32)).replace(log, "elsewhere.example/log")
        answer = add_checkpoint(witness, 0, [], note)
    elif case == "another key":
        text, lines = signature_lines(sign_checkpoint(node, size + 1, bytes(32)))
        name, key_id, blob = lines[0]
        note = f"{text}\n\u2014 {name} {base64.b64encode(key_id + bytes(64)).decode()}\n"
        answer = add_checkpoint(witness, size, [], note)
    elif case == "old size too large":
        answer = add_checkpoint(witness, size + 9, [], sign_checkpoint(node, size + 1, bytes(32)))
    elif case == "other old size":
        answer = add_checkpoint(witness, 0, [], sign_checkpoint(node, size + 5, bytes(32)))
        assert answer.headers["Content-Type"] == "text/x.tlog.size"
        assert answer.text == f"{witnessed_size(witness, log)}\n"
    else:
        answer = add_checkpoint(witness, size, [bytes(32)], sign_checkpoint(node, size + 5, bytes(32)))
    assert answer.status_code == status, answer.text
    assert witnessed_size(witness, log) >= size


def test_a_body_longer_than_any_checkpoint_is_refused(world):
    nodes, _ = world
    answer = requests.post(nodes[0].address + "/witness/add-checkpoint", data=b"old 0\n" + b"x" * 2_000_000, timeout=30)
    assert answer.status_code in (400, 413)
    assert requests.get(nodes[0].address + "/health", timeout=30).status_code == 200


def test_a_witness_keeps_its_state_over_a_kill(world):
    nodes, _ = world
    log = nodes_json(nodes[1])["log"]
    before = wait_for(lambda: witnessed_size(nodes[0], log))
    nodes[0].kill()
    nodes[0].start()
    assert witnessed_size(nodes[0], log) >= before


def test_two_histories_of_one_log_are_caught_and_kept_as_evidence(world):
    """The operator of the second node shows the third another history of the same size."""
    nodes, _ = world
    liar, witness = nodes[1], nodes[2]
    log = nodes_json(liar)["log"]
    size = wait_for(lambda: nodes_json(liar)["witnessed"] and witnessed_size(witness, log))
    forged = sign_checkpoint(liar, size, hashlib.sha256(b"another history").digest())
    answer = add_checkpoint(witness, size, [], forged)
    assert answer.status_code == 422
    found = wait_for(lambda: nodes_json(witness)["splitViews"])[0]
    assert found["log"] == log and found["found"] == forged
    # Whoever has the two notes can see it: both are signed by the log, of one size, with different roots.
    public = log_key(liar).public_key()
    roots = set()
    for note in (found["known"], found["found"]):
        text, lines = signature_lines(note)
        public.verify(next(blob for name, _, blob in lines if name == log and len(blob) == 64), text.encode())
        assert int(text.split("\n")[1]) == size
        roots.add(text.split("\n")[2])
    assert len(roots) == 2
    page = requests.get(witness.address + "/nodes", timeout=30).text
    assert 'data-test="split-views"' in page
    # Asked twice, it is entered once.
    add_checkpoint(witness, size, [], forged)
    time.sleep(0.5)
    assert len(nodes_json(witness)["splitViews"]) == 1


# MARK: Messages


def node_key(node):
    line = (node.folder / "data" / "keys" / "node.keys").read_text().split("\n")[1].split(" ")
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(line[1]))
    raw = key.public_key().public_bytes_raw()
    return key, hashlib.sha256(raw).hexdigest()[:16]


def signed_headers(sender, receiver, body, created=None, nonce=None, key=None, key_id=None, tag="chancery-node", drop=()):
    """The three fields of RFC 9421 and RFC 9530, made without any code of the node."""
    own, own_id = node_key(sender)
    created = int(time.time()) if created is None else created
    nonce = nonce or base64.b64encode(os.urandom(12)).decode()
    digest = "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"
    values = {
        "@method": "POST", "@authority": f"localhost:{receiver.port}", "@path": "/exchange/messages", "content-type": "application/json",
        "content-digest": digest,
    }
    covered = [name for name in values if name not in drop]
    parameters = "(" + " ".join(f'"{name}"' for name in covered) + f');created={created};nonce="{nonce}"'
    parameters += f';keyid="did:web:localhost%3A{sender.port}#{key_id or own_id}";alg="ed25519";tag="{tag}"'
    base = "".join(f'"{name}": {values[name]}\n' for name in covered) + f'"@signature-params": {parameters}'
    signature = base64.b64encode((key or own).sign(base.encode())).decode()
    return {
        "Content-Type": "application/json", "Content-Digest": digest, "Signature-Input": f"node={parameters}",
        "Signature": f"node=:{signature}:", "Accept": "application/json",
    }


def message(sender, receiver, **changes):
    checkpoint = requests.get(sender.address + "/record/checkpoint", timeout=30).text
    act = {"index": 0, "leaf": base64.b64encode(b"{}").decode(), "payload": "e30=", "salt": base64.b64encode(bytes(32)).decode(), "proof": []}
    return json.dumps({"format": 1, "to": f"localhost:{receiver.port}", "checkpoint": checkpoint, "acts": [act], **changes}).encode()


def post(receiver, body, headers):
    return requests.post(receiver.address + "/exchange/messages", data=body, headers=headers, timeout=30)


def test_a_message_signed_by_a_peer_is_read_and_each_act_is_answered(world):
    nodes, _ = world
    body = message(nodes[1], nodes[0])
    answer = post(nodes[0], body, signed_headers(nodes[1], nodes[0], body))
    assert answer.status_code == 200, answer.text
    receipt = answer.json()["receipts"][0]
    assert receipt["act"] == 0 and receipt["refused"].startswith("exchange.")


@pytest.mark.parametrize(
    "case, status",
    [
        ("unsigned", 401), ("changed body", 403), ("forged", 403), ("replayed", 403), ("too old", 403), ("from the future", 403),
        ("unknown key", 403), ("stranger", 403), ("digest not covered", 403), ("another purpose", 403), ("not for this node", 422),
        ("garbage", 400), ("garbled signature", 400), ("another log's checkpoint", 422),
    ],
)
def test_messages_that_are_not_right_are_refused_with_a_reason(world, case, status):
    nodes, _ = world
    sender, receiver = nodes[1], nodes[0]
    before = nodes_json(receiver)["size"]
    body = message(sender, receiver)
    headers = signed_headers(sender, receiver, body)
    if case == "unsigned":
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
    elif case == "changed body":
        body = body.replace(b'"index": 0', b'"index": 1')
    elif case == "forged":
        headers = signed_headers(sender, receiver, body, key=Ed25519PrivateKey.generate())
    elif case == "replayed":
        assert post(receiver, body, headers).status_code == 200
    elif case == "too old":
        headers = signed_headers(sender, receiver, body, created=int(time.time()) - 900)
    elif case == "from the future":
        headers = signed_headers(sender, receiver, body, created=int(time.time()) + 900)
    elif case == "unknown key":
        headers = signed_headers(sender, receiver, body, key_id="0123456789abcdef")
    elif case == "stranger":
        headers["Signature-Input"] = headers["Signature-Input"].replace(f"%3A{sender.port}", "%3A1")
    elif case == "digest not covered":
        headers = signed_headers(sender, receiver, body, drop=("content-digest",))
    elif case == "another purpose":
        headers = signed_headers(sender, receiver, body, tag="something-else")
    elif case == "not for this node":
        body = message(sender, receiver, to="localhost:9")
        headers = signed_headers(sender, receiver, body)
    elif case == "garbage":
        body = b'{"format": 1'
        headers = signed_headers(sender, receiver, body)
    elif case == "garbled signature":
        headers["Signature-Input"] = 'node=("@method;created='
    elif case == "another log's checkpoint":
        body = message(sender, receiver, checkpoint=requests.get(nodes[2].address + "/record/checkpoint", timeout=30).text)
        headers = signed_headers(sender, receiver, body)
    problem = refused(post(receiver, body, headers), status)
    assert problem["detail"]
    assert nodes_json(receiver)["size"] == before


# MARK: Asking strangers


class Stranger(http.server.BaseHTTPRequestHandler):
    """A server that answers as a hostile one would, by the path's host port."""

    def do_GET(self):
        how = self.server.how
        if how == "redirect":
            self.send_response(302)
            self.send_header("Location", "http://localhost:1/.well-known/chancery")
            self.end_headers()
        elif how == "endless":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(100_000):
                    self.wfile.write(b"x" * 65_536)
            except OSError:
                pass
        elif how == "garbage":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>")
        elif how == "other":
            body = json.dumps(self.server.document).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.mark.parametrize("how, code", [("redirect", "node.redirected"), ("endless", "node.too-long"), ("garbage", "node.bad-document"), ("other", "node.other-name")])
def test_what_strangers_answer_is_bounded_and_not_believed(world, how, code):
    nodes, sessions = world
    server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), Stranger)
    server.how = how
    server.document = requests.get(nodes[1].address + "/.well-known/chancery", timeout=30).json()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        page = sessions[0].get(nodes[0].address + "/nodes", timeout=30).text
        ask = next(form for form in Forms(page).forms if form["attributes"].get("data-test") == "ask-node")
        answer = sessions[0].post(
            nodes[0].address + "/nodes/ask", data={**ask["fields"], "address": f"http://localhost:{server.server_address[1]}"},
            headers={"Origin": nodes[0].address}, timeout=60)
        assert answer.status_code == 422
        assert 'data-test="refusal"' in answer.text
        assert 'data-test="asked"' not in answer.text
    finally:
        server.shutdown()


def test_private_addresses_are_never_asked_unless_that_is_configured(tmp_path):
    node = OwnNode(PROGRAM, tmp_path / "careful", "serve").start()
    try:
        session = node.sign_in()
        listener = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), Stranger)
        listener.how = "garbage"
        for address, word in [
            (f"https://localhost:{listener.server_address[1]}", "127.0.0.1"), (f"http://localhost:{listener.server_address[1]}", "https"),
            ("https://127.0.0.1", "127.0.0.1"), ("https://169.254.169.254", "169.254.169.254"), ("https://10.0.0.1", "10.0.0.1"),
        ]:
            page = session.get(node.address + "/nodes", timeout=30).text
            ask = next(form for form in Forms(page).forms if form["attributes"].get("data-test") == "ask-node")
            answer = session.post(
                node.address + "/nodes/ask", data={**ask["fields"], "address": address}, headers={"Origin": node.address}, timeout=60)
            assert answer.status_code == 422 and word in answer.text, address
        listener.server_close()
    finally:
        node.stop()
