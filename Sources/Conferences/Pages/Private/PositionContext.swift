import Acts
import Web

/// A position as pages show it.
struct PositionContext: Sendable {
    let pages: ConferencePages

    func values(_ kept: KeptPosition, _ visit: Visit) -> [String: Any] {
        let position = kept.position
        let chip =
            switch position.stance {
            case .support: "agreed"
            case .accept: ""
            case .oppose: "refused"
            case .reserve: "awaiting"
            }
        return [
            "stance": pages.text("positions.stance.\(position.stance.rawValue)", visit), "chip": chip,
            "instruction": Self.filled(position.instruction), "redLine": Self.filled(position.redLine),
            "fallback": Self.filled(position.fallback),
            "by": pages.text(
                position.author.isCapital ? "positions.by-capital" : "positions.by",
                ["name": .text(position.author.isolatedName), "version": .number(position.version)], visit),
            "date": visit.language.text(kept.received), "instant": kept.received.description,
        ]
    }

    /// Stands beside words that others chose, so it is never compressed with them.
    func markup(_ kept: KeptPosition, _ visit: Visit) throws -> Markup {
        try pages.house.part("conferences/private/position", values(kept, visit), visit.language).apart
    }

    /// What a template takes for a value that is there, or for one that is not.
    private static func filled(_ text: String) -> Any { text.isEmpty ? false : text }
}

extension TextPages {
    /// The positions of a person's own delegation on a text, by provision, as pages show them; empty for everybody else.
    ///
    /// - Parameter person: as the record has them now.
    func positions(on text: OpenText, of person: Person?, _ visit: Visit) async throws -> [String: Markup] {
        guard person != nil else { return [:] }
        let kept = try await Positions(house: house, sealing: sealing).of(person, text.conference, text.head.text)
        let context = PositionContext(pages: pages)
        return try kept.mapValues { try context.markup($0, visit) }
    }

    /// Where a person's delegation writes its positions on a text; `nil` for who acts for none.
    func positionsAddress(on text: OpenText, of person: Person?) -> String? {
        guard sealing != nil, (try? PrivateStanding.of(person, in: text.conference)) != nil else { return nil }
        return "\(pages.address(text.conference))/positions/\(text.head.text)"
    }
}
