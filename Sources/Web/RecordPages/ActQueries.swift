import Acts
import GRDB

/// What the table of all acts answers.
enum ActQueries {
    struct Filter: Sendable {
        var kind: String?
        var dossier: String?
        var office: String?
        /// Only entries before this one.
        var before: Int64?
        var limit: Int
    }

    /// Entries that fit, newest first.
    static func entries(_ filter: Filter, _ database: Database) throws -> [Int64] {
        // One kind alone is read off its index, in order; a dossier is short; an office is met soon by going backwards.
        let isKindAlone = filter.kind != nil && filter.dossier == nil && filter.office == nil
        var conditions: [String] = []
        var arguments: [any DatabaseValueConvertible] = []
        for (condition, value) in [
            ("kind = ?", filter.kind), ("entry IN (SELECT entry FROM act_of_dossier WHERE dossier = ?)", filter.dossier),
            ("office = ?", filter.office),
        ] {
            guard let value else { continue }
            conditions.append(condition)
            arguments.append(value)
        }
        if let before = filter.before {
            conditions.append("entry < ?")
            arguments.append(before)
        }
        arguments.append(filter.limit)
        let rule = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        return try Int64.fetchAll(
            database, sql: "SELECT entry FROM \(isKindAlone ? "act_of_kind" : "act") \(rule) ORDER BY entry DESC LIMIT ?",
            arguments: StatementArguments(arguments))
    }

    static func entries(ofKind kind: ActKind, _ database: Database) throws -> [Int64] {
        try Int64.fetchAll(database, sql: "SELECT entry FROM act_of_kind WHERE kind = ? ORDER BY entry", arguments: [kind.description])
    }

    /// The kinds there are, without reading every act: from each kind the index leads to the next.
    static func kinds(_ database: Database) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                WITH RECURSIVE known(kind) AS (
                    SELECT MIN(kind) FROM act_kind
                    UNION ALL SELECT (SELECT MIN(kind) FROM act_kind WHERE act_kind.kind > known.kind) FROM known WHERE known.kind IS NOT NULL)
                SELECT kind FROM known WHERE kind IS NOT NULL UNION SELECT kind FROM act_unfinished ORDER BY 1
                """)
    }

    /// When evenly spread entries were received, oldest first: at most `count` of them, the first and the last included.
    static func growth(size: Int64, count: Int64, _ database: Database) throws -> [(size: Int64, received: Moment)] {
        guard size > 0 else { return [] }
        let steps = min(count, size)
        var points: [(Int64, Moment)] = []
        for step in 0..<steps {
            let entry = steps == 1 ? size - 1 : step * (size - 1) / (steps - 1)
            guard let received = try Int64.fetchOne(database, sql: "SELECT received FROM act WHERE entry = ?", arguments: [entry])
            else { continue }
            points.append((entry + 1, Moment(milliseconds: received)))
        }
        return points
    }
}
