"""Following: one node fetches another's record, checks it, shows its public acts, proves them offline, and takes full powers from it."""

import os
import subprocess

import pytest
import requests

from own_node import OwnNode
from test_8_federation import accept, wait_for

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


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


def sign(node, session, page, mark, fields):
    """Fills in a form whose act is signed on the next page, and enters it unsigned."""
    from node import Forms
    form = next(f for f in Forms(session.get(node.address + page, timeout=30).text).forms if f["attributes"].get("data-test") == mark)
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
        "form": "fullPowers", "actor": "ISL", "representatives": "Ingrid Dahl, Ambassador", "treaties": "IV-11", "issuer": "foreignMinister",
        "issuedBy": "Jon Jonsson", "issuedOn": "2025-05-05", "custody": "original", **changes,
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
    # Once, whatever is followed again.
    follow(depositary, officer, home)
    assert len([p for p in get(depositary, "/full-powers?format=json&actor=ISL").json()["fullPowers"] if p.get("home")]) == 1
    form = "/treaties/IV-11/act?actor=ISL&kind=denunciation&date=2025-06-01"
    assert "issued at home" in officer.get(depositary.address + form, timeout=30).text
    return here


def test_full_powers_of_another_state_are_not_taken(pair):
    (depositary, officer), (home, session) = pair
    follow(depositary, officer, home)
    entry = issue(home, session, actor="KEN", representatives="Amina Otieno, Ambassador", treaties="")
    path = page_of(home) + f"/record/{entry}"
    refused = wait_for(lambda: get(depositary, path + "?format=json").json().get("notTaken") if get(depositary, path).status_code == 200 else None)
    assert "Kenya" in refused
    assert not [p for p in get(depositary, "/full-powers?format=json&actor=KEN").json()["fullPowers"] if p.get("home")]
    assert 'data-test="not-taken"' in get(depositary, path).text
