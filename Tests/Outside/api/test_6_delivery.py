"""Notifications delivered by mail while the node is killed again and again: no receipt on record is lost, none is doubled.

A node of its own, since it is killed, and aiosmtpd as the mail server.
"""

import collections
import email
import os
import pathlib
import random
import subprocess
import sys
import time

import pytest
import requests

from own_node import OwnNode

ACTORS = (
    "AFG ALB DZA AND AGO ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI CPV KHM CMR "
    "CAN CAF TCD CHL CHN COL COM COG CRI CIV HRV CUB CYP CZE PRK COD DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN"
).split()
KILLS = 8
SEED = int(os.environ.get("CHANCERY_FUZZ_SEED", "5321"))
SERVER = pathlib.Path(__file__).parent.parent / "mail" / "server.py"


class MailedNode(OwnNode):
    """A node with a mail server, that can be killed and begun again."""

    def __init__(self, program, folder):
        self.post = folder / "post"
        self.post.mkdir()
        self.server = subprocess.Popen(
            [sys.executable, SERVER, self.post, "slow"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        mail = {
            "host": "127.0.0.1", "port": int(self.server.stdout.readline()), "security": "none",
            "sender": "Treaty Section <treaties@depositary.example>",
        }
        super().__init__(program, folder, mail=mail)

    def stop(self):
        super().stop()
        self.server.stdin.close()
        self.server.wait(10)

    def messages(self):
        """How often each message was taken, by its identifier."""
        return collections.Counter(
            email.message_from_bytes(file.read_bytes())["Message-ID"] for file in self.post.glob("*.eml")
        )


@pytest.fixture
def mailed(tmp_path):
    node = MailedNode(os.environ["CHANCERY_TEST_NODE"], tmp_path)
    yield node.start()
    node.stop()


def test_killed_in_the_middle_no_receipt_is_lost_and_none_is_doubled(mailed):
    generator = random.Random(SEED)
    session = mailed.sign_in()
    for actor in ACTORS:
        mailed.send(session, "/depositary/contacts", "contact-form", actor=actor, addresses=f"mission@{actor.lower()}.example")
    page = mailed.send(session, "/treaties/IV-11/notify?subject=entry-into-force", "notify-form", subject="entry-into-force", step="issue")
    acknowledged = set()
    for _ in range(KILLS):
        time.sleep(generator.uniform(0.05, 0.5))
        # What is on record before the kill must be there after it, and never be sent again.
        try:
            deliveries = session.get(mailed.address + page + "?format=json", timeout=5).json()["deliveries"]
            acknowledged |= {(one["entry"], one["address"]) for one in deliveries}
        except requests.RequestException:
            pass
        sent_before = mailed.messages()
        mailed.kill()
        settled = {address for _, address in acknowledged}
        mailed.start()
        after = session.get(mailed.address + page + "?format=json", timeout=30).json()
        now = {(one["entry"], one["address"]) for one in after["deliveries"]}
        assert acknowledged <= now, "a receipt was lost"
        acknowledged |= now
        for identifier, count in mailed.messages().items():
            if any(address.replace("@", ".") in identifier for address in settled):
                assert count == max(sent_before[identifier], 1), f"{identifier} was sent again after its receipt"
    for _ in range(600):
        after = session.get(mailed.address + page + "?format=json", timeout=30).json()
        if after["outstanding"] == 0:
            break
        time.sleep(0.1)
    addresses = [one["address"] for one in after["deliveries"]]
    assert sorted(addresses) == sorted(f"mission@{actor.lower()}.example" for actor in ACTORS)
    assert all(one["outcome"] == "accepted" and one["reply"].startswith("250 ") for one in after["deliveries"])
    messages = mailed.messages()
    assert len(messages) == len(ACTORS)
    # Between the server's word and the act there is a moment; a kill in it sends the same message, under the same identifier, once more.
    assert sum(messages.values()) <= len(ACTORS) + KILLS
