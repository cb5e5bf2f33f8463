"""Pages for people who are signed in go compressed over a slow line, and betray nothing by it."""

import os
import re

import pytest

from conference import CONFERENCE, ROOM, convene, done, seat, with_roles
from node import Forms
from own_node import OwnNode

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
OWN = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def conference(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("compression") / "node", "serve").start()
    chair = with_roles(node, "administrator", "depositary-officer", "conference-officer")
    convene(chair, node)
    delegates = seat(chair, node)
    done(chair, node, "meeting", change="opened")
    for code in ["FRA", "KEN", "CHL"]:
        done(delegates[code], node, "present")
    yield chair, node, delegates
    node.stop()


def sent(session, node, page, **headers):
    """The answer with its bytes as they came over the wire."""
    answer = session.get(node.address + page, headers=headers, timeout=30, stream=True)
    assert answer.status_code == 200
    return answer.headers, answer.raw.read(decode_content=False)


def tokens(page):
    return [form["fields"]["request"] for form in Forms(page).forms if "request" in form["fields"]]


def test_a_delegates_room_comes_compressed_when_the_nodes_own_page_asked(conference):
    _, node, delegates = conference
    plain_headers, plain = sent(delegates["KEN"], node, ROOM, **{"Accept-Encoding": "identity", "Sec-Fetch-Site": "same-origin"})
    assert "Content-Encoding" not in plain_headers
    headers, small = sent(delegates["KEN"], node, ROOM, **OWN)
    assert headers["Content-Encoding"] == "gzip" and headers["Cache-Control"] == "no-store"
    assert "Accept-Encoding" in headers["Vary"] and "Sec-Fetch-Site" in headers["Vary"]
    assert len(small) < len(plain) / 2.5, (len(small), len(plain))
    whole = delegates["KEN"].get(node.address + ROOM, headers=OWN, timeout=30).text
    assert whole.startswith("<!DOCTYPE html>") and whole.rstrip().endswith("</html>")


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
def test_what_a_strangers_page_may_have_asked_for_is_not_compressed(conference, site):
    _, node, delegates = conference
    asked = {"Accept-Encoding": "gzip", **({"Sec-Fetch-Site": site} if site else {})}
    headers, _ = sent(delegates["KEN"], node, ROOM, **asked)
    assert "Content-Encoding" not in headers


def test_every_answer_has_form_secrets_of_its_own_and_each_is_good_once(conference):
    _, node, delegates = conference
    session = delegates["FRA"]
    pages = [session.get(node.address + ROOM, headers=OWN, timeout=30) for _ in range(2)]
    assert all(page.headers["Content-Encoding"] == "gzip" for page in pages)
    first, second = (tokens(page.text) for page in pages)
    assert first and second and not set(first) & set(second)
    # What two secrets have alike is the time they were made, and nothing of what makes them good.
    for mine, other in zip(first, second):
        assert mine.split(".")[0] != other.split(".")[0] and mine.split(".")[2] != other.split(".")[2]
    for token, (action, fields) in zip(
            [first[0], second[0]], [("request-floor", {"purpose": "statement"}), ("withdraw-request", {"purpose": "statement"})]):
        answer = session.post(
            node.address + f"{ROOM}/{action}", data={"request": token, **fields},
            headers={"Origin": node.address, "Accept": "application/json"}, timeout=30, allow_redirects=False)
        assert answer.status_code == 303 or answer.json()["code"] != "request.form-token", answer.text
    again = session.post(
        node.address + f"{ROOM}/request-floor", data={"request": first[0], "purpose": "statement"},
        headers={"Origin": node.address, "Accept": "application/json"}, timeout=30, allow_redirects=False)
    assert again.status_code == 409, again.text


def test_the_same_page_has_another_length_each_time(conference):
    _, node, delegates = conference
    lengths = {len(sent(delegates["CHL"], node, ROOM, **OWN)[1]) for _ in range(12)}
    assert len(lengths) > 3


def test_what_is_a_persons_own_is_never_compressed(conference):
    _, node, delegates = conference
    for page in [CONFERENCE + "/space", CONFERENCE + "/positions", CONFERENCE + "/digest", "/account"]:
        headers, body = sent(delegates["KEN"], node, page, **OWN)
        assert "Content-Encoding" not in headers, page
        assert re.search(rb"</html>\s*$", body)
