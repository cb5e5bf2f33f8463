/// What a desk adds to the digest that a person asked for by e-mail: a heading and what is new under it.
///
/// A mail is read by more eyes than a page. A desk puts nothing into it but what everybody may read of its acts, and says where the rest is.
public struct DigestPart: Hashable, Sendable {
    public struct Item: Hashable, Sendable {
        /// One sentence in the person's language.
        public var text: String
        /// Where it is read, from the node's root: `/conferences/high-seas/digest`.
        public var path: String

        public init(_ text: String, path: String) {
            self.text = text
            self.path = path
        }
    }

    public var heading: String
    public var items: [Item]

    public init(heading: String, items: [Item]) {
        self.heading = heading
        self.items = items
    }
}

extension House {
    /// What all desks tell a person of the entries from `first` up to and without `end`; parts without items are left out.
    public func digestParts(for person: Person, from first: Int64, before end: Int64, language: Language) async throws -> [DigestPart] {
        var parts: [DigestPart] = []
        for desk in desks {
            parts += try await desk.digest(for: person, from: first, before: end, house: self, language: language).filter {
                !$0.items.isEmpty
            }
        }
        return parts
    }
}
