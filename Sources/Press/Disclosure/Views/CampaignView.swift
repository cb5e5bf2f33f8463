import Acts
import GRDB
import Record

/// Campaigns, and what was measured when they ended.
struct CampaignView: RecordView {
    let name = "press-campaigns"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE campaign (
                    campaign TEXT PRIMARY KEY, entry INTEGER NOT NULL, office TEXT NOT NULL, public INTEGER NOT NULL, act TEXT NOT NULL,
                    number INTEGER NOT NULL, closed TEXT, closing INTEGER) WITHOUT ROWID;
                CREATE INDEX campaign_entry ON campaign (entry);
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case CampaignSet.kind:
            guard let act = try entry.payload(as: CampaignSet.self), let number = Self.number(act.campaign) else { return }
            try database.execute(
                sql: """
                    INSERT INTO campaign (campaign, entry, office, public, act, number) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                    ON CONFLICT (campaign) DO UPDATE SET entry = ?2, public = ?4, act = ?5
                    """,
                arguments: [
                    act.campaign, entry.index, entry.statement.office, entry.statement.marking == .public, act.json.canonicalText, number,
                ])
        case CampaignClosed.kind:
            guard let act = try entry.payload(as: CampaignClosed.self) else { return }
            try database.execute(
                sql: "UPDATE campaign SET closed = ?, closing = ? WHERE campaign = ?",
                arguments: [act.json.canonicalText, entry.index, act.campaign])
        default: break
        }
    }

    /// `cam-2026-17` is the 17th.
    private static func number(_ campaign: String) -> Int64? { campaign.split(separator: "-").last.flatMap { Int64($0) } }
}
