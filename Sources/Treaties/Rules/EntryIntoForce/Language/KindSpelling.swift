import Acts

extension ParticipationKind {
    /// By its name, also as two words or with hyphens: `definitive-signature`.
    init?(spelled name: String) {
        if let kind = ParticipationKind(rawValue: name) {
            self = kind
            return
        }
        let letters = name.lowercased().filter(\.isLetter)
        guard let kind = ParticipationKind.allCases.first(where: { $0.rawValue.lowercased() == letters }) else { return nil }
        self = kind
    }
}
