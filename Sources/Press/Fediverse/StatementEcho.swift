import Acts
import GRDB
import Record
import Web

/// What became of a statement among other servers, as its page shows it: who took it and what was said to it, in counts alone.
struct StatementEcho: Sendable {
    let counts: ReactionCounts
    let progress: DeliveryProgress
    let released: Moment

    /// `nil` where nobody was sent it and nobody said anything.
    init?(_ statement: PublicStatement, _ database: Database) throws {
        let queries = FediverseQueries(database: database)
        guard let release = try queries.release(of: statement.act.statement, version: statement.act.version) else { return nil }
        counts = try queries.reactionCounts(to: statement.act.statement)
        progress = DeliveryProgress(try queries.receipts(ofRelease: release.entry))
        released = release.at
        guard !progress.servers.isEmpty || counts.all + counts.hidden > 0 else { return nil }
    }

    func context(_ statement: PublicStatement, _ house: House, _ visit: Visit) -> [String: Any] {
        let identifier = statement.act.statement
        let isOfficer = visit.person.map { $0.appointments.contains { $0.office == statement.act.office } } ?? false
        return [
            "delivered": progress.servers.isEmpty ? false : DeliveryPages.standing(progress, released, house, visit) as Any,
            "counts": ReactionPages.words(counts, house, visit), "reactions": "/statements/\(identifier)/reactions",
            "deliveries": isOfficer ? "/press/statements/\(identifier)/deliveries?version=\(statement.act.version)" : false as Any,
        ]
    }
}
