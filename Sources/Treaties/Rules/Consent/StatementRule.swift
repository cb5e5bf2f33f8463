public import Acts

/// Whether a statement may be entered, and as what: what the law refuses is refused with its article, what came late is recorded as
/// late.
public struct StatementRule: Sendable {
    let consent: ConsentFile
    let actors: ActorTable
    let today: CalendarDate

    public init(consent: ConsentFile, actors: ActorTable, today: CalendarDate) {
        self.consent = consent
        self.actors = actors
        self.today = today
    }

    /// - Parameter act: the signature or instrument it is part of, where it comes with one that is not entered yet.
    /// - Returns: the statement as it is recorded.
    public func check(_ made: TreatyStatementMade, with act: TreatyParticipation? = nil) throws(Refusal) -> TreatyStatementMade {
        guard let actor = actors[made.actor] else { throw AdmissionRule.unknownActor(made.actor) }
        try checkForm(made, by: actor)
        try checkAnswer(made, by: actor)
        if act == nil {
            try checkDuplicate(made, by: actor)
            try checkCompanion(made, by: actor)
        }
        return try admitted(made, with: act, by: actor)
    }

    /// The same with the person's authority, for a statement that is made by itself.
    public func checkWithAuthority(_ made: TreatyStatementMade) throws(Refusal) -> TreatyStatementMade {
        let recorded = try check(made)
        try AuthorityRule(actors: actors, held: consent.fullPowers).check(
            AuthorityRule.Deed(
                treaty: made.treaty, actor: made.actor, act: .statement, date: made.date, signatory: made.signatory,
                fullPowers: made.fullPowers, note: made.note))
        return recorded
    }

    private func checkForm(_ made: TreatyStatementMade, by actor: Actor) throws(Refusal) {
        if made.date > today {
            throw refuse(
                .unlawful, "date-in-future",
                "The date \(made.date) is still to come; an instrument is received on the day it arrives.",
                "Enter it on that day, or correct the date.", "VCLT art. 16", actor, ["date": made.date.description])
        }
        if let adopted = consent.file.opened.adoptedOn, made.date < adopted {
            throw refuse(
                .unlawful, "before-adoption", "The date \(made.date) is before the adoption of the text on \(adopted).",
                "Check the date of the instrument.", "VCLT arts. 9, 24(4)", actor,
                ["date": made.date.description, "adopted": adopted.description])
        }
        if !actor.exists(at: made.date) {
            throw refuse(
                .unlawful, "actor-did-not-exist", "\(actor.name(in: "en")) did not exist on \(made.date).",
                "Choose the predecessor or successor State, or correct the date.", "VCLT art. 6", actor,
                ["date": made.date.description])
        }
        guard made.text.contains(where: { !$0.isWhitespace }) else {
            throw refuse(
                .malformed, "statement-without-text",
                "Reservations, acceptances of them and objections are made in writing; there is no text.",
                "Enter the text as it was received.", "VCLT art. 23(1)", actor)
        }
        guard Self.isLanguageTag(made.language) else {
            throw refuse(
                .malformed, "language-tag", "'\(made.language)' does not name a language.", "Write its tag: fr.", nil, nil,
                ["language": made.language])
        }
    }

    /// Letters, digits and hyphens (RFC 5646, 2.1), not longer than any that is used.
    static func isLanguageTag(_ text: String) -> Bool {
        (2...35).contains(text.utf8.count)
            && text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
                (1...8).contains(part.utf8.count)
                    && part.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) }
            } && text.prefix { $0 != "-" }.utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
    }

    private func checkAnswer(_ made: TreatyStatementMade, by actor: Actor) throws(Refusal) {
        guard made.statement.answersAStatement else {
            guard made.answers == nil || made.statement == .communication || made.statement == .notification else {
                throw refuse(
                    .malformed, "answers-nothing",
                    "Only an objection, an acceptance, a recharacterization or a communication answers a statement.",
                    "Leave the statement answered out.", nil, actor)
            }
            return
        }
        guard let target = made.answers.flatMap({ entry in consent.statements.first { $0.entry == entry && !$0.isStruck } }) else {
            throw refuse(
                .conflict, "no-such-statement",
                "There is no statement \(made.answers.map(String.init) ?? "?") towards this treaty to answer.",
                "Choose it from the list of statements.", "VCLT art. 20", actor, ["entry": made.answers.map(String.init) ?? "?"])
        }
        guard target.made.actor != made.actor else {
            throw refuse(
                .unlawful, "own-statement", "\(actor.name(in: "en")) made that statement itself.", "Withdraw or modify it instead.",
                "VCLT arts. 20(4), 22", actor)
        }
        if made.statement != .recharacterization, !target.isReservation {
            throw refuse(
                .unlawful, "not-a-reservation", "Statement \(target.entry) is not a reservation, nor held to be one by anybody.",
                "Enter a recharacterization first if \(actor.name(in: "en")) holds it to be a reservation, or a communication.",
                "VCLT arts. 2(1)(d), 20", actor, ["entry": String(target.entry)])
        }
        if made.statement == .recharacterization, made.heldToBe == nil || made.heldToBe == target.made.statement {
            throw refuse(
                .malformed, "held-to-be-what", "A recharacterization says as what else the statement is held.", "Choose it.",
                "VCLT art. 2(1)(d)", actor)
        }
        if let withdrawn = target.withdrawnOn, withdrawn <= made.date {
            throw refuse(
                .unlawful, "answers-withdrawn", "Statement \(target.entry) was withdrawn on \(withdrawn).", "Nothing more is needed.",
                "VCLT art. 22(1)", actor, ["entry": String(target.entry), "date": withdrawn.description])
        }
        if made.date < target.made.date {
            throw refuse(
                .unlawful, "answers-before", "Statement \(target.entry) was made on \(target.made.date); \(made.date) is before it.",
                "Check the dates.", nil, actor,
                ["entry": String(target.entry), "made": target.made.date.description, "date": made.date.description])
        }
    }

    private func checkDuplicate(_ made: TreatyStatementMade, by actor: Actor) throws(Refusal) {
        for known in consent.statements where !known.isStruck && known.made.actor == made.actor && !known.isWithdrawn {
            let same =
                known.made.statement == made.statement && known.made.answers == made.answers
                && (made.statement.answersAStatement && made.statement != .recharacterization
                    || (known.made.date == made.date && known.made.text == made.text))
            guard same else { continue }
            throw refuse(
                .conflict, "statement-already",
                "\(actor.name(in: "en")) made the same statement on \(known.made.date) already, entry \(known.entry).",
                "Modify that one, or nothing more is needed.", nil, actor,
                ["date": known.made.date.description, "entry": String(known.entry)])
        }
    }

    /// A statement that says with which act it was made names an act of the same actor.
    private func checkCompanion(_ made: TreatyStatementMade, by actor: Actor) throws(Refusal) {
        guard let entry = made.madeAt else { return }
        guard consent.file.lines.contains(where: { $0.entry == entry && $0.participation.actor == made.actor }) else {
            throw refuse(
                .conflict, "made-at-nothing", "Entry \(entry) is not an act of \(actor.name(in: "en")) towards this treaty.",
                "Choose the signature or instrument from the list.", "VCLT art. 19", actor, ["entry": String(entry)])
        }
    }

    // MARK: Changes

    /// A withdrawal, a modification, a confirmation of a statement, or its striking out by the depositary.
    public func check(_ changed: TreatyStatementChanged) throws(Refusal) {
        guard let record = consent.statements.first(where: { $0.entry == changed.statement }) else {
            throw refuse(
                .notFound, "no-such-statement", "There is no statement \(changed.statement) towards this treaty to answer.",
                "Choose it from the list of statements.", "VCLT art. 20", nil, ["entry": String(changed.statement)])
        }
        let actor = actors[record.made.actor]
        if record.isStruck || record.isWithdrawn {
            throw refuse(
                .conflict, "statement-gone", "Statement \(record.entry) was withdrawn or struck out already.", "Nothing more is needed.",
                "VCLT art. 22", actor, ["entry": String(record.entry)])
        }
        if changed.date > today {
            throw refuse(
                .unlawful, "date-in-future",
                "The date \(changed.date) is still to come; an instrument is received on the day it arrives.",
                "Enter it on that day, or correct the date.", "VCLT art. 16", actor, ["date": changed.date.description])
        }
        if changed.date < record.made.date {
            throw refuse(
                .unlawful, "changed-before", "The statement was made on \(record.made.date); \(changed.date) is before it.",
                "Check the date.", "VCLT art. 22(3)", actor, ["made": record.made.date.description, "date": changed.date.description])
        }
        switch changed.change {
        case .struckOut:
            guard changed.note != nil else {
                throw refuse(
                    .malformed, "struck-unexplained", "What is struck out stays readable, with the reason.", "Say why in the remark.", nil,
                    actor)
            }
            return
        case .partlyWithdrawn, .modified:
            guard let text = changed.text, text.contains(where: { !$0.isWhitespace }), text != record.text.text else {
                throw refuse(
                    .malformed, "changed-to-what", "The statement's new text is missing, or the same as before.",
                    "Enter the text as it stands now.",
                    "VCLT art. 23(4)", actor)
            }
        case .confirmed:
            guard record.made.statement == .reservation, consent.madeAtSignature(record) else {
                throw refuse(
                    .unlawful, "confirms-nothing", "Only a reservation made at signature subject to ratification is confirmed.",
                    "Nothing more is needed.", "VCLT art. 23(2)", actor)
            }
            if record.changes.contains(where: { $0.changed.change == .confirmed }) {
                throw refuse(
                    .conflict, "confirmed-statement-already", "It was confirmed already.", "Nothing more is needed.", "VCLT art. 23(2)",
                    actor)
            }
        case .withdrawn: break
        }
        try AuthorityRule(actors: actors, held: consent.fullPowers).check(
            AuthorityRule.Deed(
                treaty: changed.treaty, actor: record.made.actor, act: .statement, date: changed.date, signatory: changed.signatory,
                fullPowers: changed.fullPowers, note: changed.note))
    }
}

extension StatementRecord {
    /// A reservation by its maker's name or, for what else it is called, by somebody's recharacterization.
    var isReservation: Bool { made.statement == .reservation || heldToBeReservation }
}

extension ConsentFile {
    /// The act a statement was made with.
    func companion(of record: StatementRecord) -> TreatyParticipation? {
        record.made.madeAt.flatMap { entry in file.lines.first { $0.entry == entry }?.participation }
    }

    /// Whether a statement was made at a signature that still awaits ratification.
    func madeAtSignature(_ record: StatementRecord) -> Bool {
        guard let act = companion(of: record) else { return false }
        return act.action == .signature || act.action == .signatureAdReferendum
    }
}
