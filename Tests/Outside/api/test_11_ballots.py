"""Secret ballots and elections over HTTP: papers are hidden and finished by this program, the box is counted by it, and the node's keys
are looked for where they may not be any more."""

import hashlib
import json
import os
import pathlib
import stat
import subprocess

import pytest
import requests

from conference import ROOM, convene, done, resource, seat, with_roles
from node import Forms
from own_node import OwnNode
from paper import Paper

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ballots") / "node"
    node = OwnNode(PROGRAM, folder, "serve").start()
    chair = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(chair, node)
    delegates = seat(chair, node)
    done(chair, node, "meeting", change="opened")
    for code in ["FRA", "KEN", "CHL"]:
        done(delegates[code], node, "present")
    yield chair, node, delegates, folder
    node.stop()


def keys(folder):
    return sorted(pathlib.Path(folder).rglob("ballots/*.key"))


def send(session, node, address, page=None, **fields):
    """Sends a form of a page with a token of that page."""
    page = session.get(node.address + (page or address.rsplit("/", 1)[0]), timeout=30)
    assert page.status_code == 200, page.text[-500:]
    token = next(f["fields"]["request"] for f in Forms(page.text).forms if f["fields"].get("request"))
    return session.post(
        node.address + address, data={"request": token, **fields},
        headers={"Origin": node.address, "Accept": "application/json"}, timeout=60, allow_redirects=False)


def opened(chair, node, **fields):
    answer = send(chair, node, f"{ROOM}/elections", page=ROOM, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def signed(session, node, address, choices):
    paper = Paper(resource(node, address), choices)
    answer = send(session, node, f"{address}/paper", page=ROOM, blinded=paper.blinded)
    assert answer.status_code == 201, answer.text
    return paper.finish(answer.json()["signature"])


def cast(node, address, ballot):
    # No session, no cookie, nothing that says who it is.
    return requests.post(node.address + f"{address}/box", json=ballot, headers={"Accept": "application/json"}, timeout=30)


def code(answer):
    assert answer.status_code >= 400, "it was not refused"
    return answer.json()["code"]


def test_an_election_goes_by_rounds_and_nobody_is_told_who_voted_what(room):
    chair, node, delegates, folder = room
    address = opened(chair, node, concerns="the presidency", candidates="FRA\nKEN\nCHL", places="1")
    seen = resource(node, address)
    assert (seen["stage"], seen["round"], seen["choices"], seen["most"]) == ("papers", 1, ["FRA", "KEN", "CHL"], 1)
    assert [stat.S_IMODE(path.stat().st_mode) for path in keys(folder)] == [0o600], "the key is its owner's alone"
    ballots = [signed(delegates[name], node, address, [choice]) for name, choice in [("FRA", "FRA"), ("KEN", "KEN"), ("CHL", "CHL")]]
    assert code(send(delegates["FRA"], node, f"{address}/paper", page=ROOM, blinded=Paper(seen, ["FRA"]).blinded)) \
        == "conference.procedure.token-issued", "one paper for each delegation"
    assert code(send(delegates["VAT"], node, f"{address}/paper", page=ROOM, blinded=Paper(seen, ["FRA"]).blinded)) \
        == "conference.procedure.observer"
    assert code(cast(node, address, ballots[0])) == "conference.procedure.box-closed"
    assert code(send(delegates["FRA"], node, f"{address}/open", page=ROOM)) == "conferences.not-presiding"
    assert send(chair, node, f"{address}/open").status_code == 303
    assert keys(folder) == [], "the key is destroyed when the box is opened"
    for ballot in reversed(ballots):
        assert cast(node, address, ballot).status_code == 201
    assert code(cast(node, address, ballots[0])) == "conference.procedure.ballot-cast"
    assert code(cast(node, address, {**ballots[0], "choices": ["KEN"]})) == "conference.procedure.ballot-invalid"
    # Each finds its own paper, everybody counts, and nothing in the box says whose a paper is.
    first = resource(node, address)["rounds"][0]
    assert sorted(paper["nonce"] for paper in first["papers"]) == sorted(ballot["nonce"] for ballot in ballots)
    assert {one["actor"] for one in first["signed"]} == {"FRA", "KEN", "CHL"}
    assert not {one["signature"] for one in first["signed"]} & {paper["signature"] for paper in first["papers"]}
    # Three are equal after the first ballot: the second is open to all three (BBNJ draft rule 56(2), GA rule 93).
    assert send(chair, node, f"{address}/count").status_code == 303
    seen = resource(node, address)
    assert (seen["stage"], seen["round"], sorted(seen["choices"])) == ("papers", 2, ["CHL", "FRA", "KEN"])
    assert len(keys(folder)) == 1 and seen["key"] != first["key"], "the second round has a key of its own"
    assert code(cast(node, address, ballots[0])) == "conference.procedure.box-closed"
    second = [signed(delegates[name], node, address, [choice]) for name, choice in [("FRA", "KEN"), ("KEN", "KEN"), ("CHL", "CHL")]]
    assert send(chair, node, f"{address}/open").status_code == 303
    for ballot in second:
        assert cast(node, address, ballot).status_code == 201
    assert send(chair, node, f"{address}/count").status_code == 303
    result = resource(node, address)["rounds"][1]["result"]
    assert result["elected"] == ["KEN"] and result["majority"] == 2 and result["rules"]
    assert resource(node, address)["stage"] == "counted" and keys(folder) == []
    done(chair, node, "announce", name=seen["decision"])
    assert (resource(node, address)["stage"], resource(node, address)["outcome"]) == ("closed", "adopted")
    assert "KEN" in [count["candidate"] for count in result["counts"]]


def recounted(ballot, *arguments):
    return subprocess.run(
        [PROGRAM, "votes", "box", "-", *arguments], input=json.dumps(ballot), capture_output=True, text=True, timeout=60)


def test_everybody_recounts_the_box_and_finds_the_own_paper_without_the_node(room):
    _, node, _, _ = room
    address = next(d["ballot"] for d in resource(node, ROOM)["decisions"] if d.get("ballot"))
    ballot = resource(node, address)
    papers = ballot["rounds"][1]["papers"]
    answer = recounted(ballot, "--number", papers[0]["nonce"])
    assert answer.returncode == 0, answer.stderr
    assert "Every signature holds" in answer.stdout and "Your paper is in the box of round 2" in answer.stdout
    assert recounted(ballot, "--number", "00" * 32).returncode == 1
    for name, spoil in {
        "signature": lambda b: b["rounds"][1]["papers"][0].update(choices=["FRA"]),
        "twice": lambda b: b["rounds"][1]["papers"].append(b["rounds"][1]["papers"][0]),
        "only 2 were signed": lambda b: b["rounds"][1]["signed"].pop(),
        "counts": lambda b: b["rounds"][1]["result"]["counts"][0].update(votes=9),
        "two papers": lambda b: b["rounds"][1]["signed"].append(b["rounds"][1]["signed"][0]),
    }.items():
        spoiled = json.loads(json.dumps(ballot))
        spoil(spoiled)
        answer = recounted(spoiled)
        assert answer.returncode == 1 and name in answer.stderr, (name, answer.stdout, answer.stderr)
    assert recounted({"papers": []}).returncode == 2


def test_lots_of_the_box_are_drawn_again_by_anybody(room):
    chair, node, delegates, _ = room
    address = opened(chair, node, concerns="the rapporteur", candidates="FRA\nKEN", places="1")
    for round_number in [1, 2]:
        ballots = [signed(delegates[name], node, address, [choice]) for name, choice in [("FRA", "FRA"), ("KEN", "KEN"), ("CHL", None)]
                   if choice] + [signed(delegates["CHL"], node, address, [])]
        assert send(chair, node, f"{address}/open").status_code == 303
        for ballot in ballots:
            assert cast(node, address, ballot).status_code == 201
        if round_number == 2:
            assert code(send(chair, node, f"{address}/count", lots="Nobody")) == "conferences.lots"
        assert send(chair, node, f"{address}/count").status_code == 303
    round_two = resource(node, address)["rounds"][1]
    seed = hashlib.sha256("\n".join(["chancery lots/1"] + sorted(p["nonce"] for p in round_two["papers"])).encode()).hexdigest()
    drawn = sorted(["FRA", "KEN"], key=lambda name: hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest())[:1]
    assert (round_two["result"]["seed"], round_two["result"]["lots"], round_two["result"]["elected"]) == (seed, drawn, drawn)
    done(chair, node, "announce", name=resource(node, address)["decision"])


def test_where_candidates_are_no_more_than_places_nobody_votes(room):
    chair, node, delegates, folder = room
    answer = send(chair, node, f"{ROOM}/elections", page=ROOM, concerns="the bureau", candidates="FRA\nKEN", places="1", uncontested="yes")
    assert code(answer) == "conference.procedure.requirement"
    answer = send(chair, node, f"{ROOM}/elections", page=ROOM, concerns="the bureau", candidates="FRA\nKEN", places="2", uncontested="yes")
    assert answer.status_code == 303 and answer.headers["Location"] == ROOM
    done(chair, node, "announce")
    last = resource(node, ROOM)["decisions"][-1]
    assert (last["subject"], last["outcome"]) == ("election", "adopted-by-consensus")
    assert keys(folder) == []


def test_a_proposal_is_voted_on_secretly_and_the_program_writes_the_paper(room):
    chair, node, delegates, folder = room
    done(delegates["FRA"], node, "propose", text="Parties shall mark sea lanes.")
    proposal = resource(node, ROOM)["proposals"][-1]["proposal"]
    done(chair, node, "rule", subject="circulation", concerns=proposal, allowed="yes")
    answer = send(chair, node, f"{ROOM}/ballots", page=ROOM, concerns=proposal)
    assert answer.status_code == 303, answer.text
    address = answer.headers["Location"]
    seen = resource(node, address)
    assert seen["choices"] == ["yes", "no", "abstain"]
    program = subprocess.Popen(
        [PROGRAM, "votes", "paper", "--conference", seen["conference"], "--body", seen["body"], "--meeting", str(seen["meeting"]),
         "--decision", seen["decision"], "--choose", "yes", "--key", seen["key"]],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    hidden = program.stdout.readline()
    assert send(delegates["KEN"], node, f"{address}/paper", page=ROOM, blinded=hidden).status_code == 201
    signature = next(one["signature"] for one in resource(node, address)["rounds"][0]["signed"] if one["actor"] == "KEN")
    ballot, _ = program.communicate(signature + "\n", timeout=60)
    others = [signed(delegates[name], node, address, [choice]) for name, choice in [("FRA", "yes"), ("CHL", "no")]]
    assert send(chair, node, f"{address}/open").status_code == 303
    # By hand: the ballot as the program printed it, in a form that anybody may send.
    answer = requests.post(
        node.address + f"{address}/box", data={"ballot": ballot}, headers={"Origin": node.address, "Accept": "text/html"}, timeout=30,
        allow_redirects=False)
    assert answer.status_code == 303, answer.text[-500:]
    for other in others:
        assert cast(node, address, other).status_code == 201
    done(chair, node, "announce", name=seen["decision"])
    last = resource(node, ROOM)["decisions"][-1]
    assert (last["outcome"], last["yes"], last["no"]) == ("adopted", 2, 1) and "votes" not in last


def test_a_paper_in_the_box_is_entered_by_nobody(room):
    _, node, _, folder = room
    acts = [one for one in resource(node, "/record/acts?limit=200")["acts"] if one["kind"].startswith("conference.ballot-cast")]
    assert len(acts) >= 9
    assert {one["office"] for one in acts} == {"depositary"}, "the office that opened the ballot"
    for one in acts[:3]:
        whole = json.dumps(resource(node, f"/record/acts/{one['entry']}"))
        for name in ["mission-fra", "mission-ken", "mission-chl"]:
            assert name not in whole
    assert "127.0.0.1" not in (pathlib.Path(folder) / "log").read_text(), "the log holds no addresses"


def test_what_is_no_paper_is_refused(room):
    chair, node, delegates, _ = room
    address = opened(chair, node, concerns="the clerk", candidates="FRA\nKEN", places="1")
    assert code(send(delegates["FRA"], node, f"{address}/paper", page=ROOM, blinded="not base64!")) == "conferences.paper"
    assert code(send(delegates["FRA"], node, f"{address}/paper", page=ROOM, blinded="AAAA")) == "conferences.paper"
    assert send(chair, node, f"{address}/open").status_code >= 400, "an empty box is not opened"
    for bad in [{}, {"nonce": 1}, {"nonce": "00", "choices": ["FRA"], "signature": "AAAA"}, [], "x"]:
        assert 400 <= cast(node, address, bad).status_code < 500
    assert requests.get(node.address + f"{ROOM}/ballots/d999999", timeout=30).status_code == 404
    assert requests.put(node.address + f"{address}/box", timeout=30).status_code == 405


def test_a_private_meetings_ballot_is_for_who_sits_in_it(room):
    chair, node, delegates, _ = room
    done(chair, node, "announce")
    done(chair, node, "meeting", change="adjourned")
    done(chair, node, "meeting", change="opened", private="yes")
    for name in ["FRA", "KEN", "CHL"]:
        done(delegates[name], node, "present")
    address = opened(chair, node, concerns="the treasurer", candidates="FRA\nKEN", places="1")
    assert requests.get(node.address + address, headers={"Accept": "application/json"}, timeout=30).status_code == 403
    seen = delegates["FRA"].get(node.address + address, headers={"Accept": "application/json"}, timeout=30).json()
    paper = Paper(seen, ["KEN"])
    answer = send(delegates["FRA"], node, f"{address}/paper", page=ROOM, blinded=paper.blinded)
    ballot = paper.finish(answer.json()["signature"])
    assert send(chair, node, f"{address}/open").status_code == 303
    # The paper itself is the right to cast it, and is not shown to strangers afterwards.
    assert cast(node, address, ballot).status_code == 201
    assert send(chair, node, f"{address}/count").status_code == 303
    done(chair, node, "announce")
    acts = [one for one in resource(node, "/record/acts?limit=20")["acts"] if one["kind"].startswith("conference.ballot-cast")]
    assert ballot["nonce"] not in json.dumps(resource(node, f"/record/acts/{acts[0]['entry']}"))


def test_a_lost_key_is_said_so_and_the_ballot_is_held_anew(room):
    chair, node, delegates, folder = room
    address = opened(chair, node, concerns="the printer", candidates="FRA\nKEN", places="1")
    for path in keys(folder):
        path.unlink()
    seen = delegates["FRA"].get(node.address + address, headers={"Accept": "application/json"}, timeout=30).json()
    answer = send(delegates["FRA"], node, f"{address}/paper", page=ROOM, blinded=Paper(seen, ["KEN"]).blinded)
    assert code(answer) == "conferences.ballot-key-gone" and answer.status_code == 503
    done(chair, node, "announce")


def test_a_key_outlives_a_restart_and_no_longer(room):
    chair, node, delegates, folder = room
    address = opened(chair, node, concerns="the archivist", candidates="FRA\nKEN", places="1")
    assert len(keys(folder)) == 1
    node.stop()
    node.start()
    seen = delegates["FRA"].get(node.address + address, headers={"Accept": "application/json"}, timeout=30).json()
    paper = Paper(seen, ["KEN"])
    answer = send(delegates["FRA"], node, f"{address}/paper", page=ROOM, blinded=paper.blinded)
    paper.finish(answer.json()["signature"])
    assert send(chair, node, f"{address}/open").status_code == 303
    assert keys(folder) == []
