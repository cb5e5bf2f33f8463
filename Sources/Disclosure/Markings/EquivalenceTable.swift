public import Acts

/// Which level of one policy is protected as which level of another, as a security agreement between the two says.
public struct EquivalenceTable: Hashable, Sendable {
    /// The agreement, as it is cited beside every use.
    public let source: String
    /// Policy identifiers, in the order of the rows.
    public let policies: [String]
    /// One code per policy in each row; an empty code where the agreement has no equivalent.
    public let rows: [[String]]

    /// Reads a table file.
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "equivalence")
        source = try reader.string("source")
        policies = try reader.strings("policies")
        var rows: [[String]] = []
        for (index, row) in try reader.array("rows").enumerated() {
            guard let codes = row.array?.compactMap(\.string), codes.count == policies.count else {
                throw MalformedAct(place: "equivalence.rows[\(index)]", reason: "must have one level for each policy")
            }
            rows.append(codes)
        }
        self.rows = rows
        try reader.finish()
        guard Set(policies).count == policies.count, policies.count >= 2, rows.count <= 256 else {
            throw MalformedAct(place: "equivalence.policies", reason: "must be two policies or more, each once, with at most 256 rows")
        }
    }

    /// The level of `target` in the row where `source` has that code.
    public func equivalent(of code: String, in source: String, to target: String) -> String? {
        guard let from = policies.firstIndex(of: source), let to = policies.firstIndex(of: target) else { return nil }
        return rows.first { $0[from] == code }.map { $0[to] }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
