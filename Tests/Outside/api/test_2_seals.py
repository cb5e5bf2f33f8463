"""Seals, time-stamps and signing away from the node: other people's programs take what this one makes."""

import asyncio
import base64
import hashlib
import json
import os
import pty
import secrets
import subprocess

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper

from conftest import refused

QUERY = {"Content-Type": "application/timestamp-query"}


def chancery(node, *arguments, **options):
    return subprocess.run([node.program, *arguments], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, **options)


@pytest.fixture
def root(node, tmp_path):
    answer = node.get("/certificates/root.pem")
    assert answer.status_code == 200 and answer.text.startswith("-----BEGIN CERTIFICATE-----")
    path = tmp_path / "root.pem"
    path.write_bytes(answer.content)
    return path


def test_openssl_asks_for_a_time_stamp_and_verifies_it(node, root, tmp_path):
    data = tmp_path / "data"
    data.write_text("text")
    query, reply = tmp_path / "q.tsq", tmp_path / "r.tsr"
    subprocess.run(["openssl", "ts", "-query", "-data", data, "-sha384", "-cert", "-out", query], check=True, capture_output=True)
    answer = node.post("/time-stamp", data=query.read_bytes(), headers=QUERY)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/timestamp-reply"
    reply.write_bytes(answer.content)
    verified = subprocess.run(
        ["openssl", "ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", root], capture_output=True, text=True
    )
    assert verified.returncode == 0 and "Verification: OK" in verified.stdout + verified.stderr, verified.stderr


def test_pyhanko_takes_a_time_stamp_over_http(node):
    token = asyncio.run(
        HTTPTimeStamper(node.address + "/time-stamp").async_timestamp(hashlib.sha256(b"text").digest(), "sha256")
    )
    assert token["content_type"].native == "signed_data"


def test_what_is_no_request_is_refused(unharmed, tmp_path):
    programs = {"Accept": "application/json"}
    refused(unharmed.post("/time-stamp", data=b"x", headers=programs), 415)
    refused(unharmed.post("/time-stamp", data=b"x" * 5000, headers={**QUERY, **programs}), 413)
    answer = unharmed.post("/time-stamp", data=b"x", headers=QUERY)
    assert answer.status_code == 200
    reply = tmp_path / "reply.tsr"
    reply.write_bytes(answer.content)
    said = subprocess.run(["openssl", "ts", "-reply", "-in", reply, "-text"], capture_output=True, text=True).stdout
    assert "Status: Rejected" in said, said


def test_the_certificates_are_shown_alike_to_people_and_programs(node):
    page = node.get("/certificates", headers={"Accept": "text/html"})
    document = node.get("/certificates", headers={"Accept": "application/json"}).json()
    assert page.status_code == 200 and document["sha256"] in page.text
    assert {certificate["role"] for certificate in document["certificates"]} >= {"root", "time-stamps"}


def signing_request(kind="treaty.participation@1", content=None, **changes):
    """A signing request as docs/protocol.md, section 10, describes it, made without the node."""
    salt = secrets.token_bytes(32)
    payload = content or {
        "treaty": "IV-11", "actor": "FRA", "action": "ratification", "date": "2026-03-04", "note": "Ünïcode \u202e"
    }
    statement = {
        "author": "p-1", "dossier": "treaties/IV-11", "format": 1, "kind": kind, "marking": "public",
        "office": "depositary", "payload": base64.b64encode(hashlib.sha256(salt + rfc8785.dumps(payload)).digest()).decode(),
        "references": [3], "request": "r-1",
    }
    digest = hashlib.sha256(b"chancery act v1\n" + rfc8785.dumps(statement)).digest()
    request = {
        "format": "chancery-signing-request/1", "statement": statement, "payload": payload,
        "salt": base64.b64encode(salt).decode(), "digest": base64.b64encode(digest).decode(),
    }
    request.update(changes)
    return request, digest


@pytest.mark.parametrize("algorithm", ["ed25519", "p256"])
def test_an_act_is_signed_on_the_command_line_and_verified_by_other_code(node, tmp_path, algorithm):
    key = tmp_path / "my.key"
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("correct horse\n")
    os.chmod(passphrase, 0o600)
    secret = ["--passphrase-file", str(passphrase)]
    made = chancery(node, "key", "make", "--algorithm", algorithm, "--out", str(key), *secret, "--json")
    assert made.returncode == 0, made.stderr
    assert key.stat().st_mode & 0o777 == 0o600
    shown = chancery(node, "key", "show", "--key", str(key), *secret, "--json")
    assert json.loads(made.stdout) == json.loads(shown.stdout)

    request, digest = signing_request()
    file = tmp_path / "request.json"
    file.write_text(json.dumps(request, indent=2))
    signed = chancery(node, "sign", str(file), "--key", str(key), *secret, "--yes", "--out", str(tmp_path / "signature.json"))
    assert signed.returncode == 0, signed.stderr
    assert "FRA (France)" in signed.stderr and "treaty: participation" in signed.stderr
    assert "\u202e" not in signed.stderr and "<U+202E>" in signed.stderr
    answer = json.loads((tmp_path / "signature.json").read_text())
    assert base64.b64decode(answer["digest"]) == digest
    public = base64.b64decode(answer["publicKey"]["key"])
    signature = base64.b64decode(answer["signature"]["signature"])
    name = hashlib.sha256(algorithm.encode() + b"\n" + public).digest()[:16]
    assert answer["signature"]["key"] == base64.urlsafe_b64encode(name).decode().rstrip("=")
    if algorithm == "ed25519":
        ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, digest)
    else:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
        point.verify(signature, digest, ec.ECDSA(hashes.SHA256()))

    again = chancery(node, "sign", str(file), "--key", str(key), *secret)
    assert again.returncode == 64 and "--yes" in again.stderr


def at_a_terminal(node, arguments, answer):
    """Runs the program as somebody at a terminal does, who answers its question once it is asked."""
    process, terminal = pty.fork()
    if process == 0:
        os.execv(node.program, [node.program, *arguments])
    said = b""
    answered = False
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            break
        if not chunk:
            break
        said += chunk
        if not answered and b"Type yes: " in said:
            answered = True
            os.write(terminal, answer.encode() + b"\n")
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), said.decode().replace("\r\n", "\n")


def test_the_whole_text_is_shown_and_nothing_is_signed_before_the_word_yes(node, tmp_path):
    key = tmp_path / "my.key"
    assert chancery(node, "key", "make", "--out", str(key), "--unencrypted").returncode == 0
    words = [f"Paragraph {number} of the reservation, word for word." for number in range(1, 60)]
    request, digest = signing_request(
        kind="treaty.statement-made@1",
        content={
            "treaty": "IV-11", "actor": "FRA", "statement": "reservation", "date": "2026-03-04", "language": "en",
            "text": "\n".join(words), "provisions": ["art_9"], "fullPowers": 7, "precludesTreaty": False,
            "signatory": {"name": "A. Person", "capacity": "ambassador"},
        },
    )
    file, out = tmp_path / "request.json", tmp_path / "signature.json"
    file.write_text(json.dumps(request))
    arguments = ["sign", str(file), "--key", str(key), "--out", str(out)]
    code, said = at_a_terminal(node, arguments, "no")
    assert code == 1 and "nothing was signed" in said and not out.exists()
    for word in words:
        assert f"| {word}\n" in said
    for shown in (
        "treaty: statement made", "Treaty            IV-11", "actor: FRA (France)", "date: 2026-03-04", "full powers: 7",
        "precludes treaty: false", "- art_9", "name: A. Person", base64.b64encode(digest).decode(),
    ):
        assert shown in said, shown
    code, said = at_a_terminal(node, arguments, "yes")
    assert code == 0, said
    assert base64.b64decode(json.loads(out.read_text())["digest"]) == digest


@pytest.mark.parametrize(
    "changes",
    [
        {"payload": {"treaty": "IV-11", "actor": "DEU", "action": "ratification", "date": "2026-03-04"}},
        {"digest": base64.b64encode(bytes(32)).decode()}, {"salt": base64.b64encode(bytes(32)).decode()}, {"extra": 1},
        {"format": "chancery-signing-request/2"},
    ],
)
def test_a_request_whose_parts_do_not_match_is_not_signed(node, tmp_path, changes):
    key = tmp_path / "my.key"
    assert chancery(node, "key", "make", "--out", str(key), "--unencrypted").returncode == 0
    file = tmp_path / "request.json"
    file.write_text(json.dumps(signing_request(**changes)[0]))
    answer = chancery(node, "sign", str(file), "--key", str(key), "--yes", "--out", str(tmp_path / "signature.json"))
    assert answer.returncode == 2 and answer.stderr.count("\n") == 1, answer.stderr
    assert not (tmp_path / "signature.json").exists()


def test_a_certified_copy_is_sealed_and_poppler_and_we_say_so(node, root, tmp_path):
    answer = node.get("/treaties/XXVII-100/certified-copy.pdf")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(answer.content)
    database = tmp_path / "nss"
    database.mkdir()
    for command in (["certutil", "-N", "-d", database, "--empty-password"],
                    ["certutil", "-A", "-d", database, "-n", "root", "-t", "C,C,C", "-i", root]):
        subprocess.run(command, check=True, capture_output=True)
    said = subprocess.run(["pdfsig", "-nssdir", database, copy], capture_output=True, text=True).stdout
    for words in ("Signature is Valid", "Certificate is Trusted", "Total document signed", "ETSI.CAdES.detached"):
        assert words in said, said
    text = subprocess.run(["pdftotext", copy, "-"], check=True, capture_output=True, text=True).stdout
    assert "weather knows no frontier" in text
    proof = node.get("/treaties/XXVII-100/certified-copy.tlog-proof")
    assert proof.status_code == 200 and proof.text.startswith("c2sp.org/tlog-proof@v1\n")
