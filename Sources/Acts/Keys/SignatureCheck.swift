import Crypto

/// Why an act's signatures do not hold.
public enum SignatureFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is none.
    case unsigned
    /// No such key is known.
    case unknownKey(String)
    /// The signature names another algorithm than its key's.
    case otherAlgorithm(key: String)
    /// One key has signed twice.
    case repeatedKey(String)
    /// The signature is not that key's over this act.
    case wrong(key: String)
    /// The passkey was asked to sign something else.
    case otherChallenge(key: String)
    /// Only ML-DSA-65 signatures: until the algorithm has stood longer, it strengthens a classical one and does not replace it.
    case postQuantumAlone

    public var description: String {
        switch self {
        case .unsigned: "the act is not signed"
        case .unknownKey(let key): "the key \(key) is not known"
        case .otherAlgorithm(let key): "the signature by key \(key) names another algorithm than the key's"
        case .repeatedKey(let key): "the key \(key) has signed twice"
        case .wrong(let key): "the signature by key \(key) is not over this act"
        case .otherChallenge(let key): "the passkey \(key) was asked to sign something else than this act"
        case .postQuantumAlone: "an ML-DSA-65 signature stands beside a classical one, never alone"
        }
    }
}

extension ActStatement {
    /// Checks an act's signatures: each by a known key, each right, and a classical one among them.
    ///
    /// For a passkey, this shows that its key signed this act's digest. Whether the site and the person's presence are as they should
    /// be (WebAuthn Level 2, 7.2) was for the node to check when it took the signature.
    ///
    /// - Parameter key: the public key of that identifier, as it stood when the act was entered.
    /// - Throws: the first fault; one wrong signature voids the act.
    public func check(_ signatures: [ActSignature], key: (String) -> PublicKey?) throws(SignatureFault) {
        guard !signatures.isEmpty else { throw .unsigned }
        let digest = digest
        var seen: Set<String> = []
        for signature in signatures {
            guard let publicKey = key(signature.key) else { throw .unknownKey(signature.key) }
            guard publicKey.algorithm == signature.algorithm else { throw .otherAlgorithm(key: signature.key) }
            guard seen.insert(signature.key).inserted else { throw .repeatedKey(signature.key) }
            var message = digest
            if let passkey = signature.passkey {
                guard passkey.challenge == digest else { throw .otherChallenge(key: signature.key) }
                message = passkey.authenticatorData + Array(SHA256.hash(data: passkey.clientDataJSON))
            }
            guard publicKey.verifies(signature.signature, over: message) else { throw .wrong(key: signature.key) }
        }
        guard signatures.contains(where: { $0.algorithm != .mlDSA65 }) else { throw .postQuantumAlone }
    }
}

extension ActSignature.PasskeyAssertion {
    /// What the browser says the passkey was asked to sign; `nil` where it says no such thing (WebAuthn Level 2, 5.8.1).
    public var challenge: [UInt8]? {
        guard let json = try? JSONParser.parse(clientDataJSON), json["type"]?.string == "webauthn.get",
            let text = json["challenge"]?.string
        else { return nil }
        return Base64.decodeFromAddress(text)
    }
}
