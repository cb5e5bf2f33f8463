"""A verifier of `.tlog-proof` files written from docs/protocol.md alone, in the order of its section 8.

It shares no code with Chancery. It raises `Unproven` with the reason when a file does not prove what it says.
"""

import base64
import hashlib
import json
from dataclasses import dataclass

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Unproven(Exception):
    pass


@dataclass
class Proven:
    index: int
    size: int
    origin: str
    header: dict
    payload: object  # None where it was erased or is not for this reader


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def decode(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as problem:
        raise Unproven(f"not base64: {text[:40]}") from problem
    if base64.b64encode(data).decode() != text:
        raise Unproven(f"not the only spelling in base64: {text[:40]}")
    return data


def decimal(text):
    if not text.isascii() or not text.isdigit() or str(int(text)) != text:
        raise Unproven(f"not a decimal number without leading zeros: {text[:40]}")
    return int(text)


def canonical(data):
    """Reads JSON that must be in canonical form, to the byte."""

    def once(pairs):
        names = [name for name, _ in pairs]
        if len(set(names)) != len(names):
            raise Unproven("a name stands twice")
        return dict(pairs)

    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except ValueError as problem:
        raise Unproven(f"not JSON: {problem}") from problem
    if rfc8785.dumps(value) != data:
        raise Unproven("not in canonical form")
    return value


@dataclass
class VerifierKey:
    name: str
    identifier: bytes
    kind: int
    key: bytes

    @classmethod
    def read(cls, text):
        name, identifier, rest = text.split("+", 2)
        data = decode(rest)
        key = cls(name, bytes.fromhex(identifier), data[0], data[1:])
        if sha256(name.encode(), b"\n", data)[:4] != key.identifier:
            raise Unproven("the verifier key's identifier is not its own")
        return key


def checkpoint(text, key):
    """Section 5: gives origin, size and root, after checking the log's signature."""
    cut = text.rfind("\n\n")
    if cut < 0:
        raise Unproven("the checkpoint has no signatures")
    body, lines = text[: cut + 1], text[cut + 2 :]
    if not lines.endswith("\n"):
        raise Unproven("the checkpoint does not end with a line")
    signed = False
    for line in lines[:-1].split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014":
            raise Unproven(f"not a signature line: {line[:40]}")
        data = decode(parts[2])
        if parts[1] != key.name or data[:4] != key.identifier:
            continue
        if key.kind != 1:
            raise Unproven("the log's key is not of type 01")
        try:
            Ed25519PublicKey.from_public_bytes(key.key).verify(data[4:], body.encode())
        except InvalidSignature as problem:
            raise Unproven("the log's signature does not verify") from problem
        signed = True
    if not signed:
        raise Unproven("the log's signature is missing")
    parts = body[:-1].split("\n")
    if len(parts) < 3:
        raise Unproven("the checkpoint has fewer than three lines")
    if parts[0] != key.name:
        raise Unproven(f"the checkpoint is of {parts[0]}")
    root = decode(parts[2])
    if len(root) != 32:
        raise Unproven("the root is not 32 bytes")
    return parts[0], decimal(parts[1]), root


def root_of(index, size, leaf, hashes):
    """Section 6."""
    if not 0 <= index < size:
        raise Unproven("the index is not in the tree")
    position, last, found = index, size - 1, sha256(b"\x00", leaf)
    for one in hashes:
        if last == 0:
            raise Unproven("too many hashes")
        if position % 2 == 1 or position == last:
            found = sha256(b"\x01", one, found)
            while position % 2 == 0 and position != 0:
                position //= 2
                last //= 2
        else:
            found = sha256(b"\x01", found, one)
        position //= 2
        last //= 2
    if last != 0:
        raise Unproven("too few hashes")
    return found


def verify(file, key):
    """Section 8, steps 1 to 4. `file` is bytes, `key` a verifier key brought from elsewhere."""
    try:
        text = file.decode("utf-8")
    except ValueError as problem:
        raise Unproven("not UTF-8") from problem
    head, mark, note = text.partition("\n\n")
    if not mark:
        raise Unproven("no empty line between header and checkpoint")
    lines = head.split("\n")
    if lines.pop(0) != "c2sp.org/tlog-proof@v1":
        raise Unproven("not a proof file of version 1")
    if not lines or not lines[0].startswith("extra "):
        raise Unproven("no extra line")
    extra = canonical(decode(lines.pop(0).removeprefix("extra ")))
    if not isinstance(extra, dict) or set(extra) not in ({"leaf"}, {"leaf", "payload", "salt"}):
        raise Unproven("the extra line has other members than leaf, or leaf, payload and salt")
    if not lines or not lines[0].startswith("index "):
        raise Unproven("no index line")
    index = decimal(lines.pop(0).removeprefix("index "))
    hashes = [decode(line) for line in lines]
    if any(len(one) != 32 for one in hashes):
        raise Unproven("a hash is not 32 bytes")

    origin, size, root = checkpoint(note, VerifierKey.read(key))
    leaf = decode(extra["leaf"])
    if root_of(index, size, leaf, hashes) != root:
        raise Unproven("the proof leads to another root")

    header = canonical(leaf)
    if header.get("format") != 1:
        raise Unproven("a leaf of another format")
    payload = None
    if "payload" in extra:
        data = decode(extra["payload"])
        salt = decode(extra["salt"])
        if len(salt) != 32 or sha256(salt, data) != decode(header["payload"]):
            raise Unproven("the payload is not the one that was committed to")
        payload = canonical(data)
    return Proven(index, size, origin, header, payload)
