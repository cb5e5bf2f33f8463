"""A text on its way to adoption, and what the tests of it send."""

from conference import CONFERENCE, ROOM, done, resource
from node import Forms

ADOPTION = CONFERENCE + "/adoption/agreement"
RECORDS = CONFERENCE + "/records"

ENGLISH = """## Article 1. Use of terms

(a) “Area” means the sea beyond the limits of national jurisdiction;

(b) “Party” means a State bound by this Agreement.

## Article 2. Duties

1. Each Party shall protect the Area.

2. Paragraph 1 applies subject to article 3.

## Article 3. Final clauses

1. This Agreement is subject to ratification. No reservations may be made.

2. This Agreement shall enter into force on the thirtieth day after the date of deposit of the second instrument of ratification.

3. The Secretary-General of the United Nations shall be the depositary. The English and French texts are equally authentic.
"""

FRENCH = """Accord sur la haute mer

Article premier

Emploi des termes

a) « Zone » désigne la mer au-delà des limites de la juridiction nationale ;

b) « Partie » désigne un État lié par le présent Accord.

Article 2

Obligations

1. Chaque Partie protège la Zone.

2. Le paragraphe 1 s'applique sous réserve de l'article 3.

Article 3

Clauses finales

1. Le présent Accord est soumis à ratification. Aucune réserve n'est admise.

2. Le présent Accord entrera en vigueur le trentième jour après la date du dépôt du deuxième instrument de ratification.

3. Le Secrétaire général de l'Organisation des Nations Unies est le dépositaire. Les textes anglais et français font également foi.
"""


def post(session, node, page, action, files=None, **fields):
    """Sends a form as the page has it: any form's token of the page is good for one form."""
    shown = session.get(node.address + page, timeout=30)
    assert shown.status_code == 200, shown.text[-400:]
    token = next(f for f in Forms(shown.text).forms if "request" in f["fields"])["fields"]["request"]
    return session.post(
        node.address + action, data={"request": token, **fields}, files=files,
        headers={"Origin": node.address, "Accept": "application/json"}, timeout=60, allow_redirects=False)


def ok(*arguments, **fields):
    answer = post(*arguments, **fields)
    assert answer.status_code == 303, answer.text
    return answer


def refused(code, *arguments, **fields):
    answer = post(*arguments, **fields)
    assert answer.status_code >= 400 and answer.json()["code"] == code, answer.text
    return answer.json()


def adoption(node, address=ADOPTION):
    return resource(node, address)


def table(chair, node, words=ENGLISH, text="agreement"):
    ok(chair, node, CONFERENCE + "/texts", CONFERENCE + "/texts", text=text, title="Agreement on the High Seas", form="clean-text",
       language="en", words=words)


def confirm(chair, node, reader, address=ADOPTION, tags=("en", "fr")):
    """Both languages, by a language officer and a delegate."""
    for tag in tags:
        sha256 = resource(node, f"{address}/languages/{tag}")["sha256"]
        for session, capacity in [(chair, "language-officer"), (reader, "reader")]:
            ok(session, node, f"{address}/languages/{tag}", address + "/confirm", language=tag, sha256=sha256, capacity=capacity)


def decide(chair, node, delegates, address=ADOPTION):
    """The room adopts the version by a recorded vote; gives the decision's name."""
    ok(delegates["KEN"], node, address, address + "/propose")
    proposal = adoption(node, address)["proposal"]
    assert resource(node, ROOM)["proposals"][-1]["proposal"] == proposal
    done(chair, node, "rule", subject="circulation", concerns=proposal, allowed="yes")
    done(chair, node, "open", method="recorded")
    decision = resource(node, ROOM)["decisions"][-1]
    assert decision["concerns"] == proposal
    for code, vote in [("FRA", "yes"), ("KEN", "yes"), ("CHL", "abstain")]:
        done(delegates[code], node, "vote", name=decision["decision"], vote=vote)
    done(chair, node, "announce")
    return decision["decision"]
