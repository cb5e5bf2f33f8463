import Ledger

/// A log in memory for tests: entries `act 0`, `act 1`, …, its tiles, and fixed keys.
struct SampleLog {
    static let origin = "log.example/acts"

    let entries: [[UInt8]]
    let leaves: [Hash]
    let tree: TiledTree
    let tiles: TileShelf
    let signer: Ed25519NoteSigner
    let witness: Ed25519Cosigner
    let signer44: MLDSA44Cosigner
    let witness44: MLDSA44Cosigner

    init(size: Int) throws {
        entries = (0..<size).map { Array("act \($0)".utf8) }
        leaves = Hash.leaves(entries)
        var tree = TiledTree()
        var tiles = TileShelf()
        for tile in tree.append(leaves) { tiles.store(tile) }
        self.tree = tree
        self.tiles = tiles
        signer = try Ed25519NoteSigner(name: KeyName(SampleLog.origin), seed: Array(repeating: 7, count: 32))
        witness = try Ed25519Cosigner(name: KeyName("witness.example/w1"), seed: Array(repeating: 9, count: 32))
        signer44 = try MLDSA44Cosigner(name: KeyName(SampleLog.origin), seed: Array(repeating: 7, count: 32))
        witness44 = try MLDSA44Cosigner(name: KeyName("witness.example/w1"), seed: Array(repeating: 9, count: 32))
    }

    func root(_ size: Int) throws -> Hash { try Hash.root(ofTreeOf: UInt64(size), tiles: tiles) }

    /// A checkpoint at `size`, signed by the log and, when a time is given, cosigned by the witness.
    func checkpoint(_ size: Int, cosignedAt time: UInt64? = nil) throws -> SignedCheckpoint {
        var signed = try SignedCheckpoint(
            Checkpoint(origin: SampleLog.origin, size: UInt64(size), root: root(size)), signers: [signer])
        if let time { try signed.add(witness.cosign(signed.note, at: time)) }
        return signed
    }

    /// The same with ML-DSA-44 lines beside the Ed25519 ones, the log's own and the witness's.
    func checkpointOfBoth(_ size: Int, cosignedAt time: UInt64) throws -> SignedCheckpoint {
        var signed = try checkpoint(size)
        try signed.add(NoteSignature(signing: signed.note.textBytes, by: signer44.logSigner))
        try signed.add(witness.cosign(signed.note, at: time))
        try signed.add(witness44.cosign(signed.note, at: time))
        return signed
    }

    func proofFile(index: Int, size: Int, cosignedAt time: UInt64? = nil, extra: [UInt8]? = nil) throws -> ProofFile {
        try ProofFile(
            InclusionProof(of: UInt64(index), inTreeOf: UInt64(size), tiles: tiles),
            checkpoint: checkpoint(size, cosignedAt: time), extra: extra)
    }

    func policy() throws -> TrustPolicy {
        try TrustPolicy(
            logs: [TrustPolicy.Log(key: signer.verifierKey)],
            witnesses: [TrustPolicy.Witness(name: OpaqueText("w1"), key: witness.verifierKey)],
            groups: [], quorum: .member(OpaqueText("w1")))
    }
}
