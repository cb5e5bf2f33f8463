import Acts
import Record

/// A person's keys and recovery codes.
extension Identity {
    /// Enrols a new passkey from the browser's answer.
    func enrol(_ answer: PasskeyRegistrationAnswer, label: String?, for person: Person, session: Session) async throws {
        let client: ClientData
        do { client = try ClientData(parsing: answer.clientDataJSON) } catch { throw error.refusal }
        guard challenges.take(client.challenge, .registration(session: session.id), now: now()) else {
            throw PasskeyFailure.wrongChallenge.refusal
        }
        let outcome = PasskeyVerification.register(
            clientDataJSON: answer.clientDataJSON, attestationObject: answer.attestationObject, challenge: client.challenge,
            for: relyingParty)
        let registration: PasskeyVerification.Registration
        switch outcome {
        case .success(let new): registration = new
        case .failure(let failure): throw failure.refusal
        }
        let label = try label.map { try OfficeRules.checkName($0) } ?? "Passkey of \(now().date)"
        _ = try await record.enter(
            Command { context in
                try Access().requireStill(person, in: context.database)
                let existing = try IdentityView.keys(of: person.id, context.database)
                let taken = try IdentityView.key(credential: registration.credential, context.database) != nil
                try SignInRules.enrol(
                    registration.publicKey, credential: registration.credential, existing: existing, taken: taken)
                return [
                    ActDraft(
                        KeyEnrolled(
                            holder: person.id, publicKey: registration.publicKey, label: label, credential: registration.credential),
                        office: person.appointments.first?.office ?? Identity.firstOffice, author: person.id)
                ]
            })
    }

    /// Revokes a key; it signs nobody in and signs nothing from then on.
    func revoke(_ key: String, of holder: String, reason: String, by author: Person, request: String) async throws {
        _ = try await record.enter(
            Command { context in
                guard let enrolled = try IdentityView.key(key, context.database), enrolled.holder == holder else {
                    throw Refusal(
                        .notFound, code: "passkey.unknown", "This passkey is not enrolled here, or it was revoked.",
                        mend: "Look at the list again.")
                }
                return [
                    ActDraft(
                        KeyRevoked(key: key, reason: reason), office: author.appointments.first?.office ?? Identity.firstOffice,
                        author: author.id, references: [Reference(enrolled.entry)], request: request)
                ]
            })
    }

    /// Makes a new set of recovery codes; the old ones are good no more.
    /// - Returns: the codes, which nobody will ever be able to read again.
    func newRecoveryCodes(for person: Person, request: String) async throws -> [String] {
        let codes = (0..<SignInSecret.recoveryCodeCount).map { _ in SignInSecret.makeRecoveryCode() }
        _ = try await record.enter(
            Command { context in
                try Access().requireStill(person, in: context.database)
                return [
                    ActDraft(
                        SignInSecretsIssued(person: person.id, purpose: .recovery, hashes: codes.map(SignInSecret.hash(recoveryCode:))),
                        office: person.appointments.first?.office ?? Identity.firstOffice, author: person.id,
                        marking: Identity.internalMarking, request: request)
                ]
            })
        return codes
    }
}
