import Acts
import GRDB

extension TreatyQueries {
    /// An instrument with its texts, as the rules want it.
    func instrument(_ treaty: String) throws -> InstrumentFile? {
        guard let listed = try self.treaty(treaty) else { return nil }
        let versions = try Row.fetchAll(
            database.cachedStatement(sql: "SELECT entry, content FROM treaty_text WHERE treaty = ? ORDER BY entry"), arguments: [treaty]
        ).compactMap { row -> InstrumentFile.Version? in
            guard let text = try? TreatyTextEntered(json: JSONParser.parse(row["content"] as String)) else { return nil }
            return InstrumentFile.Version(entry: row["entry"], text: text)
        }
        return InstrumentFile(
            opened: listed.opened, entry: listed.entry, versions: versions, adopted: try step(of: treaty, TreatyAdopted.self),
            authenticated: try step(of: treaty, TreatyAuthenticated.self), corrections: try corrections(of: treaty))
    }

    /// Those of the texts; an error in a certified copy alone changes none (VCLT art. 79(5)).
    private func corrections(of treaty: String) throws -> [InstrumentFile.Correction] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT content, effected_entry FROM treaty_correction WHERE treaty = ? AND effected_entry IS NOT NULL
                    ORDER BY effected_entry
                    """), arguments: [treaty]
        ).compactMap { row in
            guard let proposal = try? TreatyCorrectionProposed(json: JSONParser.parse(row["content"] as String)),
                proposal.scope != .certifiedCopy
            else { return nil }
            return InstrumentFile.Correction(entry: row["effected_entry"], languages: Set(proposal.changes.map(\.language)))
        }
    }

    /// The newest act of a kind over an instrument's texts.
    private func step<Act: Payload & Hashable>(of treaty: String, _ type: Act.Type) throws -> InstrumentFile.Step<Act>? {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT entry, content FROM treaty_text_step WHERE treaty = ? AND kind = ? ORDER BY entry DESC LIMIT 1"),
            arguments: [treaty, Act.kind.description])
        guard let row, let act = try? Act(json: JSONParser.parse(row["content"] as String)) else { return nil }
        return InstrumentFile.Step(entry: row["entry"], act: act)
    }

    /// The instruments that name this one as their parent.
    func children(of treaty: String) throws -> [Listed] {
        try String.fetchAll(
            database.cachedStatement(sql: "SELECT treaty FROM treaty WHERE parent = ? ORDER BY number_order"), arguments: [treaty]
        ).compactMap { try self.treaty($0) }
    }

    /// Numbers that begin so: what a suggestion of a number must avoid.
    func numbers(beginningWith prefix: String) throws -> Set<String> {
        let pattern = prefix.replacing("%", with: "").replacing("_", with: "") + "%"
        return Set(try String.fetchAll(database, sql: "SELECT treaty FROM treaty WHERE treaty LIKE ?", arguments: [pattern]))
    }

    /// How many languages have a text.
    func textLanguages(of treaty: String) throws -> Int {
        try Int.fetchOne(
            database.cachedStatement(sql: "SELECT COUNT(DISTINCT language) FROM treaty_text WHERE treaty = ?"), arguments: [treaty]) ?? 0
    }
}
