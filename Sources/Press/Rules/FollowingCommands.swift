import Acts

/// An actor of another server that an office follows, or has asked to.
struct FollowedActor: Hashable, Sendable {
    enum State: String, Hashable, Sendable {
        case asked, accepted, refused
    }

    var office: String
    var actor: String
    var inbox: String
    var state: State
    /// The entry by which it was asked.
    var asked: Int64

    /// The identifier of the activity that asks (ActivityPub, section 7.5).
    static func follow(_ office: String, asked: Int64, origin: String) -> String {
        "\(StatementNotes.actor(office, origin: origin))#follow-\(asked)"
    }
}

/// Whom offices follow on other servers. Acts of the office alone: whom a ministry reads is its own affair.
struct FollowingCommands: Sendable {
    let office: String
    let author: String

    /// Actors that one office follows at most.
    static let most = 500

    func ask(_ actor: String, inbox: String, known: [FollowedActor], form: String?) throws(Refusal) -> [ActDraft] {
        if let one = known.first(where: { $0.actor == actor }), one.state != .refused {
            throw Refusal(
                .conflict, code: "fediverse.followed", "The office follows that account already.", mend: "Look at the list.")
        }
        guard known.count < Self.most else {
            throw Refusal(
                .tooMany, code: "fediverse.follows-enough", "An office follows \(Self.most) accounts at most.",
                mend: "End one that is not read any more.", arguments: ["count": String(Self.most)])
        }
        return [draft(FollowingAsked(office: office, actor: actor, inbox: inbox), form: form)]
    }

    /// What whoever was asked says. Only to what was asked, and once: another answer changes it.
    func answer(_ one: FollowedActor, accepts: Bool) -> [ActDraft] {
        guard one.state != (accepts ? .accepted : .refused) else { return [] }
        return [draft(FollowingAnswered(office: office, actor: one.actor, accepts: accepts), form: nil)]
    }

    func end(_ actor: String, known: [FollowedActor], form: String?) throws(Refusal) -> [ActDraft] {
        guard let one = known.first(where: { $0.actor == actor }) else { throw Self.unknown }
        return [draft(FollowingEnded(office: office, actor: one.actor, inbox: one.inbox, asked: one.asked), form: form)]
    }

    static let unknown = Refusal(
        .notFound, code: "fediverse.no-account", "There is no such account, or its server does not answer.",
        mend: "Write it as @name@server.example, or its address.")

    private func draft<Content: Payload>(_ payload: Content, form: String?) -> ActDraft {
        ActDraft(
            payload, dossier: PressCommands.draftsDossier, office: office, author: author,
            marking: .restricted(.init(audience: [office], label: "internal")), request: form)
    }
}
