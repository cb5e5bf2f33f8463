"""A call between named offices of two nodes: shown at once, answered in time, or climbing its ladder by mail and to another office;
and lines that test themselves. The mail server is aiosmtpd."""

import email
import email.policy
import os
import pathlib
import re
import subprocess
import sys

import pytest

from correspondents import accept, enter, form, invite, party, send, staffed, wait_for
from own_node import OwnNode

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
SERVER = pathlib.Path(__file__).parent.parent / "mail" / "server.py"
REASON = "Quicksilver incident at the strait"


@pytest.fixture(scope="module")
def line(tmp_path_factory):
    """Two nodes with a line between them; the second has a duty office and a mail server."""
    folder = tmp_path_factory.mktemp("line")
    post = folder / "post"
    post.mkdir()
    server = subprocess.Popen(
        [sys.executable, SERVER, post], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    mail = {
        "host": "127.0.0.1", "port": int(server.stdout.readline()), "security": "none", "sender": "Duty Desk <duty@sudland.example>",
    }
    settings = {"federation": {"privateAddresses": True, "refresh": 1}}
    nodes = [
        OwnNode(PROGRAM, folder / "norland", "serve", name="Norland", **settings).start(),
        OwnNode(PROGRAM, folder / "sudland", "serve", name="Sudland", mail=mail, **settings).start(),
    ]
    people = [staffed(node) for node in nodes]
    for node, (session, _) in zip(nodes, people):
        accept(node, session, next(other for other in nodes if other is not node))
    sheet = form(people[1][0], nodes[1], "/offices", "establish-office")
    send(people[1][0], nodes[1], sheet["attributes"]["action"], {"request": sheet["fields"]["request"], "office": "duty", "name": "Duty Office"})
    duty = enter(invite(people[1][0], nodes[1], "duty", "Duty Officer", "correspondent"), nodes[1].address)
    yield nodes, people, duty, post
    for node in nodes:
        node.stop()
    server.stdin.close()
    server.wait(10)


def set_line(node, session, peer, ladder="", hours=""):
    sheet = form(session, node, "/hotline", "set-line")
    send(session, node, sheet["attributes"]["action"], {
        "request": sheet["fields"]["request"], "line": "red", "office": "depositary", "peer": party(peer), "minutes": "2", "ladder": ladder,
        "checkHours": hours,
    })


def calls(node, session):
    return session.get(node.address + "/hotline?format=json", timeout=30).json()["calls"]


def call(node, session, reason=REASON, **more):
    sheet = form(session, node, "/hotline", "call")
    send(session, node, sheet["attributes"]["action"], {
        "request": sheet["fields"]["request"], "line": "red", "reason": reason, **more,
    })


def answer(node, session, entry):
    page = session.get(node.address + "/hotline", timeout=30).text
    assert f'action="/hotline/{entry}/acknowledge"' in page
    token = re.search(rf'action="/hotline/{entry}/acknowledge"[^>]*><input type="hidden" name="request" value="([^"]+)"', page).group(1)
    send(session, node, f"/hotline/{entry}/acknowledge", {"request": token})


def test_a_call_is_shown_at_once_with_its_reason_and_answered_in_time(line):
    nodes, people, _, _ = line
    set_line(nodes[0], people[0][0], nodes[1])
    set_line(nodes[1], people[1][0], nodes[0], ladder="1 office duty")
    call(nodes[0], people[0][0])
    there = wait_for(lambda: calls(nodes[1], people[1][0]))[0]
    assert there["state"] == "waiting" and not there["check"]
    page = people[1][0].get(nodes[1].address + "/hotline", timeout=30).text
    assert REASON in page and 'role="alert" data-test="waiting"' in page
    assert 'data-test="call-waits"' in people[1][0].get(nodes[1].address + "/correspondence", timeout=30).text
    wait_for(lambda: "delivered" in calls(nodes[0], people[0][0])[0])
    answer(nodes[1], people[1][0], there["entry"])
    here = wait_for(lambda: (lambda c: c if c["state"] == "acknowledged" else None)(calls(nodes[0], people[0][0])[0]))
    assert here["acknowledgedBy"] == party(nodes[1]) and here["called"] <= here["delivered"] <= here["acknowledged"]
    shown = people[0][0].get(nodes[0].address + "/hotline", timeout=30).text
    moments = re.findall(r'<time datetime="([^"]+)"', re.search(r'data-test="happened">(.*?)</ol>', shown, re.S).group(1))
    assert len(moments) == 3 and moments == sorted(moments), "called, at the other node, answered"


def test_an_unanswered_call_climbs_its_ladder_by_mail_and_to_another_office(line):
    nodes, people, duty, post = line
    set_line(nodes[1], people[1][0], nodes[0], ladder="0 mail duty@sudland.example fr\n0 mail never@sudland.example\n0 mail once@sudland.example ar\n0 office duty")
    call(nodes[0], people[0][0], reason="Second: " + REASON)
    there = wait_for(lambda: next((c for c in calls(nodes[1], people[1][0]) if len(c["steps"]) == 4), None), seconds=60)
    replies = {step["to"]: step.get("reply") for step in there["steps"]}
    assert set(replies) == {"duty@sudland.example", "never@sudland.example", "once@sudland.example", "duty"}
    assert replies["duty@sudland.example"].startswith("250") and "550" in replies["never@sudland.example"], "the server's own word is kept"
    assert replies["once@sudland.example"].startswith("250"), "what the server refused for now was tried again"
    letters = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in post.glob("*.eml")]
    assert len(letters) == 2
    french = next(letter for letter in letters if "duty@" in letter["To"])
    assert "appel" in french["Subject"] and f"{nodes[1].address}/hotline" in french.get_content(), "in the language that the ladder names"
    assert "\u0645\u0643\u0627\u0644\u0645\u0629" in next(letter for letter in letters if "once@" in letter["To"])["Subject"]
    for letter in letters:
        for secret in ("Quicksilver", "localhost:%d" % nodes[0].port, "Norland"):
            assert secret not in letter.as_string(), "neither the reason nor the caller is told by mail"
    # The duty office now sees it, with its reason, and answers in the called office's place.
    assert REASON in duty.get(nodes[1].address + "/hotline", timeout=30).text
    answer(nodes[1], duty, there["entry"])
    here = wait_for(lambda: (lambda c: c if c["state"] == "acknowledged" else None)(calls(nodes[0], people[0][0])[0]))
    assert here["acknowledgedBy"] == f"localhost:{nodes[1].port}/duty"


def test_the_reason_rests_in_clear_nowhere(line):
    nodes, _, _, _ = line
    for node in nodes:
        for folder, _, files in os.walk(node.folder):
            for name in files:
                assert b"Quicksilver" not in (pathlib.Path(folder) / name).read_bytes(), f"{folder}/{name}"


def test_a_line_tests_itself_on_its_schedule_and_shows_it(line):
    nodes, people, _, _ = line
    set_line(nodes[0], people[0][0], nodes[1], hours="1")
    check = wait_for(lambda: next((c for c in calls(nodes[1], people[1][0]) if c["check"]), None), seconds=60)
    answer(nodes[1], people[1][0], check["entry"])
    own = wait_for(lambda: next((c for c in calls(nodes[0], people[0][0]) if c["check"] and c["state"] == "acknowledged"), None))
    assert own
    assert len([c for c in calls(nodes[0], people[0][0]) if c["check"]]) == 1, "once an hour"
    page = people[0][0].get(nodes[0].address + "/hotline", timeout=30).text
    assert "tested every" in page and 'data-test="last-check"' in page
