public import Crypto

/// Cosigns checkpoints with Ed25519: type 04, a witness's key (C2SP tlog-cosignature, cosignature/v1).
///
/// The signed message does not name the cosigner, so each cosigner must have a key of its own.
public struct Ed25519Cosigner: Cosigner {
    /// The public key in its portable form.
    public let verifierKey: VerifierKey

    private let privateKey: Curve25519.Signing.PrivateKey

    /// Takes a private key and the name it signs under.
    public init(name: KeyName, privateKey: Curve25519.Signing.PrivateKey) {
        self.privateKey = privateKey
        verifierKey = VerifierKey(
            name: name, type: .ed25519Cosignature, publicKey: Array(privateKey.publicKey.rawRepresentation))
    }

    /// Takes the 32 secret bytes of a key (RFC 8032's seed).
    ///
    /// - Throws: ``NoteError/badVerifierKey(_:)`` when there are not 32.
    public init(name: KeyName, seed: [UInt8]) throws(NoteError) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { throw .badVerifierKey(name.text) }
        self.init(name: name, privateKey: key)
    }

    /// A note signer that cosigns as of one time, in seconds since 1970-01-01 00:00 UTC.
    public func signer(at time: UInt64) -> any NoteSigner { Ed25519TimedSigner(cosigner: self, time: time) }

    fileprivate func signature(for message: [UInt8]) throws -> [UInt8] {
        Array(try privateKey.signature(for: message))
    }
}

private struct Ed25519TimedSigner: NoteSigner {
    let cosigner: Ed25519Cosigner
    let time: UInt64

    var name: KeyName { cosigner.verifierKey.name }
    var keyID: UInt32 { cosigner.verifierKey.keyID }

    func sign(_ text: [UInt8]) throws -> [UInt8] {
        guard (try? Checkpoint(parsing: text)) != nil else { throw NoteError.notACheckpoint }
        // Checked first: nothing is signed with a time the format cannot carry.
        guard time <= Cosignature.latestTime else { throw NoteError.timeOutOfRange(time) }
        let signature = try cosigner.signature(for: Cosignature.message(time: time, text: text))
        return try Cosignature(time: time, signature: signature).bytes
    }
}
