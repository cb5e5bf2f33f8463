"""A whole conference, simulated: twenty delegations with sessions and live pages of their own, from the opening to adoption."""

import hashlib
import json
import os
import re
import subprocess

import pytest
import requests

from conference import with_roles
from correspondents import invite
from node import Forms
from own_node import OwnNode

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


def link(node):
    return re.search(r"http://\S+/sign-in/link\?token=\S+", node.output.read_text()).group()


def simulate(node, *arguments, by=None):
    return subprocess.run(
        [PROGRAM, "simulate", "--link", by or link(node), "--json", *arguments], capture_output=True, text=True, timeout=600)


def report_of(run):
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    return json.loads(run.stdout)


def played(tmp_path_factory, name, *arguments):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp(name) / "node", "serve").start()
    try:
        return report_of(simulate(node, *arguments))
    finally:
        node.stop()


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("twenty") / "node", "serve").start()
    yield node
    node.stop()


@pytest.fixture(scope="module")
def officer(node):
    """Somebody of the treaty desk, who is no part of the conference."""
    return with_roles(node, "administrator", "depositary-officer")


@pytest.fixture(scope="module")
def report(node, officer):
    secretary = invite(officer, node, "depositary", "Secretary", "administrator", "conference-officer")
    return report_of(simulate(node, "--delegations", "20", "--seed", "7", by=secretary))


def test_everything_holds_from_the_opening_to_adoption(report):
    assert report["problems"] == []
    kinds = report["kinds"]
    assert kinds[0] == "conference.meeting-changed@1" and kinds[-1] == "conference.meeting-changed@1"
    assert kinds.count("conference.presence-noted@1") == 21
    assert kinds.count("conference.floor-requested@1") >= 22, "every delegation and the observer speak, and somebody replies"
    outcomes = [d["outcome"] for d in report["decisions"]]
    assert "adopted-by-consensus" in outcomes and "objected" in outcomes and outcomes.count("adopted") >= 2
    for decision in report["decisions"]:
        if decision["method"] != "consensus":
            assert decision["yes"] + decision["no"] + decision["abstaining"] == 20


def test_every_delegation_hears_of_every_act_once_and_in_order_though_lines_are_cut(report):
    following = report["following"]
    assert following["listeners"] == 21 and following["cuts"] >= 5
    assert following["expected"] == 21 * len(report["kinds"])
    assert (following["lost"], following["doubled"], following["misordered"]) == (0, 0, 0)


def test_the_rules_refuse_what_they_must(report):
    owed = {
        "conferences.not-presiding", "conference.procedure.list-closed", "conference.procedure.observer", "conference.procedure.voted",
        "conference.procedure.meeting-not-open", "conferences.adoption.not-prepared", "conferences.adoption.differences",
        "conferences.adoption.own-text", "conferences.adoption.no-decision", "conferences.adoption.adopted",
    }
    assert owed <= set(report["refusals"])


def test_the_negotiated_text_is_adopted_and_opens_at_the_treaty_desk(node, officer, report):
    adoption = report["adoption"]
    assert report["kinds"].count("conference.text-adopted@1") == 1
    lines = "chancery.authentic-texts/1\n" + "".join(f"{tag} {adoption['texts'][tag]}\n" for tag in ["en", "fr"])
    assert hashlib.sha256(lines.encode()).hexdigest() == adoption["textSet"]
    act = requests.get(node.address + f"/record/acts/{adoption['entry']}", headers={"Accept": "application/json"}, timeout=30).json()
    assert act["kind"] == "conference.text-adopted@1" and act["payload"]["textSet"] == adoption["textSet"]
    waiting = officer.get(node.address + "/treaties/open", timeout=30)
    assert adoption["open"] == f"/treaties/open?adopted={adoption['entry']}" and adoption["open"] in waiting.text
    page = officer.get(node.address + adoption["open"], timeout=30)
    assert page.status_code == 200 and "lights of harbours" in page.text
    sheet = next(f for f in Forms(page.text).forms if f["attributes"].get("data-test") == "open-form")
    assert sheet["fields"]["adopted"] == str(adoption["entry"])


def test_the_same_seed_gives_the_same_conference_and_another_seed_another(tmp_path_factory):
    first = played(tmp_path_factory, "first", "--delegations", "5", "--seed", "3")
    again = played(tmp_path_factory, "again", "--delegations", "5", "--seed", "3")
    other = played(tmp_path_factory, "other", "--delegations", "5", "--seed", "4")
    assert first["kinds"] == again["kinds"] and first["decisions"] == again["decisions"]
    # The texts themselves hold the day.
    assert [first["adoption"][name] for name in ["entry", "version"]] == [again["adoption"][name] for name in ["entry", "version"]]
    assert first["digest"] == again["digest"] != other["digest"]


def test_what_cannot_be_simulated_is_said_with_the_way_out():
    wrong = subprocess.run([PROGRAM, "simulate", "--link", "http://localhost:1/"], capture_output=True, text=True, timeout=60)
    assert wrong.returncode == 64 and "sign-in link" in wrong.stderr
    few = subprocess.run([PROGRAM, "simulate", "--link", "x", "--delegations", "2"], capture_output=True, text=True, timeout=60)
    assert few.returncode == 64
