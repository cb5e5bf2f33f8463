"""Digests by mail: nothing before the address is confirmed, one click ends them, and a killed node sends the same message again or none."""

import email
import email.policy
import os
import random
import re
import time

import pytest
import requests

from node import Forms
from test_6_delivery import SEED, MailedNode

ADDRESS = "officer@mission.example"
CLICK = {"List-Unsubscribe": "One-Click"}


class Mailbox:
    """A node whose mail goes to a real server, and what has come there."""

    def __init__(self, node):
        self.node = node

    def letters(self, kind):
        letters = []
        for file in self.node.post.glob("*.eml"):
            letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            if letter["Message-ID"].startswith(f"<{kind}."):
                letters.append(letter)
        return letters

    def wait(self, kind, seen=(), seconds=30):
        for _ in range(seconds * 10):
            fresh = [letter for letter in self.letters(kind) if letter["Message-ID"] not in seen]
            if fresh:
                return fresh[0]
            time.sleep(0.1)
        raise AssertionError(f"no message {kind}")

    def ask(self, session, **more):
        self.node.send(session, "/desk/digest", "digest-form", address=ADDRESS, **{"language": "en", "frequency": "daily", **more})

    def confirm(self, letter):
        """Follows the link in a letter as a stranger: whoever reads the mailbox need not be signed in."""
        link = re.search(r"http://\S+/digest/confirm\?\S+", letter.get_content()).group()
        stranger = requests.Session()
        page = stranger.get(link, timeout=30)
        assert page.status_code == 200
        for form in Forms(page.text).forms:
            if form["attributes"].get("data-test") == "confirm-digest":
                answer = stranger.post(
                    self.node.address + form["attributes"]["action"], data=form["fields"], headers={"Origin": self.node.address}, timeout=30
                )
                assert answer.status_code == 200, answer.text[-500:]
                return
        raise AssertionError("no form to confirm the address")

    def standing(self, session):
        page = session.get(self.node.address + "/desk/digest", timeout=30).text
        return re.search(r'data-test="standing">([^<]*)', page).group(1)


@pytest.fixture
def mailbox(tmp_path):
    node = MailedNode(os.environ["CHANCERY_TEST_NODE"], tmp_path)
    yield Mailbox(node.start())
    node.stop()


def sign(node, session, actor):
    node.send(
        session, "/treaties/XXI-10/record", "instrument-form", kind="signature", actor=actor, date="2024-01-10", source="the depositary's list"
    )


def end_link(letter):
    return re.fullmatch(r"<(http\S+)>", letter["List-Unsubscribe"]).group(1)


def test_nothing_but_the_link_is_sent_before_it_is_followed_and_one_click_ends_it(mailbox):
    node = mailbox.node
    session = node.sign_in()
    mailbox.ask(session, language="fr", treaties="IV-11\nXXI-10", actors="Kenya")
    letter = mailbox.wait("digest-confirmation")
    assert letter["To"] == ADDRESS and letter["Content-Language"] == "fr"
    # To look at the page of the link, as programs that check mail do, confirms nothing.
    requests.get(re.search(r"http://\S+/digest/confirm\?\S+", letter.get_content()).group(), timeout=30)
    time.sleep(5)
    assert mailbox.letters("digest") == []
    # Something the person follows, and something nobody does.
    sign(node, session, "BRA")
    mailbox.confirm(letter)
    digest = mailbox.wait("digest")
    assert digest["To"] == ADDRESS and digest["Content-Language"] == "fr" and digest.get_content_type() == "text/plain"
    assert digest["List-Id"].endswith("<treaty-digest.localhost>")
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = digest.get_content()
    assert "Brésil" in text and f"{node.address}/record/acts/" in text
    assert end_link(digest) in text.splitlines(), "the link that ends it stands in the text too"
    # It is told once: nothing new, nothing sent.
    time.sleep(5)
    assert len(mailbox.letters("digest")) == 1
    # The mail program's own button: no cookie, no page before it.
    assert requests.get(end_link(digest), timeout=30).status_code == 200
    assert "You get no digest" not in mailbox.standing(session)
    assert requests.post(end_link(digest), data={}, timeout=30).status_code == 400
    assert requests.post(end_link(digest)[:-2] + "xx", data=CLICK, timeout=30).status_code == 403
    for _ in range(2):
        assert requests.post(end_link(digest), data=CLICK, timeout=30).status_code == 200
    assert "You get no digest" in mailbox.standing(session)
    assert len(mailbox.letters("digest")) == 1


def test_what_a_person_asked_for_is_shown_to_nobody_else(mailbox):
    node = mailbox.node
    session = node.sign_in()
    mailbox.ask(session)
    mailbox.wait("digest-confirmation")
    size = int(requests.get(node.address + "/record/checkpoint", timeout=30).text.split("\n")[1])
    seen = 0
    for entry in range(size - 4, size):
        for form in ("html", "json"):
            path = f"/record/acts/{entry}?format={form}"
            assert ADDRESS not in requests.get(node.address + path, timeout=30).text
            seen += ADDRESS in session.get(node.address + path, timeout=30).text
    assert seen > 0, "the person's own office reads it"
    assert requests.get(node.address + "/desk/digest", timeout=30, allow_redirects=False).status_code in (303, 401)


def test_killed_while_it_sends_no_digest_is_lost_and_a_second_copy_has_the_same_identifier(mailbox):
    node = mailbox.node
    generator = random.Random(SEED)
    session = node.sign_in()
    for actor in ("BRA", "KEN", "FRA", "IDN"):
        known = {letter["Message-ID"] for letter in mailbox.letters("digest-confirmation")}
        before = {letter["Message-ID"] for letter in mailbox.letters("digest")}
        mailbox.ask(session, treaties="XXI-10")
        letter = mailbox.wait("digest-confirmation", known)
        sign(node, session, actor)
        mailbox.confirm(letter)
        # Now the digest is due: the kill falls before it, between the server's word and the act, or after.
        if generator.random() < 0.5:
            time.sleep(generator.uniform(0, 2.2))
        else:
            for _ in range(200):
                if {one["Message-ID"] for one in mailbox.letters("digest")} - before:
                    break
                time.sleep(0.005)
        node.kill()
        node.start()
        for _ in range(300):
            if "The last was sent" in mailbox.standing(session):
                break
            time.sleep(0.1)
        assert "The last was sent" in mailbox.standing(session)
        fresh = [one["Message-ID"] for one in mailbox.letters("digest") if one["Message-ID"] not in before]
        assert len(set(fresh)) == 1 and len(fresh) <= 2, fresh
        newest = next(one for one in mailbox.letters("digest") if one["Message-ID"] == fresh[0])
        assert requests.post(end_link(newest), data=CLICK, timeout=30).status_code == 200
