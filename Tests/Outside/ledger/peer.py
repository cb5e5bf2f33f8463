"""tlog-scales as a second opinion on Ledger: it checks what Ledger made, and makes what Ledger checks.

See README.md for the folder that both sides read and write.
"""

import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import PlainEd25519Signer, Vkey, VkeySet
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


def check(folder):
    reader = TilesReader(Earlier(folder))
    checkpoint = Checkpoint.from_text((folder / "checkpoint").read_text())
    log = Vkey.from_string((folder / "log.vkey").read_text().strip())
    witness = Vkey.from_string((folder / "witness.vkey").read_text().strip())
    need(checkpoint.origin == log.name, "the origin is not the log's name")
    good = {key.name for key, _ in VkeySet(log, witness).verify(checkpoint.signatures, checkpoint)}
    need(good == {log.name, witness.name}, f"good signatures by {good} only")

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
        good = {key.name for key, _ in VkeySet(log, witness).verify(signed.signatures, signed)}
        need(good == {log.name, witness.name}, f"{path.name}: good signatures by {good} only")
        InclusionProof(index, signed.size, [b64dec(text) for text in hashes]).check(leaves[index], signed.root_hash)
    print(
        f"tlog-scales: {len(leaves)} entries, {len(roots)} roots, {inclusions} inclusion proofs, "
        f"{consistencies} consistency proofs, {len(files)} proof files"
    )


def make(folder):
    size, small = 65_537, 1_030
    key = Ed25519PrivateKey.generate()
    name = "python.example/log"
    writer = TilesWriter(folder, name, 0)
    signer = PlainEd25519Signer(name, key)
    # In several commits, so that partial tiles grow and fill.
    for end in (1, 255, 256, small, 65_536, size):
        for index in range(writer.size, end):
            writer.add_leaf(f"python entry {index}".encode())
        writer.commit([signer])
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    (folder / "log.vkey").write_text(Vkey(name, None, 1, public).serialize() + "\n")

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
