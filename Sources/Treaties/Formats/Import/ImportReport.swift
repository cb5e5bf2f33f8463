public import Acts

/// What became of a table, or would become of it, for programs and for the terminal.
public struct ImportReport: Sendable {
    public let treaty: String
    public let plan: ImportPlan
    /// What each column was taken for.
    public let columns: [ImportColumn]
    /// The entry that says the table was imported; `nil` where nothing was entered.
    public let entry: Int64?
    /// How many acts of participation were entered.
    public let entered: Int

    /// Whether some row was refused.
    public var isPartial: Bool { !plan.refused.isEmpty }

    public init(treaty: String, plan: ImportPlan, columns: [ImportColumn], entry: Int64? = nil, entered: Int = 0) {
        self.treaty = treaty
        self.plan = plan
        self.columns = columns
        self.entry = entry
        self.entered = entered
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "columns": .array(columns.map { .string($0.name) }),
            "accepted": .integer(Int64(plan.count(.accepted))), "known": .integer(Int64(plan.count(.known))),
            "empty": .integer(Int64(plan.count(.empty))), "refused": .integer(Int64(plan.refused.count)),
            "entered": .integer(Int64(entered)), "rows": .array(plan.rows.map(row)),
        ]
        object["entry"] = entry.map(JSON.integer)
        return .object(object)
    }

    private func row(_ row: ImportPlan.Row) -> JSON {
        var object: JSONObject = ["line": .integer(Int64(row.line)), "outcome": .string(row.outcomeName)]
        object["actor"] = row.actor.map { .string($0.rawValue) }
        object["acts"] = .array(
            row.acts.map { act in
                var object = act.json.object ?? JSONObject()
                object["treaty"] = nil
                return .object(object)
            })
        if case .refused(let refusal) = row.outcome {
            object["code"] = .string(refusal.code)
            object["explanation"] = .string(refusal.explanation)
            object["mend"] = .string(refusal.mend)
            object["citation"] = refusal.citation.map(JSON.string)
        }
        if !row.suggestions.isEmpty { object["suggestions"] = .array(row.suggestions.map { .string($0.rawValue) }) }
        if let difference = row.effectDiffers {
            object["statedEffect"] = .string(difference.stated.description)
            object["computedEffect"] = JSON(difference.computed?.description)
        }
        return .object(object)
    }

    /// A line for every row that is not simply taken, in English.
    public var lines: [String] {
        plan.rows.compactMap { row in
            switch row.outcome {
            case .refused(let refusal): return "line \(row.line): refused: \(refusal)"
            case .known: return "line \(row.line): in the register already"
            case .empty: return "line \(row.line): holds no day of any act"
            case .accepted:
                guard let difference = row.effectDiffers else { return nil }
                let computed = difference.computed.map { "the clause gives \($0)" } ?? "the clause gives no day"
                return "line \(row.line): the table has \(difference.stated) as the day of effect, \(computed)"
            }
        }
    }

    public var summary: String {
        "\(plan.rows.count) rows: \(plan.count(.accepted)) taken, \(plan.count(.known)) known already, \(plan.refused.count) refused, "
            + "\(plan.count(.empty)) without an act; \(entered) acts entered."
    }
}

extension ImportPlan.Row {
    /// As data has it.
    var outcomeName: String {
        switch outcome {
        case .accepted: "accepted"
        case .known: "known"
        case .empty: "empty"
        case .refused: "refused"
        }
    }
}
