public import Acts

extension ReplayReport {
    /// One line for each case.
    public var lines: [String] { outcomes.map(\.line) }

    /// "52 cases: 52 as expected."
    public var summary: String {
        var parts = ["\(sameCount) as expected"]
        if differingCount > 0 { parts.append("\(differingCount) different") }
        if malformedCount > 0 { parts.append("\(malformedCount) malformed") }
        return "\(outcomes.count) case\(outcomes.count == 1 ? "" : "s"): \(parts.joined(separator: ", "))."
    }

    /// The report as JSON: the cases with their arithmetic, and the counts.
    public var json: JSON {
        let summary: JSON = [
            "cases": .integer(Int64(outcomes.count)), "ok": .integer(Int64(sameCount)), "differs": .integer(Int64(differingCount)),
            "malformed": .integer(Int64(malformedCount)),
        ]
        return ["cases": .array(outcomes.map(\.json)), "summary": summary]
    }
}

extension ReplayReport.Outcome {
    public var line: String {
        switch self {
        case .malformed(let error):
            return "malformed  \(error)" + (error.treaty.map { "  [\($0)]" } ?? "")
        case .lifecycle(let outcome): return outcome.line
        case .same(let replayCase, let entry):
            return "ok         \(entry.date.inWords)  \(replayCase.treaty)\(entry.inShort)\(replayCase.ignoredNote)"
        case .differs(let replayCase, let entry, let differences):
            return "differs    \(entry.date.inWords)  \(replayCase.treaty): \(differences.map(\.english).joined(separator: "; "))"
                + "\(entry.inShort)\(replayCase.ignoredNote)"
        }
    }

    public var json: JSON {
        switch self {
        case .malformed(let error):
            return ["status": "malformed", "treaty": JSON(error.treaty), "place": .string(error.place), "reason": .string(error.reason)]
        case .lifecycle(let outcome): return outcome.json
        case .same(let replayCase, let entry): return json(replayCase, entry, [])
        case .differs(let replayCase, let entry, let differences): return json(replayCase, entry, differences)
        }
    }

    private func json(_ replayCase: ReplayCase, _ entry: EntryIntoForce, _ differences: [ReplayReport.Difference]) -> JSON {
        var object: JSONObject = [
            "status": differences.isEmpty ? "ok" : "differs", "place": .string(replayCase.place), "treaty": .string(replayCase.treaty),
            "article": JSON(replayCase.article), "asOf": .string(replayCase.asOf.description), "computed": JSON(entry.date?.description),
            "expected": JSON(replayCase.expected.entryIntoForce?.description), "decisiveDay": JSON(entry.decisiveDay?.description),
            "decisive": .array(entry.decisiveActs.map { .string($0.participant.name) }), "counted": .integer(Int64(entry.counted.count)),
            "arithmetic": .array(entry.steps.map { .string($0.english) }), "citations": .array(entry.citations.map(JSON.string)),
        ]
        if !entry.missing.isEmpty { object["missing"] = .array(entry.missing.map { .string($0.english) }) }
        if !entry.doubts.isEmpty { object["needsConfirmation"] = .array(entry.doubts.map { .string($0.english) }) }
        if !differences.isEmpty { object["differences"] = .array(differences.map { .string($0.english) }) }
        if !replayCase.ignored.isEmpty { object["ignored"] = .array(replayCase.ignored.map(JSON.string)) }
        object["instruments"] = .array(
            entry.considered.map { considered in
                var act: JSONObject = [
                    "actor": .string(considered.act.participant.name), "kind": .string(considered.act.kind.rawValue),
                    "date": .string(considered.act.date.description), "counted": .bool(considered.counted),
                ]
                switch considered.verdict {
                case .counted(let number): act["number"] = .integer(Int64(number))
                case .notCounted(let reason): act["reason"] = .string(reason.english)
                }
                return .object(act)
            })
        return .object(object)
    }
}

extension ReplayReport.Difference {
    public var english: String {
        switch self {
        case .entryIntoForce(let computed, let expected): "computed \(computed.inWords), expected \(expected.inWords)"
        case .decisiveDay(let computed, let expected): "decisive day \(computed.inWords), expected \(expected.inWords)"
        case .dateOfEffect(let participant, let computed, let expected):
            "for \(participant.name) computed \(computed.inWords), expected \(expected.inWords)"
        }
    }
}

extension CalendarDate? {
    fileprivate var inWords: String { self?.description ?? "not in force" }
}

extension EntryIntoForce {
    /// How it came about, for one line.
    fileprivate var inShort: String {
        if let decisiveDay {
            let names = decisiveActs.isEmpty ? "" : " (\(decisiveActs.map(\.participant.name).joined(separator: ", ")))"
            return "; decisive \(decisiveDay)\(names)"
        }
        return missing.isEmpty ? "" : "; missing: \(missing.map(\.english).joined(separator: "; "))"
    }
}

extension ReplayCase {
    fileprivate var ignoredNote: String { ignored.isEmpty ? "" : "; not understood: \(ignored.joined(separator: ", "))" }
}
