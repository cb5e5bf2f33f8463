"""Three processes of one record are one mirror, with copies in a folder that all of them have, and one memory of the messages they took."""

import os

import pytest
import requests

from own_node import OwnNode
from postgres_server import PostgresServer, programs
from test_8_federation import accept, message, nodes_json, post, signed_headers, wait_for
from test_8_mirror import mirrored, monitoring, tile_paths
from test_9_processes import enter, three_processes

PROGRAM = os.environ["CHANCERY_TEST_NODE"]

pytestmark = pytest.mark.skipif(
    programs() is None and os.environ.get("CHANCERY_REQUIRE_PEERS") != "1", reason="no PostgreSQL server under /usr/lib/postgresql")


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A node of three processes, and a peer whose record they mirror; each process with an officer's session."""
    folder = tmp_path_factory.mktemp("mirrors")
    server = PostgresServer(folder / "postgres")
    federation = {"privateAddresses": True, "refresh": 1, "mirrors": ["*"], "mirrorFolder": str(folder / "copies")}
    peer = OwnNode(PROGRAM, folder / "peer", "serve", federation={"privateAddresses": True, "refresh": 1}, name="Peer").start()
    peer_session = peer.sign_in()
    for _, processes, session in three_processes(folder, server, server, federation=federation):
        accept(processes[0], session, peer)
        accept(peer, peer_session, processes[0])
        yield processes, peer, session, peer_session
    peer.stop()
    server.stop()


def copy_at(process, peer):
    """What a process serves of the peer's record: its checkpoint and every tile."""
    address = monitoring(process, nodes_json(peer)["log"])
    answer = requests.get(address + "/checkpoint", timeout=30)
    if answer.status_code != 200:
        return None
    size = int(answer.text.split("\n")[1])
    return answer.text, {path: requests.get(f"{address}/{path}", timeout=30).content for path in tile_paths(size)}


def test_each_process_serves_the_copy_and_another_goes_on_with_it(world):
    processes, peer, _, peer_session = world
    size = wait_for(lambda: mirrored(peer, processes[0]), seconds=60)
    copies = [copy_at(process, peer) for process in processes]
    assert copies[0] and copies[0] == copies[1] == copies[2]
    assert int(copies[0][0].split("\n")[1]) == size
    # The one that the peer uploads to is the one at the node's address: its copy grows, and the others have it at once.
    for number in range(3):
        enter(peer, peer_session, f"more-{number}")
    wait_for(lambda: mirrored(peer, processes[0]), seconds=60)
    grown = [copy_at(process, peer) for process in processes]
    assert int(grown[0][0].split("\n")[1]) > size
    assert grown[0] == grown[1] == grown[2]
    for path, content in copies[0][1].items():
        if ".p/" not in path:
            assert grown[2][1][path] == content


def test_a_message_that_one_process_took_is_a_replay_at_every_other(world):
    processes, peer, _, _ = world
    # All processes are the node at the first one's address.
    body = message(peer, processes[0])
    headers = {**signed_headers(peer, processes[0], body), "Host": f"localhost:{processes[0].port}"}
    assert post(processes[1], body, headers).status_code == 200
    for process in processes:
        answer = post(process, body, headers)
        assert answer.status_code == 403 and "received before" in answer.text
    again = {**signed_headers(peer, processes[0], body), "Host": f"localhost:{processes[0].port}"}
    assert post(processes[2], body, again).status_code == 200
