"""Other people's code reads the manifests of files (c2pa-python, over the reference implementation c2pa-rs): peer.py COMMAND ARGUMENTS.

check ROOT FILE...   one JSON line a file: its state without a root and with this one, failures, and which statement it says it is of
present              whether c2pa-python is installed
"""

import json
import sys

import c2pa

TYPES = {"png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf"}


def read(file, context):
    with open(file, "rb") as stream:
        reader = c2pa.Reader(TYPES[file.rsplit(".", 1)[1]], stream, context=context)
        document = json.loads(reader.json())
        failures = document["validation_results"]["activeManifest"]["failure"]
        return reader.get_validation_state(), sorted(failure["code"] for failure in failures), document


def check(root, *files):
    with open(root) as stream:
        anchors = stream.read()
    alone = c2pa.Context(c2pa.Settings.from_dict({}))
    trusting = c2pa.Context(c2pa.Settings.from_dict({"trust": {"user_anchors": anchors}, "verify": {"verify_trust": True}}))
    for file in files:
        try:
            state, failures, document = read(file, alone)
            trusted, trustedFailures, _ = read(file, trusting)
            manifest = document["manifests"][document["active_manifest"]]
            said = {assertion["label"]: assertion["data"] for assertion in manifest["assertions"]}
            print(json.dumps({
                "state": state, "failures": failures, "trusted": trusted, "trustedFailures": trustedFailures, "title": manifest["title"],
                "code": said["org.chancery.statement"]["code"],
                "actions": [action["action"] for action in said["c2pa.actions.v2"]["actions"]],
            }))
        except c2pa.C2paError as error:
            print(json.dumps({"error": str(error)}))


if __name__ == "__main__":
    {"check": check, "present": lambda: None}[sys.argv[1]](*sys.argv[2:])
