/// What an add-entries request begins with: which entries of which log it brings (C2SP tlog-mirror).
///
/// The entries come in packages aligned at multiples of 256, as the bundles of tlog-tiles are.
public struct AddEntriesHeader: Hashable, Sendable {
    /// The longest origin and the longest ticket, in bytes: their lengths are sent in two.
    public static let longestField = 65_535

    /// The log.
    public let origin: String

    /// The entries: from the first one sent, to the size of a pending checkpoint.
    public let entries: Range<UInt64>

    /// What the mirror gave the client to bring back; may be empty.
    public let ticket: [UInt8]

    /// Puts a header together.
    ///
    /// - Throws: ``AddEntriesError`` for an origin that no checkpoint has, a size past 2^63 - 1 or a ticket longer than 65,535
    ///   bytes.
    public init(origin: String, entries: Range<UInt64>, ticket: [UInt8] = []) throws(AddEntriesError) {
        guard Checkpoint.isLine(origin), origin.utf8.count <= AddEntriesHeader.longestField else { throw .badOrigin }
        guard entries.upperBound <= Decimal.largest else { throw .badRange }
        guard ticket.count <= AddEntriesHeader.longestField else { throw .ticketTooLong(ticket.count) }
        self.origin = origin
        self.entries = entries
        self.ticket = ticket
    }

    /// The header as it is sent.
    public var bytes: [UInt8] {
        AddEntriesHeader.field(Array(origin.utf8)) + Cosignature.bigEndian(entries.lowerBound)
            + Cosignature.bigEndian(entries.upperBound) + AddEntriesHeader.field(ticket)
    }

    /// The number of packages that bring all of the entries.
    public var packageCount: UInt64 {
        guard !entries.isEmpty else { return 0 }
        return (entries.upperBound + 255) / 256 - entries.lowerBound / 256
    }

    /// The entries that a package brings, by its place from 0.
    ///
    /// - Returns: an empty range for places that are not there.
    public func entries(ofPackage place: UInt64) -> Range<UInt64> {
        let subtree = subtree(ofPackage: place)
        return subtree.isEmpty ? subtree : max(entries.lowerBound, subtree.lowerBound)..<subtree.upperBound
    }

    /// The subtree that a package's proof is about: the same entries, and those before them in the same bundle.
    ///
    /// - Returns: an empty range for places that are not there.
    public func subtree(ofPackage place: UInt64) -> Range<UInt64> {
        guard place < packageCount else { return entries.upperBound..<entries.upperBound }
        let start = (entries.lowerBound / 256 + place) * 256
        return start..<min(entries.upperBound, start + 256)
    }

    static func field(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8(truncatingIfNeeded: bytes.count >> 8), UInt8(truncatingIfNeeded: bytes.count)] + bytes
    }
}

/// Why bytes are no add-entries request, or parts make none.
public enum AddEntriesError: Error, Hashable, Sendable {
    /// The origin is empty, holds a control character, is not UTF-8 or is too long.
    case badOrigin
    /// The end lies before the start, or past 2^63 - 1.
    case badRange
    /// More bytes of ticket than two bytes can tell.
    case ticketTooLong(Int)
    /// The request ends before its header does.
    case endsEarly
    /// A package, by its place from 0, has a proof of more than 63 hashes.
    case tooManyHashes(package: UInt64)
    /// A package has another number of entries than its place asks for.
    case wrongCount(package: UInt64, expected: Int, found: Int)
    /// An entry's length must fit in two bytes.
    case entryTooLong(package: UInt64, length: Int)
    /// More packages than a request may have, or than bring the entries.
    case tooManyPackages(Int)
}

extension AddEntriesError: CustomStringConvertible {
    /// A sentence for an operator's log.
    public var description: String {
        switch self {
        case .badOrigin: "the origin is no line of UTF-8 of 1 to 65,535 bytes"
        case .badRange: "the entries end before they start, or past 2^63 - 1"
        case .ticketTooLong(let count): "the ticket has \(count) bytes, more than 65,535"
        case .endsEarly: "the request ends before its header does"
        case .tooManyHashes(let package): "the proof of package \(package) has more than 63 hashes"
        case .wrongCount(let package, let expected, let found): "package \(package) has \(found) entries instead of \(expected)"
        case .entryTooLong(let package, let length): "package \(package) has an entry of \(length) bytes, more than 65,535"
        case .tooManyPackages(let count):
            "\(count) packages are more than bring the entries, or than the \(AddEntriesRequest.mostPackages) of one request"
        }
    }
}
