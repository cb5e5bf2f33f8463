public import Acts

/// Why a passkey's answer is not believed. Each reason is a step of WebAuthn Level 2, sections 7.1 and 7.2.
public enum PasskeyFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// Something is not of the form it should be; says what.
    case malformed(String)
    /// The client data is of another ceremony (step 7 of 7.1, 11 of 7.2).
    case wrongType(String)
    /// The challenge is not the one that was given (steps 8, 12).
    case wrongChallenge
    /// The page was at another address (steps 9, 13).
    case wrongOrigin(String)
    /// The page was inside another site's page.
    case crossOrigin
    /// The passkey is for another relying party (steps 13, 15).
    case wrongRelyingParty
    /// Nobody touched the authenticator (steps 14, 16).
    case userNotPresent
    /// The authenticator did not make sure who it was (steps 15, 17).
    case userNotVerified
    /// A registration without a credential.
    case noCredential
    /// A signature algorithm that was not asked for (step 16).
    case unsupportedAlgorithm
    /// An attestation that does not hold (step 19).
    case badAttestation
    /// The signature does not verify (step 20).
    case badSignature

    /// What happened, in English.
    public var description: String {
        switch self {
        case .malformed(let reason): reason
        case .wrongType(let type): "the browser answered for '\(type)'"
        case .wrongChallenge: "the answer is to another question"
        case .wrongOrigin(let origin): "the answer comes from a page at '\(origin)'"
        case .crossOrigin: "the answer comes from inside another site's page"
        case .wrongRelyingParty: "the passkey is for another site"
        case .userNotPresent: "nobody touched the authenticator"
        case .userNotVerified: "the authenticator did not check who used it"
        case .noCredential: "the answer holds no new passkey"
        case .unsupportedAlgorithm: "the passkey uses a signature algorithm that was not asked for"
        case .badAttestation: "the authenticator's statement about the passkey does not hold"
        case .badSignature: "the signature does not verify"
        }
    }

    /// The same for the person.
    public var refusal: Refusal {
        Refusal(
            .forbidden, code: "passkey.refused", "The passkey was not accepted: \(self).",
            mend: "Try again from this node's own page, or use a recovery code.", citation: "WebAuthn Level 2, 7.1 and 7.2",
            arguments: ["reason": description])
    }
}
