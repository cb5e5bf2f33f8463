"""`chancery world`: five nodes, introduced, with a story among them; asked as programs do, and its proofs checked without any node."""

import base64
import json
import os
import signal
import subprocess

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

import verifier
from own_world import OwnWorld

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    world = OwnWorld(PROGRAM, tmp_path_factory.mktemp("trying") / "world").start()
    yield world
    world.stop()


def data(world, key, path, session=requests):
    answer = session.get(f"{world.address(key)}{path}{'&' if '?' in path else '?'}format=json", timeout=30)
    assert answer.status_code == 200, answer.text[:300]
    return answer.json()


def log_key(world, key):
    return data(world, key, "/record")["key"]


def chancery(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)


def whole(proof, leaf):
    """A proof as the exchange carries it, beside the leaf it proves, as a file of its own (docs/protocol.md, section 7)."""
    extra = base64.b64encode(json.dumps({"leaf": leaf}, separators=(",", ":")).encode()).decode()
    return proof.replace("c2sp.org/tlog-proof@v1\n", f"c2sp.org/tlog-proof@v1\nextra {extra}\n", 1)


def proof_file(world, key, entry, folder, session=requests):
    answer = session.get(f"{world.address(key)}/record/acts/{entry}.tlog-proof", timeout=30)
    assert answer.status_code == 200
    path = folder / f"{key}-{entry}.tlog-proof"
    path.write_bytes(answer.content)
    return path


def test_the_story_is_told_whole(world):
    assert [step["step"] for step in world.report["steps"]] == [
        "people", "introductions", "witnessing", "signature", "correspondence", "split-view"]
    assert [node["key"] for node in world.report["nodes"]] == ["secretariat", "kenya", "indonesia", "uruguay", "observer"]
    assert world.listening() == list(range(world.port, world.port + 5))
    for step in world.report["steps"]:
        assert step["words"] and step["address"].startswith("http://localhost:")


def test_the_secretariat_s_checkpoint_carries_the_cosignatures_of_the_three_states(world):
    for name in world.facts("witnessing")["witnesses"]:
        checkpoint = requests.get(world.address("secretariat") + "/record/checkpoint", timeout=30).text
        assert checkpoint.count(f"\u2014 {name} ") == 2, "one by Ed25519, one by ML-DSA-44"


def test_the_signature_rests_on_full_powers_that_stand_in_kenya_s_own_record(world):
    facts = world.facts("signature")
    act = data(world, "secretariat", f"/record/acts/{facts['signature']}")
    assert act["payload"]["actor"] == "KEN" and act["payload"]["fullPowers"] == facts["fullPowers"]
    held = next(
        one for one in data(world, "secretariat", "/full-powers?actor=KEN")["fullPowers"] if one["entry"] == facts["fullPowers"])
    assert held["home"] == {"node": facts["home"], "log": f"{facts['home']}/record", "entry": facts["issuedAt"]}
    there = data(world, "kenya", f"/record/acts/{facts['issuedAt']}")
    assert there["kind"] == "treaty.full-powers-issued@1" and there["payload"]["actor"] == "KEN"
    assert there["office"] == "mfa" and there["signatures"], "signed by the Legal Adviser's own key"


def test_signature_and_full_powers_are_proved_without_any_node(world, tmp_path):
    facts = world.facts("signature")
    for key, entry, kind in [
        ("secretariat", facts["signature"], "treaty.participation@1"), ("kenya", facts["issuedAt"], "treaty.full-powers-issued@1"),
    ]:
        path = proof_file(world, key, entry, tmp_path)
        found = chancery("verify", path, "--key", log_key(world, key), "--json")
        assert found.returncode == 0, found.stderr
        proven = verifier.verify(path.read_bytes(), log_key(world, key))
        assert proven.index == entry and proven.header["kind"] == kind
        # Under another node's key nothing holds.
        assert chancery("verify", path, "--key", log_key(world, "uruguay")).returncode == 1


def test_the_copy_at_the_depositary_carries_kenya_s_own_proof(world, tmp_path):
    facts = world.facts("signature")
    act = data(world, "secretariat", f"/record/acts/{facts['fullPowers']}")
    assert act["kind"] == "exchange.received@1"
    path = tmp_path / "inner.tlog-proof"
    path.write_text(whole(act["payload"]["proof"], act["payload"]["leaf"]))
    found = chancery("verify", path, "--key", log_key(world, "kenya"), "--json")
    assert found.returncode == 0, found.stderr


def test_the_note_was_receipted_and_the_receipt_is_proved_without_any_node(world, tmp_path):
    facts = world.facts("correspondence")
    reader = world.sign_in("indonesia", "Second Secretary")
    note = data(world, "indonesia", f"/correspondence/{facts['sent']}", reader)
    assert note["subject"] == facts["subject"] and note["to"][0]["state"] == "acknowledged"
    receipt = data(world, "indonesia", f"/record/acts/{facts['receipt']}", reader)["payload"]
    assert receipt["entry"] == facts["sent"]
    path = tmp_path / "receipt.tlog-proof"
    path.write_text(whole(receipt["receipt"]["proof"], receipt["receipt"]["leaf"]))
    assert chancery("verify", path, "--key", log_key(world, "uruguay")).returncode == 0
    proven = verifier.verify(path.read_bytes(), log_key(world, "uruguay"))
    assert proven.index == receipt["receipt"]["index"] and proven.header["kind"] == "exchange.received@1"
    answer = data(world, "indonesia", f"/correspondence/{facts['answer']}", reader)
    assert answer["thread"] == note["thread"]
    # Who has no office in it sees nothing.
    for key in ("indonesia", "uruguay", "kenya"):
        assert facts["subject"] not in requests.get(world.address(key) + "/record/acts?format=json", timeout=30).text


def test_the_evidence_of_two_histories_convicts_by_itself(world):
    facts = world.facts("split-view")
    key = next(key for key in data(world, "observer", "/.well-known/chancery")["document"]["log"] if len(key) < 200)
    public = base64.b64decode(key.split("+", 2)[2])[1:]
    for node in ("secretariat", "indonesia", "uruguay"):
        found = next(one for one in data(world, node, "/nodes")["splitViews"] if one["log"] == facts["log"])
        roots = set()
        for note in (found["known"], found["found"]):
            text, _, block = note.rpartition("\n\n")
            blobs = [base64.b64decode(line.split(" ")[2]) for line in block.strip().split("\n")]
            Ed25519PublicKey.from_public_bytes(public).verify(next(b[4:] for b in blobs if len(b) == 68), (text + "\n").encode())
            origin, size, root = text.split("\n")[:3]
            assert origin == facts["log"] and int(size) == facts["size"]
            roots.add(root)
        assert len(roots) == 2
    for node in ("indonesia", "uruguay"):
        peer = next(one for one in data(world, node, "/nodes")["peers"] if one["log"] == facts["log"])
        assert peer["ended"], "they have ended their dealings with it"


def test_ports_that_are_taken_are_named(world, tmp_path):
    second = chancery("world", "--data", tmp_path / "other", "--port", world.port, "--once")
    assert second.returncode == 75 and str(world.port) in second.stderr and "--port" in second.stderr
    assert not (tmp_path / "other").exists()


def test_what_has_happened_is_not_done_twice_and_no_process_is_left_behind(world):
    """Stopped as by Ctrl-C, started again, and at last killed without a word."""
    before = world.report

    def counts():
        # A peer's newer document, which the node itself enters when it hears of it, is no part of the story.
        return {
            kind: sum(1 for act in data(world, key, f"/record/acts?kind={kind}@1")["acts"] if kind != "peer.accepted" or act["author"] != "node")
            for key, kind in [
                ("secretariat", "treaty.full-powers-issued"), ("kenya", "treaty.full-powers-issued"), ("secretariat", "peer.accepted"),
                ("uruguay", "exchange.received"), ("secretariat", "witness.split-view-found"), ("indonesia", "peer.ended")]
        }

    signatures = [act for act in data(world, "secretariat", "/treaties/XXVII-100")["acts"] if act["actor"] == "KEN"]
    known = counts()
    assert world.stop(signal.SIGINT) == 0
    assert world.all_gone(1), "processes outlived the world"
    world.start()
    assert [step["facts"] for step in world.report["steps"]][3:] == [step["facts"] for step in before["steps"]][3:]
    assert counts() == known
    assert [act for act in data(world, "secretariat", "/treaties/XXVII-100")["acts"] if act["actor"] == "KEN"] == signatures
    world.stop(signal.SIGKILL)
    assert world.all_gone(), f"orphans listen on {world.listening()}"


def test_what_a_node_says_at_its_start_is_in_its_log_alone(world):
    assert json.dumps(world.report).count("sign-in/link") == sum(len(node["people"]) for node in world.report["nodes"])
    for node in world.report["nodes"]:
        assert os.stat(node["log"]).st_mode & 0o077 == 0
        assert os.stat(node["folder"]).st_mode & 0o077 == 0
