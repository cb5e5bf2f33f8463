public import Acts

extension InstrumentText {
    /// The text as JSON for programs: its tree, with words where the model has runs, and runs where words are set off.
    public var json: JSON {
        var object: JSONObject = [
            "work": .string(identity.workIRI), "expression": .string(expressionIRI), "language": .string(language.tag),
            "direction": .string(language.direction.rawValue), "authentic": .bool(authenticity.isAuthentic),
            "version": .string(version.date.description), "title": title.json,
        ]
        if case .translation(let source?) = authenticity { object["translatedFrom"] = .string(source.tag) }
        object["versionNumber"] = version.number.map { .integer(Int64($0)) }
        var next = 0
        object["provisions"] = .array(provisions.map { json(of: $0, next: &next) })
        return .object(object)
    }

    private func json(of provision: Provision, next: inout Int) -> JSON {
        var object: JSONObject = [
            "kind": .string(provision.kind.rawValue), "wId": .string(provision.wId.text), "eId": .string(places[next].eId),
        ]
        next += 1
        object["number"] = provision.number.map(JSON.string)
        object["heading"] = provision.heading?.json
        if !provision.content.isEmpty { object["content"] = .array(provision.content.map(\.json)) }
        if !provision.children.isEmpty { object["provisions"] = .array(provision.children.map { json(of: $0, next: &next) }) }
        if !provision.closing.isEmpty { object["closing"] = .array(provision.closing.map(\.json)) }
        return .object(object)
    }
}

extension TextBlock {
    fileprivate var json: JSON {
        switch self {
        case .paragraph(let line): line.json
        case .table(let table):
            [
                "rows": .array(
                    table.rows.map { row in
                        .array(
                            row.map { cell in
                                ["heading": .bool(cell.isHeading), "content": .array(cell.content.map(\.json))]
                            })
                    })
            ]
        }
    }
}

extension InlineText {
    /// A string where nothing is set off; else an array of strings and runs.
    fileprivate var json: JSON {
        if runs.isEmpty { return "" }
        if runs.count == 1, case .words(let words, [], nil) = runs[0] { return .string(words) }
        return .array(runs.map(\.json))
    }
}

extension TextRun {
    fileprivate var json: JSON {
        switch self {
        case .words(let words, let style, let target):
            if style.isEmpty, target == nil { return .string(words) }
            var object: JSONObject = ["words": .string(words)]
            if !style.isEmpty { object["style"] = .array(styleElements.filter { style.contains($0.style) }.map { .string($0.name) }) }
            object["target"] = target.map(JSON.string)
            return .object(object)
        case .lineBreak: return ["break": true]
        case .footnote(let note): return ["footnote": .string(note.mark), "content": .array(note.content.map(\.json))]
        }
    }
}

extension Concordance {
    public var json: JSON {
        [
            "agrees": .bool(agrees),
            "languages": .array(
                counts.map { count in
                    [
                        "language": .string(count.language.tag), "units": .integer(Int64(count.units)),
                        "provisions": .integer(Int64(count.provisions)),
                    ]
                }),
            "findings": .array(
                findings.map { finding in
                    var object: JSONObject = [
                        "kind": .string(finding.kind.rawValue), "wId": .string(finding.wId.text), "eId": .string(finding.eId),
                        "languages": .array(finding.languages.map { .string($0.tag) }),
                        "values": JSON(texts: Dictionary(uniqueKeysWithValues: finding.values.map { ($0.key.tag, $0.value) })),
                    ]
                    object["number"] = finding.number.map(JSON.string)
                    return .object(object)
                }),
        ]
    }
}

extension TextComparison {
    /// What changed; provisions that did not are counted, not listed.
    public var json: JSON {
        var counted = JSONObject()
        for change in Change.allCases { counted[change.rawValue] = .integer(Int64(counts[change] ?? 0)) }
        return [
            "unchanged": .bool(isUnchanged), "counts": .object(counted), "title": title.json,
            "changes": .array(
                entries.filter { $0.change != .unchanged }.map { entry in
                    var object: JSONObject = ["change": .string(entry.change.rawValue)]
                    object["wId"] = entry.wId.map { .string($0.text) }
                    object["oldAddress"] = entry.old.map { .string($0.eId) }
                    object["newAddress"] = entry.new.map { .string($0.eId) }
                    object["number"] = entry.number?.json
                    object["heading"] = entry.heading?.json
                    object["words"] = .array(entry.words.map(\.json))
                    return .object(object)
                }),
        ]
    }
}

extension LineComparison {
    /// `[["kept", "shall "], ["removed", "x"]]`
    public var json: JSON {
        .array(pieces.map { .array([.string($0.change.rawValue), .string($0.words)]) })
    }
}

extension TextNote {
    public var json: JSON {
        ["kind": .string(kind.rawValue), "line": .integer(Int64(line)), "message": .string(message)]
    }
}
