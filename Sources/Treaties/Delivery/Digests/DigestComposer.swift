import Acts
import Record
import Web

/// Gathers what is new for a person. Each act is asked of `Access` as the person's own reading of it would be.
struct DigestComposer: Sendable {
    let house: House
    let desk: TreatyDesk

    /// Acts looked at for one digest; what comes after them is in the next.
    private static let most = 5_000
    /// Acts told in one digest.
    private static let longest = 100

    /// - Returns: `nil` where there is nothing new, or nobody to tell it to.
    func digest(for subscription: DigestSubscription) async throws -> Digest? {
        let now = house.now()
        let id = subscription.request.person
        guard let language = Language(rawValue: subscription.request.language),
            let person = try await house.record.read({ [access = house.access] in try access.person(id, in: $0) })
        else { return nil }
        let rule = DigestRule(subscription: subscription, today: now.date)
        let size = house.record.size
        let (followed, end) = try await followed(rule, person, language, before: size)
        let sections =
            [
                Digest.Section(heading: text("awaiting", language), items: try await awaiting(rule, person, language)),
                Digest.Section(heading: text("ahead", language), items: try await ahead(rule, language)),
                Digest.Section(heading: text("passed", language), items: try await passed(rule, person, language, before: size)),
                Digest.Section(heading: text("followed", language), items: followed),
            ].filter { !$0.items.isEmpty } + (try await ofDesks(rule, person, language, before: end))
        return sections.isEmpty ? nil : Digest(sections: sections, upTo: end)
    }

    /// What other desks have to tell.
    private func ofDesks(_ rule: DigestRule, _ person: Person, _ language: Language, before end: Int64) async throws -> [Digest.Section] {
        try await house.digestParts(for: person, from: rule.firstEntry, before: end, language: language).map { part in
            Digest.Section(heading: part.heading, items: part.items.map { Digest.Item(text: $0.text, address: address($0.path)) })
        }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ language: Language) -> String {
        house.catalogue.text("treaties.digest.\(key)", arguments, language)
    }

    private func text(_ key: String, _ language: Language) -> String { text(key, [:], language) }

    private func address(_ path: String) -> String { house.configuration.origin.description + path }

    private func title(_ opened: TreatyOpened, _ language: Language) -> String {
        opened.short ?? opened.titles[language.tag] ?? opened.titles["en"] ?? opened.treaty
    }

    // MARK: What awaits the person

    private func awaiting(_ rule: DigestRule, _ person: Person, _ language: Language) async throws -> [Digest.Item] {
        func words(_ key: String, _ arguments: [String: TextArgument]) -> String {
            house.catalogue.text("treaties.desk.\(key)", arguments, language)
        }
        var items = try await house.waitingActs(for: person).filter { $0.author != person.id && rule.isNews(awaitingSince: $0.entry) }
            .map { act in
                Digest.Item(
                    text: words(
                        "approval",
                        ["dossier": .text(act.dossier?.replacing("treaties/", with: "") ?? act.kind), "date": .date(act.received.date)]),
                    address: address("/approvals/\(act.entry)"))
            }
        guard person.holds(.depositaryOfficer) else { return items }
        let found = try await house.record.read { database in
            let treaties = TreatyQueries(database: database)
            return (
                proposals: try DigestQueries(database: database).proposals().filter { rule.isNews(awaitingSince: $0.entry) }
                    .compactMap { proposal in try treaties.treaty(proposal.treaty).map { ($0.opened, proposal.date) } },
                unconfirmed: try DeskQueries(database: database).unconfirmed().filter { rule.isNews(awaitingSince: $0.entry) }
            )
        }
        items += found.proposals.map { opened, date in
            Digest.Item(
                text: words("confirm", ["treaty": .text(title(opened, language)), "date": .date(date)]),
                address: address("/treaties/\(opened.treaty)"))
        }
        let actWords = TreatyActWords(actors: desk.actors, catalogue: house.catalogue, language: language)
        items += found.unconfirmed.map { act in
            let treaty = act.participation.treaty
            return Digest.Item(
                text: words("unconfirmed", ["treaty": .text(treaty), "sentence": .text(actWords.sentence(act.participation))]),
                address: address("/treaties/\(treaty)/acts/\(act.entry)/confirm"))
        }
        return items
    }

    // MARK: Deadlines

    private func ahead(_ rule: DigestRule, _ language: Language) async throws -> [Digest.Item] {
        let standing = StandingRule(actors: desk.actors)
        let desk = desk
        let found = try await house.record.read { database in
            let queries = DeadlineQueries(database: database, rule: standing)
            return try TreatyQueries(database: database).treaties().flatMap { listed in
                try desk.deadlines.deadlines(of: listed, on: rule.today, in: queries).filter(rule.isNews).map { ($0, listed.opened) }
            }
        }
        let words = DeadlineWords(actors: desk.actors, catalogue: house.catalogue, language: language)
        return found.sorted { TreatyDeadline.precedes($0.0, $1.0) }.map { deadline, opened in
            Digest.Item(
                text:
                    "\(language.text(deadline.day)) \u{2014} \(words.summary(deadline, title: title(opened, language))) (\(deadline.rule))",
                address: address("/treaties/\(opened.treaty)/deadlines"))
        }
    }

    private func passed(_ rule: DigestRule, _ person: Person, _ language: Language, before size: Int64) async throws -> [Digest.Item] {
        let standing = StandingRule(actors: desk.actors)
        let since = rule.subscription.last?.moment ?? rule.subscription.asked
        let first = rule.firstEntry
        let entries = try await house.record.read { database in
            try DeadlineQueries(database: database, rule: standing).passed(since: since, limit: Self.longest).map(\.entry)
                .filter { $0 >= first && $0 < size }
        }
        return try entries.sorted().compactMap { try item($0, person, rule, language) { _, _ in true } }
    }

    // MARK: Acts

    /// - Returns: what is told, and the first entry that was not looked at.
    private func followed(
        _ rule: DigestRule, _ person: Person, _ language: Language, before size: Int64
    ) async throws -> ([Digest.Item], Int64) {
        let first = rule.firstEntry
        let request = rule.subscription.request
        guard !request.treaties.isEmpty || !request.actors.isEmpty else { return ([], size) }
        let entries = try await house.record.read {
            try DigestQueries(database: $0).news(from: first, before: size, limit: Self.most)
        }
        var items: [Digest.Item] = []
        for entry in entries {
            try Task.checkCancellation()
            guard let item = try item(entry, person, rule, language, isWanted: rule.follows) else { continue }
            items.append(item)
            if items.count == Self.longest { return (items, entry + 1) }
        }
        return (items, entries.count == Self.most ? (entries.last ?? size) + 1 : size)
    }

    private func item(
        _ index: Int64, _ person: Person, _ rule: DigestRule, _ language: Language, isWanted: (String?, [ActorCode]) -> Bool
    ) throws -> Digest.Item? {
        guard let entry = try house.record.entry(at: index), house.access.mayRead(entry, as: person, on: rule.today),
            case .present(let sealed) = entry.content, let payload = try? sealed.json(),
            isWanted(payload["treaty"]?.string ?? payload["replacement"]?["treaty"]?.string, Self.actors(payload)),
            let described = desk.description(of: entry, house: house, language: language)
        else { return nil }
        let number = payload["treaty"]?.string
        let sentence = number.map { "\($0): \(described.sentence)" } ?? described.sentence
        return Digest.Item(text: sentence, address: address("/record/acts/\(index)"))
    }

    /// Who an act is by, whatever its kind: each names its actor alike.
    private static func actors(_ payload: JSON) -> [ActorCode] {
        [payload["actor"], payload["replacement"]?["actor"]].compactMap { $0?.string.flatMap { ActorCode(rawValue: $0) } }
    }
}
