"""Real browsers that look at a conference's room, and what reaches them of what is entered over HTTP."""

import pathlib
import sys
import time

sys.path.append(str(pathlib.Path(__file__).parent.parent / "api"))

from conference import ROOM, convene, done, resource, seat, with_roles  # noqa: E402
from node import Forms  # noqa: E402
from own_node import OwnNode  # noqa: E402

from chromium import Browser  # noqa: E402

# What a page notes of itself: when its main part changed, by the clock of the machine, and every event that came.
WATCH = """
window.changes = [];
window.events = [];
new MutationObserver(() => window.changes.push(Date.now()))
  .observe(document.getElementById('main'), {childList: true, subtree: true});
const {dossier, position} = document.body.dataset;
window.line = new EventSource(`/live?dossier=${encodeURIComponent(dossier)}&from=${position}`);
window.line.addEventListener('entry', (event) => window.events.push(Number(event.lastEventId)));
return Number(position);
"""


class Room:
    """A node with a conference in session, and its people with sessions over HTTP."""

    def __init__(self, program, folder):
        self.node = OwnNode(program, folder, "serve").start()
        self.chair = with_roles(self.node, "administrator", "depositary-officer", "conference-officer")
        convene(self.chair, self.node)
        self.delegates = seat(self.chair, self.node)
        done(self.chair, self.node, "meeting", change="opened")
        for code in ["FRA", "KEN", "CHL"]:
            done(self.delegates[code], self.node, "present")

    def browser(self, session=None, page=ROOM):
        """A browser of its own, signed in as the session is, with the page open."""
        browser = Browser(self.node.address)
        browser.open("/health")
        for cookie in session.cookies if session is not None else []:
            browser.driver.add_cookie({"name": cookie.name, "value": cookie.value, "path": "/"})
        return browser.open(page)

    def ask(self, code):
        """A delegation asks for the floor; notes when the form was sent."""
        self.send(self.delegates[code], "request-floor", purpose="statement")

    def withdraw(self, code):
        """It takes its request back."""
        speakers = resource(self.node, ROOM)["speakers"]
        name = next(speaker["request"] for speaker in speakers if speaker["actor"] == code)
        self.send(self.delegates[code], "withdraw-request", name=name)

    def send(self, session, action, **fields):
        page = session.get(self.node.address + ROOM, timeout=30)
        token = next(f for f in Forms(page.text).forms if f["attributes"]["action"].startswith(ROOM))["fields"]["request"]
        self.sent = time.time()
        answer = session.post(
            self.node.address + f"{ROOM}/{action}", data={"request": token, **fields},
            headers={"Origin": self.node.address, "Accept": "application/json"}, timeout=30, allow_redirects=False)
        self.answered = time.time()
        assert answer.status_code == 303, answer.text

    def give(self):
        """The next of the speakers has the floor, and ends."""
        done(self.chair, self.node, "give-floor")
        done(self.chair, self.node, "end-floor")

    def entries(self, first):
        """The conference's entries from one on, in order, as the record lists them."""
        found = []
        address = "/record/acts?dossier=conference/high-seas&limit=500"
        answer = self.chair.get(self.node.address + address, headers={"Accept": "application/json"}, timeout=30).json()
        for act in answer["acts"]:
            if act["entry"] >= first:
                found.append(act["entry"])
        return sorted(found)


def watch(browser):
    """Begins to note; gives the position the page was made at."""
    return browser.driver.execute_script(WATCH)


def changed_after(browser, moment, seconds=10):
    """When the page's main part first changed after a moment (seconds since 1970), or None."""
    end = time.time() + seconds
    while time.time() < end:
        changes = browser.driver.execute_script("return window.changes")
        later = [change / 1000 for change in changes if change / 1000 > moment]
        if later:
            return later[0]
        time.sleep(0.02)
    return None
