"""Following: one node fetches another's record, checks it, shows its public acts, proves them offline, and takes full powers from it."""

import base64
import hashlib
import json
import os
import subprocess

import pytest
import requests

from conference import entered, with_roles
from node import Forms
from own_node import OwnNode
from test_8_federation import accept, wait_for

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
OPEN = "XXI-10"  # nobody has signed it in the sample register


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A depositary with the sample register, and a State's node that it follows."""
    folder = tmp_path_factory.mktemp("following")
    settings = {"federation": {"privateAddresses": True, "refresh": 1}}
    depositary = OwnNode(PROGRAM, folder / "depositary", "demo", name="Depositary", **settings).start()
    home = OwnNode(PROGRAM, folder / "home", "serve", name="Iceland", **settings).start()
    sessions = [depositary.sign_in(), home.sign_in()]
    accept(depositary, sessions[0], home)
    accept(home, sessions[1], depositary)
    home.send(sessions[1], "/offices/depositary", "set-actor", actor="ISL")
    home.send(sessions[1], "/offices/depositary", "set-rules", unsignedActs="yes")
    depositary.send(sessions[0], "/offices/depositary", "set-rules", unsignedActs="yes")
    wait_for(lambda: document(depositary, home)["offices"][0].get("actor") == "ISL")
    yield (depositary, sessions[0]), (home, sessions[1])
    depositary.stop()
    home.stop()


def page_of(other):
    return f"/nodes/localhost%3A{other.port}"


def get(node, path, **options):
    return requests.get(node.address + path, timeout=30, **options)


def document(node, other):
    return get(node, page_of(other) + "?format=json").json()["document"]


def follow(node, session, other):
    if not get(node, page_of(other) + "?format=json").json()["followed"]:
        node.send(session, page_of(other), "follow-node")
    size = get(other, "/record?format=json").json()["size"]
    return wait_for(lambda: (lambda f: f if (f.get("followedSize") or 0) >= size else None)(get(node, page_of(other) + "?format=json").json()))


def forms(node, session, page):
    return Forms(session.get(node.address + page, timeout=30).text).forms


def sign(node, session, page, mark, fields):
    """Fills in a form whose act is signed on the next page, and enters it unsigned."""
    form = next(f for f in forms(node, session, page) if f["attributes"].get("data-test") == mark)
    answer = session.post(
        node.address + form["attributes"]["action"], data=[("request", form["fields"]["request"]), *fields],
        headers={"Origin": node.address}, timeout=30)
    assert answer.status_code == 200, answer.text[-1500:]
    signing = next(f for f in Forms(answer.text).forms if f["attributes"].get("action") == "/sign")
    done = session.post(
        node.address + "/sign", data=signing["fields"], headers={"Origin": node.address}, timeout=30, allow_redirects=False)
    assert done.status_code == 303, done.text[-2500:]
    return int(done.headers["Location"].rsplit("/", 1)[1])


def issue(home, session, **changes):
    fields = {
        "form": "fullPowers", "actor": "ISL", "representatives": "Ingrid Dahl, Ambassador", "treaties": OPEN, "issuer": "foreignMinister",
        "issuedBy": "Jon Jonsson", "issuedOn": "2024-01-10", "custody": "original", **changes,
    }
    return sign(home, session, "/enter-full-powers", "full-powers-form", list(fields.items()))


def test_a_followed_record_is_shown_whole_and_proved_offline(pair, tmp_path):
    (depositary, _), (home, session) = pair
    follow(home, session, depositary)
    acts = get(home, page_of(depositary) + "/record?format=json&dossier=treaties%2FIV-11&limit=3").json()
    assert acts["acts"] and all(act["dossier"] == "treaties/IV-11" for act in acts["acts"])
    act = acts["acts"][0]
    at_home = get(depositary, f"/record/acts/{act['entry']}?format=json").json()
    assert act["leaf"] == at_home["leaf"] and act["payload"] == at_home["payload"] and act["salt"] == at_home["salt"]
    page = get(home, act["page"])
    assert page.status_code == 200 and 'data-test="proof"' in page.text
    proof = tmp_path / "act.tlog-proof"
    proof.write_bytes(get(home, act["proof"]).content)
    key = get(depositary, "/record?format=json").json()["key"]
    good = subprocess.run([PROGRAM, "verify", str(proof), "--key", key], capture_output=True, text=True, timeout=60)
    assert good.returncode == 0, good.stdout + good.stderr
    other = get(home, "/record?format=json").json()["key"]
    bad = subprocess.run([PROGRAM, "verify", str(proof), "--key", other], capture_output=True, text=True, timeout=60)
    assert bad.returncode == 1


def test_full_powers_issued_at_home_are_used_for_a_signature_at_the_depositary(pair):
    (depositary, officer), (home, session) = pair
    follow(depositary, officer, home)
    entry = issue(home, session)
    held = wait_for(lambda: [p for p in get(depositary, "/full-powers?format=json&actor=ISL").json()["fullPowers"] if p.get("home")])
    assert held[0]["home"]["entry"] == entry and held[0]["home"]["node"] == f"localhost:{home.port}"
    page = get(depositary, "/full-powers?actor=ISL").text
    assert 'data-test="home"' in page and f"Entry {entry} of localhost:{home.port}" in page
    here = held[0]["entry"]
    taken = get(depositary, f"/record/acts/{here}?format=json").json()
    assert taken["kind"] == "exchange.received@1" and taken["payload"]["index"] == entry
    at_home = get(home, f"/record/acts/{entry}?format=json").json()
    assert taken["payload"]["leaf"] == at_home["leaf"] and "c2sp.org/tlog-proof@v1" in taken["payload"]["proof"]
    # Once, whatever is followed again.
    follow(depositary, officer, home)
    assert len([p for p in get(depositary, "/full-powers?format=json&actor=ISL").json()["fullPowers"] if p.get("home")]) == 1
    form = f"/treaties/{OPEN}/act?actor=ISL&kind=signature&date=2024-03-01"
    assert "issued at home" in officer.get(depositary.address + form, timeout=30).text
    fields = [
        ("actor", "ISL"), ("kind", "signature"), ("date", "2024-03-01"), ("name", "Ingrid Dahl"), ("title", "Ambassador"),
        ("capacity", "plenipotentiary"), ("fullPowers", str(here)), ("intent", "sign"),
    ]
    signed = sign(depositary, officer, form, "act-form", fields)
    act = get(depositary, f"/record/acts/{signed}?format=json").json()
    assert act["payload"]["fullPowers"] == here and act["payload"]["signatory"]["name"] == "Ingrid Dahl"


def test_full_powers_withdrawn_at_home_cover_nothing_at_the_depositary(pair):
    (depositary, officer), (home, session) = pair
    follow(depositary, officer, home)
    [held] = [p for p in get(depositary, "/full-powers?format=json&actor=ISL").json()["fullPowers"] if p.get("home")]
    page = f"/full-powers/{held['home']['entry']}/revoke"
    mark = next(f["attributes"]["data-test"] for f in forms(home, session, page) if f["attributes"].get("action") == page)
    sign(home, session, page, mark, [("date", "2025-01-01"), ("reason", "A new ambassador")])
    state = wait_for(lambda: [p for p in get(depositary, "/full-powers?format=json&actor=ISL").json()["fullPowers"] if p.get("home") and p.get("revokedOn")])
    assert state[0]["state"] == "revoked" and state[0]["revokedOn"] == "2025-01-01"


def test_full_powers_of_another_state_are_not_taken(pair):
    (depositary, officer), (home, session) = pair
    follow(depositary, officer, home)
    entry = issue(home, session, actor="KEN", representatives="Amina Otieno, Ambassador", treaties="")
    path = page_of(home) + f"/record/{entry}"
    refused = wait_for(lambda: get(depositary, path + "?format=json").json().get("notTaken") if get(depositary, path).status_code == 200 else None)
    assert "Kenya" in refused and "VCLT arts. 2(1)(c), 7(1)(a)" in refused
    assert not [p for p in get(depositary, "/full-powers?format=json&actor=KEN").json()["fullPowers"] if p.get("home")]
    assert 'data-test="not-taken"' in get(depositary, path).text


def test_credentials_issued_at_home_are_taken_with_proof(pair):
    (depositary, officer), (home, session) = pair
    follow(depositary, officer, home)
    fields = [
        ("office", "depositary"), ("conference", "A/CONF.77"), ("members", "Ingrid Dahl, Head of delegation\nEgil Skalla, Adviser"),
        ("issuer", "foreignMinister"), ("issuedBy", "Jon Jonsson"), ("issuedOn", "2025-05-05"),
    ]
    entry = sign(home, session, "/issue-credentials", "issue-credentials", fields)
    path = page_of(home) + f"/record/{entry}?format=json"
    taken = wait_for(lambda: get(depositary, path).json().get("taken") if get(depositary, path).status_code == 200 else None)
    act = get(depositary, f"/record/acts/{taken}").text
    assert "A/CONF.77" in act and "Ingrid Dahl, Head of delegation" in act
    # Where the conference is, its secretariat sees them: who is named, where they were issued, and that they are not examined yet.
    secretariat = with_roles(depositary, "administrator", "depositary-officer", "conference-officer", session=officer)
    convened = dict(
        title="Conference on Fog", symbol="A/CONF.77", conference="fog", place="Geneva", opens="2026-11-01", zone="Europe/Zurich",
        procedure="general-assembly", languages="en fr")
    entered(secretariat, depositary, "convene", page="/conferences/new", **convened)
    seen = get(depositary, "/conferences/fog/delegations?format=json").json()
    assert seen["delegations"] == [] and [(w["actor"], w["issued"]["entry"]) for w in seen["waiting"]] == [("ISL", taken)]
    page = get(depositary, "/conferences/fog/delegations").text
    assert 'data-test="waiting"' in page and "Ingrid Dahl" in page, "they are in the list before the delegation is registered"
    entered(secretariat, depositary, "delegation", page="/conferences/fog/secretariat", actor="Iceland", standing="participant", members="")
    [delegation] = get(depositary, "/conferences/fog/delegations?format=json").json()["delegations"]
    assert delegation["credentials"] == "received" and delegation["members"][0] == {"name": "Ingrid Dahl", "function": "Head of delegation"}
    assert delegation["issued"] == {
        "entry": taken, "node": f"localhost:{home.port}", "place": entry, "by": "Jon Jonsson", "on": "2025-05-05"}
    page = get(depositary, "/conferences/fog/delegations").text
    assert 'data-test="issued"' in page and 'data-test="waiting"' not in page


def test_registers_of_joint_depositaries_are_compared(pair, tmp_path):
    (depositary, officer), _ = pair
    third = OwnNode(PROGRAM, tmp_path / "third", "demo", name="Third", federation={"privateAddresses": True, "refresh": 1}).start()
    try:
        session = third.sign_in()
        accept(third, session, depositary)
        follow(third, session, depositary)
        compared = get(third, f"/treaties/{OPEN}/ledgers?format=json").json()
        names = [ledger["depositary"] for ledger in compared["ledgers"]]
        assert names == [None, f"node:localhost:{depositary.port}"]
        [row] = [row for row in compared["rows"] if row["actor"] == "ISL"]
        assert row["matter"] == "signature" and row["finding"] == "missing" and row["dates"] == [None, "2024-03-01"]
        # Every other treaty is the same in both registers.
        assert get(third, "/treaties/IV-11/ledgers?format=json").json()["differences"] == 0
        page = get(third, f"/treaties/{OPEN}/ledgers").text
        assert 'data-test="followed-ledger"' in page and "Iceland" in page
        assert 'data-test="followed"' in get(third, f"/treaties/{OPEN}").text
    finally:
        third.stop()


def test_a_copy_that_was_deleted_is_fetched_again(pair):
    (depositary, officer), (home, session) = pair
    follow(home, session, depositary)
    home.stop()
    for name in ["followed.sqlite", "followed.sqlite-wal", "followed.sqlite-shm"]:
        (home.folder / "data" / name).unlink(missing_ok=True)
    home.start()
    size = get(depositary, "/record?format=json").json()["size"]
    wait_for(lambda: (get(home, page_of(depositary) + "?format=json").json().get("followedSize") or 0) >= size, 60)


def test_a_node_that_was_killed_goes_on_following(pair):
    (depositary, _), (home, _) = pair
    home.kill()
    home.start()
    size = get(depositary, "/record?format=json").json()["size"]
    wait_for(lambda: (get(home, page_of(depositary) + "?format=json").json().get("followedSize") or 0) >= size, 60)
    newest = get(home, page_of(depositary) + "/record?format=json&limit=1").json()["acts"][0]
    assert get(home, newest["proof"]).status_code == 200


def test_who_may_have_a_record_followed_and_what_is_not_there(pair):
    (depositary, _), (home, session) = pair
    unsigned = requests.post(depositary.address + page_of(home) + "/unfollow", data={}, headers={"Origin": depositary.address}, timeout=30)
    assert unsigned.status_code == 401
    for path, status in [
        ("/nodes/nowhere.example/record", 404), (page_of(depositary) + "/record/99999999", 404), (page_of(depositary) + "/record/01", 404),
        (page_of(depositary) + "/record?limit=0", 400), (page_of(depositary) + "/record?kind=" + "x" * 300, 400),
    ]:
        answer = get(home, path, headers={"Accept": "application/json"})
        assert answer.status_code == status, (path, answer.text)
        assert answer.headers["Content-Type"].startswith("application/problem+json")
    for path in ["/record/payloads/999", "/record/payloads/000.p/256", "/record/payloads/x", "/record/payloads/000.p/0"]:
        assert get(depositary, path).status_code == 404, path


def test_a_bundle_of_payloads_is_what_the_leaves_commit_to(pair):
    """docs/protocol.md, section 4, read by itself."""
    (depositary, _), _ = pair
    leaves, payloads = get(depositary, "/record/tile/entries/000").content, get(depositary, "/record/payloads/000").content
    at = there = 0
    for index in range(256):
        length = int.from_bytes(leaves[at:at + 2], "big")
        leaf = json.loads(leaves[at + 2:at + 2 + length])
        at += 2 + length
        size = int.from_bytes(payloads[there:there + 4], "big")
        content = payloads[there + 4:there + 4 + size]
        there += 4 + size
        assert (size > 0) == (leaf["marking"] == "public"), index
        if size:
            assert hashlib.sha256(content).digest() == base64.b64decode(leaf["payload"])
    assert at == len(leaves) and there == len(payloads)


def test_what_stands_in_the_way_is_shown_and_a_record_is_followed_no_longer_when_told_so(pair):
    (depositary, officer), (home, session) = pair
    depositary.stop()
    wait_for(lambda: get(home, page_of(depositary) + "?format=json").json().get("followFailure"))
    page = get(home, page_of(depositary)).text
    assert "cannot be reached" in page
    home.send(session, page_of(depositary), "follow-node")
    assert not get(home, page_of(depositary) + "?format=json").json()["followed"]
    assert get(home, page_of(depositary) + "/record").status_code == 404
