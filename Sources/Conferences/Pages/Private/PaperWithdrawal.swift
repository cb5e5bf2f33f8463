import Acts
import Record
import Web

/// Withdraws a draft from a private drafting space: what was kept of it, every version and every comment, is erased from the record, where
/// its leaves stay and say no more than that something sealed was kept (docs/architecture.md).
///
/// A delegation's own papers are withdrawn by whoever acts for it, a group's by the delegation that began them.
struct PaperWithdrawal: Sendable {
    let keeping: PaperKeeping

    /// Entries erased in one turn of the record.
    private static let mostAtOnce = 200
    /// What the record says of why.
    private static let ground = "Withdrawn by whom it belonged to."

    /// Whether a person may withdraw a paper.
    ///
    /// - Parameter first: its first version.
    func isAllowed(_ first: SealedPaper, of holder: PaperHolder, by standing: PrivateStanding) throws -> Bool {
        guard holder.kind == .group else { return true }
        return try keeping.paper(first, for: standing)?.author.office == standing.office
    }

    /// Erases a draft with all that was kept about it. Where it is broken off half way, what is left can be withdrawn again.
    ///
    /// - Parameter newest: the entry of the version that the person had before them.
    /// - Throws: a `Refusal` where it is not theirs to withdraw, or where somebody kept a newer version meanwhile.
    func withdraw(
        _ paper: String, of holder: PaperHolder, newest: Int64?, by visitor: PaperKeeping.Visitor, request: String?
    ) async throws {
        let (id, person, access) = (visitor.conference.id, visitor.standing.person, keeping.house.access)
        let record = keeping.house.record
        var request = request
        while true {
            let (first, entries) = try await record.read { database in
                let queries = PaperQueries(database: database)
                return (
                    try queries.first(id, of: holder.id, paper),
                    try queries.entries(id, of: holder.id, draft: paper, most: Self.mostAtOnce)
                )
            }
            guard let first else { return }
            guard try isAllowed(first, of: holder, by: visitor.standing) else { throw PaperCommands.notYours }
            _ = try await record.erase(
                entries: entries, ground: Self.ground, office: "node", author: "node", isHeldByForgettingViewsOnly: true, request: request,
                allowed: { context in
                    guard let person = try access.person(person, in: context.database),
                        let conference = try ConferenceQueries(database: context.database).conference(id)
                    else { throw PaperCommands.noSpace }
                    let now = try PrivateStanding.of(person, in: conference)
                    guard now.holders.contains(where: { $0.id == holder.id }), now.office == visitor.standing.office else {
                        throw PaperCommands.unknown
                    }
                    let known = try PaperQueries(database: context.database).known(id, of: holder.id, .draft, paper)
                    guard let known else { throw PaperCommands.unknown }
                    guard known.entry == newest else { throw PaperCommands.newer }
                })
            request = nil
            if entries.count < Self.mostAtOnce { return }
        }
    }
}
