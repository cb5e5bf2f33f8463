"""A secret ballot at two processes of one record in PostgreSQL: either signs papers, either takes them, and the key is in no folder."""

import contextlib
import pathlib

import pytest

from conference import ROOM, convene, done, resource, seat, with_roles
from paper import Paper
from postgres_server import PostgresServer, programs
from test_11_ballots import cast, code, opened, send, signed
from test_8_federation import wait_for
from test_9_processes import Process, pytestmark, size  # noqa: F401


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    if programs() is None:
        pytest.skip("no PostgreSQL server under /usr/lib/postgresql")
    folder = tmp_path_factory.mktemp("ballots")
    with contextlib.ExitStack() as running:
        server = PostgresServer(folder / "postgres")
        running.callback(server.stop)
        first = Process(folder, 0, server, folder / "keys", None)
        running.callback(first.stop)
        session = first.start().sign_in()
        second = Process(folder, 1, server, folder / "keys", first.address)
        running.callback(second.stop)
        second.start()
        chair = with_roles(first, "administrator", "depositary-officer", "conference-officer", session=session)
        convene(chair, first)
        delegates = seat(chair, first)
        done(chair, first, "meeting", change="opened")
        for name in ["FRA", "KEN", "CHL"]:
            done(delegates[name], first, "present")
        yield chair, first, second, delegates, folder, server


def together(one, other):
    """Waits until one process has read what the other has entered."""
    wait_for(lambda: size(one) == size(other))


def kept(server):
    """What the database keeps of keys, as it stands there."""
    schema = server.query("SELECT schemaname FROM pg_tables WHERE tablename = 'memory'")
    return server.query(f"SELECT encode(content, 'escape') FROM \"{schema}\".memory WHERE name = 'conferences/ballot-keys'")


def test_either_process_signs_and_takes_papers_and_the_key_is_gone_when_the_box_is_opened(room):
    chair, first, second, delegates, folder, server = room
    address = opened(chair, first, concerns="the presidency", candidates="FRA\nKEN", places="1")
    assert list(pathlib.Path(folder).rglob("ballots/*.key")) == []
    assert "sealed" in kept(server)
    together(first, second)
    ballots = [
        signed(delegates["FRA"], first, address, ["KEN"]), signed(delegates["KEN"], second, address, ["KEN"]),
        signed(delegates["CHL"], second, address, ["FRA"])]
    assert code(send(delegates["FRA"], second, f"{address}/paper", page=ROOM, blinded=Paper(resource(second, address), ["FRA"]).blinded)) \
        == "conference.procedure.token-issued", "one paper for each delegation, wherever it asks"
    together(first, second)
    assert send(chair, second, f"{address}/open").status_code == 303
    assert "sealed" not in kept(server)
    together(first, second)
    for process, ballot in zip([second, first, second], ballots):
        assert cast(process, address, ballot).status_code == 201
    together(first, second)
    assert send(chair, first, f"{address}/count").status_code == 303
    together(first, second)
    rounds = resource(second, address)["rounds"]
    assert rounds[0]["result"]["elected"] == ["KEN"]
    assert "sealed" not in kept(server), "no key is left behind by the count"
