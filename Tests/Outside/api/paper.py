"""A paper of a secret ballot, written and hidden by another program than the node's: RFC 9474, RSABSSA-SHA384-PSS-Deterministic."""

import base64
import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding


def mask(seed, size):
    """MGF1 with SHA-384 (RFC 8017, appendix B.2.1)."""
    return b"".join(hashlib.sha384(seed + number.to_bytes(4, "big")).digest() for number in range(size // 48 + 1))[:size]


class Paper:
    def __init__(self, ballot, choices):
        """Writes it for the ballot's newest round, as the ballot's resource describes it."""
        self.public = serialization.load_der_public_key(base64.b64decode(ballot["key"]))
        numbers = self.public.public_numbers()
        self.modulus, bits = numbers.n, numbers.n.bit_length()
        self.size = (bits + 7) // 8
        self.nonce, self.choices = secrets.token_hex(32), choices
        self.message = json.dumps({
            "ballot": "chancery/1", "body": ballot["body"], "choices": choices, "conference": ballot["conference"],
            "decision": ballot["decision"], "nonce": self.nonce, "round": ballot["round"],
        }, separators=(",", ":"), ensure_ascii=False).encode()
        # EMSA-PSS (RFC 8017, 9.1.1) with a salt of 48 bytes.
        salt = secrets.token_bytes(48)
        hashed = hashlib.sha384(bytes(8) + hashlib.sha384(self.message).digest() + salt).digest()
        size = (bits - 1 + 7) // 8
        block = bytes(size - 98) + b"\1" + salt
        covered = bytearray(a ^ b for a, b in zip(block, mask(hashed, len(block))))
        covered[0] &= 0xFF >> (8 * size - (bits - 1))
        encoded = int.from_bytes(bytes(covered) + hashed + b"\xbc", "big")
        self.factor = secrets.randbelow(self.modulus - 2) + 2
        hidden = encoded * pow(self.factor, numbers.e, self.modulus) % self.modulus
        self.blinded = base64.b64encode(hidden.to_bytes(self.size, "big")).decode()

    def finish(self, signature):
        """The ballot for the box; fails where the signature does not hold."""
        bare = int.from_bytes(base64.b64decode(signature), "big") * pow(self.factor, -1, self.modulus) % self.modulus
        signed = bare.to_bytes(self.size, "big")
        self.public.verify(signed, self.message, padding.PSS(padding.MGF1(hashes.SHA384()), 48), hashes.SHA384())
        return {"nonce": self.nonce, "choices": self.choices, "signature": base64.b64encode(signed).decode()}
