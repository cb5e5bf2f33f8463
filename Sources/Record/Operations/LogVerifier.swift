import Acts
import Crypto
import Dispatch
import GRDB
import Ledger
import Synchronization

/// Checks every leaf, payload commitment and tile of a record, on all processors, in one pass over the file.
final class LogVerifier: Sendable {
    typealias Report = @Sendable (Int64) -> Void

    private struct Findings {
        var faults: [(place: Int64, fault: RecordVerification.Fault)] = []
        var further = 0
        var done: Int64 = 0
        /// Entries without payload, and those that a later entry says were erased.
        var missing: Set<Int64> = []
        var erased: Set<Int64> = []
        /// The roots over the full tiles of level 0, by place.
        var roots: [Hash]
        var failure: (any Error)?
    }

    /// What the pass found, besides the faults.
    struct Outcome {
        let faults: [RecordVerification.Fault]
        let further: Int
        let erased: Int64
    }

    /// Entries of one piece of work: sixteen tiles.
    private static let piece: Int64 = 4096

    private let path: String
    private let end: Int64
    private let next = Atomic<Int64>(0)
    private let findings: Mutex<Findings>

    init(path: String, end: Int64) {
        self.path = path
        self.end = end
        findings = Mutex(Findings(roots: Array(repeating: .zero, count: Int(end / 256))))
    }

    /// Blocks until all is looked at.
    ///
    /// - Parameter report: told how many entries are done; one call at a time.
    func run(workers: Int, report: @escaping Report) throws -> Outcome {
        DispatchQueue.concurrentPerform(iterations: max(1, workers)) { _ in
            do {
                try work(report)
            } catch {
                findings.withLock { $0.failure = error }
            }
        }
        if let failure = findings.withLock({ $0.failure }) { throw RecordError(sqlite: failure, file: path) }
        try checkUpperTiles()
        try noteLaterErasures()
        return findings.withLock { findings in
            for entry in findings.missing.subtracting(findings.erased).sorted() {
                LogVerifier.add(
                    &findings, entry, "entry \(entry)", "its payload is missing, and no entry says that it was erased")
            }
            for entry in findings.erased.subtracting(findings.missing).sorted() {
                LogVerifier.add(
                    &findings, entry, "entry \(entry)", "a later entry says that its payload was erased, but it is there")
            }
            return Outcome(
                faults: findings.faults.sorted { $0.place < $1.place }.map(\.fault), further: findings.further,
                erased: Int64(findings.missing.count))
        }
    }

    /// Payloads may have been erased while the pass went on; the entries that say so came after its end.
    private func noteLaterErasures() throws {
        guard findings.withLock({ !$0.missing.isSubset(of: $0.erased) }) else { return }
        let connection = try SQLiteReading.open(path)
        defer { try? connection.close() }
        try connection.unsafeRead { database in
            let query = try RawStatement(database, "SELECT position, leaf, salt, payload FROM entry WHERE position >= ?")
            query.bind(end, at: 1)
            defer { query.reset() }
            while try query.next() {
                let isErasure = query.withBytes(1) { LeafScanner($0)?.kind?.elementsEqual(PayloadErased.kind.description.utf8) }
                guard isErasure == true, let erasure = erasure(in: query) else { continue }
                findings.withLock { findings in
                    // Only what the pass missed: other payloads were there when it came by.
                    if findings.missing.contains(erasure.entry) { findings.erased.insert(erasure.entry) }
                }
            }
        }
    }

    private static func add(_ findings: inout Findings, _ entry: Int64, _ place: String, _ reason: String) {
        if findings.faults.count < RecordVerification.faultLimit {
            findings.faults.append((entry, RecordVerification.Fault(place: place, reason: reason)))
        } else {
            findings.further += 1
        }
    }

    private func add(_ entry: Int64, _ place: String, _ reason: String) {
        findings.withLock { LogVerifier.add(&$0, entry, place, reason) }
    }

    private func work(_ report: Report) throws {
        let connection = try SQLiteReading.open(path)
        defer { try? connection.close() }
        try connection.unsafeRead { database in
            while true {
                let start = next.add(LogVerifier.piece, ordering: .relaxed).oldValue
                guard start < end, findings.withLock({ $0.failure == nil }) else { return }
                let upTo = min(start + LogVerifier.piece, end)
                try verify(start..<upTo, in: database)
                findings.withLock { findings in
                    findings.done += upTo - start
                    report(findings.done)
                }
            }
        }
    }

    private func verify(_ span: Range<Int64>, in database: Database) throws {
        let query = try RawStatement(
            database, "SELECT position, leaf, salt, payload FROM entry WHERE position >= ? AND position < ? ORDER BY position")
        query.bind(span.lowerBound, at: 1)
        query.bind(span.upperBound, at: 2)
        defer { query.reset() }
        var expected = span.lowerBound
        var leaves: [Hash] = []
        leaves.reserveCapacity(256)
        while try query.next() {
            let position = query.integer(0)
            guard position == expected else { break }
            query.withBytes(1) { leaf in
                leaves.append(Hash.leaf(leaf))
                check(position, leaf, query)
            }
            expected += 1
            if leaves.count == 256 || expected == span.upperBound {
                try check(leaves, before: expected, in: database)
                leaves.removeAll(keepingCapacity: true)
            }
        }
        if expected != span.upperBound { add(expected, "entry \(expected)", "it is missing, and what follows up to \(span.upperBound)") }
    }

    /// The payload against the commitment in the leaf.
    private func check(_ position: Int64, _ leaf: UnsafeRawBufferPointer, _ row: RawStatement) {
        guard let scanned = LeafScanner(leaf), let kind = scanned.kind, let commitment = scanned.commitment else {
            return add(position, "entry \(position)", "its leaf is not a header in canonical form")
        }
        let isErasure = kind.elementsEqual(PayloadErased.kind.description.utf8)
        guard !row.isNull(3) else {
            findings.withLock { _ = $0.missing.insert(position) }
            return
        }
        var hash = SHA256()
        row.withBytes(2) { hash.update(bufferPointer: $0) }
        row.withBytes(3) { hash.update(bufferPointer: $0) }
        let found = hash.finalize()
        let matches = found.withUnsafeBytes { found in
            // 44 characters of base64; the encoding of 32 bytes is unique.
            Hash(found).map { $0.base64.utf8.elementsEqual(commitment) } ?? false
        }
        guard matches else { return add(position, "entry \(position)", "its payload is not the one that its leaf commits to") }
        if isErasure { noteErasure(position, row) }
    }

    private func noteErasure(_ position: Int64, _ row: RawStatement) {
        guard let erasure = erasure(in: row) else {
            return add(position, "entry \(position)", "it says that a payload was erased, but not which")
        }
        findings.withLock { _ = $0.erased.insert(erasure.entry) }
    }

    private func erasure(in row: RawStatement) -> PayloadErased? {
        guard let json = try? JSONParser.parse(row.bytes(3)) else { return nil }
        return try? PayloadErased(json: json)
    }

    /// The leaf hashes against the tile of level 0 over them.
    private func check(_ leaves: [Hash], before end: Int64, in database: Database) throws {
        let index = (end - 1) / 256
        let stored = try tile(level: 0, index: index, in: database)
        if !stored.starts(with: leaves) {
            let place = zip(leaves, stored).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? stored.count
            add(index * 256, "tile/0 \(index)", "entry \(index * 256 + Int64(place)) hashes to another value than its tile holds")
        }
        if leaves.count == 256 {
            let root = Hash.root(over: leaves)
            findings.withLock { $0.roots[Int(index)] = root }
        }
    }

    private func tile(level: Int, index: Int64, in database: Database) throws -> [Hash] {
        let query = try RawStatement(database, "SELECT hashes FROM tile WHERE level = ? AND place = ?")
        query.bind(Int64(level), at: 1)
        query.bind(index, at: 2)
        defer { query.reset() }
        guard try query.next() else { return [] }
        return query.withBytes(0) { Hash.run(of: $0) ?? [] }
    }

    /// The tiles above level 0 against the roots of the tiles below.
    private func checkUpperTiles() throws {
        let connection = try SQLiteReading.open(path)
        defer { try? connection.close() }
        try connection.unsafeRead { database in
            var hashes = findings.withLock { $0.roots }
            var level = 1
            while !hashes.isEmpty {
                var above: [Hash] = []
                for (index, start) in stride(from: 0, to: hashes.count, by: 256).enumerated() {
                    let expected = hashes[start..<min(start + 256, hashes.count)]
                    if try !tile(level: level, index: Int64(index), in: database).starts(with: expected) {
                        add(0, "tile/\(level) \(index)", "it is not what the tiles below it hash to")
                    }
                    if expected.count == 256 { above.append(Hash.root(over: expected)) }
                }
                hashes = above
                level += 1
            }
        }
    }
}
