public import Acts
public import Hummingbird
import Record

/// How acts are signed by persons and entered.
extension House {
    /// An act that a desk has prepared and checked, shown to its author to be signed: in words, to the byte, with its digest.
    ///
    /// - Parameters:
    ///   - draft: its statement's author must be the visitor, and its `request` a form's, so that it is entered once.
    ///   - back: the page to return to.
    public func signingPage(_ draft: ActDraft, back: Breadcrumb, _ visit: Visit) async throws -> Response {
        let act = try SigningRequest(draft, node: configuration.origin.description)
        return try await SigningPages(house: self).page(act, back: back, refusal: nil, visit)
    }

    /// Enters a signed act, or, where its office wants two persons, the prepared act.
    ///
    /// - Parameter form: the identifier of the form it came by.
    /// - Returns: the act's entry; where it waits for a second person, the prepared act's.
    func enter(_ act: SigningRequest, signatures: [ActSignature], by person: Person, form: String) async throws -> Entry {
        let statement = act.statement
        guard statement.author == person.id else { throw SigningRules.notOurs }
        let house = self
        let entries = try await record.enter(
            Command { context in
                let database = context.database
                try house.access.requireStill(person, in: database)
                if statement.kind == KeyEnrolled.kind {
                    return [try house.enrolment(act, signatures: signatures, of: person, context)]
                }
                let drafts = try house.drafts(entering: act, by: person, context)
                let settings = try SigningView.settings(of: statement.office, database)
                if !(signatures.isEmpty && settings.unsignedActs) {
                    let keys = try IdentityView.keys(of: person.id, database)
                    try SigningRules.check(signatures, over: statement, by: [.init(person: person.id, keys: keys)])
                }
                guard settings.twoPersons else { return house.signed(drafts, signatures) }
                return [
                    ActDraft(
                        ActPrepared(request: act, signatures: signatures), dossier: statement.dossier, office: statement.office,
                        author: person.id, marking: Identity.internalMarking, request: form)
                ]
            })
        guard let first = entries.first else { throw SigningRules.changed }
        return first
    }

    /// A second person's decision on a prepared act; an approved one is entered with both signatures.
    /// - Returns: the act's entry, or that of the refusal.
    func review(
        _ prepared: Int64, approves: Bool, reason: String?, signature: ActSignature?, by person: Person, form: String
    ) async throws -> Entry {
        let house = self
        let entries = try await record.enter(
            Command { context in
                let database = context.database
                try house.access.requireStill(person, in: database)
                guard let waiting = try SigningView.waiting(prepared, database) else { throw SigningRules.notWaiting }
                guard let reviewer = try IdentityView.person(person.id, database) else { throw SignInRules.noOffice }
                // Whoever prepared an act may take it back, but not approve it.
                let first = approves ? waiting.author : ""
                try SigningRules.checkReviewer(reviewer, of: first, office: waiting.office)
                let content = try waiting.prepared()
                let act = content.request
                let review = ActDraft(
                    ActReviewed(prepared: prepared, digest: act.digest, approved: approves, reason: reason),
                    dossier: waiting.dossier, office: waiting.office, author: person.id, marking: Identity.internalMarking,
                    references: [Reference(prepared)], request: form)
                guard approves else { return [review] }
                guard let author = try IdentityView.person(waiting.author, database) else { throw SignInRules.noOffice }
                // The act follows its review, so its rule must know the place it will have.
                let after = context.after(1)
                // Both must be allowed it, as things stand now.
                _ = try house.drafts(entering: act, by: reviewer, after)
                let drafts = try house.drafts(entering: act, by: author, after)
                let settings = try SigningView.settings(of: waiting.office, database)
                let signatures = content.signatures + (signature.map { [$0] } ?? [])
                if !(signatures.isEmpty && settings.unsignedActs) {
                    try SigningRules.check(
                        signatures, over: act.statement,
                        by: try [author, reviewer].map { .init(person: $0.id, keys: try IdentityView.keys(of: $0.id, database)) })
                }
                return [review] + house.signed(drafts, signatures)
            })
        guard let last = approves ? entries.dropFirst().first : entries.first else { throw SigningRules.changed }
        return last
    }

    /// What the desk whose kind it is makes of a prepared act now; its first act must be the very one that was signed.
    private func drafts(entering act: SigningRequest, by person: Person, _ context: RuleContext) throws -> [ActDraft] {
        for desk in desks {
            guard let drafts = try desk.drafts(entering: act, by: person, in: context, house: self) else { continue }
            guard let first = drafts.first, first.statement == act.statement, first.payload == act.payload else {
                throw SigningRules.changed
            }
            return drafts
        }
        throw SigningRules.nobodysKind
    }

    private func signed(_ drafts: [ActDraft], _ signatures: [ActSignature]) -> [ActDraft] {
        var drafts = drafts
        if !drafts.isEmpty { drafts[0].signatures = signatures }
        return drafts
    }

    /// A person's own key file or token, enrolled by an act that the new key itself signs: proof that the person has it.
    private func enrolment(
        _ act: SigningRequest, signatures: [ActSignature], of person: Person, _ context: RuleContext
    ) throws -> ActDraft {
        let payload = try KeyEnrolled(json: try act.payload.json())
        guard payload.holder == person.id, payload.credential == nil, payload.besides == nil else { throw SigningRules.notOurs }
        try SignInRules.enrol(
            payload.publicKey, credential: nil, existing: try IdentityView.keys(of: person.id, context.database),
            taken: try IdentityView.wasEnrolled(payload.publicKey.identifier, context.database))
        do {
            try act.statement.check(signatures) { $0 == payload.publicKey.identifier ? payload.publicKey : nil }
        } catch {
            throw SigningRules.wrong(error.description)
        }
        return act.draft(signatures: signatures)
    }

    /// The person's signature, from what a form brought: a passkey's answer or a signature file; `nil` where it brought neither.
    func signature(in form: Form, over act: SigningRequest, by person: Person) async throws -> ActSignature? {
        if let text = try form.fields.filled("passkey", longest: 16_384) {
            let answer: PasskeyAnswer
            do {
                answer = try PasskeyAnswer(json: try JSONParser.parse(text))
            } catch {
                throw SigningRules.wrong("\(error)")
            }
            let keys = try await record.read { try IdentityView.keys(of: person.id, $0) }
            guard let key = keys.first(where: { $0.credential == answer.credential }) else { throw SignInRules.unknownPasskey }
            let verdict = PasskeyVerification.verify(
                answer.assertion, signature: answer.signature, by: key.publicKey, challenge: act.digest, for: identity.relyingParty)
            if case .failure(let failure) = verdict { throw failure.refusal }
            return ActSignature(
                key: key.publicKey.identifier, algorithm: key.publicKey.algorithm, signature: answer.signature, passkey: answer.assertion)
        }
        guard let text = try form.fields.filled("signature", longest: SignatureFile.maximumLength) else { return nil }
        do {
            return try SigningRules.signature(of: try SignatureFile(file: Array(text.utf8)), over: act)
        } catch let malformed as MalformedAct {
            throw SigningRules.wrong(malformed.description)
        }
    }
}
