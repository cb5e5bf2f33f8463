public import Acts
public import Web

extension TreatyDesk {
    /// What an officer may do about an act of participation, a statement or full powers.
    public func actions(on entry: Entry, house: House, visit: Visit) -> [ActAction] {
        guard let person = visit.person, !person.offices(as: .depositaryOfficer).isEmpty else { return [] }
        func action(_ key: String, _ address: String, _ name: String) -> ActAction {
            ActAction(house.text("treaties.consent.\(key)", visit), address, name: name)
        }
        switch entry.kind {
        case TreatyParticipation.kind:
            guard let act = try? entry.payload(as: TreatyParticipation.self), act.unconfirmed || act.action == .signatureAdReferendum
            else { return [] }
            return [action("act.pending.confirm", "/treaties/\(act.treaty)/acts/\(entry.index)/confirm", "confirm-act")]
        case TreatyStatementMade.kind:
            guard let made = try? entry.payload(as: TreatyStatementMade.self) else { return [] }
            return [action("statements.change", "/treaties/\(made.treaty)/statements/\(entry.index)/change", "change-statement")]
        case TreatyFullPowersIssued.kind:
            return [action("revoke.title", "/full-powers/\(entry.index)/revoke", "revoke")]
        default:
            return []
        }
    }
}
