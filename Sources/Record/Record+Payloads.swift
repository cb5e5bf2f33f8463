public import Acts
public import Ledger

extension Record {
    /// The public payloads of a bundle's entries with their salts (docs/protocol.md, section 4): what another node needs beside the
    /// leaves to follow this record. `nil` where no published size has the bundle.
    ///
    /// - Parameter day: what is restricted until a day is public from that day on.
    public func payloadBundle(_ coordinate: EntryBundleCoordinate, on day: CalendarDate) throws -> [UInt8]? {
        guard coordinate.entries.upperBound <= UInt64(size) else { return nil }
        let first = Int64(coordinate.entries.lowerBound)
        let entries = try store.entries(from: first, limit: coordinate.width)
        guard entries.count == coordinate.width else {
            throw RecordError.damagedEntry(index: first + Int64(entries.count), reason: "it is missing")
        }
        var bundle: [UInt8] = []
        bundle.reserveCapacity(entries.reduce(0) { $0 + 36 + ($1.payload?.bytes.count ?? 0) })
        for entry in entries {
            if let payload = entry.payload, Record.isPublic(entry.leaf, on: day) {
                PayloadBundle.append(salt: payload.salt, bytes: payload.bytes, to: &bundle)
            } else {
                PayloadBundle.appendAbsent(to: &bundle)
            }
        }
        return bundle
    }

    /// Whether a leaf's marking is public on that day.
    static func isPublic(_ leaf: [UInt8], on day: CalendarDate) -> Bool {
        if leaf.withUnsafeBytes({ LeafScanner($0)?.isMarkedPublic ?? false }) { return true }
        return (try? EntryHeader(leaf: leaf))?.statement.marking.isPublic(on: day) ?? false
    }
}
