import Acts

/// Where a treaty stands on a day, by what the depositary knew: the answer every page begins with.
struct TreatyStanding: Sendable {
    let listed: TreatyQueries.Listed
    let lines: [TreatyFile.Line]
    let forces: [TreatyQueries.Force]
    let asOf: CalendarDate
    /// Everyone's standing; or why it cannot be computed.
    let participation: Result<Participation, StandingRule.Problem>

    var treaty: String { listed.opened.treaty }
    var entryIntoForce: EntryIntoForce? { try? participation.get().entryIntoForce }

    /// The date an officer confirmed last.
    var confirmed: CalendarDate? { forces.last { $0.isConfirmed }?.date }

    /// The date that counts: the depositary's declared one, or else the arithmetic's.
    var date: CalendarDate? { confirmed ?? entryIntoForce?.date }

    var isInForce: Bool { date.map { $0 <= asOf } ?? false }

    /// Proposed by the engine and not confirmed by anybody.
    var awaitsConfirmation: CalendarDate? {
        guard let computed = entryIntoForce?.date, confirmed == nil else { return nil }
        return computed
    }

    private func count(_ isWanted: (ParticipantStanding.State) -> Bool) -> Int {
        ((try? participation.get())?.standings ?? []).count { isWanted($0.state) }
    }

    var parties: Int { count { $0 == .party } }
    /// Bound, whether or not the treaty is in force for them yet.
    var bound: Int { count { $0 == .party || $0 == .contracting } }
    /// Signed and not bound.
    var signatoriesOnly: Int { count { $0 == .signatory } }
    var isOpenForSignature: Bool {
        guard let opening = listed.opened.openForSignature, opening <= asOf else { return false }
        return listed.opened.closedForSignature.map { asOf <= $0 } ?? !isInForce
    }
}

extension TreatyQueries {
    /// - Parameters:
    ///   - asOf: acts after this day are left out.
    ///   - moment: what the depositary learnt later is left out; `nil` for all it knows.
    func standing(
        of treaty: String, asOf: CalendarDate, knownAt moment: Moment? = nil, rule: StandingRule
    ) throws -> TreatyStanding? {
        guard let listed = try self.treaty(treaty) else { return nil }
        let lines = try lines(of: treaty, knownAt: moment)
        let participation: Result<Participation, StandingRule.Problem>
        do {
            participation = .success(
                try rule.participation(of: listed.opened, lines: lines, inForce: try inForce(for: listed.opened), asOf: asOf))
        } catch let problem as StandingRule.Problem {
            participation = .failure(problem)
        }
        return TreatyStanding(
            listed: listed, lines: lines, forces: try forces(of: treaty, knownAt: moment), asOf: asOf, participation: participation)
    }

    /// Since when the treaties a clause depends on are in force.
    func inForce(for opened: TreatyOpened) throws -> [String: CalendarDate] {
        var dates: [String: CalendarDate] = [:]
        for name in Self.treatiesNamed(in: opened.clause) {
            let forces = try forces(of: name)
            dates[name] = (forces.last { $0.isConfirmed } ?? forces.last)?.date
        }
        return dates
    }

    private static func treatiesNamed(in json: JSON) -> [String] {
        switch json {
        case .array(let values): values.flatMap(treatiesNamed)
        case .object(let object):
            object.members.flatMap { member in
                if ["inForce", "treaty_in_force"].contains(member.name), let name = member.value.string { return [name] }
                return treatiesNamed(in: member.value)
            }
        default: []
        }
    }
}
