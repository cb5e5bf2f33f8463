public import Acts

extension DeclarationsText {
    /// One line for each statement: who, what it seems to be and how that was found, the articles, the beginning of the text.
    public var lines: [String] {
        statements.map { statement in
            let who = statement.code.map { "\(statement.actor) (\($0))" } ?? statement.actor
            let about = statement.provisions.isEmpty ? "" : "  \(statement.provisions.joined(separator: ", "))"
            let towards = statement.targets.isEmpty ? "" : "  to \(statement.targets.map(\.rawValue).joined(separator: ", "))"
            let text = statement.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let start = text.count > 80 ? "\(text.prefix(80))…" : text
            return "\(statement.kind.rawValue) (\(statement.confidence.rawValue))  \(who)\(about)\(towards)  \(start)"
        }
    }

    /// "45 statements: 20 reservations, …; 2 things could not be placed."
    public var summary: String {
        let counts = Kind.allCases.compactMap { kind -> String? in
            let count = statements.count { $0.kind == kind }
            return count == 0 ? nil : "\(count) \(kind.rawValue)"
        }
        let unplaced = gaps.isEmpty ? "" : "; not placed: \(gaps.map(\.description).joined(separator: "; "))"
        return "\(statements.count) statements: \(counts.joined(separator: ", "))\(unplaced)."
    }

    /// Statements and gaps as data.
    public var json: JSON {
        [
            "statements": .array(
                statements.map { statement in
                    [
                        "actor": .string(statement.actor), "code": JSON(statement.code?.rawValue), "kind": .string(statement.kind.rawValue),
                        "confidence": .string(statement.confidence.rawValue), "heading": JSON(statement.heading),
                        "provisions": .array(statement.provisions.map(JSON.string)),
                        "targets": .array(statement.targets.map { .string($0.rawValue) }), "line": .integer(Int64(statement.line)),
                        "text": .string(statement.text),
                    ]
                }), "notPlaced": .array(gaps.map { .string($0.description) }),
        ]
    }
}

extension DeclarationsText.Gap: CustomStringConvertible {
    public var description: String {
        switch self {
        case .beforeFirstName: "text before the first name"
        case .nothingSaid(let actor, let line): "line \(line): nothing is said under \(actor)"
        case .unknownActor(let name, let line): "line \(line): nobody is known as '\(name)'"
        case .unknownKind(let actor, let line): "line \(line): what \(actor) says is of no known kind"
        }
    }
}
