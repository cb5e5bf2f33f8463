"""Documents released in part, requests with a clock, individual copies and alerts, as programs and people see them."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import base64
import datetime
import struct

import pytest
import requests

from correspondents import enter, form, invite, send
from node import Forms
from own_node import OwnNode

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
SECRET = "Quintessential zirconium informant"
PARAGRAPHS = [
    "The delegations met in the harbour town.",
    f"(RED) {SECRET} told us of the cable.",
    "(RED) The second removed paragraph, of the same ground.",
    "They will meet again in spring.",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("disclosure") / "node", "serve", logLevel="debug").start()
    first = node.sign_in()
    officer = enter(invite(first, node, "depositary", "Press Officer", "press-officer"), node.address)
    approver = enter(invite(first, node, "depositary", "Head of Press", "approver"), node.address)
    yield node, officer, approver
    node.stop()


def fields(sheet, **more):
    """A form's hidden fields and the named ones; what is not named is left as a browser would send it empty."""
    return {"request": sheet["fields"]["request"], **more}


@pytest.fixture(scope="module")
def document(desk):
    node, officer, _ = desk
    sheet = form(officer, node, "/press/documents", "file-document")
    return send(officer, node, "/press/documents", fields(
        sheet, office="depositary", title="Harbour talks", language="en", level="tlp-2.0/CLEAR", text="\n\n".join(PARAGRAPHS), until="", event="", foreign=""))


@pytest.fixture(scope="module")
def request_number(desk):
    node, officer, _ = desk
    sheet = form(officer, node, "/press/access", "register-request")
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return send(officer, node, "/press/access", fields(
        sheet, office="depositary", regime="uk-foia-2000", received=str(today), subject="Papers of the harbour talks",
        contact="Iphigenia Requester, 12 Lane")).rsplit("/", 1)[1]


@pytest.fixture(scope="module")
def release(desk, document, request_number):
    node, _, approver = desk
    sheet = form(approver, node, document, "release-document")
    ground = "uk-foia-2000|s. 27"
    return send(approver, node, document + "/release", fields(
        sheet, title="Harbour talks", answers=request_number, collection="harbour",
        **{"withhold-p/0002": ground, "withhold-p/0003": ground}))


def leaf(path, salt, text):
    encoded = path.encode()
    return hashlib.sha256(
        b"\0chancery-redactable-leaf/1" + salt + struct.pack(">I", len(encoded)) + encoded + text.encode()).digest()


def root(hashes):
    """RFC 6962's tree hash, written here from the RFC."""
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return hashlib.sha256(b"\1" + root(hashes[:half]) + root(hashes[half:])).digest()


def test_the_document_bears_its_highest_portion_and_whoever_filed_it_does_not_release_it(desk, document):
    node, officer, approver = desk
    page = officer.get(node.address + document, timeout=30).text
    assert "TLP:RED" in re.search(r'data-test="marking">(.*?)</p>', page, re.S).group(1)
    assert re.findall(r'data-test="portion">([^<]*)<', page) == ["", "(RED)", "(RED)", ""]
    assert 'data-test="release-document"' not in page
    assert 'data-test="release-document"' in approver.get(node.address + document, timeout=30).text
    assert requests.get(node.address + document, timeout=30).status_code == 401
    assert SECRET not in requests.get(node.address + "/record/acts?format=json", timeout=30).text


def test_a_marked_paragraph_is_not_released_by_oversight(desk, document):
    node, _, approver = desk
    sheet = form(approver, node, document, "release-document")
    answer = approver.post(
        node.address + document + "/release", data=fields(sheet, title="x", answers="", collection="", **{"withhold-p/0002": "uk-foia-2000|s. 27"}),
        headers={"Origin": node.address}, timeout=30, allow_redirects=False)
    assert answer.status_code == 422 and "p/0003" in answer.text and SECRET not in answer.headers.get("Location", "")


def test_what_was_removed_is_in_no_representation(desk, release):
    node, _, _ = desk
    for address in (release, release + "?format=json", release + "/file", "/disclosures", "/disclosures?q=harbour&format=json"):
        answer = requests.get(node.address + address, timeout=30)
        assert answer.status_code == 200 and "zirconium" not in answer.text, address
    page = requests.get(node.address + release, timeout=30).text
    assert page.count('data-test="removal"') == 1, "two neighbours on one ground are one mark"
    assert "s. 27" in page and 'data-state="verified"' in page


def test_the_paper_has_no_word_of_it(desk, release, tmp_path):
    node, _, _ = desk
    paper = tmp_path / "release.pdf"
    paper.write_bytes(requests.get(node.address + release + "/pdf", timeout=60).content)
    tool = shutil.which("pdftotext")
    assert tool, "pdftotext is needed (Debian package poppler-utils)"
    text = subprocess.run([tool, "-layout", paper, "-"], capture_output=True, check=True).stdout.decode()
    assert "harbour town" in text and "again in spring" in text and "s. 27" in text
    for word in SECRET.split() + ["informant", "cable", "second removed"]:
        assert word not in text, word
    assert b"zirconium" not in paper.read_bytes()


def test_a_third_program_verifies_the_release_and_finds_every_change(desk, release):
    node, _, _ = desk
    file = requests.get(node.address + release + "/file", timeout=30).json()
    entry = requests.get(node.address + release + "?format=json", timeout=30).json()["commitment"]

    def computed(shown):
        hashes = [leaf(path, base64.b64decode(salt), text) for path, salt, text in shown]
        return root(sorted(hashes + [base64.b64decode(hidden) for hidden in file["hidden"]]))

    stated = base64.b64decode(file["commitment"]["root"])
    assert computed(file["shown"]) == stated
    path, salt, text = file["shown"][0]
    assert computed([[path, salt, text.replace("met", "quarrelled")]] + file["shown"][1:]) != stated
    assert len(file["hidden"]) > 2, "decoys are among the hashes"
    assert len({salt for _, salt, _ in file["shown"]}) == len(file["shown"])
    act = requests.get(f"{node.address}/record/acts/{entry}?format=json", timeout=30).json()
    assert file["commitment"]["root"] in json.dumps(act), "the public record holds the commitment"


def test_the_program_verifies_the_release_against_the_proved_commitment(desk, release, tmp_path):
    node, _, _ = desk
    entry = requests.get(node.address + release + "?format=json", timeout=30).json()["commitment"]
    proof, file = tmp_path / "commitment.tlog-proof", tmp_path / "release.json"
    proof.write_bytes(requests.get(f"{node.address}/record/acts/{entry}.tlog-proof", timeout=30).content)
    file.write_bytes(requests.get(node.address + release + "/file", timeout=30).content)
    key = requests.get(node.address + "/record?format=json", timeout=30).json()["key"]

    def run():
        return subprocess.run([PROGRAM, "verify", proof, "--key", key, "--release", file], capture_output=True, text=True)

    good = run()
    assert good.returncode == 0 and "2 parts" in good.stdout, good.stdout + good.stderr
    file.write_text(file.read_text().replace("harbour town", "harbour city"))
    assert run().returncode == 1


def test_a_release_is_found_by_its_words_and_its_collection(desk, release):
    node, _, _ = desk
    def found(query):
        return [r["url"].endswith(release) for r in requests.get(node.address + "/disclosures?format=json&" + query, timeout=30).json()["releases"]]
    assert found("q=Spring harbour") == [True] and found("q=zirconium") == [] and found("collection=harbour") == [True] and found("collection=x") == []


def test_a_request_runs_its_statutory_clock_and_never_names_who_asked(desk, request_number, release):
    node, officer, _ = desk
    before = requests.get(f"{node.address}/access-requests/{request_number}?format=json", timeout=30).json()
    assert before["state"] == "running" and before["due"] and before["releases"] == [release.rsplit("/", 1)[1]]
    working = [day for day in (datetime.date.fromisoformat(before["received"]) + datetime.timedelta(n) for n in range(1, 60)) if day.weekday() < 5]
    assert datetime.date.fromisoformat(before["due"]) >= working[19], "twenty working days and the holidays among them"
    page = officer.get(node.address + "/press/access", timeout=30).text
    sheet = next(f for f in Forms(page).forms if f["attributes"].get("data-test") == "step")
    answered = {"step": "answered", "on": before["received"], "outcome": "partly", "citation": "s. 27"}
    wrong = officer.post(
        node.address + sheet["attributes"]["action"], data=fields(sheet, **{**answered, "outcome": ""}), headers={"Origin": node.address},
        timeout=30, allow_redirects=False)
    assert wrong.status_code == 400
    sheet = next(f for f in Forms(officer.get(node.address + "/press/access", timeout=30).text).forms if f["attributes"].get("data-test") == "step")
    send(officer, node, sheet["attributes"]["action"], fields(sheet, **answered))
    after = requests.get(f"{node.address}/access-requests/{request_number}?format=json", timeout=30).json()
    assert after["state"] == "answered" and after["steps"][-1]["outcome"] == "partly"
    for address in (f"/access-requests/{request_number}", "/access-requests", "/record/acts?format=json"):
        assert "Iphigenia" not in requests.get(node.address + address, timeout=30).text
    measures = {m["measure"]: m for m in requests.get(node.address + "/measures?format=json", timeout=30).json()["measures"]}
    assert measures["answers"]["inTime"] == 1 and measures["answers"]["answered"] == 1


PAIRS = [
    ("shortly", "before long"), ("began", "started"), ("however", "nevertheless"), ("stressed", "underlined"), ("requested", "asked for"),
    ("almost", "nearly"), ("perhaps", "possibly"), ("regarding", "concerning"), ("obtain", "secure"), ("assist", "help"), ("purchase", "buy"),
    ("attempt", "try"), ("also", "in addition"), ("often", "frequently"), ("whole", "entire"), ("chose", "selected"), ("reply", "answer"),
    ("showed", "demonstrated"), ("usually", "as a rule"), ("quickly", "rapidly"),
]
WORDS = "ministry harbour border ferry protocol customs vessel airline visa consulate island coast valley market tariff convoy grain pipeline court envoy".split()


def notation():
    return "\n\n".join(
        f"The {WORDS[n]} and the {WORDS[-n - 1]} {{{a}|{b}}} near the {WORDS[(n * 7 + 3) % 20]} of that {WORDS[(n * 3 + 5) % 20]} office."
        for n, (a, b) in enumerate(PAIRS))


def test_copies_are_told_apart_and_their_readers_are_told(desk):
    node, officer, approver = desk
    page = officer.get(node.address + "/press/copies", timeout=30).text
    people = re.findall(r'name="reader" value="([^"]+)"', page)
    sheet = form(officer, node, "/press/copies", "assign")
    wish = {"office": "depositary", "title": "Cable", "level": "tlp-2.0/RED", "notation": notation(), "reader": people, "approved": "yes",
            "address": "press@mfa.example", "reference": "MFA/2026/9"}

    def refused(**more):
        sheet = form(officer, node, "/press/copies", "assign")
        return officer.post(
            node.address + "/press/copies", data=fields(sheet, **{**wish, **more}), headers={"Origin": node.address}, timeout=30,
            allow_redirects=False).status_code

    assert refused(level="tlp-2.0/GREEN") == 422, "never below the level"
    assert refused(approved="") == 422, "never without the author's word"
    assert refused(notation=notation() + "\n\nIt cost {5|6} millions.") == 422, "never a number"
    copies = send(officer, node, "/press/copies", fields(sheet, **wish))
    opened = {}
    for reader in (officer, approver):
        closed = reader.get(node.address + copies, timeout=30).text
        assert 'data-test="told"' in closed and 'data-test="copy-text"' not in closed
        sheet = form(reader, node, copies, "open")
        shown = reader.post(node.address + copies + "/open", data=sheet["fields"], headers={"Origin": node.address}, timeout=30).text
        body = re.search(r'data-test="copy-text">(.*?)</div>', shown, re.S).group(1)
        opened[reader] = (re.sub(r"<[^>]+>", " ", body), re.search(r'data-test="copy-marks">(.*?)</p>', shown, re.S).group(1))
    assert opened[officer][0] != opened[approver][0] and opened[officer][1] != opened[approver][1]
    # The log is a second person's to see.
    assert 'data-test="opening"' not in officer.get(node.address + copies, timeout=30).text
    assert approver.get(node.address + copies, timeout=30).text.count('data-test="opening"') == 2
    # The leak of one of them, retyped in capitals.
    sheet = form(approver, node, copies, "analyse")
    verdict = approver.post(
        node.address + copies + "/analyse", data=fields(sheet, leak=opened[officer][0].upper() + opened[officer][1]), headers={"Origin": node.address},
        timeout=30).text
    found = re.findall(r'data-test="consistent">([^<]*)<', verdict)
    assert len(found) == 1 and "p = " in found[0], verdict[-1500:]
    assert verdict.count('data-test="sighting"') == 2
    sheet = form(approver, node, copies, "analyse")
    stranger = approver.post(
        node.address + copies + "/analyse", data=fields(sheet, leak="Something else altogether."), headers={"Origin": node.address}, timeout=30).text
    assert 'data-test="no-verdict"' in stranger
    assert requests.get(node.address + copies, timeout=30).status_code == 401


def test_an_alert_opens_a_timeline_and_its_times_come_from_acts(desk):
    node, officer, _ = desk
    sheet = form(officer, node, "/press/alerts", "raise")
    alert = send(officer, node, "/press/alerts", fields(
        sheet, office="depositary", title="A ferry was stopped", source="feed", **{"from": "harbour radio"}, event="2026-01-05T08:00",
        ask="Legal adviser, Harbour master"))
    page = officer.get(node.address + alert, timeout=30).text
    assert page.count('data-test="to-ask"') == 2 and page.count('data-test="moment"') == 2 and 'data-test="time"' in page
    sheet = form(officer, node, alert, "note")
    send(officer, node, alert + "/note", fields(sheet, what="asked", who="Legal adviser", text="By telephone", draft=""))
    page = officer.get(node.address + alert, timeout=30).text
    assert page.count('data-test="to-ask"') == 1 and page.count('data-test="moment"') == 3
    sheet = form(officer, node, alert, "note")
    send(officer, node, alert + "/note", fields(sheet, what="closed", who="", text="", draft=""))
    assert 'data-test="note"' not in officer.get(node.address + alert, timeout=30).text
    measures = {m["measure"]: m for m in requests.get(node.address + "/measures?format=json", timeout=30).json()["measures"]}
    assert measures["response"]["steps"][0]["step"] == "alert" and measures["response"]["steps"][0]["count"] == 1
    assert requests.get(node.address + alert, timeout=30).status_code == 401


def test_a_followed_nodes_words_raise_an_alert_once(tmp_path_factory):
    """Another node releases a statement with one of our words: an alert, with who must be asked; ordinary words raise none."""
    from correspondents import accept, wait_for
    from press import released, staffed

    other = OwnNode(PROGRAM, tmp_path_factory.mktemp("other") / "node", "serve", name="Sudland", federation={"privateAddresses": True, "refresh": 1}).start()
    watcher = OwnNode(PROGRAM, tmp_path_factory.mktemp("watcher") / "node", "serve", name="Norland", federation={"privateAddresses": True, "refresh": 1}).start()
    try:
        people = staffed(other)
        first, *_ = staffed(watcher)
        accept(watcher, first, other)
        accept(other, people[0], watcher)
        page = f"/nodes/localhost%3A{other.port}"
        if not requests.get(watcher.address + page + "?format=json", timeout=30).json()["followed"]:
            watcher.send(first, page, "follow-node")
        sheet = form(first, watcher, "/press/alerts", "alert-words")
        send(first, watcher, "/press/alert-words", fields(sheet, office="depositary", words="ceasefire that was agreed", ask="Legal adviser"))
        released(other, people)
        wait_for(lambda: 'data-test="alert"' in first.get(watcher.address + "/press/alerts", timeout=30).text, 60)
        shown = first.get(watcher.address + "/press/alerts", timeout=30).text
        assert shown.count('data-test="alert"') == 1 and "On the ceasefire" in shown
        alert = re.search(r'href="(/press/alerts/ale-[^"]+)"', shown).group(1)
        page = first.get(watcher.address + alert, timeout=30).text
        assert f"localhost:{other.port}" in page and page.count('data-test="to-ask"') == 1
    finally:
        other.stop()
        watcher.stop()
