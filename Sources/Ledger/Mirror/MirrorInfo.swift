/// Where a mirror stands, for the client to go on from: the body of its 202 and 409 replies (C2SP tlog-mirror).
public struct MirrorInfo: Hashable, Sendable {
    /// The content type.
    public static let contentType = "text/x.tlog.mirror-info"

    /// The longest body read, in bytes: two numbers and a ticket.
    public static let longest = 2 * 20 + (AddEntriesHeader.longestField + 2) / 3 * 4 + 1

    /// The size of a pending checkpoint: where the next upload should end.
    public let size: UInt64

    /// The first entry that is missing: where the next upload should start.
    public let nextEntry: UInt64

    /// What the client should bring back.
    public let ticket: [UInt8]

    /// Takes the three lines' values.
    public init(size: UInt64, nextEntry: UInt64, ticket: [UInt8] = []) {
        self.size = size
        self.nextEntry = nextEntry
        self.ticket = ticket
    }

    /// Reads a reply's body.
    ///
    /// - Returns: nil for anything but the three lines.
    public init?(parsing body: [UInt8]) {
        guard body.count <= MirrorInfo.longest else { return nil }
        var lines = LineReader(body)
        guard let first = lines.next(), let second = lines.next(), let third = lines.next(), lines.rest.isEmpty,
            let size = Decimal.decode(first), let nextEntry = Decimal.decode(second),
            let ticket = third.isEmpty ? [] : Base64.decode(third), ticket.count <= AddEntriesHeader.longestField
        else { return nil }
        self.init(size: size, nextEntry: nextEntry, ticket: ticket)
    }

    /// The body.
    public var text: String { "\(size)\n\(nextEntry)\n\(Base64.encode(ticket))\n" }
}
