"""A person's signature over an act, made and checked as docs/protocol.md says, with nothing of the node's own."""

import base64
import hashlib
import json

import cbor2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from webauthn import verify_authentication_response


def canonical(value):
    """RFC 8785, for values without fractions, whose names are ASCII."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def digest(statement):
    """Section 3: what a person signs."""
    return hashlib.sha256(b"chancery act v1\n" + canonical(statement)).digest()


def statement(act):
    """The statement of an act, out of its leaf."""
    leaf = json.loads(base64.b64decode(act["leaf"]))
    return {name: value for name, value in leaf.items() if name not in ("received", "signatures")}


def identifier(key):
    """Section 3: the first 16 bytes of SHA-256(algorithm LF key), base64 for addresses."""
    data = key["algorithm"].encode() + b"\n" + base64.b64decode(key["key"])
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()[:16]).rstrip(b"=").decode()


def cose(key):
    """A public key in the form that webauthn takes it (RFC 9053, section 7)."""
    data = base64.b64decode(key["key"])
    if key["algorithm"] == "ed25519":
        return cbor2.dumps({1: 1, 3: -8, -1: 6, -2: data})
    return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: data[1:33], -3: data[33:]})


def check_passkey(act, enrolment, host, origin):
    """Checks an act's first signature by the webauthn package; raises where it does not hold."""
    payload = enrolment["payload"]
    signature = act["signatures"][0]
    assert signature["key"] == identifier(payload["publicKey"])
    name = base64.urlsafe_b64encode(base64.b64decode(payload["credential"])).rstrip(b"=").decode()

    def address(field):
        return base64.urlsafe_b64encode(base64.b64decode(signature[field])).rstrip(b"=").decode()

    return verify_authentication_response(
        credential={
            "id": name,
            "rawId": name,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "authenticatorData": address("authenticatorData"),
                "clientDataJSON": address("clientDataJSON"),
                "signature": address("signature"),
            },
        },
        expected_challenge=digest(statement(act)),
        expected_rp_id=host,
        expected_origin=origin,
        credential_public_key=cose(payload["publicKey"]),
        credential_current_sign_count=0,
        require_user_verification=True,
    )


def check_key_file(act, enrolment):
    """Checks an act's first signature by an Ed25519 key; raises where it does not hold."""
    key = enrolment["payload"]["publicKey"]
    signature = act["signatures"][0]
    assert signature["key"] == identifier(key) and key["algorithm"] == "ed25519"
    Ed25519PublicKey.from_public_bytes(base64.b64decode(key["key"])).verify(
        base64.b64decode(signature["signature"]), digest(statement(act))
    )


class KeyFile:
    """An Ed25519 key that signs signing requests, as docs/protocol.md, section 10, asks."""

    def __init__(self):
        self.key = Ed25519PrivateKey.generate()

    @property
    def pem(self):
        return (
            self.key.public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )

    @property
    def public_key(self):
        raw = self.key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return {"algorithm": "ed25519", "key": base64.b64encode(raw).decode()}

    def sign(self, request):
        """The signature file for a signing request, after the request was checked against itself."""
        request = json.loads(request)
        salt = base64.b64decode(request["salt"])
        commitment = hashlib.sha256(salt + canonical(request["payload"])).digest()
        assert base64.b64decode(request["statement"]["payload"]) == commitment
        signed = digest(request["statement"])
        assert base64.b64decode(request["digest"]) == signed
        key = self.public_key
        return canonical(
            {
                "format": "chancery-signature/1",
                "digest": base64.b64encode(signed).decode(),
                "publicKey": key,
                "signature": {
                    "key": identifier(key),
                    "algorithm": "ed25519",
                    "signature": base64.b64encode(self.key.sign(signed)).decode(),
                },
            }
        ).decode()
