import Foundation
import Ledger
import Testing

/// Other people's programs verify ours, and we verify theirs (Tests/Outside/ledger/README.md).
@Suite("Second opinions", .serialized)
struct OutsideTests {
    static let small = 1_030
    static let large = 65_537

    /// Says plainly that a peer is missing; true when there is nothing to ask.
    private func isMissing(_ peer: OutsidePeer) throws -> Bool {
        let answer = try peer.run("present")
        guard answer.status != 0 else { return false }
        print("NOT CHECKED by \(peer.testDescription): \(answer.output)", terminator: "")
        #expect(!OutsidePeer.mustBePresent, "\(answer.output)")
        return true
    }

    @Test("They verify our log: its keys, checkpoint, tiles, entries, proofs and proof files", arguments: OutsidePeer.allCases)
    func theyVerifyOurs(peer: OutsidePeer) throws {
        if try isMissing(peer) { return }
        let folder = try LogFolder.temporary()
        defer { folder.remove() }
        try writeOurs(to: folder)
        let answer = try peer.run("check", folder.url.path)
        #expect(answer.status == 0, "\(answer.output)")
        #expect(answer.output.contains("65537 entries"), "\(answer.output)")
        print(answer.output, terminator: "")
    }

    @Test("They see what is wrong with ours when a tile, a proof or the checkpoint is not", arguments: OutsidePeer.allCases)
    func theySeeDamage(peer: OutsidePeer) throws {
        if try isMissing(peer) { return }
        // Of checkpoint and proof: the root, and a hash; those that know ML-DSA-44 see it in its line too.
        var places: [(path: String, at: Int?)] = [
            ("tile/0/007", nil), ("tile/entries/003", nil), ("checkpoint", 40), ("3.tlog-proof", 80), ("inclusion.txt", nil),
        ]
        if peer == .python { places += [("checkpoint", nil), ("3.tlog-proof", nil), ("mldsa44.txt", nil)] }
        for (path, place) in places {
            let folder = try LogFolder.temporary()
            defer { folder.remove() }
            try writeOurs(to: folder, size: 2_100, sizes: Array(0...40) + [2_100])
            var bytes = try folder.read(path)
            let at = place ?? bytes.count / 2
            bytes[at] = bytes[at] == 0x41 ? 0x42 : 0x41
            try folder.write(bytes, path)
            #expect(try peer.run("check", folder.url.path).status != 0, "\(path)")
        }
    }

    @Test("We verify their log: its key, checkpoint, tiles, entries and proofs", arguments: OutsidePeer.allCases)
    func weVerifyTheirs(peer: OutsidePeer) throws {
        if try isMissing(peer) { return }
        let folder = try LogFolder.temporary()
        defer { folder.remove() }
        let answer = try peer.run("make", folder.url.path)
        try #require(answer.status == 0, "\(answer.output)")

        let key = try VerifierKey(folder.text("log.vkey").replacing("\n", with: ""))
        let signed = try SignedCheckpoint(parsing: folder.read("checkpoint"))
        try signed.verified(origin: key.name.text, by: [key.verifier()])
        if peer == .python { try verifyMLDSA44(of: signed, in: folder, ed25519: key) }
        #expect(signed.checkpoint.size == UInt64(OutsideTests.large))

        let leaves = Hash.leaves(try folder.entries(OutsideTests.large))
        var tree = TiledTree()
        _ = tree.append(leaves)
        #expect(tree.root == signed.checkpoint.root)
        #expect(try TiledTree(size: tree.size, tiles: folder, root: signed.checkpoint.root) == tree)

        // Read once: every root and proof below is made from these tiles.
        let shelf = try TileShelf(of: tree.size, from: folder)
        var roots: [UInt64: Hash] = [:]
        for line in try folder.text("roots.txt").split(separator: "\n") {
            let words = line.split(separator: " ")
            let size = try #require(UInt64(words[0]))
            roots[size] = Hash(base64: words[1])
            #expect(try Hash.root(ofTreeOf: size, tiles: shelf) == roots[size], "size \(size)")
        }
        #expect(roots.count == OutsideTests.small + 3)
        let inclusions = try folder.rows("inclusion.txt")
        for row in inclusions {
            let proof = InclusionProof(index: row.first, size: row.second, hashes: row.hashes)
            try proof.verify(leaf: leaves[Int(row.first)], root: #require(roots[row.second]))
            #expect(try InclusionProof(of: row.first, inTreeOf: row.second, tiles: shelf) == proof)
        }
        let consistencies = try folder.rows("consistency.txt")
        for row in consistencies {
            let proof = ConsistencyProof(older: row.first, newer: row.second, hashes: row.hashes)
            let older = try roots[row.first] ?? Hash.root(ofTreeOf: row.first, tiles: shelf)
            try proof.verify(olderRoot: older, newerRoot: #require(roots[row.second]))
            #expect(try ConsistencyProof(from: row.first, to: row.second, tiles: shelf) == proof)
        }
        #expect(inclusions.count > 2_000 && consistencies.count > 2_000)
        print(
            "Ledger: \(leaves.count) entries, \(roots.count) roots, \(inclusions.count) inclusion proofs, "
                + "\(consistencies.count) consistency proofs by \(peer.testDescription)")
    }

    /// Their ML-DSA-44: the log's own line and a witness's, beside the Ed25519 one, and keys and signatures by themselves.
    private func verifyMLDSA44(of signed: SignedCheckpoint, in folder: LogFolder, ed25519: VerifierKey) throws {
        let log = try VerifierKey(folder.text("log44.vkey").replacing("\n", with: ""))
        let witness = try VerifierKey(folder.text("witness44.vkey").replacing("\n", with: ""))
        #expect(log.type == .mlDSA44Cosignature && log.name == ed25519.name)
        let good = try signed.verified(origin: log.name.text, by: [ed25519, log, witness].map { try $0.verifier() })
        #expect(good.map(\.keyID) == [ed25519.keyID, log.keyID, witness.keyID])
        let policy = try TrustPolicy(parsing: Array("log \(log)\nwitness w \(witness)\nquorum w\n".utf8))
        #expect(try policy.evaluate(signed).witnesses == [OpaqueText("w")])
        let rows = try folder.text("mldsa44.txt").split(separator: "\n")
        #expect(rows.count == 8)
        for row in rows {
            let words = try row.split(separator: " ", omittingEmptySubsequences: false).map {
                [UInt8](try #require(Data(base64Encoded: String($0))))
            }
            let key = try MLDSA44PrivateKey(seed: words[0])
            #expect(key.publicKey.bytes == words[1])
            #expect(key.publicKey.isValidSignature(words[3], for: words[2]))
            #expect(!key.publicKey.isValidSignature(words[3], for: words[2] + [0]))
        }
    }

    /// Seeds, public keys, messages and both kinds of signatures, for others to hold their code against.
    private func mldsa44Rows() throws -> String {
        try (0..<8).map { number -> String in
            let key = try MLDSA44PrivateKey()
            let message = [UInt8](repeating: UInt8(number), count: number * 100)
            let words = [
                key.seed, key.publicKey.bytes, message, try key.signature(for: message), try key.deterministicSignature(for: message),
            ]
            return words.map { Data($0).base64EncodedString() }.joined(separator: " ") + "\n"
        }.joined()
    }

    /// Our log of `act 0`, `act 1`, … as static files, with proofs for the sizes told.
    private func writeOurs(
        to folder: LogFolder, size: Int = OutsideTests.large, sizes: [Int] = Array(0...OutsideTests.small) + [65_536, 65_537]
    ) throws {
        let log = try SampleLog(size: size)
        var tree = TiledTree()
        for tile in tree.append(log.leaves) { try folder.write(tile.bytes, tile.coordinate.path) }
        for start in stride(from: 0, to: size, by: 256) {
            let entries = Array(log.entries[start..<min(start + 256, size)])
            let place = try #require(EntryBundleCoordinate(index: UInt64(start / 256), width: entries.count))
            try folder.write(EntryBundle(entries).bytes, place.path)
        }
        try folder.write(log.checkpointOfBoth(size, cosignedAt: 1_700_000_000).note.bytes, "checkpoint")
        try folder.write(Array("\(log.signer.verifierKey)\n".utf8), "log.vkey")
        try folder.write(Array("\(log.witness.verifierKey)\n".utf8), "witness.vkey")
        try folder.write(Array("\(log.signer44.verifierKey)\n".utf8), "log44.vkey")
        try folder.write(Array("\(log.witness44.verifierKey)\n".utf8), "witness44.vkey")
        try folder.write(Array(mldsa44Rows().utf8), "mldsa44.txt")
        var (roots, inclusion, consistency) = ("", "", "")
        for size in sizes {
            roots += "\(size) \(try log.root(size).base64)\n"
            // The first and last leaves and those around the largest subtree; RFC 6962's own recursion checks the others.
            for index in InclusionProofTests.telling(size).suffix(4) + InclusionProofTests.telling(size).prefix(2) {
                let proof = try InclusionProof(of: UInt64(index), inTreeOf: UInt64(size), tiles: log.tiles)
                inclusion += LogFolder.Row(UInt64(index), UInt64(size), proof.hashes).line
                let older = UInt64(index) + 1
                let between = try ConsistencyProof(from: older, to: UInt64(size), tiles: log.tiles)
                consistency += LogFolder.Row(older, UInt64(size), between.hashes).line
            }
        }
        try folder.write(Array(roots.utf8), "roots.txt")
        try folder.write(Array(inclusion.utf8), "inclusion.txt")
        try folder.write(Array(consistency.utf8), "consistency.txt")
        for index in [0, 3, 255, 256, size - 1] {
            let file = try ProofFile(
                InclusionProof(of: UInt64(index), inTreeOf: UInt64(size), tiles: log.tiles),
                checkpoint: log.checkpointOfBoth(size, cosignedAt: 1_700_000_000))
            try folder.write(file.bytes, "\(index).tlog-proof")
        }
    }
}

extension TileShelf {
    /// All tiles of a tree, from another reader.
    init(of size: UInt64, from reader: some TileReader) throws {
        self.init()
        for level in 0..<3 {
            let (full, partial) = TileCoordinate.extent(level: level, size: size)
            for index in 0..<(partial > 0 ? full + 1 : full) {
                let place = TileCoordinate(level: level, index: index, width: index < full ? 256 : partial)!
                store(Tile(place, hashes: Array(try reader.hashes(of: place).prefix(place.width)))!)
            }
        }
    }
}
