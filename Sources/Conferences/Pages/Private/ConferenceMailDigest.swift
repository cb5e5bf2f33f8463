import Acts
import Record
import Web

/// What the conference desk adds to the digest by e-mail of a person who acts for a delegation.
///
/// Only what everybody may read of the acts, and deadlines and meetings of the next days: what is confidential, and what wants an
/// instruction, stands on the page alone, and the mail leads there.
struct ConferenceMailDigest: Sendable {
    let composer: MissionDigestComposer

    /// Most lines for one conference.
    private static let longest = 40
    /// How many days ahead of a deadline or a planned meeting the mail tells of it.
    private static let notice = 2

    func parts(for person: Person, from first: Int64, before end: Int64, _ language: Language) async throws -> [DigestPart] {
        let house = composer.house
        let conferences = try await house.record.read { database in
            let queries = ConferenceQueries(database: database)
            return try queries.all().prefix(50).compactMap { try queries.conference($0.id) }
        }
        var parts: [DigestPart] = []
        for conference in conferences {
            guard let standing = try? PrivateStanding.of(person, in: conference) else { continue }
            let changes = try await composer.changes(
                of: conference, for: person, from: first, before: end, language, isPublicOnly: true)
            let horizon = house.now().date.adding(days: Self.notice)
            let due = try await composer.due(in: conference, for: standing.actor, language).filter { due in
                (due.kind == .silence || due.kind == .planned) && due.at.map { $0.date <= horizon } ?? false
            }
            guard !changes.isEmpty || !due.isEmpty else { continue }
            var items = due.map { due in
                DigestPart.Item(
                    words("mail.due", ["text": .text(due.text), "moment": due.at.map(TextArgument.moment) ?? .text("")], language),
                    path: due.path)
            }
            items += changes.prefix(Self.longest).map { change in
                DigestPart.Item(
                    words("mail.change", ["title": .text(change.title), "acts": .text(acts(change, language))], language), path: change.path
                )
            }
            items.append(.init(words("mail.rest", [:], language), path: "/conferences/\(conference.id)/digest"))
            parts.append(DigestPart(heading: MissionDigestComposer.chosen(conference.title, language), items: items))
        }
        return parts
    }

    private func acts(_ change: MissionDigest.Change, _ language: Language) -> String {
        change.acts.map { act in
            let name = composer.house.catalogue.text("kind.\(act.kind.name)", language)
            return act.count == 1 ? name : "\(name) × \(language.text(act.count))"
        }.joined(separator: ", ")
    }

    private func words(_ key: String, _ arguments: [String: TextArgument], _ language: Language) -> String {
        composer.house.catalogue.text("conferences.digest.\(key)", arguments, language)
    }
}
