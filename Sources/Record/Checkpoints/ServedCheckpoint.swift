import Ledger
import Synchronization

/// Adds the log's ML-DSA-44 line to checkpoints that are asked for, once for each (C2SP tlog-checkpoint, "Signatures").
///
/// Such a signature costs more than the rest of a group commit, and most checkpoints are never read: so the commit signs with
/// Ed25519 alone, and this signs what is served. The line carries no time and is deterministic (FIPS 204, section 3.4), so a
/// checkpoint has the same bytes whenever and in whichever process it is asked for.
final class ServedCheckpoint: Sendable {
    private let signer: MLDSA44Cosigner
    private let newest = Mutex<SignedCheckpoint?>(nil)

    init(_ signer: MLDSA44Cosigner) {
        self.signer = signer
    }

    var verifierKey: VerifierKey { signer.verifierKey }

    /// The checkpoint with both lines.
    ///
    /// Those who ask meanwhile wait for the one signature instead of making it again.
    func signed(_ checkpoint: SignedCheckpoint) throws -> SignedCheckpoint {
        try newest.withLock { newest in
            if let newest, newest.checkpoint == checkpoint.checkpoint { return newest }
            let signed = try ServedCheckpoint.signed(checkpoint, by: signer)
            // An older one, held by a request that began before, does not push the newest out.
            if newest.map({ $0.size <= signed.size }) ?? true { newest = signed }
            return signed
        }
    }

    static func signed(_ checkpoint: SignedCheckpoint, by signer: MLDSA44Cosigner) throws -> SignedCheckpoint {
        var signed = checkpoint
        try signed.add(NoteSignature(signing: checkpoint.note.textBytes, by: signer.logSigner))
        return signed
    }
}
