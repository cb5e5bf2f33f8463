import Acts

/// A link on a treaty's page to something else that the register has of it.
struct TreatyLink: Hashable, Sendable {
    /// Its text in the language catalogue, with `{count}` where it has one.
    var key: String
    var address: String
    var count: Int64?
    /// For programs that drive the page.
    var name: String
}

extension TreatyQueries {
    /// Each slice of the desk names here what it has of a treaty; what is not there makes no link.
    static let linkSources: [@Sendable (TreatyQueries, String) throws -> [TreatyLink]] = [
        { try $0.textLinks(of: $1) }
    ]

    /// Links to what the register has of a treaty, beside its page.
    func links(of treaty: String) throws -> [TreatyLink] {
        try Self.linkSources.flatMap { try $0(self, treaty) }
    }

    func textLinks(of treaty: String) throws -> [TreatyLink] {
        let languages = try textLanguages(of: treaty)
        guard languages > 0 else { return [] }
        return [
            TreatyLink(key: "treaties.instrument.link.text", address: "/treaties/\(treaty)/text", count: Int64(languages), name: "text")
        ]
    }
}
