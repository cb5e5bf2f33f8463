import Ledger

/// Why a peer's record cannot be followed now. Nothing of what was refused is kept.
enum FollowingFailure: Error, Hashable, CustomStringConvertible {
    /// It answered something else than 200 for that path.
    case answered(path: String, status: Int)
    /// What it serves as its checkpoint is none, or not one that its log signed.
    case badCheckpoint(reason: String)
    /// It shows fewer entries than it has shown before.
    case shrunk(shown: Int64, known: Int64)
    /// The record it shows is not a continuation of the one it has shown before: two histories.
    case otherHistory(shown: Int64, known: Int64)
    /// It claims more entries than are followed.
    case tooLarge(shown: UInt64, limit: Int64)
    /// A tile does not have the hashes it should.
    case badTile(path: String)
    /// Its tiles do not lead to the root of its checkpoint.
    case wrongRoot(size: Int64)
    /// A bundle is malformed, or holds another number of entries than it should.
    case badBundle(path: String, reason: String)
    /// A bundle's entries are not those that the tree holds.
    case otherEntries(path: String)
    /// A payload is not the one that its leaf commits to.
    case otherPayload(entry: Int64)

    var description: String {
        switch self {
        case .answered(let path, let status): "It answered \(status) for /record/\(path)."
        case .badCheckpoint(let reason): "What it serves as its checkpoint is not to be believed: \(reason)."
        case .shrunk(let shown, let known):
            "It shows a record of \(shown) entries, and has shown one of \(known): an older backup was restored, or entries are withheld."
        case .otherHistory(let shown, let known):
            "The record of \(shown) entries that it shows does not begin with the \(known) entries it has shown: its log signed two histories."
        case .tooLarge(let shown, let limit): "It claims \(shown) entries; records of up to \(limit) are followed."
        case .badTile(let path): "Its /record/\(path) does not have the hashes that it should."
        case .wrongRoot(let size): "Its tiles do not lead to the root of its checkpoint of \(size) entries."
        case .badBundle(let path, let reason): "Its /record/\(path) cannot be read: \(reason)."
        case .otherEntries(let path): "The entries in its /record/\(path) are not those that its checkpoint covers."
        case .otherPayload(let entry): "The payload it serves for entry \(entry) is not the one that the entry commits to."
        }
    }
}
