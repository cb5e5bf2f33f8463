"""Texts under negotiation, as delegates and the chair work on them through their pages' forms."""

import os
import pathlib

from conference import CONFERENCE
from node import Forms

TEXTS = CONFERENCE + "/texts"
TEXT = TEXTS + "/treaty"

SMALL = """## Article 1

1. Parties shall mark sea lanes [and] [EU: submarine cables].

2. [G77: Developed Parties shall][EU: All Parties shall] pay for what they mark.

## Article 2

This Agreement enters into force [X] days after it is signed.
"""

DRAFTS = pathlib.Path(
    os.environ.get("CHANCERY_SHARED_DATA", pathlib.Path(__file__).resolve().parents[3].parent / "shared/data")
) / "treaties/paris-negotiating-text"


def paris():
    """The draft of 4 December 2015; `None` where it is not beside the checkout."""
    path = DRAFTS / "agreement-4-dec-2015.md"
    return path.read_bytes() if path.exists() else None


def forms(session, node, page):
    answer = session.get(node.address + page, timeout=60)
    assert answer.status_code == 200, answer.text[-600:]
    return Forms(answer.text).forms


def token(session, node, page):
    """A token for a form of that page."""
    return next(f["fields"]["request"] for f in forms(session, node, page) if "request" in f["fields"] and "/sign-out" not in f["attributes"]["action"])


def table(session, node, text="treaty", words=SMALL, file=None, **fields):
    """Tables a text as the list's form does; gives the answer."""
    values = {"request": token(session, node, TEXTS), "text": text, "title": "Draft treaty", "body": "plenary", "language": "en",
              "form": "rolling-text", "words": words, **fields}
    files = {"file": ("draft.md", file, "text/markdown")} if file is not None else {"none": ("", b"")}
    if file is not None:
        values.pop("words")
    return session.post(
        node.address + TEXTS, data=values, files=files, headers={"Origin": node.address, "Accept": "application/json"}, timeout=120,
        allow_redirects=False)


def does(session, node, action, text=TEXT, **fields):
    """Does one thing to a text; gives the answer."""
    return session.post(
        node.address + f"{text}/{action}", data={"request": token(session, node, CONFERENCE + "/texts"), **fields},
        headers={"Origin": node.address, "Accept": "application/json"}, timeout=120, allow_redirects=False)


def did(*arguments, **fields):
    answer = does(*arguments, **fields)
    assert answer.status_code == 303, answer.text
    return answer


def seen(node, address=TEXT, session=None):
    import requests
    answer = (session or requests).get(node.address + address, headers={"Accept": "application/json"}, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()
