public import Acts

/// To whom a notification goes: the Parties, and the States entitled to become Parties (VCLT arts. 77(1)(e) and 79(1)).
public struct AddresseeRule: Sendable {
    /// How wide a notification goes.
    public enum Reach: String, Hashable, Sendable, CaseIterable {
        /// Parties, contracting, signatories, and all others entitled to become Parties.
        case everybodyEntitled = "everybody-entitled"
        /// Those that signed or consented (VCLT arts. 77(2) and 79(1)).
        case signatoryAndContracting = "signatory-and-contracting"
    }

    let actors: ActorTable
    let settings: DepositarySettings

    public init(actors: ActorTable, settings: DepositarySettings) {
        self.actors = actors
        self.settings = settings
    }

    /// Who is entitled is what the treaty's own clauses say; where they do not, the members of the depositary's circle.
    ///
    /// - Parameter entitlement: to whom the treaty is open, where its clauses are in the register.
    /// - Returns: by code; each actor once, in its strongest capacity. Who no longer exists on the day is not written to.
    public func addressees(
        _ participation: Participation?, on day: CalendarDate, reach: Reach, entitlement: Entitlement? = nil
    ) -> [TreatyNotificationIssued.Addressee] {
        var capacities: [ActorCode: TreatyNotificationIssued.Addressee.Capacity] = [:]
        if reach == .everybodyEntitled {
            let entitled =
                entitlement?.entitled(among: actors, on: day)
                ?? settings.circle.flatMap { actors.group($0)?.members(at: day) ?? [] }
            for code in entitled { capacities[code] = .entitled }
        }
        for standing in participation?.standings ?? [] {
            guard case .actor(let code) = standing.participant.id else { continue }
            switch standing.state {
            case .party: capacities[code] = .party
            case .contracting: capacities[code] = .contracting
            case .signatory: capacities[code] = .signatory
            case .none, .ended: break
            }
        }
        return capacities.filter { actors[$0.key]?.exists(at: day) ?? false }
            .map { TreatyNotificationIssued.Addressee($0.key, as: $0.value) }
            .sorted { $0.actor < $1.actor }
    }

    /// How wide a notification of a subject goes, where the officer does not say otherwise.
    public static func reach(of subject: NotificationKind) -> Reach {
        switch subject {
        case .difference, .correctionProposed, .correctionObjected, .correctionEffected: .signatoryAndContracting
        default: .everybodyEntitled
        }
    }
}
