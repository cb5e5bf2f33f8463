/// Cosigns checkpoints and subtrees with ML-DSA-44: type 06 (C2SP tlog-cosignature, subtree/v1).
///
/// The signed message names the cosigner. Extension lines of a checkpoint are not signed.
public struct MLDSA44Cosigner: Cosigner {
    /// The public key in its portable form.
    public let verifierKey: VerifierKey

    private let privateKey: MLDSA44PrivateKey

    /// Takes a private key and the name it signs under.
    public init(name: KeyName, privateKey: MLDSA44PrivateKey) {
        self.privateKey = privateKey
        verifierKey = VerifierKey(name: name, type: .mlDSA44Cosignature, publicKey: privateKey.publicKey.bytes)
    }

    /// Takes the 32 secret bytes of a key (FIPS 204's ξ).
    ///
    /// - Throws: ``NoteError/badSeed(_:)`` when there are not 32.
    public init(name: KeyName, seed: [UInt8]) throws(NoteError) {
        self.init(name: name, privateKey: try MLDSA44PrivateKey(seed: seed))
    }

    /// What checks this key's signatures.
    public var verifier: MLDSA44CosignatureVerifier {
        get throws(NoteError) { try MLDSA44CosignatureVerifier(verifierKey) }
    }

    /// A note signer that cosigns as of one time, in seconds since 1970-01-01 00:00 UTC; 0 says nothing of the tree being the
    /// largest seen.
    public func signer(at time: UInt64) -> any NoteSigner {
        MLDSA44TimedSigner(name: verifierKey.name, keyID: verifierKey.keyID, privateKey: privateKey, time: time)
    }

    /// A note signer for the log that owns the key: it signs the log's own checkpoints, at time 0 and deterministically, so
    /// that the same checkpoint always gets the same line (C2SP tlog-checkpoint, "Signatures").
    ///
    /// A log need not claim that a tree is the largest it has seen, and time 0 does not.
    public var logSigner: any NoteSigner {
        MLDSA44TimedSigner(name: verifierKey.name, keyID: verifierKey.keyID, privateKey: privateKey, time: 0, isDeterministic: true)
    }

    /// Signs a subtree, saying: it is consistent with all I have seen of this log. Its time is 0.
    ///
    /// - Throws: ``NoteError``.
    public func cosign(_ subtree: Subtree, of origin: String) throws(NoteError) -> NoteSignature {
        let message = try CosignedMessage(
            origin: origin, leaves: subtree.leaves, root: subtree.root, by: verifierKey.name, at: 0)
        let signature = try privateKey.signature(for: message.bytes)
        return NoteSignature(
            name: verifierKey.name, keyID: verifierKey.keyID, signature: try Cosignature(time: 0, signature: signature).bytes)
    }
}

private struct MLDSA44TimedSigner: NoteSigner {
    let name: KeyName
    let keyID: UInt32
    let privateKey: MLDSA44PrivateKey
    let time: UInt64
    var isDeterministic = false

    func sign(_ text: [UInt8]) throws -> [UInt8] {
        guard let checkpoint = try? Checkpoint(parsing: text) else { throw NoteError.notACheckpoint }
        let message = try CosignedMessage(checkpoint, by: name, at: time).bytes
        let signature = try isDeterministic ? privateKey.deterministicSignature(for: message) : privateKey.signature(for: message)
        return try Cosignature(time: time, signature: signature).bytes
    }
}
