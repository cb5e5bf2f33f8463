import Acts
import Federation
import Ledger

/// The note that was handed on, as its first sender's record has it: whether that record proves it.
enum OriginalNote {
    enum Standing: String, Hashable, Sendable {
        /// The sender's record, whose keys this node has accepted, holds the note in these very words.
        case verified
        /// The sender's node is no peer of this one, so that nothing can be checked.
        case unknownSender = "unknown-sender"
        /// It does not hold: whoever handed it on may have made it up.
        case disproved
    }

    /// Checks what came with a note that was handed on.
    ///
    /// - Parameters:
    ///   - original: `leaf`, `payload` and `salt` in base64, and the text of the `.tlog-proof`.
    ///   - reference: where the note says it was entered.
    ///   - log: the record of the note's sender, as this node has accepted it.
    static func standing(of original: JSON, at reference: NoteReference, in log: KnownLog?) -> Standing {
        guard let log else { return .unknownSender }
        guard let leaf = original["leaf"]?.string.flatMap({ Acts.Base64.decode($0) }),
            let payload = original["payload"]?.string.flatMap({ Acts.Base64.decode($0) }),
            let salt = original["salt"]?.string.flatMap({ Acts.Base64.decode($0) }), let header = try? EntryHeader(leaf: leaf),
            header.statement.kind == NoteSent.kind,
            SealedPayload.commitment(salt: salt, bytes: payload) == header.statement.payloadCommitment,
            let text = original["proof"]?.string, let file = try? ProofFile(parsing: Array(text.utf8)),
            log.origin == reference.origin, Int64(exactly: file.index) == reference.index,
            (try? file.verify(leaf: Hash.leaf(leaf), origin: log.origin, verifiers: log.verifiers)) != nil
        else { return .disproved }
        return .verified
    }
}
