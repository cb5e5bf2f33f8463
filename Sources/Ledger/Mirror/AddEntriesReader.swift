/// Reads an add-entries request as its bytes come: the header, then package after package (C2SP tlog-mirror).
///
/// It holds no more than what it was given and has not handed out: feed it pieces, and take what is whole after each. A package
/// has at most 16,779,265 bytes, so a caller that takes packages as they come never holds more than that and one piece.
public struct AddEntriesReader: Sendable {
    private var buffer: [UInt8] = []
    private var at = 0
    private var read: AddEntriesHeader?

    /// The number of packages handed out.
    public private(set) var packages: UInt64 = 0

    /// Starts before the first byte.
    public init() {}

    /// Takes the next piece of the body.
    public mutating func append(_ bytes: some Collection<UInt8>) {
        if at > 0 {
            buffer.removeFirst(at)
            at = 0
        }
        buffer += bytes
    }

    /// Bytes that were given and not handed out.
    public var waiting: Int { buffer.count - at }

    /// The header; `nil` while it is not whole.
    ///
    /// - Throws: ``AddEntriesError`` when it is malformed.
    public mutating func header() throws(AddEntriesError) -> AddEntriesHeader? {
        if let read { return read }
        var place = at
        guard let name = field(&place), let start = number(&place), let end = number(&place), let ticket = field(&place) else {
            return nil
        }
        guard let origin = String(validating: name, as: UTF8.self) else { throw .badOrigin }
        guard start <= end else { throw .badRange }
        let header = try AddEntriesHeader(origin: origin, entries: start..<end, ticket: Array(ticket))
        at = place
        read = header
        return header
    }

    /// The next package; `nil` while it is not whole, when all were handed out, and after the most that one request may have.
    ///
    /// - Throws: ``AddEntriesError`` when its proof is too long.
    public mutating func package() throws(AddEntriesError) -> EntryPackage? {
        guard let header = try header(), packages < AddEntriesRequest.mostPackages, packages < header.packageCount else { return nil }
        let range = header.entries(ofPackage: packages)
        var place = at
        // Only lengths are looked at until all of it is here, so that small pieces do not have it copied again and again.
        for _ in range { guard field(&place) != nil else { return nil } }
        guard let count = bytes(1, &place)?.first.map({ Int($0) }) else { return nil }
        guard count <= SubtreeConsistencyProof.mostHashes else { throw .tooManyHashes(package: packages) }
        guard let bytes = bytes(count * Hash.byteCount, &place), let proof = Hash.run(of: bytes) else { return nil }
        let entries = range.map { _ in field(&at).map { Array($0) } ?? [] }
        at = place
        packages += 1
        return EntryPackage(entries: entries, proof: proof)
    }

    private func bytes(_ count: Int, _ place: inout Int) -> ArraySlice<UInt8>? {
        guard buffer.count - place >= count else { return nil }
        defer { place += count }
        return buffer[place..<(place + count)]
    }

    private func field(_ place: inout Int) -> ArraySlice<UInt8>? {
        guard let length = bytes(2, &place) else { return nil }
        return bytes(length.reduce(0) { $0 << 8 | Int($1) }, &place)
    }

    private func number(_ place: inout Int) -> UInt64? {
        bytes(8, &place)?.reduce(0) { $0 << 8 | UInt64($1) }
    }
}
