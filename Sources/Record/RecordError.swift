public import Acts

/// What stands in the way of opening, reading or writing a record. Every case says what happened and how to mend it.
public enum RecordError: Error, Hashable, Sendable {
    /// Another process has the data folder open.
    case inUse(folder: String, process: Int32?)
    /// The folder holds no record and none was to be created.
    case noRecord(folder: String)
    /// The folder should be empty.
    case notEmpty(folder: String)
    /// A file of the folder cannot be read or is not what it should be.
    case damaged(file: String, reason: String)
    /// An entry does not read or does not match its hash.
    case damagedEntry(index: Int64, reason: String)
    /// A new record needs a name.
    case originMissing
    /// The name cannot name a log's key (C2SP signed-note).
    case badOrigin(String)
    /// The record's own name is another than the configuration's.
    case otherOrigin(recorded: String, configured: String)
    /// The address of a database cannot be used.
    case badDatabase(reason: String)
    /// The database holds no record and none was to be created.
    case noRecordInDatabase(String)
    /// The database's tables are of a form that this program does not know.
    case otherForm(database: String, form: Int64)
    /// Where a record was to be copied to, there is another one.
    case otherRecord(place: String, reason: String)
    /// The log's key is missing while there is a record that it signed.
    case keyMissing(file: String)
    /// The log's key is not the one that signed the last checkpoint.
    case otherKey(file: String, reason: String)
    /// There are entries, but nothing tells what was signed over them.
    case checkpointMissing(file: String, size: Int64)
    /// The last signed checkpoint covers more entries than there are.
    case behindCheckpoint(size: Int64, signed: Int64)
    /// The entries are not those that the last checkpoint was signed over.
    case differsFromCheckpoint(signed: Int64, reason: String)
    /// The record has witnesses, and too few have said yet how much of it they have seen.
    case witnessesNotAsked(reason: String)
    /// A witness has cosigned a checkpoint of this record, with the log's own signature, over more entries than there are.
    case witnessedFurther(witness: String, cosigned: Int64, size: Int64)
    /// A witness has cosigned a checkpoint of this record, with the log's own signature, whose root the record does not come to.
    case witnessedOtherwise(witness: String, cosigned: Int64)
    /// The disk cannot be written now: full, read-only or broken.
    case unavailable(reason: String)
    /// Another writer appended first.
    case positionTaken(position: Int64, end: Int64)
    /// A view could not take an entry; the batch's other acts were entered.
    case viewFailed(view: String, entry: Int64, reason: String)
    /// A payload was erased, but its bytes may still lie in a log file.
    case erasureUnfinished(entry: Int64, reason: String)
    /// The record was closed.
    case closed
}

extension RecordError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var reason: String {
        switch self {
        case .inUse(let folder, let process):
            "The data folder \(folder) is in use by "
                + (process.map { "process \($0)." } ?? "another process.")
        case .noRecord(let folder):
            "The folder \(folder) holds no record."
        case .notEmpty(let folder):
            "The folder \(folder) is not empty."
        case .damaged(let file, let reason):
            "\(file) is damaged: \(reason)."
        case .damagedEntry(let index, let reason):
            "Entry \(index) is damaged: \(reason)."
        case .originMissing:
            "A new record needs a name."
        case .badOrigin(let origin):
            "'\(origin)' cannot be the name of a log."
        case .otherOrigin(let recorded, let configured):
            "This record was opened as '\(recorded)', but the configuration says '\(configured)'."
        case .badDatabase(let reason):
            "The address of the record's database cannot be used: \(reason)."
        case .noRecordInDatabase(let database):
            "The database \(database) holds no record."
        case .otherForm(let database, let form):
            "The tables in \(database) are of form \(form), which this program does not know."
        case .otherRecord(let place, let reason):
            "\(place) holds something else than a beginning of the record to be copied: \(reason)."
        case .keyMissing(let file):
            "The log's key \(file) is missing, though the record has entries that it signed."
        case .otherKey(let file, let reason):
            "The log's key \(file) is not the one that signed the last checkpoint: \(reason)."
        case .checkpointMissing(let file, let size):
            "The record has \(size) entries, but the last signed checkpoint (\(file)) is missing or unreadable, so nobody can tell "
                + "whether entries were lost."
        case .behindCheckpoint(let size, let signed):
            "The record has \(size) entries, but this node has signed a checkpoint over \(signed): \(signed - size) entries are "
                + "missing. An older backup was restored, or another disk was mounted."
        case .differsFromCheckpoint(let signed, let reason):
            "The record is not the one that this node signed a checkpoint over at \(signed) entries: \(reason). Entries were "
                + "changed, or the record of another node was put here."
        case .witnessesNotAsked(let reason):
            "Before this node signs anything after its start, its witnesses must say how much of its record they have seen: \(reason)."
        case .witnessedFurther(let witness, let cosigned, let size):
            "\(witness) has cosigned \(cosigned) entries of this record, which has \(size): an older backup was restored. Whatever were "
                + "signed now would be a second history."
        case .witnessedOtherwise(let witness, let cosigned):
            "\(witness) has cosigned another history of this record at \(cosigned) entries: an older backup was restored and written to."
        case .unavailable(let reason):
            "The record cannot be written now: \(reason)."
        case .positionTaken(let position, let end):
            "Another writer appended first: position \(position) is taken, the record ends at \(end)."
        case .viewFailed(let view, let entry, let reason):
            "The view '\(view)' could not take entry \(entry): \(reason)."
        case .erasureUnfinished(let entry, let reason):
            "The payload of entry \(entry) was erased, but a log file may still hold its bytes: \(reason)"
        case .closed:
            "The record is closed."
        }
    }

    /// What to do about it, in a sentence or two.
    public var mend: String {
        switch self {
        case .inUse:
            "Stop that process first, or use another folder. One process at a time has a data folder open."
        case .noRecord:
            "Name the folder of an existing record, or start a new one with 'chancery serve --data FOLDER'."
        case .notEmpty:
            "Name a folder that is empty or does not exist yet."
        case .damaged(let file, _) where file.hasSuffix("views.sqlite"):
            "The record itself is not concerned. Check the disk and make the views anew: 'chancery record rebuild', or a restart."
        case .damaged, .damagedEntry:
            "Check the disk, stop the node, and restore the newest backup that verifies ('chancery record verify' on the copy)."
        case .originMissing, .badOrigin:
            "Give it an origin such as 'treaties.example.org/record': no spaces, no '+', at most 255 bytes."
        case .badDatabase:
            "Give it as postgres://USER@HOST:PORT/DATABASE, with schema=NAME after '?' for another schema than chancery."
        case .noRecordInDatabase:
            "Check the address, the database and the schema; or start a new record with 'chancery serve', or copy one there with "
                + "'chancery record copy'."
        case .otherForm:
            "Run the version of this program that made them, or a later one."
        case .otherRecord:
            "Name an empty folder, database or schema, or an earlier copy of the same record."
        case .otherOrigin:
            "A record keeps its name for ever. Set the name back, or start the new name in an empty folder."
        case .keyMissing:
            "Put the key back from where it is kept safe. A new key would be a new log."
        case .otherKey:
            "Put back the key that belongs to this record."
        case .checkpointMissing, .behindCheckpoint, .differsFromCheckpoint:
            "Put back the newest copy of the record: the right disk, or a newer backup, then start again. Only if the missing entries "
                + "are lost for good, ask the witnesses which size they last saw, keep this folder's checkpoint file as evidence, and "
                + "accept the loss explicitly with 'chancery record accept-loss'. Whoever saw the later checkpoint can prove "
                + "that the record was cut."
        case .witnessesNotAsked:
            "Wait until more of them can be reached: they are asked again and again. Only where this is certainly the newest record, no "
                + "restored backup, and they stay away, start the node with --accept-unwitnessed-start."
        case .witnessedFurther, .witnessedOtherwise:
            "Stop the node and put back the newest record: the right disk, or a newer backup. If the later entries are lost for good, "
                + "keep this folder as evidence and begin a new record under a new origin, with the loss for its first act; who holds "
                + "the later checkpoint can prove that this one was cut."
        case .unavailable:
            "Nothing that was acknowledged is lost. Free space, make the disk writable or the server reachable; the node goes on by "
                + "itself. Repeating the same request is safe: it is entered once."
        case .positionTaken:
            "Repeat the request."
        case .viewFailed:
            "This is a fault of the program: report it with this line. 'chancery record rebuild' makes the views anew."
        case .erasureUnfinished:
            "Restart the node when no backup or verification is running: it cleans the log files when it starts."
        case .closed:
            "The node is stopping; repeat the request when it is back."
        }
    }

    public var description: String { "\(reason) \(mend)" }

    /// The same for the person whose request met it.
    public var refusal: Refusal {
        switch self {
        case .positionTaken:
            Refusal(.conflict, code: "record.position-taken", reason, mend: mend)
        default:
            Refusal(.unavailable, code: code, reason, mend: mend)
        }
    }

    private var code: String {
        switch self {
        case .inUse: "record.in-use"
        case .noRecord, .noRecordInDatabase: "record.none"
        case .badDatabase, .otherForm: "record.database"
        case .notEmpty, .otherRecord: "record.not-empty"
        case .damaged, .damagedEntry: "record.damaged"
        case .originMissing, .badOrigin, .otherOrigin: "record.origin"
        case .keyMissing, .otherKey: "record.key"
        case .checkpointMissing, .behindCheckpoint, .differsFromCheckpoint: "record.checkpoint"
        case .witnessesNotAsked: "record.unasked"
        case .witnessedFurther, .witnessedOtherwise: "record.restored"
        case .unavailable: "record.unavailable"
        case .positionTaken: "record.position-taken"
        case .viewFailed: "record.view"
        case .erasureUnfinished: "record.erasure"
        case .closed: "record.closed"
        }
    }
}
