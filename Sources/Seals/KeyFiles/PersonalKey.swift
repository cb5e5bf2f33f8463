public import Acts

/// A key of a person, wherever it is kept: it signs acts.
public protocol PersonalKey: Sendable {
    var publicKey: PublicKey { get }

    /// Ed25519 64 bytes, P-256 in DER.
    func sign(_ message: [UInt8]) throws(SealError) -> [UInt8]
}

extension PersonalKey {
    /// Signs an act that was handed out to be signed.
    ///
    /// - Throws: ``SealError`` where the key does not sign, or signs wrongly.
    public func sign(_ request: SigningRequest) throws(SealError) -> SignatureFile {
        let signature = ActSignature(
            key: publicKey.identifier, algorithm: publicKey.algorithm, signature: try sign(request.digest))
        do {
            return try SignatureFile(digest: request.digest, key: publicKey, signature: signature)
        } catch {
            throw SealError(
                .failed, "What the key signed does not verify: \(error).", mend: "Check that private and public key belong together.")
        }
    }
}
