"""The record seen from outside: somebody else's verifiers believe it, and none believes a changed proof."""

import base64
import hashlib
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

import verifier

SEED = random.randrange(1 << 32)


@pytest.fixture(scope="module")
def key(node):
    """The log's verifier key, as the node tells it. A real reader brings it from elsewhere."""
    answer = node.get("/record?format=json")
    return answer.json()["key"]


def proof(node, index):
    answer = node.get(f"/record/acts/{index}.tlog-proof")
    assert answer.status_code == 200, answer.text[:200]
    return answer.content


def test_acts_all_over_the_record_are_proven_by_the_verifier_written_from_the_protocol(node, key):
    size = node.size()
    chooser = random.Random(SEED)
    print("seed", SEED)
    for index in {0, 1, size - 1, size // 2, *(chooser.randrange(size) for _ in range(40))}:
        proven = verifier.verify(proof(node, index), key)
        assert proven.index == index and proven.size >= size
        # What is confidential is proven to stand there, and not shown.
        shown = node.get(f"/record/acts/{index}?format=json").json()
        assert proven.payload == shown.get("payload")


def test_what_the_page_says_is_what_was_proven(node, key):
    shown = node.get("/record/acts/5?format=json").json()
    proven = verifier.verify(proof(node, 5), key)
    assert shown["kind"] == proven.header["kind"]
    assert shown["received"] == proven.header["received"]
    assert shown["payload"] == proven.payload


def test_no_single_changed_byte_of_a_proof_is_believed(node, key):
    honest = proof(node, 7)
    before = verifier.verify(honest, key)
    # The reader knows the log's Ed25519 key alone: the line by its ML-DSA-44 key is a stranger's to it, and passed over.
    block = honest.rindex(b"\n\n") + 2
    lines = honest[block:].split(b"\n")
    assert len(lines) == 3 and len(lines[0]) < 200 < len(lines[1])
    known = block + len(lines[0]) + 1
    chooser = random.Random(SEED)
    print("seed", SEED)
    for _ in range(600):
        place = chooser.randrange(known)
        changed = bytearray(honest)
        changed[place] ^= 1 << chooser.randrange(8)
        try:
            assert verifier.verify(bytes(changed), key) == before, f"byte {place} was changed and the act with it"
            raise AssertionError(f"byte {place} was changed unnoticed")
        except verifier.Unproven:
            pass


def test_the_command_line_verifies_the_same_file_and_refuses_a_changed_one(node, key, tmp_path):
    file = tmp_path / "act.tlog-proof"
    file.write_bytes(proof(node, 7))
    command = [node.program, "verify", str(file), "--key", key]
    good = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
    assert good.returncode == 0, good.stdout + good.stderr
    lines = file.read_text().split("\n")
    extra = json.loads(base64.b64decode(lines[1].removeprefix("extra ")))
    leaf = base64.b64decode(extra["leaf"]).replace(b'"format":1', b'"format":2')
    extra["leaf"] = base64.b64encode(leaf).decode()
    lines[1] = "extra " + base64.b64encode(json.dumps(extra, separators=(",", ":"), sort_keys=True).encode()).decode()
    file.write_text("\n".join(lines))
    bad = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
    assert bad.returncode != 0
    assert len(bad.stderr.strip().split("\n")) == 1, bad.stderr


def test_the_tiles_make_the_root_that_the_checkpoint_names(node, key):
    origin, size, root = verifier.checkpoint(node.get("/record/checkpoint").text, verifier.VerifierKey.read(key))
    leaves = []
    for number in range((size + 255) // 256):
        width = min(256, size - number * 256)
        path = f"/record/tile/entries/{group(number)}" + ("" if width == 256 else f".p/{width}")
        data = node.get(path).content
        while data:
            length = int.from_bytes(data[:2], "big")
            leaves.append(data[2 : 2 + length])
            data = data[2 + length :]
    assert len(leaves) == size
    assert tree(leaves) == root
    first = node.get("/record/tile/0/000").content
    assert first == b"".join(hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves[:256])


@pytest.mark.parametrize("index", [0, 255, 256, 5000])
def test_tlog_scales_reads_the_record_and_makes_the_same_proof(node, index):
    def tool(*arguments):
        command = [Path(sys.executable).parent / "tlog-tiles", *arguments, node.address + "/record", str(index)]
        answer = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
        assert answer.returncode == 0, answer.stderr.decode()
        return answer.stdout

    ours = proof(node, index).decode()
    extra = json.loads(base64.b64decode(ours.split("\n")[1].removeprefix("extra ")))
    assert tool("get-leaf", "--check") == base64.b64decode(extra["leaf"])
    assert tool("gen-proof").decode() == re.sub(r"\nextra .*\n", "\n", ours)


def group(number):
    text = f"{number % 1000:03}"
    while number := number // 1000:
        text = f"x{number % 1000:03}/{text}"
    return text


def tree(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + tree(leaves[:split]) + tree(leaves[split:])).digest()
