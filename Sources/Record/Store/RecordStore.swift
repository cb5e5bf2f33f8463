public import Acts
public import Ledger

/// Where a record's entries and tiles are kept: the small promise list that every backend holds.
///
/// 1. Entries stand at positions 0, 1, 2… without gaps. `append` adds a run of them on condition that the store ends exactly
///    at `position`, together with the tiles, all or nothing; when it returns, they are durable.
/// 2. Of two appends at one position, by whatever processes, at most one succeeds; the other throws
///    ``RecordError/positionTaken(position:end:)`` and has changed nothing. Correctness rests on the primary key alone.
/// 3. What was appended is read back byte for byte, in order, by every reader from then on.
/// 4. An append that throws anything else may or may not have happened. ``recover()`` settles it: it returns only when what
///    the store then shows is durable.
/// 5. What an append erases (salt and payload of earlier entries) reads as erased with it; after ``purge()`` the bytes are gone from
///    the store's files, free pages and logs included. The leaf stays.
/// 6. A blob is stored whole under its SHA-256 or not at all.
///
/// Calls block, and come from threads that may: the writer's own, or a reader's for the time of one short query.
public protocol RecordStore: EntryReading {
    /// Appends entries and stores tiles in one durable transaction, on condition that the store ends at `position`.
    ///
    /// A tile replaces what stands at its level and index.
    ///
    /// - Parameters:
    ///   - erased: positions of entries, these or earlier, whose payloads go in the same transaction.
    ///   - tiles: asked for once at the most, when the entries are written but not yet durable, so that they can be hashed meanwhile.
    ///     Blocks until they are there; what it throws undoes the append.
    func append(_ entries: [StoredEntry], at position: Int64, erasing erased: [Int64], tiles: () throws -> [Tile]) throws

    /// Waits until the store has more than `position` entries, whoever appended them. Throws `CancellationError`.
    func wait(past position: Int64) async throws

    /// Sees to it that nothing erased is left in the store's files. Throws while a reader of an older state stands in the way.
    func purge() throws

    /// The bytes stored under that SHA-256 (32 bytes).
    func blob(sha256: [UInt8]) throws -> [UInt8]?

    /// Stores bytes under their SHA-256, which it returns. Storing them again changes nothing.
    @discardableResult
    func storeBlob(_ bytes: [UInt8]) throws -> [UInt8]

    /// After an append that failed: drops what may be half done, and makes sure that what is then read is durable.
    ///
    /// - Throws: while the cause lasts (a full disk, a read-only one).
    func recover() throws

    /// Housekeeping that need not hold the writer up; called now and then, beside it.
    func maintain() throws

    /// Lets go of the store's files or connections. No call may follow.
    func close() throws
}

extension RecordStore {
    /// Appends entries with tiles that are known already.
    public func append(_ entries: [StoredEntry], at position: Int64, tiles: [Tile], erasing erased: [Int64] = []) throws {
        try append(entries, at: position, erasing: erased) { tiles }
    }
}

/// An entry as a store keeps it.
public struct StoredEntry: Hashable, Sendable {
    /// The bytes that the log hashes.
    public let leaf: [UInt8]
    /// `nil` where it was erased.
    public let payload: StoredPayload?

    public init(leaf: [UInt8], payload: StoredPayload?) {
        self.leaf = leaf
        self.payload = payload
    }

    init(_ entry: Entry) {
        leaf = entry.leaf
        if case .present(let sealed) = entry.content { payload = StoredPayload(sealed) } else { payload = nil }
    }
}

/// Salt and canonical payload, as the leaf's commitment covers them.
public struct StoredPayload: Hashable, Sendable {
    /// 32 bytes.
    public let salt: [UInt8]
    /// Canonical JSON, UTF-8.
    public let bytes: [UInt8]

    public init(salt: [UInt8], bytes: [UInt8]) {
        self.salt = salt
        self.bytes = bytes
    }

    public init(_ sealed: SealedPayload) {
        self.init(salt: sealed.salt, bytes: sealed.bytes)
    }
}

extension Entry {
    /// Reads an entry as stored, and checks that the payload is the one the leaf commits to.
    ///
    /// - Throws: ``RecordError/damagedEntry(index:reason:)``.
    init(index: Int64, stored: StoredEntry) throws {
        let header: EntryHeader
        do {
            header = try EntryHeader(leaf: stored.leaf)
        } catch {
            throw RecordError.damagedEntry(index: index, reason: "its leaf cannot be read: \(error)")
        }
        let content: Entry.Content
        if let payload = stored.payload {
            let sealed = SealedPayload(salt: payload.salt, bytes: payload.bytes)
            guard sealed.commitment == header.statement.payloadCommitment else {
                throw RecordError.damagedEntry(index: index, reason: "its payload is not the one that its leaf commits to")
            }
            content = .present(sealed)
        } else {
            content = .erased
        }
        self.init(index: index, leaf: stored.leaf, header: header, content: content)
    }
}
