import Acts
public import Ledger

extension Record {
    /// The `.tlog-proof` file of an entry (C2SP tlog-proof): with it and the entry, anyone can check that the entry is in the record,
    /// asking nobody. It leads to the newest checkpoint that enough witnesses signed, or, for an entry after that one, to the newest.
    ///
    /// - Throws: a `Refusal` where there is no such entry.
    public func proof(of index: Int64) throws -> [UInt8] {
        if let witnessed = cosignatures.witnessed, index < witnessed.size { return try proof(of: index, in: witnessed).bytes }
        return try proof(of: index, in: try servedCheckpoint()).bytes
    }

    /// The same for a checkpoint of this record, as it was served.
    public func proof(of index: Int64, in checkpoint: SignedCheckpoint) throws -> ProofFile {
        guard index >= 0, index < checkpoint.size else { throw Record.noEntry(index) }
        do {
            let proof = try InclusionProof(
                of: UInt64(index), inTreeOf: UInt64(checkpoint.size), tiles: StoredTiles(store: store))
            return try ProofFile(proof, checkpoint: checkpoint)
        } catch let error as TreeError {
            throw RecordError.differsFromCheckpoint(signed: checkpoint.size, reason: "\(error)")
        }
    }

    /// The same for several entries at once: each tile is read once.
    public func proofs(of indices: [Int64], in checkpoint: SignedCheckpoint) throws -> [InclusionProof] {
        let tiles = RememberedTiles(StoredTiles(store: store))
        do {
            return try indices.map { index in
                guard index >= 0, index < checkpoint.size else { throw Record.noEntry(index) }
                return try InclusionProof(of: UInt64(index), inTreeOf: UInt64(checkpoint.size), tiles: tiles)
            }
        } catch let error as TreeError {
            throw RecordError.differsFromCheckpoint(signed: checkpoint.size, reason: "\(error)")
        }
    }

    /// That an earlier size of the record is the beginning of the newest checkpoint's.
    public func consistencyProof(from older: Int64) throws -> ConsistencyProof {
        let checkpoint = checkpoint
        guard older >= 0, older <= checkpoint.size else { throw Record.noEntry(older) }
        return try ConsistencyProof(from: UInt64(older), to: UInt64(checkpoint.size), tiles: StoredTiles(store: store))
    }

    /// That an earlier size of the record is the beginning of a later one.
    public func consistencyProof(from older: Int64, to newer: Int64) throws -> ConsistencyProof {
        guard older >= 0, older <= newer, newer <= size else { throw Record.noEntry(newer) }
        return try ConsistencyProof(from: UInt64(older), to: UInt64(newer), tiles: StoredTiles(store: store))
    }

    /// The root over the first entries of the record.
    ///
    /// - Throws: a `Refusal` where there are fewer.
    public func root(ofSize size: Int64) throws -> Hash {
        guard size >= 0, size <= self.size else { throw Record.noEntry(size) }
        return size == 0 ? .emptyTree : try Hash.root(ofTreeOf: UInt64(size), tiles: StoredTiles(store: store))
    }

    /// The first packages of the entries that a mirror is to be brought (C2SP tlog-mirror), 32 at the most, with their proofs.
    ///
    /// - Throws: `AddEntriesError`, `TreeError`, ``RecordError``.
    public func addEntries(_ header: AddEntriesHeader) throws -> AddEntriesRequest {
        guard header.entries.upperBound <= UInt64(size) else { throw Record.noEntry(Int64(header.entries.upperBound)) }
        return try AddEntriesRequest(header, tiles: StoredTiles(store: store)) { range in
            try store.checkedEntries(from: Int64(range.lowerBound), limit: range.count).map(\.leaf)
        }
    }

    /// A tile's bytes as C2SP tlog-tiles serves them; `nil` where no published size has it.
    public func tile(_ coordinate: TileCoordinate) throws -> [UInt8]? {
        try store.servedTile(coordinate, size: size)
    }

    /// A tile's bytes; `nil` where no published size has it.
    ///
    /// - Parameter width: 1 to 256 hashes.
    public func tile(level: Int, index: Int64, width: Int = TileCoordinate.fullWidth) throws -> [UInt8]? {
        guard index >= 0, let coordinate = TileCoordinate(level: level, index: UInt64(index), width: width) else { return nil }
        return try tile(coordinate)
    }

    /// A bundle of entries as C2SP tlog-tiles serves it: the leaves only, never payloads. `nil` where no published size has it.
    ///
    /// - Parameter width: 1 to 256 entries.
    public func entryBundle(index: Int64, width: Int = TileCoordinate.fullWidth) throws -> [UInt8]? {
        guard index >= 0, let coordinate = EntryBundleCoordinate(index: UInt64(index), width: width) else { return nil }
        return try store.servedBundle(coordinate, size: size)
    }

    /// The bytes stored under that SHA-256 (32 bytes), checked against it.
    public func blob(sha256 digest: [UInt8]) throws -> [UInt8]? {
        try store.blob(sha256: digest)
    }

    /// Stores bytes, durably, under their SHA-256 (32 bytes), for acts to cite.
    @discardableResult
    public func storeBlob(_ bytes: [UInt8]) throws -> [UInt8] {
        try store.storeBlob(bytes)
    }

    static func noEntry(_ index: Int64) -> Refusal {
        Refusal(
            .notFound, code: "record.no-entry", "The record has no entry \(index).", mend: "Look for a smaller number.",
            arguments: ["entry": "\(index)"])
    }
}
