"""Keeps private papers of a delegation as its pages' forms do."""

from conference import CONFERENCE
from node import Forms

SPACE = CONFERENCE + "/space"
TITLE = "Zephyrine bottom line"
WORDS = "Ultramarine concession: we can live with paragraph 2.\nقبول صامت"


def send(session, node, page, action, accept="application/json", plain=False, **fields):
    """Sends a form of a page as a browser without scripts does; `plain` where the form says nothing of how."""
    shown = session.get(node.address + page, timeout=30)
    assert shown.status_code == 200, shown.text[-400:]
    found = next(f for f in Forms(shown.text).forms if f["attributes"]["action"] == action)
    values = {"request": found["fields"]["request"], **fields}
    body = {"data": values} if plain else {"files": {name: (None, value) for name, value in values.items()}}
    return session.post(
        node.address + action, **body, headers={"Origin": node.address, "Accept": accept}, timeout=30, allow_redirects=False)


TEXTS = CONFERENCE + "/texts"
MARINE = "## Article 1\n\n1. Parties shall mark sea lanes.\n\n2. Parties [shall][should] share their charts.\n\n## Article 2\n\n1. Each Party may decide.\n"
LINES = dict(
    provision="art_1__para_1", version="1", stance="accept", instruction="Ask for lights as well.", redLine="No fees: Cinnabar.",
    fallback="Silence.")


def table(session, node):
    """A text of two articles before the plenary."""
    answer = send(
        session, node, TEXTS, TEXTS, title="Marine agreement", text="marine", form="rolling-text", body="plenary", language="en", words=MARINE)
    assert answer.status_code == 303, answer.text


def instruct(session, node, **fields):
    page = CONFERENCE + "/positions/marine"
    return send(session, node, f"{page}?provision={fields['provision']}", page, **fields)


def amend(session, node, by):
    page = TEXTS + "/marine/provisions/art_1__para_1"
    return send(
        session, node, page, TEXTS + "/marine/amend", plain=True, operation="replace", provision="art_1__para_1", base="1",
        words="Parties shall mark and light sea lanes.", sponsors=by)
