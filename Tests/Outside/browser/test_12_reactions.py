"""What other servers said of a statement, which of them took it, and how an officer deals with both, as people see it."""

import os
import pathlib
import sys

import pytest

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from correspondents import wait_for  # noqa: E402
from fediverse_peer import Peer  # noqa: E402
from own_node import OwnNode  # noqa: E402
from press import act, draft, follow, roll_keys, staffed  # noqa: E402

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
SAID = [
    ("en", "<p>How long will it last, and <b>who</b> watches over it?</p>", {}),
    ("ar", "<p>هل يشمل الاتفاق المعابر؟</p><p>شكرًا.</p>", {}),
    ("fr", "<p>Voir aussi <a href='https://monde.example/cessez-le-feu'>cet article</a>.</p>", {}),
    ("en", "<p>Something that no law allows.</p>", {}),
]


class World:
    def __init__(self, folder):
        self.node = OwnNode(PROGRAM, folder / "node", "serve", name="Ministry of Foreign Affairs of Norland", federation={"privateAddresses": True}).start()
        self.people = staffed(self.node)
        self.office = f"{self.node.address}/fediverse/actors/depositary"
        self.readers = [f"reader{number}" for number in range(12)]
        self.peer = Peer(*self.readers)
        for reader in self.readers[:3]:
            assert self.peer.send(self.office + "/inbox", self.peer.follow(self.office, reader), reader).status_code == 202
        self.draft = draft(self.node, self.people[0])
        act(self.node, self.people[1], self.draft, "clear-spokesperson")
        self.statement = act(self.node, self.people[1], self.draft, "approve", hour="now")
        self.identifier = self.statement.rsplit("/", 1)[1]
        wait_for(lambda: len(self.peer.activities("Create")) == 3)
        public = ["https://www.w3.org/ns/activitystreams#Public"]
        for number, (language, content, more) in enumerate(SAID):
            self.say("Create", number, {
                "id": f"{self.peer.address}/posts/{number}", "type": "Note", "attributedTo": self.peer.actor(self.readers[number]), "to": public,
                "inReplyTo": self.note(language), "content": content, "contentMap": {language: content}, **more})
        for number in range(12):
            self.say("Announce", number, self.note("fr"))
        roll_keys(self.node, self.people[1])
        followed = self.readers[:3]
        for reader in followed:
            follow(self.node, self.people[1], self.peer.actor(reader))
        asked = {reader: wait_for(lambda: [one for one in self.peer.activities("Follow") if one["object"] == self.peer.actor(reader)])[0]
                 for reader in followed}
        for number, kind in enumerate(["Accept", "Reject"]):
            self.say(kind, number, {"id": asked[followed[number]]["id"], "type": "Follow"})

    def note(self, language):
        return f"{self.node.address}/notes/{self.identifier}/1/{language}"

    def say(self, kind, number, thing):
        reader = self.readers[number]
        activity = {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{self.peer.actor(reader)}#{kind}-{number}", "type": kind,
                    "actor": self.peer.actor(reader), "object": thing}
        answer = self.peer.send(self.office + "/inbox", activity, reader)
        assert answer.status_code == 202, answer.text

    def stop(self):
        self.peer.stop()
        self.node.stop()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("reactions"))
    yield world
    world.stop()


@pytest.fixture
def at(world, window):
    def go(person=None):
        return window.become(world.node.address, world.people[person] if person is not None else None)

    return go


def test_an_officer_marks_a_question_and_hides_what_is_illegal(world, at):
    browser = at(0).open(world.statement + "/reactions")
    assert len(browser.all("[data-test=reaction]")) == 4

    def decide(browser, words, mark, **fields):
        place = next(one for one in browser.all("[data-test=reaction]") if words in one.text)
        place.find_element("css selector", "summary").click()
        browser.submit(place.find_element("css selector", f"form[data-test^={mark}]"), **fields)

    decide(browser, "How long", "question-")
    decide(browser, "هل يشمل", "question-", answer="https://mfa.example/crossings")
    assert [one.text for one in browser.all("[data-test=question]")] == ["question, answered", "question"]
    browser = at(1).open(world.statement + "/reactions")
    decide(browser, "no law", "hide-", reason="Penal Code, section 318")
    assert browser.one("[data-test=hidden]")
    browser = at().open(world.statement + "/reactions")
    assert len(browser.all("[data-test=reaction]")) == 3 and "1 hidden as illegal" in browser.text and "2 questions, 1 answered" in browser.text


def test_their_pages_pass_axe_and_fit_at_both_widths_in_english_and_arabic(world, at):
    wait_for(lambda: "1 of 1" in world.people[1].get(f"{world.node.address}/press{world.statement}/deliveries", timeout=30).text)
    pages = [
        ("reactions", None, world.statement + "/reactions"), ("reactions-officer", 1, world.statement + "/reactions"),
        ("statement-echo", None, world.statement), ("deliveries", 1, f"/press{world.statement}/deliveries"), ("fediverse", 1, "/press/fediverse"),
        ("draft-released", 1, world.draft), ("following", 1, "/press/following"), ("measures-fediverse", None, "/measures"),
    ]
    faults = []
    for name, person, address in pages:
        browser = at(person)
        for language in ("en", "ar"):
            browser.open(f"{address}?lang={language}")
            assert browser.status == 200, (name, browser.status)
            for width in (1280, 390):
                for scheme in ("light", "dark"):
                    browser.width(width).scheme(scheme).picture(f"{name}-{language}-{width}-{scheme}")
                    if not browser.fits():
                        faults.append(f"{name} {language} {width}: wider than the window")
                    faults += [f"{name} {language} {width} {scheme}: {one}" for one in browser.violations()]
    assert faults == []
