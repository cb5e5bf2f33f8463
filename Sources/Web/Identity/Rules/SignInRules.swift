import Acts

/// When a secret signs somebody in, and how many keys one may have. Pure.
enum SignInRules {
    /// Passkeys one person may have at once.
    static let mostKeys = 20

    /// - Parameters:
    ///   - secret: what the record knows of it; `nil` where it was never given out.
    ///   - person: whose it is, if still in office.
    /// - Returns: who it signs in.
    static func use(
        _ secret: IssuedSecret?, as purpose: SignInSecretsIssued.Purpose, by person: Person?, now: Moment
    ) throws(Refusal) -> Person {
        guard let secret, secret.purpose == purpose else {
            throw purpose == .link ? unknownLink : unknownCode
        }
        guard !secret.isUsed else {
            throw Refusal(
                .forbidden, code: "sign-in.used", "This was used before and is good no more.",
                mend: "Use your passkey or another recovery code, or ask an administrator for a new link.")
        }
        guard secret.isNewest else {
            throw Refusal(
                .forbidden, code: "sign-in.replaced", "A newer one was given out since, and this is good no more.",
                mend: "Use the newest one.")
        }
        if let expires = secret.expires, now >= expires {
            throw Refusal(
                .forbidden, code: "sign-in.expired", "This link has expired.", mend: "Ask for a new one; a link is good for one hour.")
        }
        guard let person else { throw noOffice }
        return person
    }

    static func enrol(_ key: PublicKey, credential: [UInt8]?, existing: [EnrolledKey], taken: Bool) throws(Refusal) {
        guard existing.count < mostKeys else {
            throw Refusal(
                .conflict, code: "passkey.too-many", "One person may have \(mostKeys) passkeys at most.",
                mend: "Revoke one that is no longer used.", arguments: ["limit": String(mostKeys)])
        }
        guard !taken, !existing.contains(where: { $0.publicKey == key || (credential != nil && $0.credential == credential) }) else {
            throw Refusal(
                .conflict, code: "passkey.enrolled", "This passkey is enrolled already.", mend: "Use it to sign in, or add another.")
        }
    }

    static var unknownLink: Refusal {
        Refusal(
            .forbidden, code: "sign-in.unknown-link", "This link is not one that this node gave out.",
            mend: "Check that the whole address was copied, or ask for a new link.")
    }

    static var unknownCode: Refusal {
        Refusal(
            .forbidden, code: "sign-in.unknown-code", "This recovery code is not right.", mend: "Check it, or use another one.")
    }

    static var unknownPasskey: Refusal {
        Refusal(
            .forbidden, code: "passkey.unknown", "This passkey is not enrolled here, or it was revoked.",
            mend: "Use another passkey or a recovery code.")
    }

    static var noOffice: Refusal {
        Refusal(
            .forbidden, code: "access.no-office", "The person holds no office any more.",
            mend: "An administrator can give an appointment.")
    }
}
