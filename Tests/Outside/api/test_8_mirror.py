"""A node keeps whole copies of another's log (C2SP tlog-mirror): taken by real uploads, read by others' tools, refused to liars."""

import base64
import gzip
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from own_node import OwnNode
from test_8_federation import accept, nodes_json, sign_checkpoint, signature_lines, verify_key, wait_for

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A depositary with the sample register, some thousand entries, and a mirror of all its peers."""
    folder = tmp_path_factory.mktemp("mirrors")
    depositary = OwnNode(PROGRAM, folder / "depositary", "demo", federation={"privateAddresses": True, "refresh": 1}, name="Depositary")
    mirror = OwnNode(
        PROGRAM, folder / "mirror", "serve", federation={"privateAddresses": True, "refresh": 1, "mirrors": ["*"]}, name="Mirror")
    nodes = [depositary.start(), mirror.start()]
    sessions = [node.sign_in() for node in nodes]
    # The mirror first, so that it knows the log when the depositary comes.
    accept(mirror, sessions[1], depositary)
    accept(depositary, sessions[0], mirror)
    yield nodes, sessions
    for node in nodes:
        node.stop()


def monitoring(mirror, log):
    return f"{mirror.address}/mirror/{hashlib.sha256(log.encode()).hexdigest()}"


def mirrored(depositary, mirror):
    state = nodes_json(depositary)
    peer = next(peer for peer in state["peers"] if peer["node"] == f"localhost:{mirror.port}")
    return state["size"] if peer.get("mirroredSize") == state["size"] else None


def group(number):
    text = f"{number % 1000:03}"
    while number := number // 1000:
        text = f"x{number % 1000:03}/{text}"
    return text


def tile_paths(size):
    """Every tile and bundle of a tree of that size (C2SP tlog-tiles)."""
    level, count = 0, size
    while count:
        for kind in ([level, "entries"] if level == 0 else [level]):
            for place in range(count // 256):
                yield f"tile/{kind}/{group(place)}"
            if count % 256:
                yield f"tile/{kind}/{group(count // 256)}.p/{count % 256}"
        level, count = level + 1, count // 256


def test_a_mirror_holds_and_serves_the_whole_log_and_says_so_with_keys_of_its_own(world):
    (depositary, mirror), _ = world
    size = wait_for(lambda: mirrored(depositary, mirror), seconds=120)
    assert size > 512
    log = nodes_json(depositary)["log"]
    note = requests.get(monitoring(mirror, log) + "/checkpoint", timeout=30).text
    text, lines = signature_lines(note)
    origin, served, root = text.split("\n")[:3]
    assert origin == log and int(served) == size
    document = requests.get(mirror.address + "/.well-known/chancery", timeout=30).json()["document"]
    keys = {(name, key_id): (kind, public) for name, key_id, kind, public in map(verify_key, document["mirror"])}
    assert {name for name, _ in keys} == {f"localhost:{mirror.port}/mirror"}
    assert not set(document["mirror"]) & set(document["witness"])
    found = []
    for name, key_id, blob in lines:
        kind, public = keys.get((name, key_id), (None, None))
        when = struct.unpack(">Q", blob[:8])[0]
        if kind == 4:
            Ed25519PublicKey.from_public_bytes(public).verify(blob[8:], f"cosignature/v1\ntime {when}\n".encode() + text.encode())
            found.append(kind)
        elif kind == 6:
            message = b"subtree/v1\n\0" + bytes([len(name)]) + name.encode() + struct.pack(">Q", when)
            message += bytes([len(origin)]) + origin.encode() + struct.pack(">QQ", 0, size) + base64.b64decode(root)
            MLDSA44PublicKey.from_public_bytes(public).verify(blob[8:], message)
            found.append(kind)
    assert sorted(found) == [4, 6]
    for path in tile_paths(size):
        copy = requests.get(f"{monitoring(mirror, log)}/{path}", timeout=30)
        assert copy.status_code == 200, path
        assert copy.content == requests.get(f"{depositary.address}/record/{path}", timeout=30).content, path


@pytest.mark.parametrize("index", [0, 255, 256, 511])
def test_tlog_scales_reads_the_copy(world, index):
    (depositary, mirror), _ = world
    wait_for(lambda: mirrored(depositary, mirror), seconds=120)
    log = nodes_json(depositary)["log"]
    command = [Path(sys.executable).parent / "tlog-tiles", "get-leaf", "--check", monitoring(mirror, log), str(index)]
    answer = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=120)
    assert answer.returncode == 0, answer.stderr.decode()
    extra = re.search(r"extra (\S+)", requests.get(f"{depositary.address}/record/acts/{index}.tlog-proof", timeout=30).text)
    if extra:
        assert answer.stdout == base64.b64decode(json.loads(base64.b64decode(extra.group(1)))["leaf"])


def test_a_mirror_that_is_killed_while_it_takes_a_log_goes_on_where_it_was(world, tmp_path):
    (depositary, _), sessions = world
    fresh = OwnNode(
        PROGRAM, tmp_path / "fresh", "serve", federation={"privateAddresses": True, "refresh": 1, "mirrors": [f"localhost:{depositary.port}"]},
        name="Fresh").start()
    try:
        accept(fresh, fresh.sign_in(), depositary)
        accept(depositary, sessions[0], fresh)
        log = nodes_json(depositary)["log"]
        file = fresh.folder / "data" / "mirrors" / f"{hashlib.sha256(log.encode()).hexdigest()}.sqlite"
        wait_for(file.exists)
        for _ in range(5):
            fresh.kill()
            fresh.start()
            # What it vouches for it has: at any moment.
            answer = requests.get(monitoring(fresh, log) + "/checkpoint", timeout=30)
            if answer.status_code == 200:
                size = int(answer.text.split("\n")[1])
                for path in tile_paths(size):
                    assert requests.get(f"{monitoring(fresh, log)}/{path}", timeout=30).status_code == 200
            time.sleep(0.3)
        size = wait_for(lambda: mirrored(depositary, fresh), seconds=120)
        for path in tile_paths(size):
            copy = requests.get(f"{monitoring(fresh, log)}/{path}", timeout=30).content
            assert copy == requests.get(f"{depositary.address}/record/{path}", timeout=30).content, path
    finally:
        fresh.stop()


# MARK: Liars


@pytest.fixture(scope="module")
def silent(tmp_path_factory, world):
    """A small log whose node does not know the mirror, so that only the test brings it."""
    (_, mirror), sessions = world
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("silent") / "silent", "serve", federation={"privateAddresses": True}, name="Silent").start()
    accept(mirror, sessions[1], node)
    yield node
    node.stop()


def leaves(node):
    size = int(requests.get(node.address + "/record/checkpoint", timeout=30).text.split("\n")[1])
    data = requests.get(f"{node.address}/record/tile/entries/000.p/{size}", timeout=30).content
    found = []
    while data:
        length = int.from_bytes(data[:2], "big")
        found.append(data[2 : 2 + length])
        data = data[2 + length :]
    assert len(found) == size < 256
    return found


def entries_body(log, start, end, entries, proof=(), ticket=b""):
    body = struct.pack(">H", len(log)) + log.encode() + struct.pack(">QQH", start, end, len(ticket)) + ticket
    body += b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)
    return body + bytes([len(proof)]) + b"".join(proof)


def post_entries(mirror, body, **headers):
    return requests.post(
        mirror.address + "/mirror/add-entries", data=body, headers={"Content-Type": "application/octet-stream", **headers}, timeout=30)


def expect(mirror, note, old=0):
    return requests.post(mirror.address + "/mirror/add-checkpoint", data=f"old {old}\n\n{note}".encode(), timeout=30)


def test_lies_are_refused_as_the_specification_says_and_the_truth_is_taken(world, silent):
    (_, mirror), _ = world
    log = nodes_json(silent)["log"]
    found = leaves(silent)
    size = len(found)
    note = requests.get(silent.address + "/record/checkpoint", timeout=30).text
    # Nothing is taken before a checkpoint is expected, and the client learns where to begin.
    answer = post_entries(mirror, entries_body(log, 0, size, found))
    assert answer.status_code == 409 and answer.headers["Content-Type"] == "text/x.tlog.mirror-info"
    assert answer.text == "0\n0\n\n"
    text, lines = signature_lines(note)
    unsigned = f"{text}\n\u2014 {lines[0][0]} {base64.b64encode(lines[0][1] + bytes(64)).decode()}\n"
    assert expect(mirror, unsigned).status_code == 403
    assert expect(mirror, note.replace(log, "elsewhere.example/log")).status_code == 404
    answer = expect(mirror, note)
    # It has cosigned nothing: it holds nothing.
    assert answer.status_code == 200 and answer.text == ""
    assert requests.get(monitoring(mirror, log) + "/checkpoint", timeout=30).status_code == 404

    changed = [found[0][:-1] + bytes([found[0][-1] ^ 1]), *found[1:]]
    cases = [
        (entries_body("elsewhere.example/log", 0, size, found), 404), (entries_body(log, 0, size, changed), 422),
        (entries_body(log, 0, size, found, [bytes(32)]), 422), (entries_body(log, 0, size, [*found[1:], found[0]]), 422),
        (entries_body(log, 0, size + 1, [*found, b"{}"]), 409), (entries_body(log, 1, size, found[1:]), 409),
        (entries_body(log, 0, size, found)[:-3], 400), (b"", 400), (b"\x00\x01", 400), (entries_body(log, 5, 2, []), 400),
        (entries_body(log, 0, size, found, [bytes(32)] * 64), 400),
    ]
    for body, status in cases:
        answer = post_entries(mirror, body)
        assert answer.status_code == status, (answer.status_code, status, answer.text)
    assert requests.post(mirror.address + "/mirror/add-entries", data=b"x", headers={"Content-Type": "text/plain"}, timeout=30).status_code == 415
    assert post_entries(mirror, b"not gzip", **{"Content-Encoding": "gzip"}).status_code == 400
    # A small body that unfolds to a gigabyte is not unfolded whole.
    bomb = gzip.compress(struct.pack(">H", len(log)) + log.encode() + struct.pack(">QQH", 0, size, 0) + bytes(200_000_000), 9)
    answer = post_entries(mirror, bomb, **{"Content-Encoding": "gzip"})
    assert answer.status_code in (400, 422)
    assert requests.get(monitoring(mirror, log) + "/checkpoint", timeout=30).status_code == 404

    answer = post_entries(mirror, gzip.compress(entries_body(log, 0, size, found)), **{"Content-Encoding": "gzip"})
    assert answer.status_code == 200, answer.text
    assert len(re.findall(f"\u2014 localhost:{mirror.port}/mirror ", answer.text)) == 2
    # The same again is the same.
    assert post_entries(mirror, entries_body(log, 0, size, found)).status_code == 200
    copy = requests.get(monitoring(mirror, log) + "/checkpoint", timeout=30).text
    assert copy.startswith(text)

    # Another history of the same size is evidence, and a larger one without its proof is nothing.
    forged = sign_checkpoint(silent, size, hashlib.sha256(b"another history").digest())
    assert expect(mirror, forged, old=size).status_code == 422
    split = wait_for(lambda: [view for view in nodes_json(mirror)["splitViews"] if view["log"] == log])
    assert split[0]["found"] == forged
    assert expect(mirror, sign_checkpoint(silent, size + 3, bytes(32)), old=size).status_code == 422
    assert requests.get(monitoring(mirror, log) + "/checkpoint", timeout=30).text == copy

    # A subtree of what it holds is signed by the mirror's key; of what only the witness cosigned, not.
    def subtree(address, checkpoint):
        root = base64.b64encode(hashlib.sha256(b"\x00" + found[0]).digest()).decode()
        proof = consistency(found, 1)
        body = f"subtree 0 1\n{root}\n" + "".join(base64.b64encode(h).decode() + "\n" for h in proof) + "\n" + checkpoint
        return requests.post(address, data=body.encode(), timeout=30)

    answer = subtree(mirror.address + "/mirror/sign-subtree", copy)
    assert answer.status_code == 200 and answer.text.startswith(f"\u2014 localhost:{mirror.port}/mirror "), answer.text
    assert subtree(mirror.address + "/witness/sign-subtree", copy).status_code == 403
    assert subtree(mirror.address + "/mirror/sign-subtree", note).status_code == 403


def tree_hash(entries):
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    split = 1 << (len(entries) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + tree_hash(entries[:split]) + tree_hash(entries[split:])).digest()


def consistency(entries, end):
    """That the first `end` entries begin the tree (RFC 6962, 2.1.2)."""

    def way(m, part, whole):
        if m == len(part):
            return [] if whole else [tree_hash(part)]
        split = 1 << (len(part) - 1).bit_length() - 1
        if m <= split:
            return way(m, part[:split], whole) + [tree_hash(part[split:])]
        return way(m - split, part[split:], False) + [tree_hash(part[:split])]

    return way(end, entries, True)
