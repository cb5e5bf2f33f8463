"""A treaty whose text lies in the register enters into force, and is sent for registration: the package holds the very texts, sealed."""

import csv
import hashlib
import io
import json
import os
import subprocess
import zipfile

import pytest
import requests

from own_node import OwnNode

TREATY = "/treaties/XXVII-100"
STATES = "BRA CAN CHL COL CRI CUB ECU EGY FIN FRA".split()


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    node = OwnNode(os.environ["CHANCERY_TEST_NODE"], tmp_path_factory.mktemp("registration"))
    yield node.start()
    node.stop()


@pytest.fixture(scope="module")
def session(own):
    return own.sign_in()


@pytest.fixture(scope="module")
def package(own, session):
    early = requests.get(own.address + TREATY + "/registration.zip", headers={"Accept": "application/json"}, timeout=60)
    assert early.status_code == 422 and "Charter art. 102" in early.json()["citation"], early.text
    for day, state in enumerate(STATES, 1):
        own.send(
            session, TREATY + "/record", "instrument-form", kind="accession", actor=state, date=f"2025-09-{day:02}",
            source="the instruments themselves",
        )
    answer = requests.get(own.address + TREATY + "/registration.zip", timeout=120)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/zip", answer.text[:500]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def sealed(own, pdf, folder):
    """Poppler finds the seal valid and trusted under the node's own root."""
    root, database, file = folder / "root.pem", folder / "nss", folder / "document.pdf"
    root.write_bytes(requests.get(own.address + "/certificates/root.pem", timeout=30).content)
    file.write_bytes(pdf)
    database.mkdir()
    for command in (
        ["certutil", "-N", "-d", database, "--empty-password"],
        ["certutil", "-A", "-d", database, "-n", "root", "-t", "C,C,C", "-i", root],
    ):
        subprocess.run(command, check=True, capture_output=True)
    said = subprocess.run(["pdfsig", "-nssdir", database, file], capture_output=True, text=True).stdout
    for words in ("Signature is Valid", "Certificate is Trusted", "Total document signed", "ETSI.CAdES.detached"):
        assert words in said, said
    return subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout


def test_the_package_holds_the_texts_that_were_authenticated(own, package):
    assert package.testzip() is None
    names = package.namelist()
    languages = sorted(name.split(".")[-2] for name in names if name.startswith("texts/") and name.endswith(".xml"))
    assert languages == ["ar", "en", "es", "fr", "ru", "zh"]
    copy = requests.get(own.address + TREATY + "/certified-copy", headers={"Accept": "application/json"}, timeout=30).json()
    frozen = {text["language"]: text["sha256"] for text in copy["texts"]}
    for language in languages:
        assert hashlib.sha256(package.read(f"texts/XXVII-100.{language}.xml")).hexdigest() == frozen[language]
    assert "weather knows no frontier" in package.read("texts/XXVII-100.en.txt").decode()
    assert "Authentic languages: Arabic" in package.read("statement.en.txt").decode()


def test_its_figures_are_those_of_the_register(package):
    registration = json.loads(package.read("registration.json"))
    assert registration["entryIntoForce"] == "2025-10-10"
    rows = list(csv.DictReader(io.StringIO(package.read("parties.csv").decode())))
    assert sorted(row["code"] for row in rows) == STATES
    assert [name for name in package.namelist() if name.startswith("proofs/") and name.endswith(".tlog-proof")]


@pytest.mark.parametrize("name,words", [("statement.pdf", "CERTIFYING STATEMENT"), ("certified-copy.pdf", "weather knows no frontier")])
def test_its_documents_are_sealed(own, package, tmp_path, name, words):
    assert words.lower() in sealed(own, package.read(name), tmp_path).lower()


def test_the_proof_beside_the_copy_verifies_away_from_the_node(own, package, tmp_path):
    proof = tmp_path / "copy.tlog-proof"
    proof.write_bytes(package.read("certified-copy.tlog-proof"))
    key = package.read("proofs/verifier-key.txt").decode().strip()
    answer = subprocess.run([own.program, "verify", proof, "--key", key], capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0, answer.stderr


def test_a_notification_on_paper_is_sealed(own, session, package, tmp_path):
    own.send(session, TREATY, "confirm-form", date="2025-10-10")
    page = own.send(session, TREATY + "/notify?subject=entry-into-force", "notify-form", subject="entry-into-force", step="issue")
    pdf = requests.get(own.address + page + "/notification.pdf", timeout=60)
    assert pdf.status_code == 200
    assert "entry into force" in sealed(own, pdf.content, tmp_path).lower()
