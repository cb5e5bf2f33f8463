import Acts
import Hummingbird
import Record
import Web

/// The treaty desk's pages. Each of them is in a file of its own; this one holds what they share.
struct TreatyPages: Sendable {
    let desk: TreatyDesk
    let house: House

    var rule: StandingRule { StandingRule(actors: desk.actors) }

    /// The last day of the calendar that a question may be about.
    static let lastDay = CalendarDate(dayNumber: 84_370)  // 2200-12-31

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("treaties.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    func words(_ visit: Visit, metrics: JSON? = nil) -> ClauseWords {
        var names: [String: [String: String]] = [:]
        for member in metrics?.object?.members ?? [] {
            var texts: [String: String] = [:]
            for name in member.value["name"]?.object?.members ?? [] { texts[name.name] = name.value.string }
            names[member.name] = texts
        }
        return ClauseWords(catalogue: house.catalogue, language: visit.language, actors: desk.actors, metricNames: names)
    }

    func actWords(_ visit: Visit) -> TreatyActWords {
        TreatyActWords(actors: desk.actors, catalogue: house.catalogue, language: visit.language)
    }

    func name(_ code: ActorCode, _ visit: Visit) -> String {
        desk.actors[code]?.name(in: visit.language.tag) ?? code.rawValue
    }

    /// The treaty's number from the address.
    func number(_ visit: Visit) throws -> String {
        let number = try visit.parameter("treaty")
        guard TreatyNumber.isWellFormed(number) else { throw unknownTreaty(number) }
        return number
    }

    func unknownTreaty(_ number: String) -> Refusal {
        Refusal(
            .notFound, code: "treaty.unknown-treaty", "There is no treaty with the number \(number) in this register.",
            mend: "Look it up in the register.", arguments: ["treaty": number])
    }

    /// A title in the visitor's language, or in English and marked so.
    func title(_ titles: [String: String], _ visit: Visit) -> (text: String, language: String?) {
        if let own = titles[visit.language.tag] { return (own, nil) }
        if let english = titles["en"] { return (english, "en") }
        guard let first = titles.min(by: { $0.key < $1.key }) else { return ("", nil) }
        return (first.value, first.key)
    }

    /// The members a template needs for a title. Absent ones are `false`, or an outer context's would show through.
    func titleContext(_ titles: [String: String], _ visit: Visit) -> [String: Any] {
        let (text, language) = title(titles, visit)
        return [
            "title": text, "titleLanguage": language ?? false,
            "titleDirection": language.map { Language.direction(ofTag: $0).rawValue } ?? "",
        ]
    }

    func option(_ value: String, _ label: String, selected: Bool) -> [String: Any] {
        ["value": value, "label": label, "selected": selected]
    }

    /// All actors that may act today, by their names as the language sorts them.
    func actorOptions(
        _ visit: Visit, selected: ActorCode?, includingFormer: Bool = false, leavingOut: Set<ActorCode> = []
    ) -> [[String: Any]] {
        // Other international organizations take part in few treaties; where one does, it stands among the acts and is selected.
        let usual: Set<Actor.Kind> = [.state, .observerState, .entity, .regionalOrganization]
        let offered = desk.actors.actors.filter {
            ((includingFormer || usual.contains($0.kind)) && !leavingOut.contains($0.code)) || $0.code == selected
        }
        return visit.language.sorted(offered) { $0.name(in: visit.language.tag) }
            .map { option($0.code.rawValue, $0.name(in: visit.language.tag), selected: $0.code == selected) }
    }

    func actorCode(_ visit: Visit, _ field: String) throws -> ActorCode? {
        guard let text = try visit.query.filled(field, longest: 200) else { return nil }
        return try actorCode(text)
    }

    func actorCode(_ text: String) throws(Refusal) -> ActorCode {
        if let code = ActorCode(rawValue: text.uppercased()), desk.actors[code] != nil { return code }
        if let actor = desk.actors.find(name: text) { return actor.code }
        throw Refusal(
            .malformed, code: "treaty.unknown-actor", "No actor has the code \(text).",
            mend: "Choose a State or organization from the list.",
            arguments: ["actor": text])
    }

    /// The page's address with other values for some of its parameters; `nil` takes one away.
    func address(_ path: String, _ pairs: [(String, String?)]) -> String {
        let query = pairs.compactMap { name, value in
            value.map { "\(name)=\(PercentCoding.encode($0))" }
        }
        return query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
    }

    // MARK: Standing in words

    func chip(_ standing: TreatyStanding, _ visit: Visit) -> (name: String, text: String) {
        standing.isInForce ? ("in-force", text("status.in-force", visit)) : ("awaiting", text("status.pending", visit))
    }

    func signatories(_ standing: TreatyStanding, _ visit: Visit) -> String {
        standing.signatoriesOnly == 0
            ? text("standing.no-signatories", visit)
            : text("standing.signatories", ["count": .number(Int64(standing.signatoriesOnly))], visit)
    }

    /// The first line of a treaty's page: where it stands.
    func sentence(_ standing: TreatyStanding, _ visit: Visit) -> String {
        let signatories = TextArgument.text(signatories(standing, visit))
        if case .failure(let problem) = standing.participation, standing.confirmed == nil {
            return text("standing.not-computable", ["problem": .text(problem.description)], visit)
        }
        guard let date = standing.date else {
            let words = words(visit, metrics: standing.listed.opened.metrics)
            let missing = (standing.entryIntoForce?.missing ?? []).map(words.shortfall).joined(separator: words.semicolon)
            return text(
                "standing.not-in-force",
                [
                    "contracting": .text(text("standing.contracting", ["count": .number(Int64(standing.bound))], visit)),
                    "signatories": signatories, "missing": .text(missing),
                ], visit)
        }
        let count = standing.isInForce ? standing.parties : standing.bound
        let key = standing.isInForce ? "standing.parties" : "standing.contracting"
        return text(
            standing.isInForce ? "standing.in-force" : "standing.will-enter",
            ["date": .date(date), "parties": .text(text(key, ["count": .number(Int64(count))], visit)), "signatories": signatories],
            visit)
    }
}
