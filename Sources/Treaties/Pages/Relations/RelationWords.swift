import Acts
import Web

/// Relations in the visitor's words.
struct RelationWords {
    let pages: TreatyPages
    let visit: Visit

    private var law: LegalWords {
        LegalWords(catalogue: pages.house.catalogue, language: visit.language, actors: pages.desk.actors)
    }

    /// Articles as they are numbered in the treaty, or the treaty as a whole.
    private func provisions(_ provisions: [String]) -> String {
        provisions.isEmpty || provisions == ["*"]
            ? text("whole") : provisions.joined(separator: visit.language == .arabic ? "، " : ", ")
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        pages.text("relations.\(key)", arguments, visit)
    }

    // MARK: Where it stands

    func standing(_ overview: RelationOverview, on day: CalendarDate) -> String {
        guard overview.count > 1 else { return text("standing.none", ["date": .date(day)]) }
        var sentences = [
            text(
                "standing",
                ["count": .number(Int64(overview.count)), "date": .date(day), "pairs": pairs(overview.count * (overview.count - 1) / 2)])
        ]
        for standing in [RelationMatrix.Standing.modified, .excluded, .precluded, .otherText, .notBound] {
            let count = overview.pairs(standing)
            if count > 0 { sentences.append(text("standing.\(standing.rawValue)", ["count": .number(Int64(count))])) }
        }
        return sentences.joined(separator: " ")
    }

    private func pairs(_ count: Int) -> TextArgument { .text(text("pairs", ["count": .number(Int64(count))])) }

    // MARK: One pair

    /// The answer in words, and its reasons with their rules.
    func answer(_ relation: TreatyRelation?, in reading: LifeReading, _ a: ActorCode?, _ b: ActorCode?) -> [String: Any] {
        let names: [String: TextArgument] = [
            "a": .text(a.map { pages.name($0, visit) } ?? ""), "b": .text(b.map { pages.name($0, visit) } ?? ""),
        ]
        guard let relation else {
            return [
                "sentence": text(a == b ? "answer.same" : "answer.unknown", names), "steps": [String](), "chip": false, "hasSteps": false,
            ]
        }
        var sentences: [String] = []
        switch relation.state {
        case .bound:
            sentences.append(
                relation.since.map { text("answer.bound", names.merging(["date": .date($0)]) { own, _ in own }) }
                    ?? text("answer.bound-undated", names))
            sentences.append(
                relation.amendments.isEmpty
                    ? text("answer.original")
                    : text("answer.amended", ["amendments": .text(relation.amendments.joined(separator: ", "))]))
            if !relation.modified.isEmpty {
                sentences.append(text("answer.modified", ["provisions": .text(provisions(relation.modified))]))
            }
            if !relation.excluded.isEmpty {
                sentences.append(text("answer.excluded", ["provisions": .text(provisions(relation.excluded))]))
            }
            if relation.reservations.isEmpty { sentences.append(text("answer.no-reservations")) }
            if let until = relation.until { sentences.append(text("answer.until", ["date": .date(until)])) }
        case .suspended: sentences.append(text("answer.suspended", names))
        case .provisional: sentences.append(text("answer.provisional", names))
        case .precluded: sentences.append(text("answer.precluded", names))
        case .notBound: sentences.append(text("answer.not-bound", names))
        }
        let steps = reading.reasons(for: relation).map { step -> [String: Any] in
            ["text": law.sentence(step) + ".", "rule": step.citation]
        }
        return [
            "sentence": sentences.joined(separator: " "), "steps": steps, "hasSteps": !steps.isEmpty, "state": relation.state.rawValue,
        ]
    }

    // MARK: One towards all

    func row(of a: ActorCode, in reading: LifeReading, view: ReservationView, link: String, asOf: CalendarDate) -> [String: Any] {
        let amendments = reading.amendments.count { $0.isInForce(on: reading.day) }
        let id = ParticipantID.actor(a)
        let relations = reading.matrix(view: view).filter { $0.first.id == id || $0.second.id == id }
        let others = relations.map { relation -> (name: String, code: String, relation: TreatyRelation) in
            let other = relation.first.id == id ? relation.second : relation.first
            return (pages.displayName(other, visit), other.id.description, relation)
        }
        return [
            "caption": text("row.caption", ["a": .text(pages.name(a, visit)), "count": .number(Int64(others.count))]),
            "rows": visit.language.sorted(others) { $0.name }.map { other -> [String: Any] in
                let standing = RelationMatrix.Standing(other.relation, amendments: amendments)
                return [
                    "name": other.name,
                    "link": pages.address(link, [("asOf", asOf.description), ("a", a.rawValue), ("b", other.code)]),
                    "standing": text("cell.\(standing.rawValue)"), "class": standing.rawValue,
                    "since": other.relation.since.map { visit.language.text($0) } ?? "",
                    "modified": other.relation.modified.isEmpty ? "" : provisions(other.relation.modified),
                    "excluded": other.relation.excluded.isEmpty ? "" : provisions(other.relation.excluded),
                ]
            },
        ]
    }

    // MARK: All towards all

    func matrix(_ overview: RelationOverview, link: String, asOf: CalendarDate?) -> [String: Any] {
        let names = overview.participants.map { participant in
            let code = participant.id.description
            return (short: code.count <= 4 ? code : String(code.prefix(4)), full: pages.displayName(participant, visit))
        }
        let picture = RelationMatrix(
            title: text("matrix.title"), description: text("matrix.description", ["count": .number(Int64(overview.count))]), names: names,
            cells: overview.cells)
        let shown = RelationMatrix.Standing.allCases.filter { overview.pairs($0) > 0 }
        let rows = overview.participants.indices.map { row -> (name: String, context: [String: Any]) in
            let code = overview.participants[row].id.description
            return (
                names[row].full,
                [
                    "name": names[row].full, "link": pages.address(link, [("asOf", asOf?.description), ("a", code)]),
                    "counts": shown.map { ["count": visit.language.text(overview.count($0, of: row))] },
                ]
            )
        }
        return [
            "picture": picture.markup(),
            "legend": shown.map { ["class": $0.rawValue, "text": text("cell.\($0.rawValue)")] },
            "rows": visit.language.sorted(rows) { $0.name }.map(\.context),
        ]
    }
}
