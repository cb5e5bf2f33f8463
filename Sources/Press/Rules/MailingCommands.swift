import Acts

/// Enters who is sent statements by mail. What names an address is marked for nobody to read.
struct MailingCommands: Sendable {
    /// An office of this node, in whose name the node keeps the list.
    let office: String
    /// `node`, or the administrator who acts.
    let author: String

    /// The dossier of the list: apart from statements, so that nothing about readers moves a page of theirs.
    static let dossier = "press-mail"
    /// An audience that no office can be, since no office's name has an asterisk.
    static let nobody = Marking.restricted(.init(audience: ["*nobody"], label: "personal"))
    /// How long an address may wait to be confirmed: two days, in milliseconds.
    static let patience: Int64 = 2 * 86_400_000
    /// Messages that ask to confirm, to one address in a day.
    static let mostWritten = 3
    static let day: Int64 = 86_400_000
    /// Most that wait to be confirmed at one time.
    static let mostWaiting: Int64 = 20_000
    static let mostLanguages = 12

    /// - Parameters:
    ///   - known: the subscriber that reads the address already.
    ///   - waiting: how many wait to be confirmed.
    ///   - offered: the languages that can be asked for.
    ///   - isAddress: whether the text is an address of mail.
    func ask(
        _ act: MailAsked, known: String?, waiting: Int64, offered: Set<String>, heard: Set<String>, isAddress: (String) -> Bool,
        form: String?
    ) throws(Refusal) -> [ActDraft] {
        guard isAddress(act.address) else {
            throw Refusal(
                .malformed, code: "press.mail-address", "'\(act.address.prefix(80))' is not an address of electronic mail.",
                mend: "Write it as name@example.org.", citation: "RFC 5321, 4.1.2", arguments: ["address": String(act.address.prefix(80))])
        }
        guard !act.languages.isEmpty, act.languages.count <= Self.mostLanguages, act.languages.allSatisfy(offered.contains) else {
            throw Refusal(
                .malformed, code: "press.mail-language", "No language is chosen, or one that statements are not sent in.",
                mend: "Choose at least one of those that are offered.")
        }
        guard act.offices.allSatisfy(heard.contains) else {
            throw Refusal(
                .malformed, code: "press.mail-office", "One of the offices is not of this node.", mend: "Choose among those that are shown."
            )
        }
        guard waiting < Self.mostWaiting else { throw Self.tooMany }
        var act = act
        if let known { act.subscriber = known }
        return [draft(act, form: form)]
    }

    /// The link in the message was followed and its button pressed.
    func confirm(_ request: MailRequest?, form: String?) throws(Refusal) -> [ActDraft] {
        guard let request, !request.isEnded else { throw Self.badLink }
        guard !request.isConfirmed else { return [] }
        return [draft(MailConfirmed(subscriber: request.subscriber, asked: request.entry), form: form)]
    }

    func written(_ request: MailRequest, isTaken: Bool) -> [ActDraft] {
        [draft(MailWritten(subscriber: request.subscriber, asked: request.entry, isTaken: isTaken), form: nil)]
    }

    func sent(_ receipts: [MailSent.Receipt]) -> [ActDraft] { receipts.isEmpty ? [] : [draft(MailSent(receipts: receipts), form: nil)] }

    /// - Parameter isOpen: whether anything is sent there, or waits to be confirmed.
    func end(_ subscriber: String, isOpen: Bool, _ manner: MailEnded.Manner, form: String?) -> [ActDraft] {
        isOpen ? [draft(MailEnded(subscriber: subscriber, manner: manner), form: form)] : []
    }

    private func draft(_ payload: some Payload, form: String?) -> ActDraft {
        ActDraft(payload, dossier: Self.dossier, office: office, author: author, marking: Self.nobody, request: form)
    }

    static var badLink: Refusal {
        Refusal(
            .notFound, code: "press.mail-link", "The link is not one that this node sent, or it has expired.",
            mend: "Ask for statements by mail again.")
    }

    static var tooMany: Refusal {
        Refusal(
            .tooMany, code: "press.mail-many", "Too many addresses were asked for in a short time.", mend: "Try again in an hour.",
            citation: "RFC 6585, 4")
    }

    static var noMail: Refusal {
        Refusal(
            .unavailable, code: "press.mail-none", "This node sends no mail.", mend: "Follow one of the feeds.",
            citation: "docs/press.md, By mail")
    }
}

/// What was asked for an address, and how far it has come.
struct MailRequest: Hashable, Sendable {
    /// The entry of the asking.
    var entry: Int64
    var subscriber: String
    var address: String
    var languages: [String]
    var offices: [String]
    var asked: Moment
    /// The entry of its confirmation.
    var confirmed: Int64?
    var isWritten: Bool
    var isEnded: Bool

    var isConfirmed: Bool { confirmed != nil }
}

/// Whom statements are sent to.
struct MailSubscriber: Hashable, Sendable {
    /// What holds: the newest that was confirmed.
    var request: MailRequest
    /// The entry up to which everything was sent.
    var upTo: Int64

    func wants(_ office: String) -> Bool { request.offices.isEmpty || request.offices.contains(office) }
}

/// Something to tell whoever follows: a release, or a withdrawal.
struct StatementNews: Hashable, Sendable {
    var entry: Int64
    var statement: String
    /// The version that was released; `nil`: the statement was withdrawn.
    var version: Int64?
    var office: String
    var at: Moment
}
