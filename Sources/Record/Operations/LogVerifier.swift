import Acts
import Crypto
import Dispatch
import Ledger
import Synchronization

/// Checks every leaf, payload commitment and tile of a record, on all processors, in one pass over the store.
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

    private let source: RecordSource
    private let end: Int64
    private let next = Atomic<Int64>(0)
    private let findings: Mutex<Findings>

    init(_ source: RecordSource, end: Int64) {
        self.source = source
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
        if let failure = findings.withLock({ $0.failure }) { throw RecordError(sqlite: failure, file: source.name) }
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
        let reading = try source.logReading()
        defer { try? reading.close() }
        try reading.forEachRow(in: end..<Int64.max) { row in
            guard LeafScanner(row.leaf)?.kind?.elementsEqual(PayloadErased.kind.description.utf8) == true, let erasure = erasure(in: row)
            else { return }
            findings.withLock { findings in
                // Only what the pass missed: other payloads were there when it came by.
                if findings.missing.contains(erasure.entry) { findings.erased.insert(erasure.entry) }
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
        let reading = try source.logReading()
        defer { try? reading.close() }
        while true {
            let start = next.add(LogVerifier.piece, ordering: .relaxed).oldValue
            guard start < end, findings.withLock({ $0.failure == nil }) else { return }
            let upTo = min(start + LogVerifier.piece, end)
            try verify(start..<upTo, in: reading)
            findings.withLock { findings in
                findings.done += upTo - start
                report(findings.done)
            }
        }
    }

    private func verify(_ span: Range<Int64>, in reading: any LogReading) throws {
        var expected = span.lowerBound
        var leaves: [Hash] = []
        leaves.reserveCapacity(256)
        try reading.forEachRow(in: span) { row in
            // After a gap, nothing of the span is looked at any more.
            guard row.position == expected else { return }
            leaves.append(Hash.leaf(row.leaf))
            check(row)
            expected += 1
            if leaves.count == 256 || expected == span.upperBound {
                try check(leaves, before: expected, in: reading)
                leaves.removeAll(keepingCapacity: true)
            }
        }
        if expected != span.upperBound { add(expected, "entry \(expected)", "it is missing, and what follows up to \(span.upperBound)") }
    }

    /// The payload against the commitment in the leaf.
    private func check(_ row: LogRow) {
        let position = row.position
        guard let scanned = LeafScanner(row.leaf), let kind = scanned.kind, let commitment = scanned.commitment else {
            return add(position, "entry \(position)", "its leaf is not a header in canonical form")
        }
        let isErasure = kind.elementsEqual(PayloadErased.kind.description.utf8)
        guard let payload = row.payload else {
            findings.withLock { _ = $0.missing.insert(position) }
            return
        }
        var hash = SHA256()
        hash.update(bufferPointer: row.salt)
        hash.update(bufferPointer: payload)
        let found = hash.finalize()
        let matches = found.withUnsafeBytes { found in
            // 44 characters of base64; the encoding of 32 bytes is unique.
            Hash(found).map { $0.base64.utf8.elementsEqual(commitment) } ?? false
        }
        guard matches else { return add(position, "entry \(position)", "its payload is not the one that its leaf commits to") }
        if isErasure { noteErasure(row) }
    }

    private func noteErasure(_ row: LogRow) {
        guard let erasure = erasure(in: row) else {
            return add(row.position, "entry \(row.position)", "it says that a payload was erased, but not which")
        }
        findings.withLock { _ = $0.erased.insert(erasure.entry) }
    }

    private func erasure(in row: LogRow) -> PayloadErased? {
        guard let payload = row.payload, let json = try? JSONParser.parse(Array(payload)) else { return nil }
        return try? PayloadErased(json: json)
    }

    /// The leaf hashes against the tile of level 0 over them.
    private func check(_ leaves: [Hash], before end: Int64, in reading: any LogReading) throws {
        let index = (end - 1) / 256
        let stored = try reading.hashes(level: 0, index: index)
        if !stored.starts(with: leaves) {
            let place = zip(leaves, stored).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? stored.count
            add(index * 256, "tile/0 \(index)", "entry \(index * 256 + Int64(place)) hashes to another value than its tile holds")
        }
        if leaves.count == 256 {
            let root = Hash.root(over: leaves)
            findings.withLock { $0.roots[Int(index)] = root }
        }
    }

    /// The tiles above level 0 against the roots of the tiles below.
    private func checkUpperTiles() throws {
        let reading = try source.logReading()
        defer { try? reading.close() }
        var hashes = findings.withLock { $0.roots }
        var level = 1
        while !hashes.isEmpty {
            var above: [Hash] = []
            for (index, start) in stride(from: 0, to: hashes.count, by: 256).enumerated() {
                let expected = hashes[start..<min(start + 256, hashes.count)]
                if try !reading.hashes(level: level, index: Int64(index)).starts(with: expected) {
                    add(0, "tile/\(level) \(index)", "it is not what the tiles below it hash to")
                }
                if expected.count == 256 { above.append(Hash.root(over: expected)) }
            }
            hashes = above
            level += 1
        }
    }
}
