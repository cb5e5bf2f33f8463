"""The press desk on the fediverse: what other servers ask of a node and send it, and what followers are sent."""

import json
import os
import re

import pytest
import requests

from correspondents import wait_for
from fediverse_peer import ACTIVITY, Peer, check_cavage, check_proof, is_signed_with
from own_node import OwnNode
from node import Forms
from press import BODIES, TITLES, act, draft, follow, following, form, released, roll_keys, send, staffed, watch

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


def say(peer, node, kind, thing, number, name="alice", **more):
    actor = peer.actor(name)
    activity = {"@context": "https://www.w3.org/ns/activitystreams", "id": f"{actor}#{kind}-{number}", "type": kind, "actor": actor, "object": thing, **more}
    return peer.send(node.address + "/fediverse/inbox", activity, name)


def reply(peer, node, statement, number, content, name="alice", public=True, **more):
    actor = peer.actor(name)
    post = {
        "id": f"{peer.address}/posts/{number}", "type": "Note", "attributedTo": actor, "inReplyTo": f"{node.address}/notes/{statement}/1/fr",
        "to": ["https://www.w3.org/ns/activitystreams#Public" if public else office(node)], "content": content, "contentMap": {"fr": content}, **more}
    answer = say(peer, node, "Create", post, f"post-{number}", name)
    assert answer.status_code == 202, answer.text
    return post["id"]


def reactions(node, statement):
    answer = requests.get(f"{node.address}/statements/{statement}/reactions?format=json", timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_what_was_said_is_read_hidden_only_with_a_reason_and_counted(world, followed, statement):
    node, people, peer = world
    asked = reply(peer, node, statement, 10, "<p>Combien de temps ?</p>")
    vile = reply(peer, node, statement, 11, "<p>Incitation</p>")
    secret = reply(peer, node, statement, 12, "<p>Entre nous</p>", public=False)
    page = requests.get(f"{node.address}/statements/{statement}/reactions", timeout=30).text
    assert "Combien de temps" in page and "Incitation" in page and "Entre nous" not in page
    assert f'href="{asked}" rel="nofollow noopener ugc"' in page and 'lang="fr" dir="ltr"' in page
    mine = people[1].get(f"{node.address}/statements/{statement}/reactions", timeout=30).text
    assert "Entre nous" in mine and secret not in json.dumps(reactions(node, statement))
    before = reactions(node, statement)["counts"]

    def decide(session, mark, post, **fields):
        text = session.get(f"{node.address}/statements/{statement}/reactions", timeout=30).text
        sheet = next(one for one in Forms(text).forms if one["attributes"].get("data-test", "").startswith(mark) and one["fields"]["post"] == post)
        return session.post(node.address + sheet["attributes"]["action"], data={"request": sheet["fields"]["request"], "post": post, **fields},
                            headers={"Origin": node.address}, timeout=30, allow_redirects=False)

    assert decide(people[1], "hide-", vile, reason="").status_code == 400
    assert decide(people[1], "hide-", vile, reason="Penal Code, 318").status_code == 303
    after = reactions(node, statement)
    assert after["counts"]["hidden"] == 1 and after["counts"]["replies"] == before["replies"] - 1
    assert vile not in [one["post"] for one in after["reactions"]]
    assert "Incitation" not in requests.get(f"{node.address}/statements/{statement}/reactions", timeout=30).text
    # A question is answered by another statement, not by the one that it was asked about.
    own = f"{node.address}/statements/{statement}"
    assert decide(people[0], "question-", asked, answer=own).status_code == 422
    assert decide(people[0], "question-", asked, answer="javascript:alert(1)").status_code == 400
    assert decide(people[0], "question-", asked).status_code == 303
    assert [reactions(node, statement)["counts"][name] for name in ("questions", "answered")] == [1, 0]
    assert decide(people[0], "question-", asked, answer="https://mfa.example/background").status_code == 303
    assert [reactions(node, statement)["counts"][name] for name in ("questions", "answered")] == [1, 1]
    measures = requests.get(node.address + "/measures?format=json", timeout=30).json()["measures"]
    questions = next(one for one in measures if one["measure"] == "questions")
    assert (questions["asked"], questions["answered"]) == (1, 1)
    # Nobody else decides: not the public, not with a form of another session.
    assert requests.post(f"{node.address}/press/statements/{statement}/hide", data={"post": asked, "reason": "x"}, headers={"Origin": node.address}, timeout=30).status_code == 401
    assert decide(people[1], "hide-", vile, reason="It was quoted from the law", show="yes").status_code == 303
    assert reactions(node, statement)["counts"]["hidden"] == 0


def test_engagement_is_counted_from_ten_actors_on(world, followed, statement):
    node, _, _ = world

    def rows(by):
        measures = requests.get(node.address + "/measures?format=json", timeout=30).json()["measures"]
        return {row["key"]: row for one in measures if one["measure"] == "engagement" and one["by"] == by for row in one["rows"]}

    crowd = Peer(*[f"reader{number}" for number in range(11)])
    note = f"{node.address}/notes/{statement}/1/ar"
    for number in range(8):
        assert say(crowd, node, "Announce", note, 1, f"reader{number}").status_code == 202
    # Eight people, and Alice, are nobody's business, however often they speak.
    for number in range(2, 5):
        assert say(crowd, node, "Announce", note, number, "reader0").status_code == 202
    assert "ar" not in rows("language") and "localhost" not in rows("server")
    for number in (8, 9):
        assert say(crowd, node, "Announce", note, 1, f"reader{number}").status_code == 202
    assert rows("language")["ar"] == {"key": "ar", "boosts": 10, "quotes": None, "replies": None}
    page = requests.get(node.address + "/measures", timeout=30).text
    assert 'data-measure="languages"' in page and 'data-measure="servers"' in page and f"localhost:{crowd.port}" not in page and "reader0" not in page
    crowd.stop()


def test_officers_see_which_server_took_it_and_the_public_how_many(world, followed, statement):
    node, people, peer = world
    page = wait_for(lambda: (lambda text: text if "localhost:" in text and 'class="chip agreed"' in text else None)(
        people[1].get(f"{node.address}/press/statements/{statement}/deliveries", timeout=30).text))
    assert f"localhost:{peer.port}" in page and "1 of 1" in page
    public = requests.get(f"{node.address}/statements/{statement}", timeout=30).text
    assert "1 of 1" in public and f"localhost:{peer.port}" not in public.split('data-test="echo"')[1].split("</section>")[0]
    assert requests.get(f"{node.address}/press/statements/{statement}/deliveries", timeout=30).status_code == 401
    bands = next(one for one in requests.get(node.address + "/measures?format=json", timeout=30).json()["measures"] if one["measure"] == "deliveries")["bands"]
    assert bands[0] == {"fewestFollowers": 1, "confirmed": 1, "servers": 1}


def test_lists_of_servers_are_taken_over_and_given_out(world):
    node, people, _ = world
    sheet = form(people[1], node, "/press/fediverse", "list")
    rows = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n"
    rows += 'spam.example,suspend,TRUE,TRUE,"Spam, and worse",FALSE\nloud.example,silence,,,,\nmas***.example,suspend,,,,\nno host,suspend,,,,\nodd.example,hush,,,,\n'
    answer = people[1].post(node.address + sheet["attributes"]["action"], data={"request": sheet["fields"]["request"], "reason": "A friend's list"},
                            files={"list": ("blocks.csv", rows, "text/csv")}, headers={"Origin": node.address}, timeout=30)
    assert answer.status_code == 200 and answer.text.count('data-test="bad-row"') == 3 and "Line 4" in answer.text
    exported = people[1].get(node.address + "/press/fediverse/blocks.csv", timeout=30)
    assert exported.headers["Content-Type"].startswith("text/csv")
    assert exported.text.splitlines() == [
        "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate", "loud.example,silence,false,false,A friend's list,false",
        'spam.example,suspend,false,false,"A friend\'s list: Spam, and worse",false']
    assert requests.get(node.address + "/press/fediverse/blocks.csv", timeout=30).status_code == 401
    sheet = form(people[1], node, "/press/fediverse", "list")
    answer = people[1].post(node.address + sheet["attributes"]["action"], data={"request": sheet["fields"]["request"]},
                            files={"list": ("blocks.csv", "nothing,of,the,kind\n", "text/csv")}, headers={"Origin": node.address}, timeout=30)
    assert answer.status_code == 400 and "#domain" in answer.text


def test_a_follower_that_moves_is_carried_over_only_where_its_new_place_says_so(world):
    node, _, _ = world
    peer = Peer("old", "new", "stranger")
    assert peer.send(office(node) + "/inbox", peer.follow(office(node), "old"), "old").status_code == 202

    def move(target, name="old", what="old", number=1):
        return say(peer, node, "Move", peer.actor(what), number, name, target=peer.actor(target))

    def follows(name):
        """Whether it does, by taking it back."""
        before = get(node, f"/fediverse/actors/{OFFICE}/followers").json()["totalItems"]
        assert say(peer, node, "Undo", {"type": "Follow", "actor": peer.actor(name), "object": office(node)}, f"undo-{name}", name).status_code == 202
        return get(node, f"/fediverse/actors/{OFFICE}/followers").json()["totalItems"] < before

    refused = move("stranger")
    assert refused.status_code == 403 and refused.json()["code"] == "fediverse.move"
    assert move("new", number=2).status_code == 403
    peer.more["new"] = {"alsoKnownAs": [peer.actor("old")]}
    assert move("new", "stranger", "old", number=3).status_code == 400, "nobody moves anybody else"
    assert move("new", number=4).status_code == 202
    assert not follows("old") and follows("new") and not follows("stranger")
    peer.stop()


def test_who_blocks_an_office_follows_it_no_longer(world):
    node, _, _ = world
    peer = Peer("cross")
    assert peer.send(office(node) + "/inbox", peer.follow(office(node), "cross"), "cross").status_code == 202
    before = get(node, f"/fediverse/actors/{OFFICE}/followers").json()["totalItems"]
    assert say(peer, node, "Block", office(node), 1, "cross").status_code == 202
    assert get(node, f"/fediverse/actors/{OFFICE}/followers").json()["totalItems"] == before - 1
    peer.stop()


def test_rolled_keys_reach_who_keeps_the_old_one_and_who_asks_anew(world, followed, statement):
    """This peer answers 202 whatever comes, as some servers do: it is sent everything under both keys."""
    node, people, peer = world
    old = get(node, office(node)).json()
    note = get(node, f"/notes/{statement}/1/en").json()
    roll_keys(node, people[1])
    new = wait_for(lambda: (lambda found: found if found["publicKey"] != old["publicKey"] else None)(get(node, office(node)).json()))
    assert new["publicKey"]["id"] == old["publicKey"]["id"] and old["assertionMethod"][0] in new["assertionMethod"]
    update = wait_for(lambda: [one for one in peer.received if b'"Update"' in one[2] and b'publicKeyPem' in one[2]] or None)
    assert is_signed_with(old["publicKey"]["publicKeyPem"], *update[0]), "the old key vouches for the new one"
    assert json.loads(update[0][2])["object"]["publicKey"] == new["publicKey"]
    second = released(node, people).split("/")[-1].split("?")[0]
    sent = wait_for(lambda: (lambda found: found if len(found) == 6 else None)(
        [one for one in peer.received if b'"Create"' in one[2] and f"/notes/{second}/".encode() in one[2]]), 60)
    for document in (old, new):
        assert len([one for one in sent if is_signed_with(document["publicKey"]["publicKeyPem"], *one)]) == 3
    check_proof(note, next(key for key in new["assertionMethod"] if key["id"] == note["proof"]["verificationMethod"])["publicKeyMultibase"])
    check_proof(json.loads(sent[0][2]), new["assertionMethod"][0]["publicKeyMultibase"])
    # Not a second time while both count.
    sheet = form(people[1], node, "/press/fediverse", f"keys-{OFFICE}")
    fields = {name: sheet["fields"][name] for name in ("request", "office")}
    answer = people[1].post(node.address + sheet["attributes"]["action"], data=fields, headers={"Origin": node.address}, timeout=30)
    assert answer.status_code == 409


def test_nothing_of_what_others_send_is_fetched_or_run(world, followed, statement):
    node, _, peer = world
    asked = len(peer.asked)
    content = (
        "<p onclick='x()'>Salut <script>alert(1)</script><img src=x onerror=alert(2)><a href='javascript:alert(3)'>ici</a>"
        "<a href='https://ok.example/' onmouseover=x>là</a><style>p{}</style><svg/onload=alert(4)><!-- --></p></div></main>")
    reply(
        peer, node, statement, 20, content,
        attachment=[{"type": "Image", "mediaType": "image/png", "url": f"{peer.address}/bomb.png", "width": 65_000, "height": 65_000, "name": "x"}] * 50,
        icon={"type": "Image", "url": f"{peer.address}/icon.png"}, url=f"{peer.address}/page",
        replies={"type": "Collection", "id": f"{peer.address}/replies", "totalItems": 10**12, "first": f"{peer.address}/replies?page=1"})
    # A context is a word to this node, however long, and no address to be asked.
    actor = peer.actor("alice")
    context = ["https://www.w3.org/ns/activitystreams", f"{peer.address}/context"] + [{f"x{number}": f"{peer.address}/{number}"} for number in range(2_000)]
    like = {"@context": context, "id": f"{actor}#Like-context", "type": "Like", "actor": actor, "object": f"{node.address}/notes/{statement}/1/fr"}
    assert peer.send(node.address + "/fediverse/inbox", like).status_code == 202
    page = requests.get(f"{node.address}/statements/{statement}/reactions", timeout=30).text
    said = page.split("Salut")[1].split("</li>")[0]
    assert '<a href="https://ok.example/" rel="nofollow noopener noreferrer ugc">là</a>' in said
    for word in ("<script", "onerror", "javascript:", "onmouseover", "<style", "<svg", "<img", "alert("):
        assert word not in said, word
    assert page.count("</main>") == 1
    assert [path for path, _ in peer.asked[asked:] if not path.startswith("/users/")] == []


@pytest.mark.parametrize("way", [
    {"@graph": []}, {"object": {"@included": []}}, {"object": {"@reverse": {"x": 1}}}, {"cc": [{"x": {"@graph": [1]}}]}, {"object": json.loads("[" * 20 + "]" * 20)},
    {"id": "javascript:1"}, {"actor": ["https://a.example/1", "https://a.example/2"]},
], ids=lambda way: json.dumps(way)[:30])
def test_what_may_hide_what_it_says_is_refused(world, followed, way):
    node, _, peer = world
    assert peer.send(node.address + "/fediverse/inbox", {**peer.follow(office(node), number=30), **way}).status_code in (400, 401)


def test_redirects_lies_and_floods_are_bounded(world):
    node, _, _ = world
    peer = Peer("loop", "liar", "flood")
    inbox = node.address + "/fediverse/inbox"
    peer.pages["/users/loop"] = (302, {"Location": f"{peer.address}/users/loop"}, b"")
    assert peer.send(inbox, peer.follow(office(node), "loop"), "loop").status_code == 503
    assert len([path for path, _ in peer.asked if path == "/users/loop"]) == 1, "no redirect is followed"
    # A document of another actor, of a page, or too long, is nobody's.
    for number, (fields, body) in enumerate([
        ({"Content-Type": ACTIVITY}, json.dumps(peer.document("flood")).encode()), ({"Content-Type": "text/html"}, json.dumps(peer.document("liar")).encode()),
        ({"Content-Type": ACTIVITY}, b'{"id":"' + b"a" * 300_000 + b'"}'),
    ]):
        liar = Peer("liar")
        liar.pages["/users/liar"] = (200, fields, body)
        assert liar.send(inbox, liar.follow(office(node), "liar", number), "liar").status_code in (401, 503)
        liar.stop()
    # Collections are not followed, whatever they say they hold; only the actor's own document is asked for.
    peer.more["flood"] = {"followers": f"{peer.address}/followers", "outbox": f"{peer.address}/outbox", "featured": f"{peer.address}/featured"}
    peer.pages["/followers"] = (200, {"Content-Type": ACTIVITY}, b'{"type":"OrderedCollection","totalItems":1000000000000}')
    answers = [peer.send(inbox, peer.follow(office(node), "flood", number), "flood") for number in range(70)]
    assert {answer.status_code for answer in answers} == {202, 429}
    assert int(next(answer for answer in answers if answer.status_code == 429).headers["Retry-After"]) > 0
    assert {path for path, _ in peer.asked} == {"/users/loop", "/users/flood"}
    peer.stop()


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
    deleted = wait_for(lambda: (lambda found: found if len(found) == 3 else None)({one["id"]: one for one in peer.activities("Delete")}))
    assert {one["object"]["type"] for one in deleted.values()} == {"Tombstone"}
    gone = get(node, f"/notes/{statement}/1/en", status=410).json()
    assert gone["type"] == "Tombstone"


def test_who_follows_no_longer_is_sent_nothing_more(world, followed, statement):
    node, people, peer = world
    before = get(node, f"/fediverse/actors/{OFFICE}/followers").json()["totalItems"]
    undo = {"@context": "https://www.w3.org/ns/activitystreams", "id": peer.actor("alice") + "#undo", "type": "Undo", "actor": peer.actor("alice"), "object": peer.follow(office(node))}
    assert peer.send(office(node) + "/inbox", undo).status_code == 202
    assert get(node, f"/fediverse/actors/{OFFICE}/followers").json()["totalItems"] == before - 1


def test_a_node_that_may_not_go_to_private_addresses_fetches_no_key_there(tmp_path):
    node = OwnNode(PROGRAM, tmp_path / "node", "serve").start()
    staffed(node)
    peer = Peer("alice")
    answer = peer.send(office(node) + "/inbox", peer.follow(office(node)))
    assert answer.status_code == 401 and peer.asked == []
    peer.stop()
    node.stop()


def test_an_office_follows_an_account_and_is_told_of_its_words(world, followed):
    node, people, peer = world
    carol = "carol"
    peer.keys[carol] = peer.keys["bob"]
    watch(node, people[0], "strait of hormuz")
    with pytest.raises(AssertionError, match="There is no such account"):
        follow(node, people[1], f"@nobody@localhost:{peer.port}")
    follow(node, people[1], peer.actor(carol))
    # More than once while two keys count: the same activity.
    asked = wait_for(lambda: [one for one in peer.activities("Follow") if one["object"] == peer.actor(carol)])[0]
    assert asked["actor"] == office(node) and following(node, people[1]) == {peer.actor(carol): "asked"}

    def post(number, text, to="https://www.w3.org/ns/activitystreams#Public"):
        note = {"id": f"{peer.actor(carol)}/notes/{number}", "type": "Note", "attributedTo": peer.actor(carol), "to": [to], "content": text}
        return peer.send(office(node) + "/inbox", {
            "@context": "https://www.w3.org/ns/activitystreams", "id": f"{note['id']}#create", "type": "Create", "actor": peer.actor(carol),
            "to": [to], "object": note}, carol)

    def answer(kind, number, follow, name=carol):
        return peer.send(office(node) + "/inbox", {
            "@context": "https://www.w3.org/ns/activitystreams", "id": f"{peer.actor(name)}#answer-{number}", "type": kind,
            "actor": peer.actor(name), "object": {"id": follow, "type": "Follow"}}, name)

    def alerts():
        return re.findall(r"ale-[0-9]+-[0-9]+", people[0].get(node.address + "/press/alerts", timeout=30).text)

    # Nobody is heard who has not let the office follow; and nobody answers for another, or what was not asked.
    assert post(1, "<p>The Strait of Hormuz is closed.</p>").status_code == 202
    assert answer("Accept", 1, asked["id"], "alice").status_code == 202 and answer("Accept", 2, asked["id"] + "0").status_code == 202
    assert following(node, people[1]) == {peer.actor(carol): "asked"} and alerts() == []
    assert answer("Accept", 3, asked["id"]).status_code == 202
    assert following(node, people[1]) == {peer.actor(carol): "accepted"}
    assert get(node, f"/fediverse/actors/{OFFICE}/following").json()["totalItems"] == 1
    for number, text in [(2, "<p>The Strait of <b>Hormuz</b> is open.</p><script>1</script>"), (2, "The Strait of Hormuz"), (3, "Good morning.")]:
        assert post(number, text).status_code == 202
    assert post(4, "The Strait of Hormuz", to=office(node)).status_code == 202
    alert, = set(alerts())
    page = people[0].get(f"{node.address}/press/alerts/{alert}", timeout=30).text
    assert "The Strait of Hormuz is open." in page and "<script>1" not in page and f"{peer.actor(carol)}/notes/2" in page
    sheet = form(people[1], node, "/press/following", "end")
    send(people[1], node, sheet["attributes"]["action"], {name: sheet["fields"][name] for name in ("request", "office", "actor")})
    undone = wait_for(lambda: [one for one in peer.activities("Undo") if one["object"]["id"] == asked["id"]])[0]
    assert undone["actor"] == office(node) and following(node, people[1]) == {}
    assert post(5, "The Strait of Hormuz again").status_code == 202 and len(set(alerts())) == 1
