"""A joint statement of two nodes, over the exchange: proposed, signed by both, released by both; nothing before."""

import os

import pytest
import requests

from correspondents import accept, form, send, wait_for
from own_node import OwnNode
from press import TITLES, act, draft, staffed

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


def test_it_is_released_at_both_nodes_once_both_have_signed(two):
    nodes, people = two
    (drafter, approver, _), (_, signer, _) = people
    address = draft(nodes[0], drafter)
    act(nodes[0], approver, address, "clear-spokesperson")
    party = f"localhost:{nodes[1].port}/depositary"
    wait_for(lambda: party in approver.get(nodes[0].address + address, timeout=30).text)
    act(nodes[0], approver, address, "approve", hour="joint", party=party)
    page = wait_for(lambda: next(iter(
        line.split('"')[0] for line in signer.get(nodes[1].address + "/press", timeout=30).text.split('href="') if line.startswith("/press/joint/")), None))
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
