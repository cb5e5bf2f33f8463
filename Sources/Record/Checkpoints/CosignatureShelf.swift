public import Ledger
import Synchronization

/// What witnesses have said of a record's checkpoints: their cosignatures on the newest, and the newest that enough of them signed.
///
/// It is in memory, and worth no more: whoever asks the witnesses fills it, and fills it again after a restart.
public final class CosignatureShelf: Sendable {
    private struct Content {
        var text: [UInt8] = []
        var signatures: [NoteSignature] = []
        var witnessed: SignedCheckpoint?
    }

    private let content = Mutex(Content())

    init() {}

    /// Puts cosignatures beside a checkpoint. Only those of the newest that was given are kept.
    ///
    /// - Returns: the checkpoint with all cosignatures that it has by now.
    @discardableResult
    public func add(_ signatures: [NoteSignature], to checkpoint: SignedCheckpoint) -> SignedCheckpoint {
        content.withLock { content in
            if content.text != checkpoint.note.textBytes {
                let newest = (try? Checkpoint(parsing: content.text)).map { Int64($0.size) } ?? -1
                guard checkpoint.size >= newest else { return checkpoint }
                content.text = checkpoint.note.textBytes
                content.signatures = []
            }
            // One line for each key: a witness asked twice has signed at two times.
            for signature in signatures {
                content.signatures.removeAll { $0.name == signature.name && $0.keyID == signature.keyID }
                content.signatures.append(signature)
            }
            return CosignatureShelf.dress(checkpoint, content.signatures)
        }
    }

    /// Says that enough witnesses signed this one. An older one than before changes nothing.
    public func setWitnessed(_ checkpoint: SignedCheckpoint) {
        content.withLock { content in
            if let known = content.witnessed, known.size > checkpoint.size { return }
            content.witnessed = checkpoint
        }
    }

    /// The newest checkpoint that enough witnesses signed, with their cosignatures; `nil` while there is none.
    public var witnessed: SignedCheckpoint? { content.withLock { $0.witnessed } }

    /// A checkpoint with what witnesses said of it.
    public func dressed(_ checkpoint: SignedCheckpoint) -> SignedCheckpoint {
        content.withLock { content in
            content.text == checkpoint.note.textBytes ? CosignatureShelf.dress(checkpoint, content.signatures) : checkpoint
        }
    }

    private static func dress(_ checkpoint: SignedCheckpoint, _ signatures: [NoteSignature]) -> SignedCheckpoint {
        var checkpoint = checkpoint
        for signature in signatures {
            // Past a note's limits, it is served without the rest.
            guard (try? checkpoint.add(signature)) != nil else { break }
        }
        return checkpoint
    }
}
