"""Where files come from: what the press desk gives out bears manifests that c2pa-python trusts under the node's root, the node knows its files
again by them, and `chancery verify` does without it."""

import base64
import hashlib
import json
import os
import pathlib
import struct
import subprocess
import sys
import zlib

import pytest
import requests

from own_node import OwnNode
from press import act, draft, edited, staffed

sys.path.append(str(pathlib.Path(__file__).parent.parent / "provenance"))

import peer  # noqa: E402

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


def png():
    """Twelve by eight pixels, a gradient."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes((x * 20, y * 30, 120)[i] for x in range(12) for i in range(3)) for y in range(8))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 12, 8, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


# One grey dot: JFIF, a table of quantization, arithmetic coding.
JPEG = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + b"\xff\xdb\0\x43\0" + b"\3" * 64 + b"\xff\xc9\0\x0b\x08\0\1\0\1\1\1\x11\0"
    + b"\xff\xcc\0\6\0\x10\x10\5\xff\xda\0\x08\1\1\0\0\x3f\0\xd2\xcf\x20\xff\xd9")

# One dot each.
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"
GIF = b"GIF89a\1\0\1\0\x80\0\0\xff\xff\xff\0\0\0\x21\xf9\4\0\0\0\0\0\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0\x3b"
PICTURES = {
    "media.png": (png(), "image/png"), "media.jpg": (JPEG, "image/jpeg"), "media.webp": (WEBP, "image/webp"), "media.gif": (GIF, "image/gif")}
# Bytes of the pictures themselves, before the end or from the beginning.
PLACES = {"png": -20, "jpg": -4, "gif": -4, "webp": 24}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A node, a statement with a picture of each form, what it says of itself, and its files as they are given out."""
    folder = tmp_path_factory.mktemp("provenance")
    node = OwnNode(PROGRAM, folder / "node", "serve").start()
    drafter, approver, _ = staffed(node)
    words = {f"alternative.{tag}": "The signing ceremony" for tag in ("en", "ar", "fr")}
    address, kept = "/press/new", {"keep": []}
    for place, (name, (content, kind)) in enumerate(PICTURES.items()):
        address = draft(node, drafter, address, files={"file": (name, content, kind)}, **words, **kept) + "/edit"
        kept["keep"] = [*kept["keep"], hashlib.sha256(content).hexdigest()]
        kept |= {f"alternative.{place}.{tag}": "The signing ceremony" for tag in ("en", "ar", "fr")}
    address = address.removesuffix("/edit")
    act(node, approver, address, "clear-spokesperson")
    statement = act(node, approver, address, "approve", hour="now")
    files = {}
    for name, path in [
            ("card.png", "/card.png?text=ar"), ("paper.pdf", "/pdf?text=en"), ("arabic.pdf", "/pdf?text=ar"),
            *((name, f"/media/{place}") for place, name in enumerate(PICTURES))]:
        files[name] = folder / name
        files[name].write_bytes(requests.get(node.address + statement + path, timeout=60).content)
    root = folder / "root.pem"
    root.write_bytes(requests.get(node.address + "/certificates/root.pem", timeout=30).content)
    yield node, statement, requests.get(node.address + statement + "?format=json", timeout=30).json(), files, root
    node.stop()


def asked(node, content, name="file"):
    answer = requests.post(node.address + "/v?format=json", files={"file": (name, content)}, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1:]


def test_every_file_is_trusted_by_c2pa_under_the_nodes_root_and_invalid_after_one_flipped_bit(desk, tmp_path):
    node, statement, data, files, root = desk
    changed = {}
    for name, file in files.items():
        content = file.read_bytes()
        changed[name] = tmp_path / name
        place = content.index(b"/Subject (Statement ") + 20 if name.endswith("pdf") else PLACES[name.rsplit(".", 1)[1]]
        changed[name].write_bytes(flipped(content, place % len(content)))
    found = list(peer.findings(root.read_text(), [str(file) for file in [*files.values(), *changed.values()]]))
    for name, finding in zip(files, found):
        assert finding.get("state") == "Valid" and finding["failures"] == ["signingCredential.untrusted"], (name, finding)
        assert finding["trusted"] == "Trusted" and finding["trustedFailures"] == [], (name, finding)
        said = finding["statement"]
        assert said["code"] == data["code"] and said["version"] == 1 and said["entry"] == data["entry"], (name, said)
        assert said["address"].startswith(f"{node.address}{statement}?version=1") and said["check"] == f"{node.address}/v/{data['code']}"
        leaf = requests.get(f"{node.address}/record/acts/{data['entry']}?format=json", timeout=30).json()["leafHash"]
        assert said["leaf"] == leaf
        assert finding["actions"] == ["c2pa.opened" if name.startswith("media") else "c2pa.created", "c2pa.published"], (name, finding)
    for name, finding in zip(changed, found[len(files):]):
        assert finding.get("trusted") == "Invalid" and finding["trustedFailures"] == ["assertion.dataHash.mismatch"], (name, finding)
        verdict = asked(node, changed[name].read_bytes(), name)
        assert verdict["verdict"] == "altered" and verdict["statement"]["code"] == data["code"], (name, verdict)


def test_the_node_knows_its_files_by_their_manifests_and_by_their_bytes(desk):
    node, statement, data, files, _ = desk
    for name, file in files.items():
        verdict = asked(node, file.read_bytes(), name)
        assert (verdict["verdict"], verdict["evidence"]) == ("genuine", "manifest"), (name, verdict)
        assert verdict["statement"]["code"] == data["code"], (name, verdict)
    assert asked(node, files["card.png"].read_bytes())["language"] == "ar"
    for place, original in enumerate(content for content, _ in PICTURES.values()):
        served = requests.get(f"{node.address}{statement}/media/{place}?original=1", timeout=30).content
        assert served == original
        assert data["content"]["media"][place]["blob"] == hashlib.sha256(original).hexdigest()
        verdict = asked(node, original)
        assert (verdict["verdict"], verdict["evidence"]) == ("genuine", "bytes"), verdict
    # Somebody else's picture is nobody's statement, and a manifest moved onto it does not make it one.
    content = files["card.png"].read_bytes()
    length = struct.unpack(">I", content[33:37])[0]
    stranger = flipped(png(), len(png()) - 20)
    assert asked(node, stranger)["verdict"] == "not-ours"
    moved = stranger[:33] + content[33:45 + length] + stranger[33:]
    assert asked(node, moved)["verdict"] == "altered"
    page = requests.post(node.address + "/v", files={"file": ("moved.png", moved)}, headers={"Accept": "text/html"}, timeout=30).text
    assert 'data-verdict="altered"' in page and "changed after it was signed" in page


def test_an_edited_pdf_is_altered_and_the_words_that_differ_are_shown(desk):
    node, _, data, files, _ = desk
    pdf = files["paper.pdf"].read_bytes()
    verdict = asked(node, edited(pdf, b"welcomes", b"deplores"))
    assert (verdict["verdict"], verdict["evidence"], verdict["language"]) == ("altered", "words", "en"), verdict
    assert [piece["words"].strip() for piece in verdict["differences"] if piece["change"] == "added"] == ["deplores"], verdict
    # The manifest taken out and nothing else: programs read the same words, and the file still is not the one that was given out.
    verdict = asked(node, edited(pdf.replace(b"/C2PA_Manifest", b"/Unspecified  "), b"welcomes", b"welcomes"))
    assert (verdict["verdict"], verdict["evidence"]) == ("altered", "words") and "differences" not in verdict, verdict


def test_a_file_is_verified_without_the_node(desk, tmp_path):
    node, _, data, files, root = desk
    document = requests.get(node.address + "/.well-known/chancery", timeout=30).json()["document"]
    key = next(key for key in document["log"] if base64.b64decode(key.split("+", 2)[2])[0] == 1)

    def verify(file, *more):
        done = subprocess.run([PROGRAM, "verify", file, "--json", *more], capture_output=True, text=True, timeout=60)
        return done.returncode, json.loads(done.stdout) if done.stdout.strip() else done.stderr

    for name, file in files.items():
        code, found = verify(file, "--root", root, "--key", key)
        assert code == 0 and found["verified"] and found["statement"]["code"] == data["code"], (name, found)
        assert found["record"]["verified"] and found["record"]["namesFile"] == name.startswith("media"), (name, found)
    code, found = verify(files["card.png"], "--root", root)
    assert code == 0 and "record" not in found
    changed = tmp_path / "changed.jpg"
    content = files["media.jpg"].read_bytes()
    changed.write_bytes(flipped(content, len(content) - 4))
    code, found = verify(changed, "--root", root)
    assert code == 1 and found["faults"] == ["assertion.dataHash.mismatch"], found
    done = subprocess.run([PROGRAM, "verify", changed, "--root", root], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "was changed after it was signed" in done.stdout, done
    bare = tmp_path / "bare.png"
    bare.write_bytes(png())
    assert verify(bare, "--root", root)[0] == 2
    assert verify(files["card.png"])[0] == 64


def test_the_paper_with_the_offices_seal_is_valid_to_pyhanko_and_known_again(desk, tmp_path):
    node, statement, data, files, root = desk
    page = requests.get(node.address + statement, headers={"Accept": "text/html"}, timeout=30).text
    assert 'data-test="sealed-pdf"' in page
    answer = requests.get(node.address + statement + "/pdf?text=en&seal=1", timeout=60)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf" and b"C2PA_Manifest" not in answer.content
    sealed = tmp_path / "sealed.pdf"
    sealed.write_bytes(answer.content)
    checker = pathlib.Path(__file__).parent.parent / "seals" / "peer.py"
    found = subprocess.run([sys.executable, str(checker), "pdf", str(sealed), str(root)], capture_output=True, text=True, timeout=120)
    seal, = [json.loads(line) for line in found.stdout.splitlines()]
    assert seal["bottomLine"] and seal["trusted"] and seal["stampTrusted"] and seal["subFilter"] == "/ETSI.CAdES.detached", seal
    verdict = asked(node, answer.content)
    assert (verdict["verdict"], verdict["evidence"], verdict["language"]) == ("genuine", "seal", "en"), verdict
    page = requests.post(node.address + "/v", files={"file": ("sealed.pdf", answer.content)}, headers={"Accept": "text/html"}, timeout=30).text
    assert "seal, unbroken" in page
    # One bit of the words, one of the seal, and something written behind it.
    place = answer.content.index(b"/Subject (Statement ") + 20
    seal_place = answer.content.index(b"/Contents <") + 400
    for changed in (flipped(answer.content, place), flipped(answer.content, seal_place), answer.content + b"\n% more\n"):
        assert asked(node, changed)["verdict"] != "genuine"
    assert requests.get(node.address + statement + "/pdf?text=en", timeout=60).content.count(b"/ETSI.CAdES.detached") == 0
