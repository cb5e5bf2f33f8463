import Acts
import GRDB
import Record

/// Reads joint statements.
struct JointQueries {
    let database: Database

    func joint(_ entry: Int64) throws -> JointStatement? {
        try Row.fetchOne(database, sql: "SELECT * FROM press_joint WHERE entry = ?", arguments: [entry]).flatMap(file)
    }

    /// The newest, whatever their state.
    func joints(limit: Int = 100) throws -> [JointStatement] {
        try Row.fetchAll(database, sql: "SELECT * FROM press_joint ORDER BY entry DESC LIMIT ?", arguments: [limit]).compactMap(file)
    }

    /// The proposal that a draft of this node became.
    func joint(ofDraft draft: Int64) throws -> JointStatement? {
        try joints(limit: 1_000).first { $0.act.draft == draft && $0.proposal.index == $0.entry }
    }

    func open() throws -> [JointStatement] {
        try Row.fetchAll(database, sql: "SELECT * FROM press_joint WHERE statement IS NULL ORDER BY entry").compactMap(file)
            .filter { $0.state == .open }
    }

    private func file(_ row: Row) throws -> JointStatement? {
        guard let act = try? JointProposed(json: JSONParser.parse(Array((row["act"] as String).utf8))) else { return nil }
        let entry: Int64 = row["entry"]
        let (origin, place, digest): (String, Int64, String) = (row["origin"], row["place"], row["digest"])
        let replies = try Row.fetchAll(
            database,
            sql: "SELECT party, stops, at FROM press_joint_reply WHERE origin = ? AND place = ? AND digest = ? ORDER BY entry",
            arguments: [origin, place, digest]
        ).filter { act.parties.contains($0["party"]) }
        let signatures = replies.filter { !($0["stops"] as Bool) }.map {
            JointStatement.Signature(party: $0["party"], at: Moment(milliseconds: $0["at"]))
        }
        let stopped = replies.first { $0["stops"] }
        let statement: String? = row["statement"]
        return JointStatement(
            entry: entry, proposal: NoteReference(origin: origin, index: place), act: act, digest: digest,
            state: statement != nil ? .released : stopped != nil ? .stopped : .open, signatures: signatures,
            stoppedBy: stopped.map { $0["party"] }, statement: statement, received: Moment(milliseconds: row["received"]))
    }
}
