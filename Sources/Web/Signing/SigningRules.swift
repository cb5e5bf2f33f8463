import Acts

/// Whose signature an act takes. Pure.
enum SigningRules {
    /// A signature with the public key it must be by.
    struct Signer: Hashable, Sendable {
        var person: String
        /// The person's keys that are not revoked.
        var keys: [EnrolledKey]
    }

    /// Each signature is over this act, by a key that one of the signers has now, in the way that key signs; and each of
    /// the signers has signed.
    static func check(_ signatures: [ActSignature], over statement: ActStatement, by signers: [Signer]) throws(Refusal) {
        guard !signatures.isEmpty else { throw unsigned }
        let keys = signers.flatMap(\.keys)
        for signature in signatures {
            guard let key = keys.first(where: { $0.publicKey.identifier == signature.key }) else { throw unknownKey(signature.key) }
            // A passkey signs through an authenticator, a key file straight; neither can stand in for the other.
            guard (key.credential == nil) == (signature.passkey == nil) else { throw wrong("the key signs in another way") }
        }
        do {
            try statement.check(signatures) { identifier in keys.first { $0.publicKey.identifier == identifier }?.publicKey }
        } catch {
            throw wrong(error.description)
        }
        for signer in signers {
            guard signatures.contains(where: { signature in signer.keys.contains { $0.publicKey.identifier == signature.key } }) else {
                throw unsigned
            }
        }
    }

    /// The signer's own key that a file's signature is by.
    static func signature(of file: SignatureFile, over act: SigningRequest) throws(Refusal) -> ActSignature {
        guard file.digest == act.digest else { throw otherAct }
        return file.signature
    }

    /// A second person: of the same office, not the first one again.
    static func checkReviewer(_ reviewer: Person, of author: String, office: String) throws(Refusal) {
        guard reviewer.id != author else {
            throw Refusal(
                .forbidden, code: "signing.own-act", "Nobody approves an act of their own.",
                mend: "Another person of the office approves it.", citation: "docs/operating.md, Two persons")
        }
        guard reviewer.appointments.contains(where: { $0.office == office }) else {
            throw Refusal(
                .forbidden, code: "signing.other-office", "Only a person of the office \(office) approves its acts.",
                mend: "Another person of that office approves it.", citation: "docs/operating.md, Two persons",
                arguments: ["office": office])
        }
    }

    static var unsigned: Refusal {
        Refusal(
            .unlawful, code: "signing.unsigned", "This act is not signed by the person who does it.",
            mend: "Sign it with a passkey, a key file or a token.", citation: "docs/operating.md, Signed acts")
    }

    static func unknownKey(_ key: String) -> Refusal {
        Refusal(
            .forbidden, code: "signing.unknown-key", "The key \(key) is not one of this person's, or it was revoked.",
            mend: "Sign with a key that is enrolled on the account page.", citation: "docs/operating.md, Signed acts",
            arguments: ["key": key])
    }

    static func wrong(_ reason: String) -> Refusal {
        Refusal(
            .forbidden, code: "signing.wrong-signature", "The signature does not hold: \(reason).", mend: "Sign the act again.",
            citation: "docs/protocol.md, 3", arguments: ["reason": reason])
    }

    static var otherAct: Refusal {
        Refusal(
            .conflict, code: "signing.other-act", "The signature is over another act than the one on this page.",
            mend: "Download the signing request again, sign it, and bring back that signature.", citation: "docs/protocol.md, 10")
    }

    static var notOurs: Refusal {
        Refusal(
            .forbidden, code: "signing.not-prepared", "This act was not prepared by this node for you, or it waited too long.",
            mend: "Fill the form in anew.")
    }

    static var changed: Refusal {
        Refusal(
            .conflict, code: "signing.changed", "What would be entered is no longer what was signed.",
            mend: "Fill the form in anew and sign what it shows.")
    }

    static var nobodysKind: Refusal {
        Refusal(
            .malformed, code: "signing.kind", "Acts of this kind are not entered by signing.", mend: "Start from the desk's own page.")
    }

    static var notWaiting: Refusal {
        Refusal(
            .conflict, code: "signing.not-waiting", "This act does not wait for approval any more.",
            mend: "Look at the list of acts that wait.")
    }
}
