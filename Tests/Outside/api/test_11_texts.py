"""Texts under negotiation: tabled, amended in one gesture, applied by the chair, compared, told by history, downloaded byte for byte."""

import os

import pytest
import requests

from conference import ROOM, convene, done, entered, seat, with_roles
from own_node import OwnNode
from texts import SMALL, TEXT, TEXTS, did, does, paris, seen, table

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
P1 = "art_1__para_1"
P2 = "art_1__para_2"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("texts") / "node", "serve").start()
    chair = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(chair, node)
    delegates = seat(chair, node)
    entered(chair, node, "group", name="Group of 77", group="g77", members="KEN CHL", speaker="KEN")
    entered(chair, node, "document", body="plenary", symbol="A/CONF.9/L.1", title="Draft treaty")
    yield node, {"chair": chair, **delegates}
    node.stop()


@pytest.fixture(scope="module")
def tabled(desk):
    node, people = desk
    assert table(people["chair"], node, document="A/CONF.9/L.1").status_code == 303
    return desk


def refused(answer, code):
    assert answer.status_code >= 400, "it was not refused"
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] == code, answer.text


def proposed(node, words=None):
    return [a for a in seen(node)["amendments"] if a["state"] == "pending"]


def test_a_tabled_text_is_read_by_everybody(tabled):
    node, _ = tabled
    text = seen(node)
    assert text["version"] == 1 and text["document"] == "A/CONF.9/L.1"
    assert text["measures"]["brackets"] == 5 and text["measures"]["alternatives"] == 1 and text["measures"]["placeholders"] == 1
    words = {p["wId"]: p["words"] for p in text["provisions"]}
    assert words[P1] == "Parties shall mark sea lanes [and] [EU: submarine cables]."
    assert [t["text"] for t in seen(node, TEXTS)["texts"]] == ["treaty"]
    page = requests.get(node.address + TEXT, timeout=30).text
    assert f'id="{P1}"' in page and '<span class="bw">EU: </span>' in page and 'class="ba"' in page


def test_who_may_table(tabled):
    node, people = tabled
    refused(does(people["VAT"], node, "table", words="x"), "conferences.no-delegation")
    refused(table(people["chair"], node), "conferences.texts.name-taken")
    refused(table(people["KEN"], node, text="other", sponsors="FRA"), "conferences.texts.speaks-for-others")
    refused(table(people["chair"], node, text="Other Text"), "conferences.name")
    refused(table(people["chair"], node, text="empty", words="  "), "conferences.texts.no-words")
    refused(table(people["chair"], node, text="other", document="A/CONF.9/L.99"), "conferences.symbol")
    assert table(people["KEN"], node, text="resolution", form="draft-resolution", sponsors="g77", title="Draft resolution").status_code == 303
    assert seen(node, TEXTS + "/resolution")["sponsors"] == ["g77"]


def test_one_gesture_proposes_what_differs(tabled):
    node, people = tabled
    did(people["FRA"], node, "amend", provision=P1, base="1", operation="edit",
        words="Parties must mark sea lanes [and] [EU: submarine cables].", reason="It binds.")
    found = proposed(node)[-1]
    assert found["sponsors"] == ["FRA"]
    assert found["change"] == {"operation": "replace", "target": P1, "anchor": "shall", "occurrence": 1, "words": "must"}
    refused(does(people["VAT"], node, "amend", provision=P1, base="1", operation="edit", words="Other."), "conferences.no-delegation")
    refused(does(people["FRA"], node, "amend", provision=P1, base="1", operation="edit",
                 words="Parties shall mark sea lanes [and] [EU: submarine cables]."), "conference.text.no-effect")
    refused(does(people["FRA"], node, "amend", provision=P1, base="1", operation="replace", anchor="lanes", words="lanes]"),
            "conference.text.words-unbalanced")
    refused(does(people["FRA"], node, "amend", provision="art_9", base="1", operation="delete"), "conference.text.provision-vanished")


def test_others_join_and_only_the_first_takes_it_back(tabled):
    node, people = tabled
    name = proposed(node)[-1]["amendment"]
    did(people["CHL"], node, "cosponsor", name=name)
    refused(does(people["CHL"], node, "cosponsor", name=name), "conferences.texts.sponsor-already")
    refused(does(people["CHL"], node, "cosponsor", name=name, sponsors="g77"), "conferences.texts.speaks-for-others")
    did(people["KEN"], node, "cosponsor", name=name, sponsors="g77")
    assert proposed(node)[-1]["sponsors"] == ["FRA", "CHL", "g77"]
    refused(does(people["CHL"], node, "withdraw", name=name), "conferences.texts.not-sponsor")


def test_what_meets_is_shown_and_not_merged(tabled):
    node, people = tabled
    did(people["KEN"], node, "amend", provision=P1, base="1", operation="edit",
        words="Parties should mark sea lanes [and] [EU: submarine cables].")
    first, second = [a["amendment"] for a in proposed(node)]
    assert seen(node)["conflicts"] == [{"kind": "same-words", "first": first, "second": second, "provision": P1}]
    page = people["chair"].get(node.address + TEXT + "/amendments", timeout=30).text
    assert 'data-test="conflict"' in page
    assert f'data-amendment="{first}"' in requests.get(node.address + TEXT, timeout=30).text


def test_the_chair_applies_in_brackets_and_then_as_proposed(tabled):
    node, people = tabled
    first, second = [a["amendment"] for a in proposed(node)]
    refused(does(people["FRA"], node, "apply", name=first, manner="as-proposed"), "conferences.not-presiding")
    did(people["chair"], node, "apply", name=first, manner="in-brackets")
    assert {p["wId"]: p["words"] for p in seen(node)["provisions"]}[P1].startswith("Parties [shall][FRA, CHL, g77: must] mark")
    did(people["chair"], node, "apply", name=second, manner="in-brackets")
    assert {p["wId"]: p["words"] for p in seen(node)["provisions"]}[P1].startswith(
        "Parties [shall][FRA, CHL, g77: must][KEN: should] mark")
    refused(does(people["chair"], node, "apply", name=second, manner="as-proposed"), "conference.text.amendment-closed")
    did(people["chair"], node, "amend", provision=P1, base="3", operation="edit", apply="yes",
        words="Parties must mark sea lanes [and] [EU: submarine cables].")
    text = seen(node)
    assert text["version"] == 4 and {p["wId"]: p["words"] for p in text["provisions"]}[P1].startswith("Parties must mark")


def test_a_sub_amendment_changes_the_words_of_an_amendment(tabled):
    node, people = tabled
    did(people["FRA"], node, "amend", provision=P2, operation="insert", position="after", words="3. They report every year.")
    parent = proposed(node)[-1]["amendment"]
    did(people["KEN"], node, "amend", amends=parent, operation="edit", words="3. They report every second year.")
    sub = proposed(node)[-1]["amendment"]
    refused(does(people["FRA"], node, "amend", amends=sub, operation="edit", words="Again"), "conference.text.sub-amendment")
    did(people["chair"], node, "apply", name=sub, manner="as-proposed")
    did(people["chair"], node, "apply", name=parent, manner="as-proposed")
    added = next(p for p in seen(node)["provisions"] if p["wId"] == f"am_{parent}")
    assert added["words"] == "They report every second year." and added["number"] == "3"


def test_what_one_keeps_open_is_open_and_brackets_are_not_agreed(tabled):
    node, people = tabled
    article = "art_2__p_1"
    refused(does(people["chair"], node, "status", provision=article, status="agreed"), "conferences.texts.brackets-stand")
    did(people["chair"], node, "amend", provision=article, operation="edit", apply="yes",
        words="This Agreement enters into force sixty days after it is signed.")
    did(people["chair"], node, "status", provision=article, status="agreed")
    status = lambda: next(p for p in seen(node)["provisions"] if p["wId"] == article)
    assert status()["status"] == "agreed"
    did(people["KEN"], node, "status", provision=article, status="reserved", by="KEN", note="Capital must be asked.")
    assert status()["status"] == "reserved" and status()["objectors"] == ["KEN"]
    refused(does(people["FRA"], node, "status", provision=article, status="reserved", by="KEN"), "conferences.not-yours")
    refused(does(people["FRA"], node, "status", provision=article, status="agreed"), "conferences.not-presiding")
    refused(does(people["chair"], node, "status", provision=article, status="moved"), "conferences.texts.status-by-amendment")
    did(people["KEN"], node, "status", provision=article, status="agreed", by="KEN")
    assert status()["status"] == "agreed"


def test_a_provisions_history_tells_who_when_and_who_objected(tabled):
    node, people = tabled
    history = seen(node, f"{TEXT}/provisions/art_2__p_1")
    kinds = [e["kind"] for e in history["history"]]
    assert kinds == ["tabled", "proposed", "applied", "status-set", "status-set", "status-set"]
    assert [e["by"] for e in history["history"] if e.get("status") == "reserved"] == [["KEN"]]
    assert "".join(o["words"] for o in history["origins"]) == "This Agreement enters into force sixty days after it is signed."
    assert {o.get("amendment") for o in history["origins"]} == {None, history["amendments"][0]["amendment"]}
    page = requests.get(f"{node.address}{TEXT}/provisions/art_2__p_1", timeout=30).text
    assert "Capital must be asked." in page and 'data-test="origin"' in page
    assert requests.get(f"{node.address}{TEXT}/provisions/nothing", headers={"Accept": "application/json"}, timeout=30).json()["code"] \
        == "conference.text.provision-vanished"


def test_versions_are_compared_word_by_word_and_kept_byte_for_byte(tabled):
    node, people = tabled
    did(people["chair"], node, "reading")
    versions = seen(node, TEXT + "/versions")
    assert [v["version"] for v in versions["versions"]] == list(range(1, len(versions["versions"]) + 1))
    assert versions["readings"][0]["reading"] == 0
    first = requests.get(node.address + TEXT + "?version=1&format=txt", timeout=30)
    assert first.content.decode() == SMALL
    compared = seen(node, TEXT + "/compare?from=1&to=4")
    assert compared["counts"]["changed"] == 1
    assert compared["changes"][0]["words"] is not None
    assert '<ins>must</ins>' in requests.get(node.address + TEXT + "/compare?from=1&to=4", timeout=30).text
    assert "<svg" in requests.get(node.address + TEXT + "/versions", timeout=30).text
    assert requests.get(node.address + TEXT + "?version=99", headers={"Accept": "application/json"}, timeout=30).json()["code"] \
        == "conference.text.version-unknown"


def test_a_text_is_seen_in_its_guises(tabled):
    node, people = tabled
    did(people["KEN"], node, "amend", provision=P1, operation="edit",
        words="Parties must mark all sea lanes [and] [EU: submarine cables].")
    words = lambda query: {p["wId"]: p["words"] for p in seen(node, TEXT + query)["provisions"]}[P1]
    assert "[KEN: all]" in words("?as=compilation")
    chosen = proposed(node)[-1]["amendment"]
    assert words(f"?as=chairs-text&accept={chosen}").startswith("Parties must mark all sea lanes")
    assert "EU" not in words("?as=unattributed")
    answer = requests.get(node.address + TEXT + "?as=clean", headers={"Accept": "application/json"}, timeout=30)
    refused(answer, "conference.text.brackets-remain")
    did(people["KEN"], node, "withdraw", name=chosen)
    marked = requests.get(node.address + TEXT + "?format=akn", timeout=30)
    assert marked.headers["Content-Type"] == "application/akn+xml" and b'<inline name="bracket">' in marked.content


def test_the_room_and_the_wall_show_the_provision_in_focus(tabled):
    node, people = tabled
    done(people["chair"], node, "meeting", change="opened")
    done(people["chair"], node, "focus", document="A/CONF.9/L.1", provision=P2)
    for address in [ROOM, ROOM + "/screen"]:
        page = requests.get(node.address + address, timeout=30).text
        assert 'data-test="focus-text"' in page and "pay for what they mark" in page, address


def test_who_follows_a_text_hears_of_its_acts_and_not_of_the_floor(tabled):
    node, people = tabled
    address = node.address + TEXT
    assert 'data-about="text/treaty"' in requests.get(address, timeout=30).text
    start = requests.get(node.address + "/record?format=json", timeout=30).json()["size"]
    done(people["KEN"], node, "present")
    done(people["KEN"], node, "request-floor", purpose="statement")
    did(people["KEN"], node, "amend", provision=P2, operation="insert", position="after", words="A further paragraph.")
    with requests.get(
            f"{node.address}/live?dossier=conference/high-seas&about=text/treaty&from={start}", stream=True, timeout=30) as stream:
        heard = next(line for line in stream.iter_lines() if line.startswith(b"data: "))
    assert b"conference.amendment-proposed" in heard, heard
    # Whoever is on another text hears nothing of it, and whoever is on the whole conference everything.
    with requests.get(f"{node.address}/live?dossier=conference/high-seas&from={start}", stream=True, timeout=30) as stream:
        kinds = []
        for line in stream.iter_lines():
            if line.startswith(b"data: "):
                kinds.append(line.split(b'"kind":"')[1].split(b"@")[0].decode())
            if "conference.amendment-proposed" in kinds:
                break
    assert kinds == ["conference.presence-noted", "conference.floor-requested", "conference.amendment-proposed"]


def test_what_is_tabled_behind_closed_doors_stays_there(tabled):
    node, people = tabled
    assert table(people["chair"], node, text="closed", restricted="yes").status_code == 303
    closed = TEXTS + "/closed"
    for address in [closed, closed + "/amendments", closed + "/versions", closed + "/compare", f"{closed}/provisions/{P1}"]:
        refused(requests.get(node.address + address, headers={"Accept": "application/json"}, timeout=30), "conferences.closed-meeting")
    assert "closed" not in [t["text"] for t in seen(node, TEXTS)["texts"]]
    assert seen(node, closed, people["KEN"])["restricted"] is True
    did(people["KEN"], node, "amend", text=closed, provision=P1, operation="delete")
    entry = seen(node, closed, people["KEN"])["entry"]
    leaf = requests.get(f"{node.address}/record/acts/{entry}", headers={"Accept": "application/json"}, timeout=30).json()
    assert "payload" not in leaf or leaf["payload"] is None


def test_the_paris_draft_is_tabled_and_amended(desk):
    node, people = desk
    draft = paris()
    if draft is None:
        pytest.skip("the drafts of the Paris Agreement are not beside the checkout (shared/data)")
    assert table(people["chair"], node, text="paris", file=draft, title="Draft Paris Agreement").status_code == 303
    address = TEXTS + "/paris"
    text = seen(node, address)
    assert (text["measures"]["words"], text["measures"]["brackets"], text["measures"]["options"]) == (15_031, 1_004, 118)
    assert requests.get(f"{node.address}{address}?format=txt", timeout=60).content == draft
    did(people["FRA"], node, "amend", text=address, provision="art_2", base="1", operation="edit", words="Article 2 *(aim)*")
    name = seen(node, address)["amendments"][-1]["amendment"]
    did(people["chair"], node, "apply", text=address, name=name, manner="as-proposed")
    assert seen(node, address)["version"] == 2
    page = requests.get(f"{node.address}{address}", timeout=60)
    assert len(page.content) < 100_000, "the first page is under 100 kB"
    whole = requests.get(f"{node.address}{address}?part=all", timeout=60, stream=True, headers={"Accept-Encoding": "gzip"})
    assert whole.headers["Content-Encoding"] == "gzip"
    print("whole page in gzip:", len(whole.raw.read(decode_content=False)), "first page:", len(page.content))
