"""Three processes of one record in PostgreSQL, behind three addresses: what one enters the others' listeners hear; one that is killed is
missed by nobody; and together they are one witness."""

import base64
import email
import hashlib
import os
import subprocess
import sys
import threading
import time

import pytest
import requests

from node import Forms
from own_node import OwnNode
from postgres_server import PostgresServer, programs
from test_6_delivery import SERVER
from test_8_federation import accept, add_checkpoint, log_key, nodes_json, verify_key, wait_for, witnessed_size
from test_8_mirror import consistency, leaves, tree_hash

PROGRAM = os.environ["CHANCERY_TEST_NODE"]

pytestmark = pytest.mark.skipif(
    programs() is None and os.environ.get("CHANCERY_REQUIRE_PEERS") != "1", reason="no PostgreSQL server under /usr/lib/postgresql")


class Process(OwnNode):
    """One of the processes: its own data folder, the others' record and keys."""

    def __init__(self, folder, number, server, keys, origin, command="serve", **settings):
        settings = {"federation": {"privateAddresses": True, "refresh": 1}, "recordOrigin": "shared.example/record", **settings}
        super().__init__(PROGRAM, folder / f"process-{number}", command, **settings)
        self.arguments = ["--record", server if isinstance(server, str) else server.address, "--keys", str(keys)]
        if origin:
            self.arguments += ["--origin", origin]


class Listener(threading.Thread):
    """Hears entries by server-sent events, and goes on at the next address where the one it hears is gone, as a browser behind a
    balancer does: with Last-Event-ID."""

    def __init__(self, addresses, start):
        super().__init__(daemon=True)
        self.addresses, self.last, self.heard = addresses, start - 1, []
        self.over = False
        self.connections = 0

    def run(self):
        place = 0
        while not self.over:
            address = self.addresses[place % len(self.addresses)]
            place += 1
            try:
                with requests.get(
                    address + "/live", headers={"Last-Event-ID": str(self.last), "Accept": "text/event-stream"}, stream=True, timeout=(5, 30)
                ) as stream:
                    self.connections += 1
                    for line in stream.iter_lines(chunk_size=1, decode_unicode=True):
                        if self.over:
                            return
                        if line.startswith("id: "):
                            self.last = int(line[4:])
                            self.heard.append(self.last)
            except requests.RequestException:
                time.sleep(0.1)


def three_processes(folder, server, then, **settings):
    """What the test calls the server, three processes of one node on it, and a session of its officer, which counts at each of them."""
    processes, session = [], None
    for number in range(3):
        process = Process(folder, number, server, folder / "keys", processes[0].address if processes else None, **settings)
        processes.append(process)
        process.start()
        if session is None:
            session = process.sign_in()
    try:
        yield then, processes, session
    finally:
        for process in processes:
            process.stop()


@pytest.fixture
def shared(tmp_path):
    """The server, its three processes, and the session."""
    server = PostgresServer(tmp_path / "postgres")
    yield from three_processes(tmp_path, server, server)
    server.stop()


@pytest.fixture
def replicated(tmp_path):
    """The same on a server with a synchronous standby: the pair of servers, the processes, the session."""
    primary = PostgresServer(tmp_path / "primary")
    standby = PostgresServer(tmp_path / "standby", primary)
    yield from three_processes(tmp_path, primary.address_with(standby), (primary, standby))
    primary.stop()
    standby.stop()


def size(process):
    return int(requests.get(process.address + "/record/checkpoint", timeout=30).text.split("\n")[1])


def enter(process, session, name):
    """An act by the process's own page: a new office."""
    page = session.get(process.address + "/offices", timeout=60)
    form = next(form for form in Forms(page.text).forms if form["attributes"].get("data-test") == "establish-office")
    answer = session.post(
        process.address + "/establish-office", data={**form["fields"], "office": name, "name": name.capitalize()},
        headers={"Origin": process.address}, timeout=60, allow_redirects=False)
    assert answer.status_code == 303, answer.text[-1500:]


def offices(process):
    return requests.get(process.address + "/offices?format=json", timeout=30).json()


def test_listeners_of_each_process_hear_all_and_miss_nothing_when_one_is_killed(shared):
    _, processes, session = shared
    start = size(processes[0])
    addresses = [process.address for process in processes]
    listeners = [Listener(addresses[place:] + addresses[:place], start) for place in range(3)]
    for listener in listeners:
        listener.start()
    wait_for(lambda: all(listener.connections for listener in listeners))
    for number in range(6):
        enter(processes[number % 3], session, f"before-{number}")
    wait_for(lambda: all(len(listener.heard) >= 6 for listener in listeners))

    # Killed in the middle of its work; the others' writers go on at once.
    failed = []

    def write(process, name, count):
        try:
            for number in range(count):
                enter(process, session, f"{name}-{number}")
        except (requests.RequestException, AssertionError) as error:
            failed.append((name, error))

    # The second writes until it is killed.
    writers = [
        threading.Thread(target=write, args=one) for one in [(processes[0], "first", 40), (processes[1], "second", 5_000), (processes[2], "third", 40)]
    ]
    for writer in writers:
        writer.start()
    wait_for(lambda: size(processes[0]) >= start + 16)
    processes[1].kill()
    for writer in writers:
        writer.join()
    assert [name for name, _ in failed] == ["second"], failed
    wait_for(lambda: size(processes[0]) == size(processes[2]))
    end = size(processes[0])
    wait_for(lambda: all(listener.last == end - 1 for listener in listeners), seconds=60)
    for listener in listeners:
        assert listener.heard == list(range(start, end)), "an entry was missed, or heard twice"
    assert listeners[1].connections >= 2

    # What was acknowledged is there, once; and the killed one comes back with the same.
    names = [office["office"] for office in offices(processes[0])["offices"]]
    assert len(names) == len(set(names))
    assert {f"before-{number}" for number in range(6)} | {f"first-{number}" for number in range(40)} <= set(names)
    processes[1].start()
    wait_for(lambda: size(processes[1]) == size(processes[0]))
    assert offices(processes[1]) == offices(processes[0]) == offices(processes[2])
    notes = {requests.get(process.address + "/record/checkpoint", timeout=30).text.rsplit("\n\n", 1)[0] for process in processes}
    assert len(notes) == 1
    for listener in listeners:
        listener.over = True


class Load:
    """Writers at each process and listeners that go from one to the other; what was acknowledged."""

    def __init__(self, processes, session, each):
        self.processes, self.session, self.each = processes, session, each
        self.start = size(processes[0])
        addresses = [process.address for process in processes]
        self.listeners = [Listener(addresses[place:] + addresses[:place], self.start) for place in range(len(processes))]
        self.acknowledged, self.refusals = set(), []
        self.threads = [threading.Thread(target=self.write, args=(place,)) for place in range(len(processes))]
        for thread in self.listeners + self.threads:
            thread.start()

    def write(self, place):
        done, number = 0, 0
        while done < self.each:
            name = f"office-{place}-{number}"
            number += 1
            try:
                enter(self.processes[place], self.session, name)
                self.acknowledged.add(name)
                done += 1
            except (requests.RequestException, AssertionError, StopIteration) as error:
                # Refused, or in doubt: another one.
                self.refusals.append(str(error)[:200])
                time.sleep(0.1)

    def check(self):
        """Nothing acknowledged is lost or doubled, all processes have the same, every listener heard all of it in order."""
        processes = self.processes
        for thread in self.threads:
            thread.join(180)
            assert not thread.is_alive(), self.refusals[-3:]
        wait_for(lambda: len({size(process) for process in processes}) == 1)
        end = size(processes[0])
        names = [office["office"] for office in offices(processes[0])["offices"]]
        assert len(names) == len(set(names)) and self.acknowledged <= set(names)
        assert offices(processes[0]) == offices(processes[1]) == offices(processes[2])
        wait_for(lambda: all(listener.last == end - 1 for listener in self.listeners), seconds=60)
        for listener in self.listeners:
            assert listener.heard == list(range(self.start, end)), "an entry was missed, or heard twice"
            listener.over = True


def test_the_server_crashes_under_load_and_nothing_acknowledged_is_lost_or_doubled(shared):
    server, processes, session = shared
    load = Load(processes, session, 60)
    wait_for(lambda: len(load.acknowledged) >= 20)
    server.stop()
    time.sleep(1)
    # Reading goes on without the server: the views are each process's own.
    for process in processes:
        assert requests.get(process.address + "/offices?format=json", timeout=30).status_code == 200
    server.start()
    load.check()
    assert load.refusals, "the server was not missed by anybody"


def test_the_server_fails_over_to_its_standby_and_all_processes_go_on_there(replicated):
    (primary, standby), processes, session = replicated
    load = Load(processes, session, 40)
    wait_for(lambda: len(load.acknowledged) >= 20)
    primary.stop()
    for process in processes:
        assert requests.get(process.address + "/offices?format=json", timeout=30).status_code == 200
    standby.promote()
    load.check()
    assert load.refusals, "the primary was not missed by anybody"
    notes = {requests.get(process.address + "/record/checkpoint", timeout=30).text.rsplit("\n\n", 1)[0] for process in processes}
    assert len(notes) == 1
    assert standby.query("SELECT pg_is_in_recovery()") == "f"


def test_the_processes_are_one_witness_and_one_of_them_sees_to_the_peers(shared, tmp_path):
    server, processes, session = shared
    peer = OwnNode(PROGRAM, tmp_path / "peer", "serve", federation={"privateAddresses": True, "refresh": 1}, name="Peer").start()
    try:
        accept(processes[0], session, peer)
        peer_session = peer.sign_in()
        accept(peer, peer_session, processes[0])
        # The peer is cosigned for by the processes, and cosigns for them.
        wait_for(lambda: (nodes_json(peer)["witnessed"] or {}).get("size") == nodes_json(peer)["size"])
        for process in processes:
            wait_for(lambda: (nodes_json(process)["witnessed"] or {}).get("size") == nodes_json(process)["size"])

        def elsewhere(process):
            return 'data-test="elsewhere"' in requests.get(process.address + "/nodes", timeout=30).text

        wait_for(lambda: sum(not elsewhere(process) for process in processes) == 1)
        in_charge = next(process for process in processes if not elsewhere(process))
        in_charge.kill()
        others = [process for process in processes if process is not in_charge]
        wait_for(lambda: sum(not elsewhere(process) for process in others) == 1, seconds=60)
        enter(others[0], session, "after")
        for process in others:
            wait_for(lambda: (nodes_json(process)["witnessed"] or {}).get("size") == nodes_json(process)["size"])
        in_charge.start()

        # Two histories of the peer's log, at once to two processes: one of them is cosigned, never both, and all remember the same.
        log = nodes_json(peer)["log"]
        old = int(requests.get(peer.address + "/record/checkpoint", timeout=30).text.split("\n")[1])
        known = [leaf for leaf in leaves(peer)]
        wait_for(lambda: witnessed_size(processes[0], log) == old)
        document = requests.get(peer.address + "/.well-known/chancery", timeout=30).json()["document"]
        peer.kill()
        for round in range(8):
            branches = []
            for branch in range(2):
                grown = known + [f"{round} {branch} {number}".encode() for number in range(3)]
                note = signed(peer, document, len(grown), tree_hash(grown))
                branches.append((grown, note, consistency(grown, len(known))))
            answers = [None, None]

            def ask(place):
                _, note, proof = branches[place]
                answers[place] = add_checkpoint(processes[place], len(known), proof, note)

            threads = [threading.Thread(target=ask, args=(place,)) for place in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            statuses = [answer.status_code for answer in answers]
            assert sorted(statuses) in ([200, 409], [200, 422]), (statuses, [answer.text for answer in answers])
            won = statuses.index(200)
            for process in processes:
                hash = hashlib.sha256(log.encode()).hexdigest()
                note = requests.get(f"{process.address}/witness/{hash}/checkpoint", timeout=30).text
                assert note.startswith(branches[won][1].rsplit("\n\n", 1)[0] + "\n")
            # It never goes back, at whichever process one asks.
            assert add_checkpoint(processes[2], len(known), branches[1 - won][2], branches[1 - won][1]).status_code in (409, 422)
            known = branches[won][0]
        # The evidence of a contradiction is entered once, in the one record.
        forged = signed(peer, document, len(known), bytes(32))
        for process in processes:
            assert add_checkpoint(process, len(known), [], forged).status_code == 422
        wait_for(lambda: nodes_json(processes[0])["splitViews"])
        assert len([view for view in nodes_json(processes[0])["splitViews"] if view["found"] == forged]) == 1
    finally:
        peer.stop()


def signed(peer, document, size, root):
    """A checkpoint by the peer's key, its node being stopped."""
    name, key_id, _, _ = verify_key(next(key for key in document["log"] if verify_key(key)[2] == 1))
    text = f"{name}\n{size}\n{base64.b64encode(root).decode()}\n"
    return f"{text}\n\u2014 {name} {base64.b64encode(key_id + log_key(peer).sign(text.encode())).decode()}\n"


def test_of_three_processes_that_all_have_mail_one_sends_and_nothing_is_sent_twice(tmp_path):
    post = tmp_path / "post"
    post.mkdir()
    mail = subprocess.Popen(
        [sys.executable, SERVER, post], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    settings = {
        "host": "127.0.0.1", "port": int(mail.stdout.readline()), "security": "none", "sender": "Treaty Section <treaties@depositary.example>",
    }
    server = PostgresServer(tmp_path / "postgres")
    processes, session = [], None
    try:
        for number in range(3):
            process = Process(
                tmp_path, number, server, tmp_path / "keys", processes[0].address if processes else None, command="demo" if number == 0 else "serve",
                mail=settings)
            processes.append(process)
            process.start()
            session = session or process.sign_in()
        actors = "AFG ALB DZA AND AGO ARG ARM AUS AUT AZE BHS BHR".split()
        for actor in actors:
            processes[0].send(session, "/depositary/contacts", "contact-form", actor=actor, addresses=f"mission@{actor.lower()}.example")
        page = processes[0].send(session, "/treaties/IV-11/notify?subject=entry-into-force", "notify-form", subject="entry-into-force", step="issue")

        def notification(process):
            return session.get(process.address + page + "?format=json", timeout=30).json()

        wait_for(lambda: notification(processes[0])["outstanding"] == 0, seconds=120)
        # Whoever sends is stopped in order: another goes on at once.
        holder = server.query("SELECT holder FROM chancery.claim WHERE name = 'mail.notifications'")
        assert holder
        for number in (0, 1):
            processes[number].stop()
        page = processes[2].send(session, "/treaties/IV-11/notify?subject=entry-into-force", "notify-form", subject="entry-into-force", step="issue")
        wait_for(lambda: notification(processes[2])["outstanding"] == 0, seconds=120)
        messages = [email.message_from_bytes(file.read_bytes())["Message-ID"] for file in post.glob("*.eml")]
        assert len(messages) == 2 * len(actors)
        assert len(set(messages)) == len(messages), "a message was sent twice"
    finally:
        for process in processes:
            process.stop()
        server.stop()
        mail.stdin.close()
        mail.wait(10)
