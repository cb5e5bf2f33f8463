public import Acts

/// What stands in the way of an act of consent, beyond the register's own rule of admission: authority, the text, the treaty's
/// final clauses, and its end.
public struct ConsentRule: Sendable {
    let consent: ConsentFile
    let actors: ActorTable
    let today: CalendarDate

    public init(consent: ConsentFile, actors: ActorTable, today: CalendarDate) {
        self.consent = consent
        self.actors = actors
        self.today = today
    }

    private var opened: TreatyOpened { consent.file.opened }

    /// All that can be said before it is known who signs: what a form shows beside each act.
    public func checkOpen(_ act: TreatyParticipation) throws(Refusal) {
        try AdmissionRule(file: consent.file, actors: actors, today: today).check(act)
        guard let actor = actors[act.actor] else { throw AdmissionRule.unknownActor(act.actor) }
        try checkAlive(act, by: actor)
        try checkForm(act, by: actor)
        try checkLaw(act, by: actor)
    }

    /// The whole of it.
    /// - Returns: on what the authority rests; `nil` for an act recorded as unconfirmed.
    @discardableResult
    public func check(_ act: TreatyParticipation) throws(Refusal) -> AuthorityRule.Ground? {
        try checkOpen(act)
        guard let actor = actors[act.actor] else { throw AdmissionRule.unknownActor(act.actor) }
        try checkText(act)
        try checkParts(act, by: actor)
        try checkAttached(act, by: actor)
        let rule = AuthorityRule(actors: actors, held: consent.fullPowers)
        let deed = AuthorityRule.Deed(
            treaty: act.treaty, actor: act.actor, act: act.action.authority, date: act.date, signatory: act.signatory,
            fullPowers: act.fullPowers, note: act.note)
        guard act.unconfirmed else { return try rule.check(deed) }
        _ = try rule.signatory(of: deed, actor)
        return nil
    }

    /// A treaty that has ended takes no more acts.
    private func checkAlive(_ act: TreatyParticipation, by actor: Actor) throws(Refusal) {
        for end in consent.terminations where act.date >= end.from && (end.actors.isEmpty || end.actors.contains(act.actor)) {
            throw refuse(
                .unlawful, "terminated", "The treaty ended on \(end.from).", "Check the date of the act.",
                end.ground.citation(ending: true), actor,
                ["date": end.from.description])
        }
    }

    /// What each form of act presupposes.
    private func checkForm(_ act: TreatyParticipation, by actor: Actor) throws(Refusal) {
        let name = actor.name(in: "en")
        let earlier = consent.file.acts(of: act.actor).filter { $0.date <= act.date }
        switch act.action {
        case .initialling:
            if earlier.contains(where: { $0.action == .initialling }) {
                throw refuse(
                    .conflict, "initialled-already", "\(name) has initialled the text already.", "Nothing more is needed.",
                    "VCLT art. 10(b)", actor)
            }
        case .intentionNotToBecomeParty:
            guard earlier.contains(where: { $0.action.isSignature || $0.action.isConsent }) else {
                throw refuse(
                    .unlawful, "nothing-to-disavow",
                    "\(name) has neither signed nor consented, so it owes nothing before entry into force.",
                    "Check the actor.", "VCLT art. 18", actor)
            }
            if earlier.last(where: { $0.action == .intentionNotToBecomeParty || $0.action.isConsent })?.action
                == .intentionNotToBecomeParty
            {
                throw refuse(
                    .conflict, "disavowed-already", "\(name) has made it clear already that it does not intend to become a Party.",
                    "Nothing more is needed.", "VCLT art. 18(a)", actor)
            }
            if earlier.last(where: { $0.action.isConsent || $0.action.isWithdrawal })?.action.isConsent ?? false,
                let force = consent.file.confirmed ?? consent.file.proposed, force <= act.date
            {
                throw refuse(
                    .unlawful, "bound-by-treaty", "The treaty is in force and \(name) is bound by it.",
                    "Enter a notice of withdrawal or denunciation.",
                    "VCLT arts. 18, 26, 54", actor)
            }
        case .provisionalApplication:
            let starts = earlier.last { $0.action == .provisionalApplication || $0.action == .provisionalApplicationEnd }
            if starts?.action == .provisionalApplication {
                throw refuse(
                    .conflict, "provisional-already", "\(name) applies the treaty provisionally already.", "Nothing more is needed.",
                    "VCLT art. 25", actor)
            }
        default: break
        }
    }

    /// The text before the signatory was the one authenticated, in all its languages together.
    private func checkText(_ act: TreatyParticipation) throws(Refusal) {
        guard let text = act.text else { return }
        guard let authenticated = consent.authenticatedText else {
            throw refuse(
                .unlawful, "text-not-authenticated", "No text of this treaty has been authenticated, so there is none to refer to.",
                "Authenticate the texts first, or leave the hash out.", "VCLT art. 10", nil)
        }
        guard text == authenticated else {
            throw refuse(
                .conflict, "other-text",
                "The text signed, \(text.prefix(16))…, is not the authenticated one, \(authenticated.prefix(16))….",
                "Put the authenticated text before the signatory; an error in it is corrected under article 79.", "VCLT arts. 10, 79", nil,
                ["text": String(text.prefix(16)), "authenticated": String(authenticated.prefix(16))])
        }
    }

    private func checkParts(_ act: TreatyParticipation, by actor: Actor) throws(Refusal) {
        if act.action == .territorialApplication, act.territories.isEmpty {
            throw refuse(
                .malformed, "no-territory", "A territorial application names the territories.", "Name them.", "VCLT art. 29", actor)
        }
        // Consent to part of a treaty takes effect only if the treaty permits or the others agree; a remark says which.
        if act.action.isConsent, !act.provisions.isEmpty, act.note == nil {
            throw refuse(
                .unlawful, "part-unexplained",
                "Consent to part of a treaty, or a choice between its provisions, has effect only where the treaty "
                    + "permits it or the other States agree.", "Say in the remark on what it rests, or consent to the whole.",
                "VCLT art. 17", actor)
        }
    }

    private func checkAttached(_ act: TreatyParticipation, by actor: Actor) throws(Refusal) {
        guard !act.statements.isEmpty else { return }
        guard act.action.isSignature || act.action.isConsent || act.action == .territorialApplication else {
            throw refuse(
                .unlawful, "nothing-to-attach-to",
                "A reservation is made when signing or when expressing consent to be bound, not with this act.",
                "Enter the statement by itself.", "VCLT arts. 2(1)(d), 19", actor)
        }
        let rule = StatementRule(consent: consent, actors: actors, today: today)
        for attached in act.statements {
            let made = TreatyStatementMade(
                treaty: act.treaty, actor: act.actor, statement: attached.statement, date: act.date, text: attached.text,
                language: attached.language, provisions: attached.provisions, listed: attached.listed)
            _ = try rule.check(made, with: act)
        }
    }

    // MARK: Confirmation

    /// A confirmation of an act done without authority, or of a signature ad referendum.
    /// - Returns: the act as it stands from then on.
    public func check(_ confirmation: TreatyActConfirmed) throws(Refusal) -> TreatyParticipation {
        if let pending = consent.unconfirmed.first(where: { $0.entry == confirmation.entry }) {
            var act = pending.participation
            try checkDates(confirmation, of: act)
            act.unconfirmed = false
            act.date = confirmation.effectiveFrom ?? confirmation.date
            act.signatory = confirmation.signatory ?? act.signatory
            act.fullPowers = confirmation.fullPowers
            try checkAuthority(confirmation, of: act)
            try AdmissionRule(file: consent.file, actors: actors, today: today).check(act)
            return act
        }
        guard let line = consent.file.lines.first(where: { $0.entry == confirmation.entry }),
            line.participation.action == .signatureAdReferendum
        else {
            throw refuse(
                .conflict, "nothing-to-confirm", "Entry \(confirmation.entry) is neither an unconfirmed act nor a signature ad referendum.",
                "Choose the act from the list of the treaty's acts.", "VCLT arts. 8, 12(2)(b)", nil,
                ["entry": String(confirmation.entry)])
        }
        var act = line.participation
        try checkDates(confirmation, of: act)
        if confirmation.effectiveFrom != nil, confirmation.effectiveFrom != act.date {
            throw refuse(
                .unlawful, "ad-referendum-date",
                "A signature ad referendum that is confirmed is a full signature from its own date, \(act.date).",
                "Leave the day of effect out.", "VCLT art. 12(2)(b)", actors[act.actor], ["date": act.date.description])
        }
        act.action = .signature
        try checkAuthority(confirmation, of: act)
        return act
    }

    private func checkDates(_ confirmation: TreatyActConfirmed, of act: TreatyParticipation) throws(Refusal) {
        let actor = actors[act.actor]
        if confirmation.date > today {
            throw refuse(
                .unlawful, "date-in-future",
                "The date \(confirmation.date) is still to come; an instrument is received on the day it arrives.",
                "Enter it on that day, or correct the date.", "VCLT art. 16", actor, ["date": confirmation.date.description])
        }
        let earliest = min(confirmation.date, confirmation.effectiveFrom ?? confirmation.date)
        if earliest < act.date {
            throw refuse(
                .unlawful, "confirmed-before", "The act was done on \(act.date); \(earliest) is before it.", "Check the dates.",
                "VCLT arts. 8, 12(2)(b)", actor, ["act": act.date.description, "date": earliest.description])
        }
    }

    private func checkAuthority(_ confirmation: TreatyActConfirmed, of act: TreatyParticipation) throws(Refusal) {
        try AuthorityRule(actors: actors, held: consent.fullPowers).check(
            AuthorityRule.Deed(
                treaty: act.treaty, actor: act.actor, act: act.action.authority, date: confirmation.date,
                signatory: confirmation.signatory, fullPowers: confirmation.fullPowers, note: confirmation.note))
    }

    // MARK: Suspension and termination

    public func check(_ suspended: TreatySuspended) throws(Refusal) {
        try checkEnding(suspended.ground, isEnding: false, suspended.actors + suspended.towards, note: suspended.note)
        if let until = suspended.until, until < suspended.from {
            throw refuse(
                .malformed, "suspension-empty", "It would end on \(until), before it begins.", "Check both dates.", nil, nil,
                ["until": until.description])
        }
        if suspended.ground == .certainParties, suspended.actors.isEmpty {
            throw refuse(
                .malformed, "suspension-of-whom", "A suspension between certain Parties names them.", "Name them.", "VCLT art. 58", nil)
        }
    }

    public func check(_ terminated: TreatyTerminated) throws(Refusal) {
        try checkEnding(terminated.ground, isEnding: true, terminated.actors, note: terminated.note)
        if consent.terminations.contains(where: { $0.actors.isEmpty || $0.actors == terminated.actors }) {
            throw refuse(.conflict, "terminated-already", "Its end is in the register already.", "Nothing more is needed.", nil, nil)
        }
    }

    private func checkEnding(
        _ ground: EndingGround, isEnding: Bool, _ named: [ActorCode], note: String?
    ) throws(Refusal) {
        for code in named where actors[code] == nil { throw AdmissionRule.unknownActor(code) }
        guard isEnding ? ground.canEnd : ground.canSuspend else {
            throw refuse(
                .unlawful, isEnding ? "ground-suspends-only" : "ground-ends-only",
                isEnding
                    ? "An agreement between certain Parties can suspend a treaty between them; it does not end it."
                    : "A treaty in conflict with a new peremptory norm is void and ends; it is not suspended.",
                "Choose another ground.", ground.citation(ending: isEnding), nil)
        }
        guard consent.file.confirmed != nil || consent.file.proposed != nil else {
            throw refuse(
                .unlawful, "not-in-force", "The treaty is not in force, so there is nothing to end or suspend.", "Check the treaty.",
                "VCLT arts. 24, 54, 57", nil)
        }
        // What an invoking State has to show is told in the remark: the depositary records it and does not decide it (VCLT arts. 65, 76(2)).
        if ground != .provision, note == nil {
            throw refuse(
                .unlawful, "ground-unexplained",
                "The ground has to be shown: who invoked it, by which notice, and how the others answered.",
                "Say it in the remark.", "VCLT art. 65", nil)
        }
    }
}
