import Acts
import Foundation
import GRDB
import Record
import TestSupport
import Testing
import Web

@testable import Press

@Suite("How many reactions there are")
struct FediverseTallyTests {
    @Test("The tally is that of the reactions kept, whatever is said, edited and taken back", arguments: [1, 20_261_127] as [UInt64])
    func tally(seed: UInt64) async throws {
        let node = try await PressNode()
        var lot = SeededGenerator(seed: seed)
        for round in 0..<20 {
            let acts = (0..<25).map { _ -> ActDraft in
                let subject = "https://social.example/users/a/\(Int.random(in: 0..<40, using: &lot))"
                let isGone = Bool.random(using: &lot) && round > 2
                let form = ReactionHeard.Form.allCases[Int.random(in: 0..<4, using: &lot)]
                let isPost = form == .reply || form == .quote
                let marking = Marking.restricted(.init(audience: [], label: "internal"))
                guard !isGone else {
                    return ActDraft(
                        ReactionGone(actor: "https://social.example/users/a", subject: subject), office: Identity.firstOffice,
                        author: "node",
                        marking: marking)
                }
                return ActDraft(
                    ReactionHeard(
                        form: form, statement: "s-\(Int.random(in: 0..<2, using: &lot))", version: Int64.random(in: 1...2, using: &lot),
                        language: ["en", "fr"][Int.random(in: 0..<2, using: &lot)], actor: "https://social.example/users/a",
                        inbox: "https://social.example/inbox", activity: isPost ? "\(subject)/activity" : subject,
                        post: isPost ? subject : nil),
                    office: Identity.firstOffice, author: "node", marking: marking)
            }
            _ = try await node.record.enter(Command(acts))
        }
        try await node.record.read { database in
            let queries = FediverseQueries(database: database)
            for statement in ["s-0", "s-1"] {
                var all: [String: Int] = [:]
                for version in 1...2 as ClosedRange<Int64> {
                    for language in ["en", "fr"] {
                        let counted = try queries.countReactions(to: statement, version: version, language: language)
                        let kept = try queries.keptReactions(to: statement, version: version, language: language)
                        #expect(counted == kept, "seed \(seed)")
                        all.merge(kept, uniquingKeysWith: +)
                    }
                }
                #expect(try queries.countReactions(to: statement) == all, "seed \(seed)")
                #expect(try queries.countAllReactions(to: statement) == all.values.reduce(0, +), "seed \(seed)")
                #expect(!all.isEmpty)
            }
        }
    }
}

extension FediverseQueries {
    /// The same as ``countReactions(to:version:language:)``, counted row by row.
    fileprivate func keptReactions(to statement: String, version: Int64, language: String) throws -> [String: Int] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT form, count(*) AS count FROM fediverse_reaction WHERE statement = ? AND version = ? AND language = ? GROUP BY form
                """, arguments: [statement, version, language])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["form"] as String, $0["count"] as Int) })
    }
}
