import Acts

/// One text of a language catalogue: pieces of plain text with named gaps, in as many plural forms as it has.
struct CatalogueText: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case plain(String)
        /// `{name}`
        case gap(String)
    }

    /// By plural category; a text without a count has `other` alone.
    let forms: [PluralCategory: [Piece]]

    /// The names of all gaps of all forms.
    let parameters: Set<String>

    /// Reads `"In force since {date}"` or `{"one": "{count} Party", "other": "{count} Parties"}`. The form is chosen by `count`.
    init(json: JSON, at place: String) throws(MalformedAct) {
        var forms: [PluralCategory: [Piece]] = [:]
        switch json {
        case .string(let text):
            forms[.other] = try CatalogueText.pieces(text, at: place)
        case .object(let object):
            for member in object.members {
                guard let category = PluralCategory(rawValue: member.name), let text = member.value.string else {
                    throw MalformedAct(place: "\(place).\(member.name)", reason: "is not a plural form with a text")
                }
                forms[category] = try CatalogueText.pieces(text, at: "\(place).\(member.name)")
            }
            guard forms[.other] != nil else { throw MalformedAct(place: place, reason: "has no form 'other'") }
        default:
            throw MalformedAct(place: place, reason: "should be a text or an object of plural forms, not \(json.kindName)")
        }
        var parameters: Set<String> = forms.count > 1 ? ["count"] : []
        for pieces in forms.values {
            for case .gap(let name) in pieces { parameters.insert(name) }
        }
        self.forms = forms
        self.parameters = parameters
    }

    var hasPlurals: Bool { forms.count > 1 }

    func pieces(count: Int64?, in language: Language) -> [Piece] {
        if let count, let form = forms[PluralCategory(of: count, in: language)] { return form }
        return forms[.other] ?? []
    }

    private static func pieces(_ text: String, at place: String) throws(MalformedAct) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw MalformedAct(place: place, reason: "has an opening brace without a closing one")
            }
            if open > rest.startIndex { pieces.append(.plain(String(rest[..<open]))) }
            let name = String(rest[rest.index(after: open)..<close])
            guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
                throw MalformedAct(place: place, reason: "'{\(name)}' is not a parameter's name")
            }
            pieces.append(.gap(name))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.plain(String(rest))) }
        return pieces
    }
}
