"""The press desk on the fediverse: what other servers ask of a node and send it, and what followers are sent."""

import json
import os

import pytest
import requests

from correspondents import wait_for
from fediverse_peer import ACTIVITY, Peer, check_cavage, check_proof
from own_node import OwnNode
from press import BODIES, TITLES, act, draft, form, released, send, staffed

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
OFFICE = "depositary"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    node = OwnNode(PROGRAM, tmp_path_factory.mktemp("fediverse") / "node", "serve", federation={"privateAddresses": True}).start()
    people = staffed(node)
    peer = Peer("alice", "bob")
    yield node, people, peer
    peer.stop()
    node.stop()


def get(node, path, accept=ACTIVITY, status=200):
    answer = requests.get(node.address + path if path.startswith("/") else path, headers={"Accept": accept}, timeout=30, allow_redirects=False)
    assert answer.status_code == status, answer.text[-800:]
    return answer


def office(node):
    return f"{node.address}/fediverse/actors/{OFFICE}"


@pytest.fixture(scope="module")
def followed(world):
    node, _, peer = world
    answer = peer.send(office(node) + "/inbox", peer.follow(office(node)))
    assert answer.status_code == 202, answer.text
    wait_for(lambda: peer.activities("Accept"))
    return peer


def test_an_office_is_found_by_its_name(world):
    node, _, _ = world
    answer = get(node, f"/.well-known/webfinger?resource=acct:{OFFICE}@localhost:{node.port}", accept="*/*")
    assert answer.headers["Content-Type"].startswith("application/jrd+json")
    assert answer.json()["subject"] == f"acct:{OFFICE}@localhost:{node.port}"
    link = next(link for link in answer.json()["links"] if link["rel"] == "self")
    actor = get(node, link["href"]).json()
    assert actor["id"] == link["href"] == office(node)
    assert actor["publicKey"]["id"] == actor["id"] + "#main-key" and actor["publicKey"]["owner"] == actor["id"]
    assert actor["type"] == "Person" and actor["inbox"] and actor["endpoints"]["sharedInbox"]
    assert get(node, actor["followers"]).json()["totalItems"] >= 0
    get(node, f"/.well-known/webfinger?resource=acct:nobody@localhost:{node.port}", accept="*/*", status=404)
    get(node, f"/.well-known/webfinger?resource=acct:{OFFICE}@elsewhere.example", accept="*/*", status=404)
    get(node, "/fediverse/actors/nobody", status=404)


def test_a_node_says_what_it_is(world):
    node, _, _ = world
    for link in get(node, "/.well-known/nodeinfo", accept="*/*").json()["links"]:
        document = get(node, link["href"], accept="*/*").json()
        assert document["protocols"] == ["activitypub"] and link["rel"].endswith(document["version"])


def test_a_browser_is_sent_to_the_page(world):
    node, _, _ = world
    assert get(node, f"/fediverse/actors/{OFFICE}", accept="text/html", status=303).headers["Location"] == f"/statements?office={OFFICE}"


def test_a_follower_is_accepted_with_a_signature_that_others_verify(world, followed):
    node, _, peer = world
    path, headers, body = next(one for one in peer.received if b'"Accept"' in one[2])
    actor = get(node, f"/fediverse/actors/{OFFICE}").json()
    assert check_cavage(path, headers, body, actor["publicKey"]["publicKeyPem"]) == actor["id"] + "#main-key"
    accept = peer.activities("Accept")[0]
    assert accept["object"]["id"] == peer.follow(office(node))["id"]
    check_proof(accept, actor["assertionMethod"][0]["publicKeyMultibase"])
    collection = get(node, actor["followers"]).json()
    assert collection["totalItems"] == 1 and collection["orderedItems"] == []
    # The node asks for keys in its own name, and its own key can be had without a signature.
    _, asked = peer.asked[0]
    assert "/fediverse/node#main-key" in asked["signature" if "signature" in asked else "Signature"]
    assert get(node, "/fediverse/node").json()["type"] == "Application"


def test_a_library_of_others_verifies_the_request_and_the_proof(world, followed):
    draft_verify = pytest.importorskip("apsig.draft.verify", reason="apsig is not installed: 'Scripts/set-up test' installs it")
    from apsig.proof.verify import ProofVerifier

    node, _, peer = world
    actor = get(node, f"/fediverse/actors/{OFFICE}").json()
    path, headers, body = next(one for one in peer.received if b'"Accept"' in one[2])
    verifier = draft_verify.Verifier(actor["publicKey"]["publicKeyPem"], "POST", peer.address + path, headers, body)
    assert verifier.verify(raise_on_fail=True)
    assert ProofVerifier(actor["assertionMethod"][0]["publicKeyMultibase"]).verify(json.loads(body))


# public practice in 2026, each row of which some server takes and this one does not
REFUSED = {
    "unsigned": {"unsigned": True},
    "a corrupt signature": {"corrupt": True},
    "no digest": {"digest": None},
    "a digest of another body": {"digest_of": b"{}"},
    "a date two days old": {"age": 172_800},
    "a date an hour and a half old": {"age": 5_400},
    "a date ten minutes ahead": {"age": -600},
    "only the date signed": {"headers": "date"},
    "the digest not signed": {"headers": "(request-target) host date"},
    "the host not signed": {"headers": "(request-target) date digest"},
    "another path signed": {"target": "/fediverse/other"},
    "another algorithm": {"algorithm": "hmac-sha256"},
    "the key of another actor of the host": {"signer": "bob", "key_id": "bob"},
    "another actor's signature under the right key's name": {"signer": "bob"},
    "RFC 9421, two days old": {"standard": True, "age": 172_800},
    "RFC 9421, a digest of another body": {"standard": True, "digest_of": b"{}"},
}


@pytest.mark.parametrize("way", REFUSED)
def test_what_is_not_signed_right_is_refused(world, followed, way):
    node, _, peer = world
    arguments = dict(REFUSED[way])
    if "key_id" in arguments:
        arguments["key_id"] = peer.actor(arguments["key_id"]) + "#main-key"
    answer = peer.send(node.address + "/fediverse/inbox", peer.follow(office(node), number=2), **arguments)
    assert answer.status_code == 401, (answer.status_code, answer.text)
    assert answer.headers["Content-Type"].startswith("application/problem+json")


TAKEN = {
    "rsa-sha256": {}, "hs2019": {"algorithm": "hs2019"}, "a digest's name in small letters": {"digest": "sha-256"},
    "RFC 9421": {"standard": True}, "a date half an hour old": {"age": 1_800}, "another order": {"headers": "host date digest (request-target)"},
}


@pytest.mark.parametrize("way", TAKEN)
def test_what_is_signed_right_is_taken_once(world, followed, way):
    node, _, peer = world
    number = 100 + list(TAKEN).index(way)
    answer = peer.send(node.address + "/fediverse/inbox", peer.follow(office(node), number=number), **TAKEN[way])
    assert answer.status_code == 202, answer.text
    assert peer.send_again().status_code == 401, "the same request counts once"


def test_what_is_no_activity_is_refused(world, followed):
    node, _, peer = world
    inbox = node.address + "/fediverse/inbox"
    follow = peer.follow(office(node), number=3)
    assert peer.send(inbox, follow, content_type="application/json").status_code == 415
    assert peer.send(inbox, None, body=b"{" * 40).status_code == 400
    assert peer.send(inbox, {**follow, "x": "a" * 300_000}).status_code == 413
    assert peer.send(inbox, {**follow, "id": "https://elsewhere.example/1"}).status_code == 400
    assert peer.send(inbox, {**follow, "@graph": []}).status_code == 400
    assert peer.send(node.address + "/fediverse/actors/nobody/inbox", follow).status_code == 404
    assert requests.get(inbox, timeout=30).status_code == 405


def test_a_key_that_cannot_be_fetched_now_is_asked_for_later(world):
    node, _, _ = world
    peer = Peer("carol")
    peer.silent = True
    answer = peer.send(node.address + "/fediverse/inbox", peer.follow(office(node), "carol"), "carol")
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
    peer.stop()


@pytest.fixture(scope="module")
def statement(world, followed):
    node, people, _ = world
    address = released(node, people)
    return address.split("/")[-1].split("?")[0]


def test_followers_are_sent_a_note_in_each_language(world, followed, statement):
    node, _, peer = world
    created = wait_for(lambda: (lambda found: found if len(found) == 3 else None)(peer.activities("Create")))
    key = get(node, f"/fediverse/actors/{OFFICE}").json()["assertionMethod"][0]["publicKeyMultibase"]
    languages = []
    for activity in created:
        note = activity["object"]
        (language, text), = note["contentMap"].items()
        languages.append(language)
        assert text == note["content"] and TITLES[language] in text
        assert activity["actor"] == note["attributedTo"] == office(node)
        check_proof(activity, key)
        served = get(node, note["id"]).json()
        check_proof(served, key)
        assert served["content"] == note["content"] and served["id"] == note["id"]
    assert languages[0] == "en" and sorted(languages) == ["ar", "en", "fr"], "the authoritative language first"
    assert len([one for one in peer.received if b'"Create"' in one[2] and one[0] == "/inbox"]) == 3, "once, to the shared inbox"
    outbox = get(node, f"/fediverse/actors/{OFFICE}/outbox").json()
    assert len(get(node, outbox["first"]).json()["orderedItems"]) == 3
    # The statement's own address leads servers to its Note.
    moved = get(node, f"/statements/{statement}", status=302).headers["Location"]
    assert get(node, moved).json()["type"] == "Note"


def test_answers_boosts_likes_and_quotes_are_taken_in_and_taken_back(world, followed, statement):
    node, _, peer = world
    note = f"{node.address}/notes/{statement}/1/en"
    actor = peer.actor("alice")

    def activity(kind, thing, number, **more):
        return {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{actor}#{kind}-{number}", "type": kind, "actor": actor, "object": thing, **more}

    def post(inbox_activity):
        answer = peer.send(office(node) + "/inbox", inbox_activity)
        assert answer.status_code == 202, answer.text

    reply = {"id": f"{peer.address}/posts/1", "type": "Note", "attributedTo": actor, "inReplyTo": note, "content": "<p>Why?<script>x</script></p>", "contentMap": {"en": "<p>Why?</p>"}}
    post(activity("Create", reply, 1))
    post(activity("Announce", note, 1))
    post(activity("Like", note, 1))
    post(activity("QuoteRequest", note, 1, instrument=f"{peer.address}/posts/2"))
    counts = get(node, note).json()
    assert [counts[name]["totalItems"] for name in ("likes", "shares", "replies")] == [1, 1, 1]
    accept = wait_for(lambda: next((one for one in peer.activities("Accept") if one["object"]["type"] == "QuoteRequest"), None))
    authorization = get(node, accept["result"]).json()
    assert authorization["interactingObject"] == f"{peer.address}/posts/2" and authorization["interactionTarget"] == note
    # Nobody else of the host takes back what Alice said.
    foreign = {**activity("Delete", f"{peer.address}/posts/2", 2), "actor": peer.actor("bob"), "id": peer.actor("bob") + "#1"}
    assert peer.send(office(node) + "/inbox", foreign, "bob").status_code == 202
    assert get(node, accept["result"]).json()["interactingObject"] == f"{peer.address}/posts/2"
    post(activity("Delete", f"{peer.address}/posts/2", 3))
    get(node, accept["result"], status=404)
    post(activity("Undo", {"id": f"{actor}#Like-1", "type": "Like", "actor": actor, "object": note}, 1))
    counts = get(node, note).json()
    assert [counts[name]["totalItems"] for name in ("likes", "shares", "replies")] == [0, 1, 1]


def test_who_is_suspended_is_not_heard_until_that_ends(world, followed, statement):
    node, people, peer = world

    def decide(standing):
        sheet = form(people[1], node, "/press/fediverse", "rule")
        send(people[1], node, sheet["attributes"]["action"], {"request": sheet["fields"]["request"], "subject": f"localhost:{peer.port}", "standing": standing, "reason": "A trial"})

    decide("suspended")
    assert peer.send(office(node) + "/inbox", peer.follow(office(node), "bob", 1), "bob").status_code == 403
    decide("open")
    assert f"localhost:{peer.port}" in people[1].get(node.address + "/press/fediverse", timeout=30).text
    assert peer.send(office(node) + "/inbox", {**peer.follow(office(node), "bob", 2), "type": "Read"}, "bob").status_code == 202


def test_a_withdrawn_statement_is_deleted_from_timelines(world, followed, statement):
    node, people, peer = world
    sheet = form(people[1], node, f"/press/statements/{statement}/withdraw", "withdraw")
    send(people[1], node, sheet["attributes"]["action"], {**sheet["fields"], "reason.en": "It was released by mistake."})
    deleted = wait_for(lambda: (lambda found: found if len(found) == 3 else None)(peer.activities("Delete")))
    assert {one["object"]["type"] for one in deleted} == {"Tombstone"}
    gone = get(node, f"/notes/{statement}/1/en", status=410).json()
    assert gone["type"] == "Tombstone"


def test_who_follows_no_longer_is_sent_nothing_more(world, followed, statement):
    node, people, peer = world
    undo = {"@context": "https://www.w3.org/ns/activitystreams", "id": peer.actor("alice") + "#undo", "type": "Undo", "actor": peer.actor("alice"), "object": peer.follow(office(node))}
    assert peer.send(office(node) + "/inbox", undo).status_code == 202
    assert get(node, f"/fediverse/actors/{OFFICE}/followers").json()["totalItems"] == 0


def test_a_node_that_may_not_go_to_private_addresses_fetches_no_key_there(tmp_path):
    node = OwnNode(PROGRAM, tmp_path / "node", "serve").start()
    staffed(node)
    peer = Peer("alice")
    answer = peer.send(office(node) + "/inbox", peer.follow(office(node)))
    assert answer.status_code == 401 and peer.asked == []
    peer.stop()
    node.stop()
