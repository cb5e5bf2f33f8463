"""A text from the legal scrub to its adoption in two languages, and on to the treaty register; and the records of the meetings."""

import hashlib
import os
import re
import subprocess

import pytest
import requests

from adoption import ADOPTION, ENGLISH, FRENCH, RECORDS, adoption, confirm, decide, ok, post, refused, table
from conference import CONFERENCE, ROOM, convene, done, resource, seat, with_roles
from node import Forms
from own_node import OwnNode

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def conference(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("adoption") / "node", "serve").start()
    chair = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(chair, node)
    delegates = seat(chair, node)
    yield chair, node, delegates
    node.stop()


def test_the_scrub_finds_what_is_wrong_and_closes_with_a_further_version(conference):
    chair, node, _ = conference
    broken = ENGLISH.replace("subject to article 3", "subject to article 7").replace("shall protect", "[shall] protect")
    table(chair, node, broken)
    ok(chair, node, ADOPTION, ADOPTION + "/prepare", languages="en fr")
    found = {f["kind"]: f for f in adoption(node)["findings"]}
    assert set(found) == {"bracket", "dead-reference"}, found
    refused("conferences.adoption.not-waivable", chair, node, ADOPTION, ADOPTION + "/waive", finding=found["bracket"]["finding"], reason="So.")
    ok(chair, node, ADOPTION, ADOPTION + "/waive", finding=found["dead-reference"]["finding"], reason="The article comes.")
    assert [f["kind"] for f in adoption(node)["findings"] if "waived" not in f] == ["bracket"]
    ok(chair, node, CONFERENCE + "/texts/agreement", CONFERENCE + "/texts/agreement/table", title="Agreement on the High Seas",
       form="clean-text", version="2", words=ENGLISH)
    refused("conferences.adoption.version-moved", chair, node, ADOPTION, ADOPTION + "/waive", finding=found["bracket"]["finding"], reason="So.")
    ok(chair, node, ADOPTION, ADOPTION + "/prepare", languages="en fr")
    assert adoption(node)["findings"] == [] and adoption(node)["version"] == 2


def test_a_language_is_held_against_the_negotiated_text_and_confirmed_by_two(conference):
    chair, node, delegates = conference
    ok(chair, node, ADOPTION, ADOPTION + "/derive")
    title = "Accord sur la haute mer"
    refused("conferences.adoption.not-authentic", chair, node, ADOPTION, ADOPTION + "/languages", language="ar", words="عنوان\nالمادة 1\nنص")
    refused("conferences.adoption.brackets", chair, node, ADOPTION, ADOPTION + "/languages", language="fr",
            words=FRENCH.replace("protège", "[protège]"))
    short = FRENCH.replace("3. Le Secrétaire général", "Le Secrétaire général")
    ok(chair, node, ADOPTION, ADOPTION + "/languages", language="fr", words=short)
    language = ADOPTION + "/languages/fr"
    seen = resource(node, language)
    assert any(d["kind"] == "missing" for d in seen["differences"]), seen
    refused("conferences.adoption.differences", chair, node, language, ADOPTION + "/confirm", language="fr", sha256=seen["sha256"],
            capacity="language-officer")
    ok(chair, node, ADOPTION, ADOPTION + "/languages", language="fr", words=FRENCH)
    seen = resource(node, language)
    assert seen["differences"] == [], seen
    page = chair.get(node.address + language, timeout=30).text
    assert "Chaque Partie protège la Zone." in page and "Each Party shall protect the Area." in page and title
    confirm(chair, node, delegates["FRA"])
    for tag in ["en", "fr"]:
        data = requests.get(node.address + f"{ADOPTION}/languages/{tag}/text.akn.xml", timeout=30).content
        sha256 = resource(node, f"{ADOPTION}/languages/{tag}")["sha256"]
        assert hashlib.sha256(data).hexdigest() == sha256
        refused("conferences.adoption.confirmed-already", chair, node, ADOPTION, ADOPTION + "/confirm", language=tag, sha256=sha256,
                capacity="reader")
    assert [entry["ready"] for entry in adoption(node)["languages"]] == [True, True]


def test_who_only_reads_enters_nothing(conference):
    _, node, delegates = conference
    answer = post(delegates["KEN"], node, ROOM, ADOPTION + "/prepare", languages="en")
    assert answer.status_code == 403, answer.text


@pytest.fixture(scope="module")
def adopted(conference):
    chair, node, delegates = conference
    done(chair, node, "meeting", change="opened")
    for code in ["FRA", "KEN", "CHL"]:
        done(delegates[code], node, "present")
    done(delegates["KEN"], node, "request-floor", purpose="statement")
    done(chair, node, "give-floor")
    done(chair, node, "end-floor")
    texts = adoption(node)
    refused("conferences.adoption.no-decision", chair, node, ADOPTION, ADOPTION + "/adopt", decision="d1", rule="consentOfAll",
            textSet=texts["textSet"])
    decision = decide(chair, node, delegates)
    refused("conferences.adoption.texts-changed", chair, node, ADOPTION, ADOPTION + "/adopt", decision=decision,
            rule="consentOfAll", textSet="0" * 64)
    ok(chair, node, ADOPTION, ADOPTION + "/adopt", decision=decision, rule="consentOfAll", textSet=texts["textSet"])
    done(chair, node, "meeting", change="adjourned")
    return chair, node, delegates


def test_the_act_of_adoption_names_every_text_and_the_decision(adopted, tmp_path):
    chair, node, _ = adopted
    seen = adoption(node)
    act_of = seen["adopted"]
    assert act_of["languages"] == ["en", "fr"] and act_of["votes"] == {"inFavour": 2, "against": 0, "abstaining": 1}
    lines = "chancery.authentic-texts/1\n" + "".join(f"{tag} {act_of['texts'][tag]}\n" for tag in sorted(act_of["texts"]))
    assert hashlib.sha256(lines.encode()).hexdigest() == act_of["textSet"], "anybody can write the set's hash again (docs/texts.md)"
    decision = requests.get(node.address + f"/record/acts/{act_of['decisionEntry']}", headers={"Accept": "application/json"}, timeout=30)
    assert decision.json()["kind"].startswith("conference.decision-closed")
    proof = tmp_path / "adoption.tlog-proof"
    proof.write_bytes(requests.get(node.address + f"/record/acts/{act_of['entry']}.tlog-proof", timeout=30).content)
    key = resource(node, "/record")["key"]
    checked = subprocess.run([PROGRAM, "verify", str(proof), "--key", key], capture_output=True, text=True, timeout=60)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    page = requests.get(node.address + ADOPTION, timeout=30).text
    assert f"/record/acts/{act_of['entry']}" in page and act_of["textSet"] in page


def test_what_was_adopted_is_changed_no_more(adopted):
    chair, node, delegates = adopted
    for action, fields in [("prepare", {"languages": "en"}), ("derive", {}), ("adopt", {"decision": "d", "rule": "ownRule", "textSet": "0" * 64})]:
        refused("conferences.adoption.adopted", chair, node, CONFERENCE + "/secretariat", f"{ADOPTION}/{action}", **fields)
    refused("conferences.adoption.adopted", chair, node, CONFERENCE + "/secretariat", CONFERENCE + "/texts/agreement/table",
            title="Another", form="clean-text", words=ENGLISH)


def test_the_treaty_desk_opens_the_instrument_with_the_very_bytes(adopted):
    chair, node, _ = adopted
    act_of = adoption(node)["adopted"]
    address = f"/treaties/open?adopted={act_of['entry']}"
    assert address in chair.get(node.address + ADOPTION, timeout=30).text
    assert address in chair.get(node.address + "/treaties/open", timeout=30).text
    page = chair.get(node.address + address, timeout=30).text
    fields = {}
    for step in range(6):
        sheet = next(f for f in Forms(page).forms if f["attributes"].get("data-test") == "open-form")
        fields = dict(sheet["fields"])
        assert fields["adopted"] == str(act_of["entry"])
        languages = re.findall(r'name="language" value="(\w+)" checked', page) or ["en", "fr"]
        if step == 0:
            fields["number"] = "XXI-99"
        data = [(k, v) for k, v in fields.items() if k != "language"] + [("language", tag) for tag in languages]
        if step == 3:
            assert fields["count"] == "2" and fields["delayCount"] == "30", "read from the text, for the officer to confirm"
        last = sheet["attributes"]["data-step"] == "preview"
        page = chair.post(
            node.address + "/treaties/open", data=data + [("go", "enter" if last else "next")], headers={"Origin": node.address},
            timeout=60).text
        if last:
            break
    texts = resource(node, "/treaties/XXI-99/text")
    assert texts["adopted"]["texts"] == act_of["texts"] and texts["adopted"]["date"] == act_of["date"]
    for tag in ["en", "fr"]:
        mine = requests.get(node.address + f"/treaties/XXI-99/text/{tag}.akn.xml", timeout=30).content
        theirs = requests.get(node.address + f"{ADOPTION}/languages/{tag}/text.akn.xml", timeout=30).content
        assert mine == theirs and hashlib.sha256(mine).hexdigest() == act_of["texts"][tag]
    assert adoption(node)["adopted"]["treaties"] == ["XXI-99"]
    assert ADOPTION in requests.get(node.address + "/treaties/XXI-99", timeout=30).text
    again = chair.get(node.address + "/treaties/open", timeout=30).text
    assert address not in again, "it waits no more"


# Records


def record(node, query="", session=requests):
    return session.get(
        node.address + RECORDS + "/meetings/plenary/1" + query, headers={"Accept": "application/json"}, timeout=30).json()


def test_a_meetings_record_is_made_from_its_acts(adopted):
    chair, node, delegates = adopted
    seen = record(node)
    assert seen["symbol"] == "A/CONF.9/SR.1"
    speakers = [block["speaker"] for block in seen["blocks"] if "speaker" in block]
    assert speakers == ["KEN"]
    tables = [block["rows"] for block in seen["blocks"] if "rows" in block]
    assert ["yes", "France, Kenya"] in [[row[0].lower(), row[1]] for row in tables[-1]] or tables, tables
    page = delegates["KEN"].get(node.address + RECORDS + "/meetings/plenary/1", timeout=30).text
    speech = re.search(r'<select id="s-speech" name="speech"><option value="([^"]+)"', page).group(1)
    words = "Madam Chair,\nKenya supports the text."
    ok(delegates["KEN"], node, RECORDS + "/meetings/plenary/1", RECORDS + "/meetings/plenary/1/statements", speech=speech, language="en", text=words)
    refused("conferences.records.not-spoken", delegates["FRA"], node, ROOM, RECORDS + "/meetings/plenary/1/statements", speech=speech,
            language="en", text="Mine.")
    verbatim = record(node, "?form=verbatim")
    assert verbatim["symbol"] == "A/CONF.9/PV.1"
    assert words.split("\n")[1] in str(verbatim["blocks"])


def test_the_same_acts_give_the_same_files(adopted):
    _, node, _ = adopted
    for name in ["record.pdf", "record.akn.xml"]:
        for language in ["en", "fr", "ar"]:
            address = f"{node.address}{RECORDS}/meetings/plenary/1/{name}?form=verbatim&lang={language}"
            first, second = requests.get(address, timeout=60), requests.get(address, timeout=60)
            assert first.status_code == 200 and first.content == second.content
            assert first.content.startswith(b"%PDF-1.5" if name.endswith("pdf") else b"<?xml")
    report = requests.get(node.address + RECORDS + "/reports/report/record.akn.xml", timeout=60)
    assert report.status_code == 200 and b"<debateReport" in report.content


def test_records_and_reports_are_issued_under_symbols_with_their_hashes(adopted):
    chair, node, _ = adopted
    made = requests.get(node.address + RECORDS + "/meetings/plenary/1/record.pdf?lang=fr", timeout=60).content
    ok(chair, node, RECORDS, RECORDS + "/issue", form="summary", body="plenary", meeting="1")
    refused("conferences.symbol-taken", chair, node, RECORDS, RECORDS + "/issue", form="summary", body="plenary", meeting="1")
    ok(chair, node, RECORDS, RECORDS + "/issue", form="report")
    ok(chair, node, RECORDS, RECORDS + "/issue", form="credentials")
    issued = {entry["form"]: entry for entry in resource(node, RECORDS)["issued"]}
    assert issued["summary"]["symbol"] == "A/CONF.9/SR.1"
    assert issued["summary"]["pdf"]["fr"] == hashlib.sha256(made).hexdigest(), "whoever makes it again makes the same bytes"
    document = requests.get(node.address + CONFERENCE + "/documents/SR.1?file=fr", timeout=30)
    assert document.content == made
    assert issued["report"]["symbol"] != issued["credentials"]["symbol"]


def test_the_record_of_a_private_meeting_is_for_who_was_admitted(adopted):
    chair, node, delegates = adopted
    done(chair, node, "meeting", change="opened", private="yes")
    refused("conferences.records.not-adjourned", chair, node, RECORDS, RECORDS + "/issue", form="summary", body="plenary", meeting="2")
    done(chair, node, "meeting", change="adjourned")
    address = node.address + RECORDS + "/meetings/plenary/2"
    for tail in ["", "/record.pdf", "/record.akn.xml"]:
        assert requests.get(address + tail, headers={"Accept": "*/*"}, timeout=30).status_code == 403
        assert delegates["FRA"].get(address + tail, timeout=60).status_code == 200
    ok(chair, node, RECORDS, RECORDS + "/issue", form="summary", body="plenary", meeting="2")
    entry = next(e for e in resource(node, RECORDS)["issued"] if e["symbol"] == "A/CONF.9/SR.2")
    assert "pdf" not in entry
    assert requests.get(node.address + CONFERENCE + "/documents/SR.2?file=en", timeout=30).status_code == 404
    report = requests.get(node.address + RECORDS + "/reports/report?format=json", timeout=30).json()
    assert "private" in str(report["blocks"]).lower()
