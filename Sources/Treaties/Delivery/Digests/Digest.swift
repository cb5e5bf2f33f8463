import Acts

/// What one person is told in one message, in that person's language.
struct Digest: Hashable, Sendable {
    struct Item: Hashable, Sendable {
        var text: String
        /// Where it is read, with the node's origin.
        var address: String
    }

    struct Section: Hashable, Sendable {
        var heading: String
        var items: [Item]
    }

    var sections: [Section]
    /// Everything before this entry has been told.
    var upTo: Int64

    var count: Int { sections.reduce(0) { $0 + $1.items.count } }
}
