/// Up to 256 entries of a log, and the proof that they are in the tree that the upload ends with (C2SP tlog-mirror).
public struct EntryPackage: Hashable, Sendable {
    /// The entries, in order.
    public let entries: [[UInt8]]

    /// The subtree consistency proof.
    public let proof: [Hash]

    /// Takes the parts of a package; ``MirrorUpload/take(_:leavesBefore:)`` judges them.
    public init(entries: [[UInt8]], proof: [Hash]) {
        self.entries = entries
        self.proof = proof
    }

    /// The package as it is sent, its parts being within their bounds.
    var bytes: [UInt8] {
        entries.flatMap(AddEntriesHeader.field) + [UInt8(truncatingIfNeeded: proof.count)] + Hash.bytes(of: proof)
    }
}

/// What a client sends a mirror: entries of a log, in packages (C2SP tlog-mirror, `add-entries`).
public struct AddEntriesRequest: Hashable, Sendable {
    /// The most packages of one request: what the specification asks clients to keep to, so that hosts take the body.
    public static let mostPackages = 32

    /// Which entries.
    public let header: AddEntriesHeader

    /// The first of the packages that bring them, or all of them.
    public let packages: [EntryPackage]

    /// Puts a request together.
    ///
    /// - Throws: ``AddEntriesError`` when the packages are not those that the header asks for, in order.
    public init(_ header: AddEntriesHeader, packages: [EntryPackage]) throws(AddEntriesError) {
        guard packages.count <= AddEntriesRequest.mostPackages, UInt64(packages.count) <= header.packageCount else {
            throw .tooManyPackages(packages.count)
        }
        for (place, package) in packages.enumerated() {
            let place = UInt64(place)
            let expected = header.entries(ofPackage: place).count
            guard package.entries.count == expected else {
                throw .wrongCount(package: place, expected: expected, found: package.entries.count)
            }
            for entry in package.entries where entry.count > EntryBundle.longestEntry {
                throw .entryTooLong(package: place, length: entry.count)
            }
            guard package.proof.count <= SubtreeConsistencyProof.mostHashes else { throw .tooManyHashes(package: place) }
        }
        self.header = header
        self.packages = packages
    }

    /// Makes a request from a log's tiles: its first packages, 32 at most.
    ///
    /// - Parameters:
    ///   - header: which entries, up to which size.
    ///   - tiles: the log's tiles.
    ///   - entries: gives the entries of a range of at most 256.
    /// - Throws: ``AddEntriesError``, ``TreeError``, or what the readers throw.
    public init(
        _ header: AddEntriesHeader, tiles: some TileReader, entries: (Range<UInt64>) throws -> [[UInt8]]
    ) throws {
        var packages: [EntryPackage] = []
        for place in 0..<min(header.packageCount, UInt64(AddEntriesRequest.mostPackages)) {
            let proof = try SubtreeConsistencyProof(
                of: header.subtree(ofPackage: place), inTreeOf: header.entries.upperBound, tiles: tiles)
            packages.append(EntryPackage(entries: try entries(header.entries(ofPackage: place)), proof: proof.hashes))
        }
        try self.init(header, packages: packages)
    }

    /// Reads a request body that is there as a whole. ``AddEntriesReader`` reads one as it comes.
    ///
    /// - Returns: the request, and how many bytes are left over after its last whole package: of one cut short, or of packages
    ///   past the most of one request.
    /// - Throws: ``AddEntriesError`` when it is malformed.
    public static func parse(_ bytes: [UInt8]) throws(AddEntriesError) -> (request: AddEntriesRequest, leftOver: Int) {
        var reader = AddEntriesReader()
        reader.append(bytes)
        guard let header = try reader.header() else { throw .endsEarly }
        var packages: [EntryPackage] = []
        while let package = try reader.package() { packages.append(package) }
        return (try AddEntriesRequest(header, packages: packages), reader.waiting)
    }

    /// The request body.
    public var bytes: [UInt8] { packages.reduce(into: header.bytes) { $0 += $1.bytes } }
}
