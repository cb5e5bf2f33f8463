"""A server of the fediverse made by hand: it serves actors with keys, keeps what it is sent, and signs in every way servers do, right and wrong."""

import base64
import datetime
import email.utils
import hashlib
import http.server
import json
import threading
import time
import urllib.parse

import requests
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ACTIVITY = "application/activity+json"


class Peer:
    """`localhost:PORT/users/NAME` for each name, with one shared inbox."""

    def __init__(self, *names):
        self.keys = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in names}
        self.received, self.asked, self.answer, self.silent = [], [], 202, False
        # What an actor's document says beside the usual, by its name; what is answered at a path, as status, fields and body.
        self.more, self.pages = {}, {}
        peer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *arguments):
                pass

            def do_GET(self):
                peer.asked.append((self.path, dict(self.headers)))
                name = self.path.split("/")[-1]
                if self.path in peer.pages:
                    status, fields, body = peer.pages[self.path]
                    self.send_response(status)
                    for field, value in {"Content-Length": str(len(body)), **fields}.items():
                        self.send_header(field, value)
                    self.end_headers()
                    self.wfile.write(body)
                    return
                if peer.silent or name not in peer.keys:
                    self.send_response(503 if peer.silent else 404)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                body = json.dumps(peer.document(name)).encode()
                self.send_response(200)
                self.send_header("Content-Type", ACTIVITY)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                peer.received.append((self.path, {key.lower(): value for key, value in self.headers.items()}, body))
                self.send_response(peer.answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.address = f"http://localhost:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()

    def actor(self, name):
        return f"{self.address}/users/{name}"

    def document(self, name):
        key = self.keys[name].public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        actor = self.actor(name)
        return {
            "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"], "id": actor, "type": "Person",
            "preferredUsername": name, "inbox": actor + "/inbox", "outbox": actor + "/outbox",
            "endpoints": {"sharedInbox": self.address + "/inbox"},
            "publicKey": {"id": actor + "#main-key", "owner": actor, "publicKeyPem": key.decode()}, **self.more.get(name, {}),
        }

    def activities(self, kind=None):
        found = [json.loads(body) for _, _, body in list(self.received)]
        return [one for one in found if kind is None or one["type"] == kind]

    def sign(self, name, text):
        return base64.b64encode(self.keys[name].sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()

    def send(self, inbox, activity, name="alice", *, key_id=None, signer=None, headers="(request-target) host date digest", digest="SHA-256",
             digest_of=None, date=None, algorithm="rsa-sha256", corrupt=False, unsigned=False, content_type=ACTIVITY, body=None,
             standard=False, age=0, target=None):
        """Sends an activity; every argument after the name is one way of doing it wrong or otherwise."""
        body = json.dumps(activity).encode() if body is None else body
        url = urllib.parse.urlsplit(inbox)
        path = url.path + (f"?{url.query}" if url.query else "")
        fields = {
            "host": url.netloc, "content-type": content_type, "accept": ACTIVITY,
            "date": date or email.utils.format_datetime(
                datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=age), usegmt=True),
        }
        key_id = key_id or self.actor(name) + "#main-key"
        value = base64.b64encode(hashlib.sha256(body if digest_of is None else digest_of).digest()).decode()
        if standard:
            fields["content-digest"] = f"sha-256=:{value}:"
            parameters = f'("@method" "@target-uri" "content-digest");created={int(time.time()) - age};keyid="{key_id}"'
            base = f'"@method": POST\n"@target-uri": {inbox}\n"content-digest": {fields["content-digest"]}\n"@signature-params": {parameters}'
            fields["signature-input"] = f"sig1={parameters}"
            fields["signature"] = f"sig1=:{self.sign(signer or name, base)}:"
        else:
            if digest:
                fields["digest"] = f"{digest}={value}"
            if not unsigned:
                names = [one for one in headers.split() if one != "digest" or digest]
                text = "\n".join(f"(request-target): post {target or path}" if one == "(request-target)" else f"{one}: {fields[one]}" for one in names)
                signature = self.sign(signer or name, text)
                if corrupt:
                    signature = ("B" if signature[0] == "A" else "A") + signature[1:]
                fields["signature"] = f'keyId="{key_id}",algorithm="{algorithm}",headers="{" ".join(names)}",signature="{signature}"'
        self.last = (inbox, body, fields)
        return requests.post(inbox, data=body, headers=fields, timeout=30)

    def send_again(self):
        inbox, body, fields = self.last
        return requests.post(inbox, data=body, headers=fields, timeout=30)

    def follow(self, target, name="alice", number=1):
        return {
            "@context": "https://www.w3.org/ns/activitystreams", "id": f"{self.actor(name)}#follow-{number}", "type": "Follow",
            "actor": self.actor(name), "object": target,
        }


def is_signed_with(pem, path, headers, body):
    try:
        check_cavage(path, headers, body, pem)
        return True
    except InvalidSignature:
        return False


def check_cavage(path, headers, body, pem):
    """Verifies what a node sent by its public key, with nothing of the node's own code."""
    parts = dict(part.split("=", 1) for part in headers["signature"].split('",'))
    parts = {key: value.strip('"') for key, value in parts.items()}
    assert headers["digest"] == "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()
    names = parts["headers"].split()
    assert names == ["(request-target)", "host", "date", "digest"]
    text = "\n".join(f"(request-target): post {path}" if one == "(request-target)" else f"{one}: {headers[one]}" for one in names)
    serialization.load_pem_public_key(pem.encode()).verify(
        base64.b64decode(parts["signature"]), text.encode(), padding.PKCS1v15(), hashes.SHA256())
    return parts["keyId"]


ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def base58(text):
    number = 0
    for character in text:
        number = number * 58 + ALPHABET.index(character)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def check_proof(document, multikey):
    """FEP-8b32, `eddsa-jcs-2022`, with the canonical JSON of another library."""
    import rfc8785
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    document = dict(document)
    proof = dict(document.pop("proof"))
    signature = base58(proof.pop("proofValue")[1:])
    digest = hashlib.sha256(rfc8785.dumps(proof)).digest() + hashlib.sha256(rfc8785.dumps(document)).digest()
    key = base58(multikey[1:])
    assert key[:2] == b"\xed\x01"
    Ed25519PublicKey.from_public_bytes(key[2:]).verify(signature, digest)
