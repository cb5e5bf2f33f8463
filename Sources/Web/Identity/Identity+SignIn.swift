import Acts
import Record

/// Signing in and out. Each reads what the record knows, asks a rule, and enters the act.
extension Identity {
    /// Whether a link could sign somebody in now, without using it.
    func checkLink(_ token: String) async throws {
        let hash = SignInSecret.hash(linkToken: token)
        let time = now()
        try await record.read { database in
            let secret = try IdentityView.secret(hash: hash, database)
            let person = try secret.flatMap { try IdentityView.person($0.person, database) }
            _ = try SignInRules.use(secret, as: .link, by: person, now: time)
        }
    }

    /// Uses a link's token or a recovery code.
    /// - Returns: who is signed in.
    func use(hash: String, as purpose: SignInSecretsIssued.Purpose, request: String, peer: String?) async throws -> Person {
        try attempts.check(peer, now: now())
        let found = Found<Person>()
        do {
            _ = try await record.enter(
                Command { context in
                    let secret = try IdentityView.secret(hash: hash, context.database)
                    let holder = try secret.flatMap { try IdentityView.person($0.person, context.database) }
                    let person = try SignInRules.use(secret, as: purpose, by: holder, now: context.now)
                    found.value = person
                    return [
                        ActDraft(
                            SignInSecretUsed(hash: hash), office: person.appointments.first?.office ?? Identity.firstOffice,
                            author: person.id, marking: Identity.internalMarking, request: request)
                    ]
                })
        } catch {
            attempts.failed(peer, now: now())
            throw error
        }
        guard let person = found.value else { throw SignInRules.noOffice }
        return person
    }

    /// Signs in with a passkey's answer. Enters nothing: nothing about the person changes.
    func signIn(_ answer: PasskeyAnswer, peer: String?) async throws -> Person {
        try attempts.check(peer, now: now())
        do {
            return try await check(answer)
        } catch {
            attempts.failed(peer, now: now())
            throw error
        }
    }

    private func check(_ answer: PasskeyAnswer) async throws -> Person {
        let client: ClientData
        do { client = try ClientData(parsing: answer.assertion.clientDataJSON) } catch { throw error.refusal }
        guard challenges.take(client.challenge, .signIn, now: now()) else { throw PasskeyFailure.wrongChallenge.refusal }
        let found = try await record.read { database -> (EnrolledKey, Person)? in
            guard let key = try IdentityView.key(credential: answer.credential, database),
                let person = try IdentityView.person(key.holder, database)
            else { return nil }
            return (key, person)
        }
        guard let (key, person) = found else { throw SignInRules.unknownPasskey }
        if let handle = answer.userHandle, handle != Array(person.id.utf8) { throw SignInRules.unknownPasskey }
        let verdict = PasskeyVerification.verify(
            answer.assertion, signature: answer.signature, by: key.publicKey, challenge: client.challenge, for: relyingParty)
        if case .failure(let failure) = verdict { throw failure.refusal }
        return person
    }

    /// Ends every session of a person, on every device.
    func endSessions(of person: String, by author: Person, request: String) async throws {
        let office = author.appointments.first?.office ?? Identity.firstOffice
        _ = try await record.enter(
            Command { _ in
                [
                    ActDraft(
                        SessionsEnded(person: person), office: office, author: author.id, marking: Identity.internalMarking,
                        request: request)
                ]
            })
    }
}

/// Carries a rule's finding out of the command. A rule may run twice; the last run, whose acts are entered, is the one that stands.
/// The record runs it on one thread at a time and answers only when it is done.
final class Found<Value: Sendable>: @unchecked Sendable {
    var value: Value?
}
