import Acts

/// Where a person's digest stands in the record.
struct DigestSubscription: Hashable, Sendable {
    /// The entry of the newest request.
    var entry: Int64
    var request: TreatyDigestRequested
    /// When the first request since the last end was made.
    var asked: Moment
    /// The link that was sent to the address was followed.
    var isConfirmed: Bool
    /// The message with that link was taken by the mail server.
    var isAskedToConfirm: Bool
    var isEnded: Bool
    /// How far the last digest went, and when it was sent; `nil` before the first.
    var last: DigestCursor?

    var isActive: Bool { isConfirmed && !isEnded }
}

/// Up to where a digest has told.
struct DigestCursor: Hashable, Sendable {
    /// The first entry it did not tell of.
    var entry: Int64
    var moment: Moment
}
