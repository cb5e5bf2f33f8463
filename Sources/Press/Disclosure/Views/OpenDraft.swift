import Acts
import GRDB

/// A statement on its way, as an alert's page names it.
struct OpenDraft: Sendable {
    let draft: Int64
    let titles: [String: String]
    /// Cleared beforehand and kept for an event.
    let isHolding: Bool
    let isReady: Bool

    func title(in language: String) -> String {
        titles[language] ?? titles["en"] ?? titles.min { $0.key < $1.key }?.value ?? String(draft)
    }
}

extension DisclosureQueries {
    /// The office's drafts that are not released, and those of holding statements among them.
    func openDrafts(of office: String) throws -> [OpenDraft] {
        try Row.fetchAll(
            database,
            sql: "SELECT draft, state, act FROM press_draft WHERE office = ? AND state != 'released' ORDER BY draft DESC LIMIT 100",
            arguments: [office]
        ).map { row in
            let act = try StatementDrafted(json: try JSONParser.parse(row["act"] as String, limits: .init(bytes: 8 << 20, depth: 32)))
            return OpenDraft(
                draft: row["draft"], titles: act.content.texts.mapValues(\.title), isHolding: act.form == .holding,
                isReady: row["state"] == "ready")
        }
    }
}
