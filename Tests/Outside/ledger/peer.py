"""tlog-scales as a second opinion on Ledger: it checks what Ledger made, and makes what Ledger checks.

See README.md for the folder that both sides read and write.
"""

import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import MLDSA44CosignatureSigner, PlainEd25519Signer, Vkey, VkeySet
from tlog_scales.tiles import leaf_hash
from tlog_scales.tlog import Checkpoint, ConsistencyProof, InclusionProof
from tlog_scales.utils import b64dec, b64enc, sha256
from tlog_scales.writer import TilesWriter


class Earlier(LocalBackend):
    """Answers for every earlier size of a log: a partial tile is the beginning of the wider one that is there."""

    def get(self, *path):
        data = super().get(*path)
        if data is not None or not path[-2].endswith(".p"):
            return data
        folder, width = path[:-2], int(path[-1])
        stem = path[-2].removesuffix(".p")
        data = super().get(*folder, stem)
        if data is None:
            widths = [int(found.name) for found in (self.base.joinpath(*folder) / path[-2]).iterdir()]
            data = super().get(*path[:-1], str(max(widths)))
        if path[1] != "entries":
            return data[: 32 * width]
        end = 0
        for _ in range(width):
            end += 2 + int.from_bytes(data[end : end + 2], "big")
        return data[:end]


def need(holds, what):
    if not holds:
        raise SystemExit(f"peer: {what}")


def rows(path):
    for line in path.read_text().splitlines():
        first, second, *hashes = line.split(" ")
        yield int(first), int(second), [b64dec(text) for text in hashes]


def root_of(reader, size):
    if size == 0:
        return sha256(b"")
    reader.set_size(size)
    return reader.calculate_root_hash()


def keys(folder):
    """The log's two keys and the two witnesses'."""
    names = ("log", "log44", "witness", "witness44")
    return [Vkey.from_string((folder / f"{name}.vkey").read_text().strip()) for name in names]


def need_all(known, checkpoint, what):
    """Every known key signed, each once, and every line by one of them is right."""
    good = sorted(key.key_id for key, _ in VkeySet(*known).verify(checkpoint.signatures, checkpoint))
    need(good == sorted(key.key_id for key in known), f"{what}: good signatures by {good} only")
    need(len(checkpoint.signatures) == len(known), f"{what}: {len(checkpoint.signatures)} signature lines")


def check_mldsa44(folder):
    """ML-DSA-44 by itself: Ledger's seeds, public keys and signatures, against what cryptography computes."""
    count = 0
    for line in (folder / "mldsa44.txt").read_text().splitlines():
        seed, public, message, hedged, fixed = (b64dec(word) for word in line.split(" "))
        made = MLDSA44PrivateKey.from_seed_bytes(seed).public_key().public_bytes_raw()
        need(made == public, f"line {count}: another public key for the seed")
        key = MLDSA44PublicKey.from_public_bytes(public)
        for signature in (hedged, fixed):
            key.verify(signature, message)
            try:
                key.verify(signature, message + b"\0")
            except InvalidSignature:
                continue
            raise SystemExit("peer: a signature holds for another message")
        count += 1
    return count


def check(folder):
    reader = TilesReader(Earlier(folder))
    checkpoint = Checkpoint.from_text((folder / "checkpoint").read_text())
    known = keys(folder)
    need([key.sig_type for key in known] == [1, 6, 4, 6], "the keys are of other types")
    need(checkpoint.origin == known[0].name == known[1].name, "the origin is not the log's name")
    need_all(known, checkpoint, "checkpoint")
    signatures = check_mldsa44(folder)

    reader.set_size(checkpoint.size)
    need(reader.calculate_root_hash() == checkpoint.root_hash, "the tiles give another root than the checkpoint's")
    leaves = [leaf_hash(reader.get_entry(index)) for index in range(checkpoint.size)]
    for index, leaf in enumerate(leaves):
        need(reader.mth(index, index + 1) == leaf, f"entry {index} and its tile differ")

    roots = {}
    for line in (folder / "roots.txt").read_text().splitlines():
        size, root = line.split(" ")
        roots[int(size)] = b64dec(root)
    for size, root in roots.items():
        need(root_of(reader, size) == root, f"wrong root of size {size}")
    inclusions = consistencies = 0
    for index, size, hashes in rows(folder / "inclusion.txt"):
        InclusionProof(index, size, hashes).check(leaves[index], roots[size])
        inclusions += 1
    for older, newer, hashes in rows(folder / "consistency.txt"):
        if older not in roots:
            roots[older] = root_of(reader, older)
        if 0 < older < newer:
            ConsistencyProof(older, newer, hashes).check(roots[older], roots[newer])
            consistencies += 1
    files = sorted(folder.glob("*.tlog-proof"))
    for path in files:
        head, note = path.read_text().split("\n\n", 1)
        magic, index, *hashes = head.splitlines()
        need(magic == "c2sp.org/tlog-proof@v1" and index.startswith("index "), f"{path.name}: bad head")
        index = int(index.removeprefix("index "))
        signed = Checkpoint.from_text(note)
        need_all(known, signed, path.name)
        InclusionProof(index, signed.size, [b64dec(text) for text in hashes]).check(leaves[index], signed.root_hash)
    print(
        f"tlog-scales: {len(leaves)} entries, {len(roots)} roots, {inclusions} inclusion proofs, "
        f"{consistencies} consistency proofs, {len(files)} proof files, {signatures} ML-DSA-44 keys"
    )


def make(folder):
    size, small = 65_537, 1_030
    key = Ed25519PrivateKey.generate()
    name = "python.example/log"
    writer = TilesWriter(folder, name, 0)
    signer = PlainEd25519Signer(name, key)
    # The log's own ML-DSA-44 line, and a witness's.
    signer44 = MLDSA44CosignatureSigner(name, MLDSA44PrivateKey.generate())
    witness44 = MLDSA44CosignatureSigner("python.example/witness", MLDSA44PrivateKey.generate())
    # In several commits, so that partial tiles grow and fill.
    for end in (1, 255, 256, small, 65_536, size):
        for index in range(writer.size, end):
            writer.add_leaf(f"python entry {index}".encode())
        writer.commit([signer, signer44, witness44])
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    (folder / "log.vkey").write_text(Vkey(name, None, 1, public).serialize() + "\n")
    (folder / "log44.vkey").write_text(signer44.vkey.serialize() + "\n")
    (folder / "witness44.vkey").write_text(witness44.vkey.serialize() + "\n")
    rows44 = []
    for number in range(8):
        own = MLDSA44PrivateKey.generate()
        message = bytes([number]) * number * 100
        parts = (own.private_bytes_raw(), own.public_key().public_bytes_raw(), message, own.sign(message))
        rows44.append(" ".join(map(b64enc, parts)) + "\n")
    (folder / "mldsa44.txt").write_text("".join(rows44))

    reader = TilesReader(Earlier(folder))
    sizes = [*range(small + 1), size - 1, size]
    roots = [f"{n} {b64enc(root_of(reader, n))}\n" for n in sizes]
    inclusion, consistency = [], []
    for n in sizes[1:]:
        reader.set_size(n)
        telling = {0, n // 2, n - 1, 256, 65_535, 65_536}
        for index in sorted(index for index in telling if 0 <= index < n):
            row = [str(index), str(n), *map(b64enc, reader.get_inclusion_proof(index, n).node_hashes)]
            inclusion.append(" ".join(row) + "\n")
            if index > 0:
                row = [str(index), str(n), *map(b64enc, reader.get_consistency_proof(index, n).node_hashes)]
                consistency.append(" ".join(row) + "\n")
    (folder / "roots.txt").write_text("".join(roots))
    (folder / "inclusion.txt").write_text("".join(inclusion))
    (folder / "consistency.txt").write_text("".join(consistency))
    print(f"tlog-scales: made a log of {size} entries")


if __name__ == "__main__":
    action, path = sys.argv[1:]
    {"check": check, "make": make}[action](Path(path))
