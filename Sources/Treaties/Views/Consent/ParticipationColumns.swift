import Acts

/// What acts of today say beyond those of the past: kept in one column, since most of a register's rows have none of it.
extension TreatyParticipation {
    private static let always: Set<String> = [
        "treaty", "actor", "action", "date", "takesEffect", "source", "confidence", "note", "unconfirmed",
    ]

    /// The members beyond the plain ones; `nil` where there are none.
    var more: JSON? {
        guard signatory != nil || fullPowers != nil || text != nil || !provisions.isEmpty || !territories.isEmpty || !statements.isEmpty
        else { return nil }
        var object = JSONObject()
        for member in json.object?.members ?? [] where !Self.always.contains(member.name) { object[member.name] = member.value }
        return .object(object)
    }

    /// Takes them back.
    mutating func take(more text: String) {
        guard case .object(var object)? = try? JSONParser.parse(text) else { return }
        for member in json.object?.members ?? [] where Self.always.contains(member.name) { object[member.name] = member.value }
        if let whole = try? TreatyParticipation(json: .object(object)) { self = whole }
    }

    /// The act as it stands once it is confirmed (VCLT arts. 8, 12(2)(b)).
    func confirmed(by confirmation: TreatyActConfirmed) -> TreatyParticipation {
        var act = self
        if act.unconfirmed {
            act.unconfirmed = false
            act.date = confirmation.effectiveFrom ?? confirmation.date
        } else if act.action == .signatureAdReferendum {
            act.action = .signature
        }
        act.fullPowers = confirmation.fullPowers ?? act.fullPowers
        return act
    }
}
