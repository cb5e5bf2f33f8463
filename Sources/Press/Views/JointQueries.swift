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

    /// The joint statement as it was proposed first, by any proposal that it was released or changed by.
    func original(of place: NoteReference) throws -> JointStatement? {
        guard let joint = try joint(at: place) else { return nil }
        return try joint.change.map { try self.joint(at: $0.original) } ?? joint
    }

    private func joint(at place: NoteReference) throws -> JointStatement? {
        try row(at: place).flatMap(file)
    }

    private func row(at place: NoteReference) throws -> Row? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM press_joint WHERE origin = ? AND place = ?", arguments: [place.origin, place.index])
    }

    /// What a change is to be read as beside its statement; `nil` where that is not known here, or others than its parties would speak.
    private func change(_ json: JSON, of original: NoteReference) throws -> (JointProposed, JointStatement.Change)? {
        guard let change = try? JointChangeProposed(json: json), let row = try row(at: original),
            let statement = try? JointProposed(json: JSONParser.parse(Array((row["act"] as String).utf8))),
            Set(change.parties) == Set(statement.parties), change.quorum == statement.quorum
        else { return nil }
        var content = statement.content
        if case .correction(let corrected, _) = change.change { content = corrected }
        let act = JointProposed(
            parties: change.parties, content: content, at: change.at, quorum: change.quorum, draft: change.draft ?? -1)
        return (act, JointStatement.Change(original: original, what: change.change, statement: row["statement"]))
    }

    func open() throws -> [JointStatement] {
        try Row.fetchAll(database, sql: "SELECT * FROM press_joint WHERE statement IS NULL ORDER BY entry").compactMap(file)
            .filter { $0.state == .open }
    }

    private func file(_ row: Row) throws -> JointStatement? {
        guard let json = try? JSONParser.parse(Array((row["act"] as String).utf8)) else { return nil }
        var change: JointStatement.Change?
        let act: JointProposed
        if let original = row["original_origin"] as String?, let place = row["original_place"] as Int64? {
            guard let read = try self.change(json, of: NoteReference(origin: original, index: place)) else { return nil }
            (act, change) = read
        } else {
            guard let read = try? JointProposed(json: json) else { return nil }
            act = read
        }
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
            entry: entry, proposal: NoteReference(origin: origin, index: place), act: act, change: change, digest: digest,
            state: statement != nil ? .released : stopped != nil ? .stopped : .open, signatures: signatures,
            stoppedBy: stopped.map { $0["party"] }, statement: statement, received: Moment(milliseconds: row["received"]))
    }
}
