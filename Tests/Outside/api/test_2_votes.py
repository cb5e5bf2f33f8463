"""Decisions on the command line: roll calls recounted, and a secret ballot whose signer and verifier are another program's."""

import base64
import csv
import io
import json
import random
import subprocess

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa


def run(node, *arguments, **options):
    return subprocess.run(
        [node.program, "votes", *map(str, arguments)], capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL, **options
    )


def tables(folder, seed):
    """Roll calls of a made-up body, with its votes, and what they come to by Python's own count."""
    chance = random.Random(seed)
    members = [f"M{number:03}" for number in range(chance.randint(1, 60))]
    columns = ["rcid", "yes", "no", "abstain", "majority", "note, of the secretariat"]
    chance.shuffle(columns)
    rows, matrix, expected = [], [], {}
    for number in range(40):
        votes = [chance.choice("YYNA ").strip() for _ in members]
        yes, no, abstain = (votes.count(code) for code in "YNA")
        majority = chance.choice(["", "simple", "two-thirds", "three-fourths"])
        needed = {"": (yes > no), "simple": (yes > no), "two-thirds": 3 * yes >= 2 * (yes + no), "three-fourths": 4 * yes >= 3 * (yes + no)}
        expected[str(number)] = "adopted" if needed[majority] and yes else "tied" if yes == no else "rejected"
        rows.append({
            "rcid": number, "yes": yes, "no": no, "abstain": abstain, "majority": majority,
            "note, of the secretariat": 'a "note",\nof two lines',
        })
        matrix.append([number, *votes])
    chance.shuffle(matrix)
    with open(folder / "roll_calls.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    with open(folder / "matrix.csv", "w", newline="") as file:
        csv.writer(file).writerows([["rcid", *members], *matrix])
    return folder / "roll_calls.csv", folder / "matrix.csv", expected


@pytest.mark.parametrize("seed", range(5))
def test_roll_calls_are_counted_as_python_counts_them(node, tmp_path, seed):
    roll_calls, matrix, expected = tables(tmp_path, seed)
    answer = run(node, "replay", roll_calls, matrix, "--json")
    assert answer.returncode == 0, answer.stderr
    report = json.loads(answer.stdout)
    assert {result["rcid"]: result["outcome"] for result in report["results"]} == expected
    assert report["same"] and report["differences"] == []


def test_the_exit_code_says_whether_they_differ_or_cannot_be_read(node, tmp_path):
    roll_calls, matrix, _ = tables(tmp_path, 7)
    lines = list(csv.DictReader(io.StringIO(roll_calls.read_text())))
    lines[3]["yes"] = int(lines[3]["yes"]) + 1
    other = tmp_path / "other.csv"
    with open(other, "w", newline="") as file:
        writer = csv.DictWriter(file, lines[0].keys())
        writer.writeheader()
        writer.writerows(lines)
    differs = run(node, "replay", other, matrix)
    assert differs.returncode == 1
    assert "Roll call 3 " in differs.stdout
    (tmp_path / "bad.csv").write_text("rcid,FRA,KEN\n1,Y,N\n2,Y,maybe\n")
    unreadable = run(node, "replay", roll_calls, tmp_path / "bad.csv")
    assert unreadable.returncode == 2
    assert "line 3" in unreadable.stderr and "'maybe' of KEN" in unreadable.stderr
    assert run(node, "replay", roll_calls, tmp_path / "none.csv").returncode == 2
    assert run(node, "replay", roll_calls).returncode == 64
    assert run(node, "replay", roll_calls, matrix, "--majority", "most").returncode == 64


def test_a_secret_ballot_is_signed_unseen_and_holds_for_others(node):
    """RFC 9474: Python signs the hidden paper with plain RSA, and its own RSA-PSS verifier takes the finished ballot."""
    key = rsa.generate_private_key(65537, 3072)
    published = base64.b64encode(
        key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    ).decode()
    scope = ["--conference", "c", "--body", "plenary", "--meeting", "3", "--decision", "d7"]
    voter = subprocess.Popen(
        [node.program, "votes", "paper", "--key", published, *scope, "--choose", "KEN"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    try:
        blinded = int.from_bytes(base64.b64decode(json.loads(voter.stdout.readline())["blinded"]), "big")
        numbers = key.private_numbers()
        signed = pow(blinded, numbers.d, numbers.public_numbers.n).to_bytes(384, "big")
        out, _ = voter.communicate(base64.b64encode(signed).decode() + "\n", timeout=60)
    finally:
        voter.kill()
    assert voter.returncode == 0
    ballot = json.loads(out)
    assert ballot["choices"] == ["KEN"] and len(bytes.fromhex(ballot["nonce"])) == 32
    message = json.dumps(
        {
            "ballot": "chancery/1", "body": "plenary", "choices": ["KEN"], "conference": "c", "decision": "d7",
            "nonce": ballot["nonce"], "round": 1,
        },
        sort_keys=True, separators=(",", ":"),
    ).encode()
    signature = base64.b64decode(ballot["signature"])
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=48)
    key.public_key().verify(signature, message, pss, hashes.SHA384())
    assert signature != signed
    with pytest.raises(Exception):
        key.public_key().verify(signature, message.replace(b"KEN", b"FRA"), pss, hashes.SHA384())


def test_a_signature_of_another_key_makes_no_ballot(node):
    key = rsa.generate_private_key(65537, 2048)
    published = base64.b64encode(
        key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    ).decode()
    command = [node.program, "votes", "paper", "--conference", "c", "--body", "b", "--meeting", "1", "--decision", "d", "--key"]
    wrong = subprocess.run(
        [*command, published], input=base64.b64encode(bytes(256)).decode() + "\n", capture_output=True, text=True, timeout=60
    )
    assert wrong.returncode == 1
    assert subprocess.run([*command, "AAAA"], input="\n", capture_output=True, text=True, timeout=60).returncode == 2
