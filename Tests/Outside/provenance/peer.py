"""Other people's code reads the manifests of files (c2pa-python, over the reference implementation c2pa-rs): peer.py COMMAND ARGUMENTS.

check ROOT FILE...   one JSON line a file: its state without a root and with this one, failures, and which statement it says it is of
present              whether c2pa-python is installed
"""

import json
import sys

import c2pa

TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "gif": "image/gif", "pdf": "application/pdf"}


def read(file, context):
    with open(file, "rb") as stream:
        reader = c2pa.Reader(TYPES[file.rsplit(".", 1)[1]], stream, context=context)
        document = json.loads(reader.json())
        failures = document["validation_results"]["activeManifest"]["failure"]
        return reader.get_validation_state(), sorted(failure["code"] for failure in failures), document


def findings(anchors, files):
    """What c2pa says of each file, alone and with these roots (PEM) to trust."""
    alone = c2pa.Context(c2pa.Settings.from_dict({}))
    trusting = c2pa.Context(c2pa.Settings.from_dict({"trust": {"user_anchors": anchors}, "verify": {"verify_trust": True}}))
    for file in files:
        try:
            state, failures, document = read(file, alone)
            trusted, trusted_failures, _ = read(file, trusting)
        except c2pa.C2paError as error:
            yield {"error": str(error)}
            continue
        manifest = document["manifests"][document["active_manifest"]]
        said = {assertion["label"]: assertion["data"] for assertion in manifest["assertions"]}
        yield {
            "state": state, "failures": failures, "trusted": trusted, "trustedFailures": trusted_failures, "title": manifest["title"],
            "code": said["org.chancery.statement"]["code"], "statement": said["org.chancery.statement"],
            "actions": [action["action"] for action in said["c2pa.actions.v2"]["actions"]],
        }


def check(root, *files):
    with open(root) as stream:
        anchors = stream.read()
    for finding in findings(anchors, files):
        print(json.dumps(finding))


if __name__ == "__main__":
    {"check": check, "present": lambda: None}[sys.argv[1]](*sys.argv[2:])
