import Acts

/// With which act a statement says it was made, by its own heading or its first words: "Upon signature:", "Declaration made upon ratification".
///
/// Only there. Further in, such words speak of what others did, or of what the author may do one day ("reserves the right to formulate, upon
/// ratification, …"), and nothing is taken from them.
enum DeclarationMoment: Hashable, Sendable {
    case signature
    case consent

    static func stated(heading: String?, text: String) -> DeclarationMoment? {
        if let heading, let moment = named(in: words(heading)[...], anywhere: true) { return moment }
        var opening = words(text)[...]
        // "Reservation: Upon signature …": what a heading would say.
        while let first = opening.first, kinds.contains(first) { opening = opening.dropFirst() }
        return named(in: opening, anywhere: false)
    }

    private static let kinds: Set<String> = ["declaration", "declarations", "reservation", "reservations", "statement", "understanding"]

    /// `made upon W`, `upon W`, `on W`, `at the time of W`, `when W`, `while W`; a reservation confirmed upon ratification is made then (VCLT art. 23(2)).
    private static func named(in words: ArraySlice<String>, anywhere: Bool) -> DeclarationMoment? {
        // "Modification of the reservation made upon ratification" was not made then.
        guard words.first.map({ !["modification", "withdrawal", "objection", "communication"].contains($0) }) ?? false else { return nil }
        var found: DeclarationMoment?
        var rest = words
        while let word = rest.first {
            let isConfirmation = word == "confirmed"
            if word == "made" || isConfirmation { rest = rest.dropFirst() }
            if let moment = moment(at: rest) {
                if isConfirmation || found == nil { found = moment }
            } else if !anywhere, found == nil {
                return nil
            }
            if !anywhere, found != nil, !rest.dropFirst().prefix(4).contains("confirmed") { return found }
            rest = rest.dropFirst()
        }
        return found
    }

    private static func moment(at words: ArraySlice<String>) -> DeclarationMoment? {
        let leads: [[String]] = [["upon"], ["on"], ["at", "the", "time", "of"], ["when"], ["while"], ["at"]]
        for lead in leads where words.starts(with: lead) {
            var rest = words.dropFirst(lead.count)
            if rest.first == "the" || rest.first == "its" { rest = rest.dropFirst() }
            switch rest.first {
            case "signature", "signing": return .signature
            case "ratification", "ratifying", "accession", "acceding", "acceptance", "accepting", "approval", "approving", "succession",
                "depositing", "deposit":
                return .consent
            default: continue
            }
        }
        return nil
    }

    /// The first words, in lower case, letters only.
    private static func words(_ text: String) -> [String] {
        text.prefix(200).lowercased().split { !$0.isLetter }.map(String.init)
    }
}
