import Acts
import Web

/// A treaty's two pictures, with their words.
struct TreatyPictures {
    let standing: TreatyStanding
    let words: ClauseWords
    let catalogue: LanguageCatalogue
    let language: Language
    let actors: ActorTable

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        catalogue.text("treaties.\(key)", arguments, language)
    }

    // MARK: The way into force

    func timeline() -> String {
        let acts = standing.lines.map(\.participation).filter { $0.date <= standing.asOf }
        guard let first = acts.map(\.date).min() else { return "" }
        let entry = standing.entryIntoForce
        let from = standing.listed.opened.adoptedOn.map { min($0, first) } ?? first
        let until = max(standing.asOf, standing.date ?? standing.asOf)
        let instruments = steps(of: acts.filter { $0.action.isConsent && counts($0, entry) }.map(\.date))
        let signatures = steps(of: acts.filter(\.action.isSignature).map(\.date))
        let threshold = threshold(of: entry?.finding)
        let count = TextArgument.number(Int64(instruments.last?.count ?? 0))
        return ThresholdTimeline(
            instruments: instruments, signatures: signatures, threshold: threshold, entryIntoForce: standing.date, from: from, until: until,
            labels: .init(
                title: text("timeline.title"),
                description: text(
                    "timeline.description",
                    [
                        "from": .date(from), "until": .date(until), "instruments": .text(text("timeline.instruments", ["count": count])),
                        "signatures": .text(text("timeline.signatures", ["count": .number(Int64(signatures.last?.count ?? 0))])),
                    ]),
                threshold: threshold.map { text("timeline.threshold", ["count": .number(Int64($0))]) },
                entryIntoForce: standing.date.map { text("timeline.force", ["date": .date($0)]) }),
            number: { language.text(Int64($0)) }
        ).markup()
    }

    /// Later joiners are part of the picture; those the clause leaves out are not.
    private func counts(_ act: TreatyParticipation, _ entry: EntryIntoForce?) -> Bool {
        guard let clause = entry?.clause else { return true }
        let kind = actors[act.actor]?.kind
        if !clause.regionalOrganizationsCount, kind == .regionalOrganization { return false }
        return !clause.statesOnly || !(actors[act.actor]?.isOrganization ?? false)
    }

    private func steps(of days: [CalendarDate]) -> [ThresholdTimeline.Step] {
        var steps: [ThresholdTimeline.Step] = []
        for (index, day) in days.sorted().enumerated() {
            if steps.last?.date == day { steps.removeLast() }
            steps.append(.init(date: day, count: index + 1))
        }
        return steps
    }

    /// The largest number of instruments the clause asks for.
    private func threshold(of finding: ConditionFinding?) -> Int? {
        guard let finding else { return nil }
        let own: Int? =
            switch finding.requirement {
            case .instruments(let count, _): count
            case .part(_, _, _, let needed, _): needed
            case .allSignatories(let count): count
            case .named(let participants): participants.count
            default: nil
            }
        return ([own] + finding.parts.map(threshold)).compactMap { $0 }.max()
    }

    // MARK: Who takes part

    func map() -> String {
        guard let participation = try? standing.participation.get() else { return "" }
        let standings = Dictionary(participation.standings.map { ($0.participant.id, $0) }) { first, _ in first }
        var regions: [ParticipationMap.Region] = []
        let order = ["un-african", "un-asia-pacific", "un-eastern-european", "un-grulac", "un-weog"]
        for group in order {
            let members = actors.actors.filter { $0.regionalGroup == group && $0.kind != .extinctState && $0.isState }
            let tiles = members.map { tile($0, standings[.actor($0.code)]) }
            regions.append(
                .init(name: actors.group(group)?.name(in: language.tag) ?? group, summary: summary(tiles), tiles: tiles))
        }
        let others = participation.standings.compactMap { own -> Actor? in
            guard own.state != .none, case .actor(let code) = own.participant.id, let actor = actors[code] else { return nil }
            return actor.isState && actor.kind != .extinctState && actor.regionalGroup.map(order.contains) ?? false ? nil : actor
        }
        for (key, isWanted) in [("map.others", false), ("map.organizations", true)] {
            let tiles = others.filter { $0.isOrganization == isWanted }.map { tile($0, standings[.actor($0.code)]) }
            regions.append(.init(name: text(key), summary: language.text(Int64(tiles.count)), tiles: tiles))
        }
        let none = regions.flatMap(\.tiles).count { $0.standing == .none }
        let partiesKey = standing.isInForce ? "standing.parties" : "standing.contracting"
        let count = standing.isInForce ? standing.parties : standing.bound
        return ParticipationMap(
            title: text("section.reach"),
            description: text(
                "map.description",
                [
                    "parties": .text(text(partiesKey, ["count": .number(Int64(count))])),
                    "signatories": .text(
                        standing.signatoriesOnly == 0
                            ? text("standing.no-signatories")
                            : text("standing.signatories", ["count": .number(Int64(standing.signatoriesOnly))])),
                    "none": .number(Int64(none)),
                ]),
            regions: regions
        ).markup()
    }

    private func summary(_ tiles: [ParticipationMap.Tile]) -> String {
        let part = tiles.count { $0.standing == .party || $0.standing == .contracting }
        return text("map.region", ["part": .number(Int64(part)), "whole": .number(Int64(tiles.count))])
    }

    private func tile(_ actor: Actor, _ own: ParticipantStanding?) -> ParticipationMap.Tile {
        let name = actor.name(in: language.tag)
        let actorText = TextArgument.text(name)
        var kind = ParticipationMap.Tile.Standing.none
        var words = text("tile.none", ["actor": actorText])
        switch own?.state {
        case .party?:
            kind = .party
            words = text("tile.party", ["actor": actorText, "date": .date(own?.dateOfEffect ?? standing.asOf)])
        case .contracting?:
            kind = .contracting
            words = text("tile.contracting", ["actor": actorText, "date": .date(own?.consent?.act.date ?? standing.asOf)])
        case .signatory?:
            kind = .signatory
            words = text("tile.signatory", ["actor": actorText, "date": .date(own?.signedOn ?? standing.asOf)])
        case .ended?:
            kind = .ended
            words = text("tile.ended", ["actor": actorText])
        default: break
        }
        return .init(
            code: actor.code, short: actor.alpha2 ?? String(actor.code.rawValue.prefix(3)), name: name, standing: kind, description: words)
    }
}
