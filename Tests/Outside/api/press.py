"""The press office of a node of its own: who drafts, who clears, who releases, and the forms they fill in."""

import re
import zlib

from correspondents import enter, form, invite, send
from node import Forms

TITLES = {"en": "On the ceasefire", "ar": "بشأن وقف إطلاق النار", "fr": "Sur le cessez-le-feu"}
BODIES = {
    "en": "The Government welcomes the ceasefire that was agreed today in Geneva.\n\nIt calls on all parties to “respect it in full”.",
    "ar": "ترحب الحكومة بوقف إطلاق النار المتفق عليه اليوم في جنيف.\n\nوتدعو جميع الأطراف إلى «احترامه بالكامل».",
    "fr": "Le Gouvernement se félicite du cessez-le-feu convenu ce jour à Genève.\n\nIl appelle toutes les parties à « le respecter pleinement ».",
}


def staffed(node, languages="en ar fr", clearances="spokesperson depositary"):
    """Who drafts, and two persons who approve, in the office that speaks in these languages."""
    first = node.sign_in()
    page = first.get(node.address + "/offices/depositary", timeout=30).text
    person = re.search(r"/offices/depositary/people/([^\"/]+)\"", page).group(1)
    change = next(f for f in Forms(page).forms if f["attributes"]["action"].endswith(f"/people/{person}"))
    send(first, node, change["attributes"]["action"], [
        ("request", change["fields"]["request"]), ("role", "administrator"), ("role", "depositary-officer"), ("role", "press-officer")])
    approvers = [enter(invite(first, node, "depositary", name, "approver"), node.address) for name in ("Spokesperson", "Secretary-General")]
    sheet = form(approvers[0], node, "/press/offices/depositary", "office")
    send(approvers[0], node, sheet["attributes"]["action"], {
        "request": sheet["fields"]["request"], "languages": languages, "clearances": clearances,
        "holder.en": "A. Mensah, Minister for Foreign Affairs"})
    return first, *approvers


def draft(node, session, page="/press/new", files=None, languages=("en", "ar", "fr"), **changes):
    """Drafts a statement; the draft's address."""
    sheet = form(session, node, page, "write")
    fields = [
        ("request", sheet["fields"]["request"]), ("office", "depositary"), ("authoritative", changes.pop("authoritative", languages[0])),
        ("label", changes.pop("label", "TLP:CLEAR"))]
    if "corrects" in sheet["fields"]:
        fields.append(("corrects", sheet["fields"]["corrects"]))
    elif "form" not in changes:
        fields.append(("form", "statement"))
    for tag in languages:
        fields += [("language", tag), (f"title.{tag}", TITLES[tag]), (f"body.{tag}", BODIES[tag])]
    fields = [(name, value) for name, value in fields if name not in changes] + list(changes.items())
    return send(session, node, sheet["attributes"]["action"], fields, files)


def act(node, session, address, mark, **fields):
    """Sends one of a draft's forms; where it leads."""
    sheet = form(session, node, address, mark)
    return send(session, node, sheet["attributes"]["action"], {**sheet["fields"], **fields})


def roll_keys(node, session, office="depositary"):
    sheet = form(session, node, "/press/fediverse", f"keys-{office}")
    return send(session, node, sheet["attributes"]["action"], {name: sheet["fields"][name] for name in ("request", "office")})


def follow(node, session, account, office="depositary"):
    """Has the office ask to follow an account."""
    sheet = form(session, node, "/press/following", "follow")
    return send(session, node, sheet["attributes"]["action"], {"request": sheet["fields"]["request"], "office": office, "account": account})


def following(node, session):
    """The accounts that offices follow, each with how it stands."""
    page = session.get(node.address + "/press/following", timeout=30).text
    return dict(re.findall(r'data-actor="([^"]+)">.*?data-state="([a-z]+)"', page))


def watch(node, session, words, office="depositary"):
    """Sets the words that raise an alert."""
    sheet = form(session, node, "/press/alerts", "alert-words")
    return send(session, node, sheet["attributes"]["action"], {
        "request": sheet["fields"]["request"], "office": office, "words": words, "ask": "Legal adviser"})


def released(node, people, **changes):
    """Drafted, cleared and released; the statement's address."""
    drafter, approver, _ = people
    address = draft(node, drafter, **changes)
    act(node, approver, address, "clear-spokesperson")
    return act(node, approver, address, "approve", hour="now")


def edited(pdf, old, new):
    """The PDF with other words on its page, as an editor would save them: an update behind it."""
    found = re.search(rb"\n(\d+) 0 obj\n<< /Length \d+ 0 R\n   /Filter /FlateDecode\n>>\nstream\n", pdf)
    content = zlib.decompressobj().decompress(pdf[found.end():])
    assert content.count(old) == 1
    number, content = int(found.group(1)), content.replace(old, new)
    body = b"%d 0 obj\n<< /Length %d >>\nstream\n" % (number, len(content)) + content + b"\nendstream\nendobj\n"
    previous = int(pdf.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    trailer = pdf.rsplit(b"trailer\n", 1)[1].split(b"startxref")[0]
    trailer = re.sub(rb"/Prev \d+", b"", trailer).replace(b"<<", b"<< /Prev %d" % previous, 1)
    return pdf + body + b"xref\n%d 1\n%010d 00000 n \ntrailer\n" % (number, len(pdf)) + trailer + b"startxref\n%d\n%%%%EOF\n" % (len(pdf) + len(body))
