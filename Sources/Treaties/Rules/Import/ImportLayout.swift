public import Acts

/// Which column of an imported table is what.
public struct ImportLayout: Hashable, Sendable {
    /// One for each column of the header, in its order.
    public let columns: [ImportColumn]

    /// - Throws: a refusal where the columns do not make a table of participation.
    public init(_ columns: [ImportColumn]) throws(Refusal) {
        self.columns = columns
        var seen: Set<ImportColumn> = [.ignored]
        for column in columns where column != .ignored {
            guard seen.insert(column).inserted else {
                throw ImportLayout.refusal("twice", "Two columns are said to hold '\(column.name)'.", "Leave one of them out.", column.name)
            }
        }
        guard seen.contains(.code) || seen.contains(.actor) else {
            throw ImportLayout.refusal(
                "no-actor", "No column is said to hold the State or organization.", "Say which column holds its name or its code.", "actor")
        }
        let hasDays = columns.contains { column in
            switch column {
            case .day, .consent: true
            default: false
            }
        }
        if hasDays, seen.contains(.act) || seen.contains(.date) {
            throw ImportLayout.refusal(
                "two-forms", "The table is said to hold one act a row, and days of acts by column as well.",
                "Choose 'act' and 'date', or columns of days, and ignore the others.", "act")
        }
        guard hasDays || (seen.contains(.act) && seen.contains(.date)) else {
            throw ImportLayout.refusal(
                "no-days", "No column is said to hold the days of acts.",
                "Say which columns hold the act and its day, or a column of days for each kind of act.", "date")
        }
        if seen.contains(.consentKind), !seen.contains(.consent) {
            throw ImportLayout.refusal(
                "kind-alone", "A column is said to hold the kind of consent, and none its day.", "Say which column holds the day.",
                "consent")
        }
    }

    private static func refusal(_ code: String, _ explanation: String, _ mend: String, _ column: String) -> Refusal {
        Refusal(
            .malformed, code: "treaty.import.columns.\(code)", explanation, mend: mend, citation: "docs/import.md",
            arguments: ["column": column])
    }

    func index(of column: ImportColumn) -> Int? { columns.firstIndex(of: column) }

    /// What the names of the columns suggest, for a person to look at. It need not make a layout.
    public static func suggested(by header: [String]) -> [ImportColumn] {
        let names = header.map(ImportWords.key)
        let hasKind = names.contains { ["kind", "kindofconsent", "type", "consentkind"].contains($0) }
        let hasAct = names.contains { ["act", "action", "acte", "what"].contains($0) }
        var seen: Set<ImportColumn> = []
        return names.map { name in
            let column = suggested(by: name, hasKind: hasKind, hasAct: hasAct)
            return column == .ignored || seen.insert(column).inserted ? column : .ignored
        }
    }

    private static func suggested(by name: String, hasKind: Bool, hasAct: Bool) -> ImportColumn {
        switch name {
        case "code", "iso", "iso3", "alpha3": return .code
        case "actor", "name", "participant", "state", "country", "party", "participants", "etat", "pays": return .actor
        case "act", "action", "acte", "what": return .act
        case "date", "day", "jour": return .date
        case "effect", "takeseffect", "dateofeffect", "effectivedate", "entryintoforce", "effet", "dateofentryintoforce": return .effect
        case "note", "notes", "remark", "remarks", "remarque": return .note
        case "source": return .source
        case "confidence", "certainty", "confiance": return .confidence
        case "kind", "kindofconsent", "type", "consentkind": return hasAct ? .ignored : .consentKind
        case "consent", "consenttobeboundp": return .consent
        default: break
        }
        guard !hasAct else { return .ignored }
        // The depositary's own heading, "Ratification, Acceptance(A), Accession(a)", and a column 'Ratification' beside a 'Kind'.
        let consents = ["ratification", "acceptance", "approval", "accession", "succession", "formalconfirmation"].filter {
            name.contains($0)
        }
        if consents.count > 1 || (name == "ratification" && hasKind) { return .consent }
        if let kind = ImportWords.action(name), ImportColumn.kinds.contains(kind) { return .day(kind) }
        if name.hasPrefix("signature") { return .day(.signature) }
        return .ignored
    }
}
