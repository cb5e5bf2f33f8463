"""A server of the fediverse of another make, pubby (AGPL), as a program of its own: `pubby_server.py PORT FOLDER`. Nothing else imports pubby.

Beside what pubby serves, `/heard` gives the activities it believed and the interactions it keeps, and `POST /send` lets its actor send one."""

import logging
import sys
import threading
from pathlib import Path

import flask
import pubby
from pubby.crypto import export_private_key_pem, generate_rsa_keypair
from pubby.server.adapters.flask import bind_activitypub
from pubby.storage.adapters.file import FileActivityPubStorage

port, folder = int(sys.argv[1]), Path(sys.argv[2])
logging.basicConfig(level=logging.INFO)
base = f"http://localhost:{port}"
storage = FileActivityPubStorage(folder)
heard, lock = [], threading.Lock()


def hear(activity, raw):
    with lock:
        heard.append(raw)


handler = pubby.ActivityPubHandler(
    storage, {"base_url": base, "username": "reader", "name": "Reader", "type": "Person"},
    private_key=export_private_key_pem(generate_rsa_keypair()[0]), on_activity=hear, async_delivery=False,
    # The node under test is on this machine, where pubby would not go.
    allow_private_targets=True, webfinger_domain=f"localhost:{port}")
app = flask.Flask("pubby_server")
bind_activitypub(app, handler)


@app.get("/heard")
def what_was_heard():
    with lock:
        return flask.jsonify(heard)


@app.post("/send")
def send():
    order = flask.request.get_json()
    status = pubby.deliver_activity(order["activity"], order["inbox"], key_id=handler.key_id, private_key=handler.outbox.private_key)
    return flask.jsonify({"status": status})


app.run("127.0.0.1", port, threaded=True)
