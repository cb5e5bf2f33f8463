import Acts
import GRDB

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
        { try $0.textLinks(of: $1) },
        { try $0.copyLinks(of: $1) },
        { try $0.countedLinks(of: $1) },
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

    /// A certified copy is of authenticated texts (VCLT art. 77(1)(b)).
    func copyLinks(of treaty: String) throws -> [TreatyLink] {
        guard try count("treaty_authentication", of: treaty) > 0 else { return [] }
        return [TreatyLink(key: "treaties.certifiedCopy.title", address: "/treaties/\(treaty)/certified-copy", name: "certified-copy")]
    }

    /// What there is of a kind, with how much.
    func countedLinks(of treaty: String) throws -> [TreatyLink] {
        var links: [TreatyLink] = []
        func add(_ table: String, _ name: String, _ address: String) throws {
            let count = try count(table, of: treaty)
            if count > 0 { links.append(TreatyLink(key: "treaties.links.\(name)", address: address, count: count, name: name)) }
        }
        try add("treaty_statement", "statements", "/treaties/\(treaty)/statements")
        // Who is bound towards whom takes two.
        let actors = try Int64.fetchOne(
            database.cachedStatement(
                sql: "SELECT COUNT(DISTINCT actor) FROM treaty_act WHERE treaty = ? AND unconfirmed = 0 AND known_until IS NULL"),
            arguments: [treaty])
        if actors ?? 0 > 1 {
            links.append(TreatyLink(key: "treaties.links.relations", address: "/treaties/\(treaty)/relations", name: "relations"))
        }
        try add("treaty_notification", "notifications", "/treaties/\(treaty)/notifications")
        try add("treaty_document", "custody", "/treaties/custody?treaty=\(treaty)")
        try add("treaty_correction", "corrections", "/treaties/\(treaty)/corrections")
        return links
    }

    private func count(_ table: String, of treaty: String) throws -> Int64 {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT COUNT(*) FROM \(table) WHERE treaty = ?"), arguments: [treaty]) ?? 0
    }
}
