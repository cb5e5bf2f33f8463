"""A joint statement of two nodes, over the exchange: proposed, signed by both, released by both; nothing before."""

import os

import pytest
import requests

from correspondents import accept, form, send, wait_for
from own_node import OwnNode
from press import BODIES, TITLES, act, draft, staffed

PROGRAM = os.environ["CHANCERY_TEST_NODE"]


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    folder = tmp_path_factory.mktemp("joint")
    nodes = [
        OwnNode(PROGRAM, folder / name, "serve", federation={"privateAddresses": True, "refresh": 1}, name=name.capitalize()).start()
        for name in ["norland", "sudland"]
    ]
    people = [staffed(node) for node in nodes]
    for node, (first, *_), other in zip(nodes, people, reversed(nodes)):
        accept(node, first, other)
    yield nodes, people
    for node in nodes:
        node.stop()


def statements(node):
    return requests.get(node.address + "/statements?format=json", timeout=30).json()["statements"]


def signing(node, person):
    """The page where something waits for the person's signature, once it has come."""
    return wait_for(lambda: next(iter(
        line.split('"')[0] for line in person.get(node.address + "/press", timeout=30).text.split('href="') if line.startswith("/press/joint/")), None))


def sign(node, person):
    sheet = form(person, node, signing(node, person), "sign")
    send(person, node, sheet["attributes"]["action"], sheet["fields"])


def proposed(two, **changes):
    """A joint statement that the first node has proposed."""
    nodes, people = two
    (drafter, approver, _), _ = people
    address = draft(nodes[0], drafter, **changes)
    act(nodes[0], approver, address, "clear-spokesperson")
    party = f"localhost:{nodes[1].port}/depositary"
    wait_for(lambda: party in approver.get(nodes[0].address + address, timeout=30).text)
    act(nodes[0], approver, address, "approve", hour="joint", party=party)


def whole(node, statement):
    return requests.get(f"{node.address}/statements/{statement}?format=json", timeout=30).json()


def test_it_is_released_at_both_nodes_once_both_have_signed(two):
    nodes, people = two
    _, (_, signer, _) = people
    proposed(two)
    page = signing(nodes[1], signer)
    assert statements(nodes[0]) == [] and statements(nodes[1]) == []
    # Who only drafts cannot sign.
    assert 'data-test="sign"' not in people[1][0].get(nodes[1].address + page, timeout=30).text
    sheet = form(signer, nodes[1], page, "sign")
    send(signer, nodes[1], sheet["attributes"]["action"], sheet["fields"])
    found = [wait_for(lambda node=node: statements(node)) for node in nodes]
    assert [one[0]["titles"] for one in found] == [TITLES, TITLES]
    whole = [requests.get(one[0]["url"] + "?format=json", timeout=30).json()["joint"] for one in found]
    assert whole[0]["digest"] == whole[1]["digest"]
    assert len(whole[0]["signed"]) == len(whole[1]["signed"]) == 2


def test_all_parties_correct_it_and_withdraw_it_at_once(two):
    nodes, people = two
    (drafter, approver, _), (_, signer, _) = people
    own = [statements(node)[0]["statement"] for node in nodes]
    correction = draft(nodes[0], drafter, f"/press/new?corrects={own[0]}", **{
        "correction.en": "The ceasefire was agreed yesterday.", "body.en": BODIES["en"].replace("today", "yesterday")})
    act(nodes[0], approver, correction, "clear-spokesperson")
    act(nodes[0], approver, correction, "approve", hour="joint")
    page = signer.get(nodes[1].address + signing(nodes[1], signer), timeout=30).text
    assert "The ceasefire was agreed yesterday." in page and f'href="/statements/{own[1]}"' in page
    assert [whole(*pair)["version"] for pair in zip(nodes, own)] == [1, 1], "nothing changes before both have signed"
    sign(nodes[1], signer)
    for node, statement in zip(nodes, own):
        wait_for(lambda node=node, statement=statement: whole(node, statement)["version"] == 2)
        found = whole(node, statement)
        assert found["correction"] == {"en": "The ceasefire was agreed yesterday."} and len(found["joint"]["signed"]) == 2
        assert "yesterday" in found["content"]["texts"]["en"]["paragraphs"][0]
    assert len({whole(*pair)["joint"]["digest"] for pair in zip(nodes, own)}) == 1
    # The other party proposes to take it back; each does once both have signed.
    sheet = form(signer, nodes[1], f"/press/statements/{own[1]}/withdraw", "withdraw")
    send(signer, nodes[1], sheet["attributes"]["action"], {**sheet["fields"], "together": "1", "reason.en": "The ceasefire did not hold."})
    signing(nodes[0], approver)
    assert [whole(*pair)["standing"] for pair in zip(nodes, own)] == ["current", "current"]
    sign(nodes[0], approver)
    for node, statement in zip(nodes, own):
        wait_for(lambda node=node, statement=statement: whole(node, statement)["standing"] == "withdrawn")
        page = requests.get(f"{node.address}/statements/{statement}", headers={"Accept": "text/html"}, timeout=30).text
        assert "The ceasefire did not hold." in page and "together with the other parties" in page


def test_a_party_may_withdraw_it_alone_and_says_so(two):
    nodes, people = two
    _, (_, signer, _) = people
    proposed(two, **{"title.en": "On the exchange of prisoners"})
    sign(nodes[1], signer)
    own = [wait_for(lambda node=node: next((one["statement"] for one in statements(node) if "prisoners" in one["titles"]["en"]), None)) for node in nodes]
    sheet = form(signer, nodes[1], f"/press/statements/{own[1]}/withdraw", "withdraw")
    send(signer, nodes[1], sheet["attributes"]["action"], {"request": sheet["fields"]["request"], "reason.en": "It was not so."})
    page = requests.get(f"{nodes[1].address}/statements/{own[1]}", headers={"Accept": "text/html"}, timeout=30).text
    assert "this party has withdrawn it alone" in page
    assert whole(nodes[0], own[0])["standing"] == "current"
