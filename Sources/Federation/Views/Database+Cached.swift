import GRDB

extension Database {
    /// Runs a statement that was compiled before, if it was: a view runs the same ones for every entry.
    func executeCached(sql: String, arguments: StatementArguments = StatementArguments()) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
