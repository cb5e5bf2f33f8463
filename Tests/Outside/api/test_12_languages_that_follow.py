"""A text adopted in one language, while another authentic one follows; and how the treaty register gets it."""

import hashlib
import os
import re

import pytest
import requests

from adoption import ADOPTION, FRENCH, adoption, confirm, decide, ok, refused, table
from conference import CONFERENCE, convene, done, resource, seat, with_roles
from node import Forms
from own_node import OwnNode

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def adopted(tmp_path_factory):
    """An agreement adopted in English; its French text, as authentic, follows."""
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("following") / "node", "serve").start()
    chair = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(chair, node)
    delegates = seat(chair, node)
    table(chair, node)
    ok(chair, node, ADOPTION, ADOPTION + "/prepare", languages="en fr")
    ok(chair, node, ADOPTION, ADOPTION + "/derive")
    confirm(chair, node, delegates["FRA"], tags=["en"])
    done(chair, node, "meeting", change="opened")
    for code in ["FRA", "KEN", "CHL"]:
        done(delegates[code], node, "present")
    decision = decide(chair, node, delegates)
    ok(chair, node, ADOPTION, ADOPTION + "/adopt", decision=decision, rule="consentOfAll", textSet=adoption(node)["textSet"],
       later="fr", note="The French text follows within a month.")
    yield chair, node, delegates
    node.stop()


def open_treaty(chair, node, entry):
    page = chair.get(f"{node.address}/treaties/open?adopted={entry}", timeout=30).text
    for step in range(6):
        sheet = next(f for f in Forms(page).forms if f["attributes"].get("data-test") == "open-form")
        fields = dict(sheet["fields"])
        languages = re.findall(r'name="language" value="(\w+)" checked', page) or ["en", "fr"]
        if step == 0:
            fields["number"] = "XXI-98"
        data = [(k, v) for k, v in fields.items() if k != "language"] + [("language", tag) for tag in languages]
        last = sheet["attributes"]["data-step"] == "preview"
        page = chair.post(
            node.address + "/treaties/open", data=data + [("go", "enter" if last else "next")], headers={"Origin": node.address},
            timeout=60).text
        if last:
            return


def test_the_adoption_leaves_a_language_to_follow_and_nothing_else(adopted):
    chair, node, _ = adopted
    act = adoption(node)["adopted"]
    assert act["later"] == ["fr"] and act["outstanding"] == ["fr"] and list(act["texts"]) == ["en"] and act["followed"] == []
    refused("conferences.adoption.adopted", chair, node, CONFERENCE + "/secretariat", ADOPTION + "/derive")
    refused("conferences.adoption.languages-missing", chair, node, ADOPTION, ADOPTION + "/follow", language="fr", sha256="0" * 64)
    refused("conferences.adoption.not-later", chair, node, ADOPTION, ADOPTION + "/follow", language="en", sha256=act["texts"]["en"])


def test_the_register_opens_the_instrument_while_the_language_is_outstanding(adopted):
    chair, node, _ = adopted
    open_treaty(chair, node, adoption(node)["adopted"]["entry"])
    seen = {row["language"]: row for row in resource(node, "/treaties/XXI-98/text/adopted")["languages"]}
    assert seen["en"]["entered"] is True and seen["fr"]["entered"] is False and "sha256" not in seen["fr"]
    assert "/treaties/XXI-98/text/adopted" in requests.get(node.address + "/treaties/XXI-98", timeout=30).text
    refused("treaty.language-not-followed", chair, node, "/treaties/XXI-98/text/enter", "/treaties/XXI-98/text/adopted", language="fr")


def test_the_language_passes_the_same_gate_and_is_bound_to_the_adopted_text(adopted):
    chair, node, delegates = adopted
    refused("conferences.adoption.brackets", chair, node, ADOPTION, ADOPTION + "/languages", language="fr",
            words=FRENCH.replace("protège", "[protège]"))
    ok(chair, node, ADOPTION, ADOPTION + "/languages", language="fr", words=FRENCH)
    language = resource(node, ADOPTION + "/languages/fr")
    assert language["differences"] == [] and language["ready"] is False
    refused("conferences.adoption.languages-missing", chair, node, ADOPTION, ADOPTION + "/follow", language="fr", sha256=language["sha256"])
    confirm(chair, node, delegates["FRA"], tags=["fr"])
    assert 'data-test="follow"' in chair.get(node.address + ADOPTION, timeout=30).text
    answer = refused("conferences.adoption.texts-changed", chair, node, ADOPTION, ADOPTION + "/follow", language="fr", sha256="0" * 64)
    assert answer["mend"]
    assert requests.post(node.address + ADOPTION + "/follow", data={}, timeout=30).status_code in (401, 403)
    ok(chair, node, ADOPTION, ADOPTION + "/follow", language="fr", sha256=language["sha256"], note="As declared.")
    act = adoption(node)["adopted"]
    [followed] = act["followed"]
    assert act["outstanding"] == [] and followed["sha256"] == language["sha256"] and list(act["texts"]) == ["en"]
    texts = {**act["texts"], "fr": followed["sha256"]}
    lines = "chancery.authentic-texts/1\n" + "".join(f"{tag} {texts[tag]}\n" for tag in sorted(texts))
    assert hashlib.sha256(lines.encode()).hexdigest() == followed["textSet"]
    entry = requests.get(f"{node.address}/record/acts/{followed['entry']}", headers={"Accept": "application/json"}, timeout=30).json()
    assert entry["kind"].startswith("conference.language-followed") and act["entry"] in entry["references"]
    assert 'data-test="followed-proof"' in requests.get(node.address + ADOPTION, timeout=30).text
    refused("conferences.adoption.adopted", chair, node, CONFERENCE + "/secretariat", ADOPTION + "/languages", language="fr", words=FRENCH)


def test_the_register_takes_it_over_byte_for_byte(adopted):
    chair, node, _ = adopted
    address = "/treaties/XXI-98/text/adopted"
    assert 'data-test="take"' in chair.get(node.address + address, timeout=30).text
    assert 'data-test="take"' not in requests.get(node.address + address, timeout=30).text
    ok(chair, node, address, address, language="fr")
    seen = {row["language"]: row for row in resource(node, address)["languages"]}
    assert seen["fr"]["entered"] is True and seen["fr"]["sha256"] == adoption(node)["adopted"]["followed"][0]["sha256"]
    assert "Chaque Partie protège la Zone" in requests.get(node.address + "/treaties/XXI-98/text?language=fr", timeout=30).text
    refused("treaty.text-unchanged", chair, node, "/treaties/XXI-98/text/enter", address, language="fr")
