"""Keeps private papers of a delegation as its pages' forms do."""

from conference import CONFERENCE
from node import Forms

SPACE = CONFERENCE + "/space"
TITLE = "Zephyrine bottom line"
WORDS = "Ultramarine concession: we can live with paragraph 2.\nقبول صامت"


def send(session, node, page, action, accept="application/json", **fields):
    """Sends a form of a page as a browser without scripts does."""
    shown = session.get(node.address + page, timeout=30)
    assert shown.status_code == 200, shown.text[-400:]
    found = next(f for f in Forms(shown.text).forms if f["attributes"]["action"] == action)
    values = {"request": found["fields"]["request"], **fields}
    return session.post(
        node.address + action, files={name: (None, value) for name, value in values.items()},
        headers={"Origin": node.address, "Accept": accept}, timeout=30, allow_redirects=False)
