import Acts

/// Enters that a digest is asked for, confirmed, sent and ended.
struct DigestCommands: Sendable {
    let actors: ActorTable
    /// The office of the person, to which alone the acts are open.
    let office: String
    let author: String

    /// How much a person may follow.
    static let most = 200

    func request(
        _ request: TreatyDigestRequested, languages: [String], isAddress: (String) -> Bool, treatyExists: (String) throws -> Bool,
        form: String?
    ) throws -> [ActDraft] {
        guard isAddress(request.address) else {
            throw Refusal(
                .malformed, code: "treaty.contact-address", "'\(request.address)' is not an address of electronic mail.",
                mend: "Write it as name@domain, one a line.", citation: "RFC 5321, 4.1.2", arguments: ["address": request.address])
        }
        guard languages.contains(request.language) else {
            let names = languages.joined(separator: ", ")
            throw Refusal(
                .malformed, code: "request.choice", "'\(request.language)' is not a value that the field 'language' takes.",
                mend: "It takes one of these: \(names).",
                arguments: ["field": "language", "value": request.language, "choices": names])
        }
        guard request.treaties.count + request.actors.count <= Self.most else {
            throw Refusal(
                .malformed, code: "treaty.digest-follows-many", "A digest follows at most \(Self.most) treaties and actors.",
                mend: "Take some out.", arguments: ["most": String(Self.most)])
        }
        for treaty in request.treaties where try !treatyExists(treaty) { throw TreatyCommands.unknownTreaty(treaty) }
        for actor in request.actors where actors[actor] == nil { throw AdmissionRule.unknownActor(actor) }
        return [draft(request, form: form)]
    }

    /// Whoever follows the link twice has confirmed once.
    func confirm(_ subscription: DigestSubscription?, person: String, request: Int64) throws(Refusal) -> [ActDraft] {
        guard let subscription, subscription.entry == request, !subscription.isEnded else { throw Self.badLink }
        guard !subscription.isConfirmed else { return [] }
        return [draft(TreatyDigestConfirmed(person: person, request: request), form: nil)]
    }

    func end(_ subscription: DigestSubscription?, _ manner: TreatyDigestEnded.Manner, reply: String? = nil, form: String?) -> [ActDraft] {
        guard let subscription, !subscription.isEnded else { return [] }
        return [draft(TreatyDigestEnded(person: subscription.request.person, manner: manner, reply: reply), form: form)]
    }

    func sent(_ sent: TreatyDigestSent, now subscription: DigestSubscription?) -> [ActDraft] {
        guard subscription != nil else { return [] }
        return [draft(sent, form: nil)]
    }

    static var badLink: Refusal {
        Refusal(
            .forbidden, code: "treaty.digest-link", "The link is not one that was sent for this digest, or a newer one took its place.",
            mend: "Follow the link in the newest message, whole, or sign in and look at your digest's page.")
    }

    private func draft(_ payload: some Payload, form: String?) -> ActDraft {
        ActDraft(
            payload, office: office, author: author, marking: .restricted(.init(audience: [office], label: "internal")), request: form)
    }
}
