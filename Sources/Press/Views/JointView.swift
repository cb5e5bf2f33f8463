import Acts
import Federation
import GRDB
import Record

/// Joint statements and changes of them: proposed here or elsewhere, signed, stopped, released.
struct JointView: RecordView {
    let name = "press-joint"
    let version = 2

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE press_joint_node (one INTEGER PRIMARY KEY, origin TEXT NOT NULL);
                CREATE TABLE press_joint (
                    entry INTEGER PRIMARY KEY, origin TEXT NOT NULL, place INTEGER NOT NULL, digest TEXT NOT NULL, act TEXT NOT NULL,
                    statement TEXT, received INTEGER NOT NULL, original_origin TEXT, original_place INTEGER);
                CREATE UNIQUE INDEX press_joint_place ON press_joint (origin, place);
                CREATE TABLE press_joint_reply (
                    origin TEXT NOT NULL, place INTEGER NOT NULL, digest TEXT NOT NULL, party TEXT NOT NULL, stops INTEGER NOT NULL,
                    entry INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (origin, place, digest, party, stops)) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case RecordOpened.kind:
            guard let act = try entry.payload(as: RecordOpened.self) else { return }
            try database.execute(sql: "INSERT OR IGNORE INTO press_joint_node VALUES (1, ?)", arguments: [act.origin])
        case JointProposed.kind:
            guard let act = try entry.payload(as: JointProposed.self), let origin = try origin(database) else { return }
            try propose(act, at: NoteReference(origin: origin, index: entry.index), entry, database)
        case JointChangeProposed.kind:
            guard let act = try entry.payload(as: JointChangeProposed.self), let origin = try origin(database) else { return }
            try propose(act, at: NoteReference(origin: origin, index: entry.index), entry, database)
        case JointSigned.kind:
            if let act = try entry.payload(as: JointSigned.self) { try reply(act, stops: false, entry, database) }
        case JointStopped.kind:
            if let act = try entry.payload(as: JointStopped.self) { try reply(act, stops: true, entry, database) }
        case StatementReleased.kind:
            guard let joint = try entry.payload(as: StatementReleased.self)?.joint,
                let statement = try entry.payload(as: StatementReleased.self)?.statement
            else { return }
            try database.execute(
                sql: "UPDATE press_joint SET statement = ? WHERE origin = ? AND place = ?",
                arguments: [statement, joint.proposal.origin, joint.proposal.index])
        case StatementWithdrawn.kind:
            guard let act = try entry.payload(as: StatementWithdrawn.self) else { return }
            // Whatever was to be changed in it: what is withdrawn is not changed any more.
            try database.execute(
                sql: """
                    UPDATE press_joint SET statement = ?1 WHERE statement IS NULL AND EXISTS (
                        SELECT 1 FROM press_joint o
                        WHERE o.origin = press_joint.original_origin AND o.place = press_joint.original_place AND o.statement = ?1)
                    """, arguments: [act.statement])
        default:
            guard let received = ReceivedJointAct(entry) else { return }
            try take(received, entry, database)
        }
    }

    /// What another node sent counts where it speaks for an office of its own.
    private func take(_ received: ReceivedJointAct, _ entry: Entry, _ database: Database) throws {
        switch received.header.statement.kind {
        case JointProposed.kind:
            guard let act = try? JointProposed(json: received.payload), let first = act.parties.first,
                SealingParty(first)?.node == received.node
            else { return }
            try propose(act, at: received.place, entry, database)
        case JointChangeProposed.kind:
            guard let act = try? JointChangeProposed(json: received.payload), let first = act.parties.first,
                SealingParty(first)?.node == received.node
            else { return }
            try propose(act, at: received.place, entry, database)
        case JointSigned.kind:
            guard let act = try? JointSigned(json: received.payload), SealingParty(act.by)?.node == received.node else { return }
            try reply(act, stops: false, entry, database)
        case JointStopped.kind:
            guard let act = try? JointStopped(json: received.payload), SealingParty(act.by)?.node == received.node else { return }
            try reply(act, stops: true, entry, database)
        default: break
        }
    }

    private func origin(_ database: Database) throws -> String? {
        try String.fetchOne(database, sql: "SELECT origin FROM press_joint_node")
    }

    private func propose(_ act: JointProposed, at place: NoteReference, _ entry: Entry, _ database: Database) throws {
        try propose(act.json, act.digest, by: act.parties.first, at: place, of: nil, entry, database)
    }

    private func propose(_ act: JointChangeProposed, at place: NoteReference, _ entry: Entry, _ database: Database) throws {
        try propose(act.json, act.digest, by: act.parties.first, at: place, of: act.original, entry, database)
    }

    private func propose(
        _ act: JSON, _ digest: String, by proposer: String?, at place: NoteReference, of original: NoteReference?, _ entry: Entry,
        _ database: Database
    ) throws {
        let received = entry.header.received.milliseconds
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO press_joint (entry, origin, place, digest, act, received, original_origin, original_place)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.index, place.origin, place.index, digest, act.canonicalText, received, original?.origin, original?.index,
            ])
        guard database.changesCount > 0, let proposer else { return }
        try database.execute(
            sql: "INSERT OR IGNORE INTO press_joint_reply VALUES (?, ?, ?, ?, 0, ?, ?)",
            arguments: [place.origin, place.index, digest, proposer, entry.index, received])
    }

    /// Kept whether or not the proposal has come: replies of third parties may overtake it. Who is no party is left out when it is read.
    private func reply(_ act: some JointReply, stops: Bool, _ entry: Entry, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR IGNORE INTO press_joint_reply VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                act.proposal.origin, act.proposal.index, act.digest, act.by, stops, entry.index, entry.header.received.milliseconds,
            ])
    }
}
