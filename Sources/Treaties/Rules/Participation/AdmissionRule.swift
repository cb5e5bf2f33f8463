public import Acts

/// Whether a signature or instrument may be entered in the register. What the law forbids is refused with its article;
/// what the law leaves open is entered.
public struct AdmissionRule: Sendable {
    private let file: TreatyFile
    private let actors: ActorTable
    private let today: CalendarDate

    public init(file: TreatyFile, actors: ActorTable, today: CalendarDate) {
        self.file = file
        self.actors = actors
        self.today = today
    }

    /// Refuses an act that cannot be entered.
    public func check(_ act: TreatyParticipation) throws(Refusal) {
        guard let actor = actors[act.actor] else { throw AdmissionRule.unknownActor(act.actor) }
        try checkDates(of: act, by: actor)
        let earlier = file.acts(of: act.actor).filter { $0.date <= act.date }
        if act.action.isSignature { try checkSignature(act, by: actor, earlier: earlier) }
        if act.action.isConsent { try checkConsent(act, by: actor, earlier: earlier) }
        try checkLeaving(act, by: actor, earlier: earlier)
        try checkDuplicate(act, by: actor)
    }

    static func unknownActor(_ code: ActorCode) -> Refusal {
        Refusal(
            .malformed, code: "treaty.unknown-actor", "No actor has the code \(code).",
            mend: "Choose a State or organization from the list.", arguments: ["actor": code.rawValue])
    }

    private func refuse(
        _ kind: Refusal.Kind, _ code: String, _ explanation: String, mend: String, _ citation: String?, _ actor: Actor,
        _ more: [String: String] = [:]
    ) -> Refusal {
        Refusal(
            kind, code: "treaty.\(code)", explanation, mend: mend, citation: citation,
            arguments: more.merging(["actor": actor.name(in: "en"), "actorCode": actor.code.rawValue]) { own, _ in own })
    }

    private func checkDates(of act: TreatyParticipation, by actor: Actor) throws(Refusal) {
        let name = actor.name(in: "en")
        if act.date > today {
            throw refuse(
                .unlawful, "date-in-future", "The date \(act.date) is still to come; an instrument is received on the day it arrives.",
                mend: "Enter it on that day, or correct the date.", "VCLT art. 16", actor, ["date": act.date.description])
        }
        if file.opened.status == .political, act.action.isConsent {
            throw refuse(
                .unlawful, "political-commitment",
                "\(file.opened.treaty) is a political commitment; nobody consents to be bound by it in law.",
                mend: "Check the instrument and its description.", "VCLT arts. 2(1)(a), 11", actor, ["treaty": file.opened.treaty])
        }
        // An instrument that was opened here has its adoption on record before anything can be done towards it.
        if file.opened.instrumentKind != nil, file.opened.adoptedOn == nil {
            throw refuse(
                .unlawful, "text-not-adopted",
                "The text of \(file.opened.treaty) is not adopted yet, so nobody can sign it or consent to it.",
                mend: "Enter its adoption first.", "VCLT arts. 9 to 11", actor, ["treaty": file.opened.treaty])
        }
        if let adopted = file.opened.adoptedOn, act.date < adopted {
            throw refuse(
                .unlawful, "before-adoption", "The date \(act.date) is before the adoption of the text on \(adopted).",
                mend: "Check the date of the instrument.", "VCLT arts. 9, 24(4)", actor,
                ["date": act.date.description, "adopted": adopted.description])
        }
        if !actor.exists(at: act.date) {
            throw refuse(
                .unlawful, "actor-did-not-exist", "\(name) did not exist on \(act.date).",
                mend: "Choose the predecessor or successor State, or correct the date.", "VCLT art. 6", actor,
                ["date": act.date.description])
        }
        if act.action.isWithdrawal, act.takesEffect == nil {
            throw refuse(
                .malformed, "withdrawal-without-effect", "A notice of withdrawal needs the day it takes effect.",
                mend: "Enter the day the treaty or the notice fixes; where the treaty is silent, at least twelve months after the notice.",
                "VCLT art. 56(2)", actor)
        }
        if act.action.isWithdrawal, let effect = act.takesEffect, effect < act.date {
            throw refuse(
                .unlawful, "effect-before-notice", "A withdrawal cannot take effect on \(effect), before its notice of \(act.date).",
                mend: "Check both dates.", "VCLT art. 65(2)", actor, ["date": act.date.description, "effect": effect.description])
        }
    }

    private func checkSignature(_ act: TreatyParticipation, by actor: Actor, earlier: [TreatyParticipation]) throws(Refusal) {
        let name = actor.name(in: "en")
        // A succession to a signature is notified whenever the successor likes; it is no new signature.
        if act.action != .successionToSignature {
            if let opening = file.opened.openForSignature, act.date < opening {
                throw refuse(
                    .unlawful, "not-yet-open", "The treaty was opened for signature on \(opening); \(act.date) is before it.",
                    mend: "Check the date of signature.", "VCLT art. 10", actor,
                    ["date": act.date.description, "opening": opening.description])
            }
            if let closing = file.opened.closedForSignature, act.date > closing {
                throw refuse(
                    .unlawful, "no-longer-open", "The treaty was open for signature until \(closing); \(act.date) is after it.",
                    mend: "\(name) may accede.", "VCLT art. 15", actor,
                    ["date": act.date.description, "closing": closing.description])
            }
        }
        if let first = earlier.first(where: { $0.action.isSignature }) {
            throw refuse(
                .conflict, "second-signature", "\(name) signed on \(first.date) already.",
                mend: "If that date is wrong, correct the earlier act.", "VCLT art. 12", actor, ["date": first.date.description])
        }
    }

    private func checkConsent(_ act: TreatyParticipation, by actor: Actor, earlier: [TreatyParticipation]) throws(Refusal) {
        let name = actor.name(in: "en")
        if let bound = standingConsent(in: earlier, on: act.date) {
            throw refuse(
                .conflict, "second-consent", "\(name) consented to be bound on \(bound.date) already.",
                mend: "If that date is wrong, correct the earlier act; a State consents once.", "VCLT arts. 11, 16", actor,
                ["date": bound.date.description])
        }
        let hasSigned = earlier.contains { $0.action.isSignature }
        if act.action == .ratification, !hasSigned {
            throw refuse(
                .unlawful, "not-signed", "\(name) has not signed, and ratification confirms a signature.",
                mend: "Enter the signature first, or enter an accession.", "VCLT arts. 14(1), 15", actor)
        }
        if act.action == .formalConfirmation, !actor.isOrganization {
            throw refuse(
                .unlawful, "confirmation-by-state", "\(name) is a State; formal confirmation is the act of an international organization.",
                mend: "Enter a ratification, acceptance, approval or accession.", "VCLT 1986 art. 2(1)(b bis)", actor)
        }
        if act.action == .succession, actor.predecessors.isEmpty {
            throw refuse(
                .unlawful, "no-predecessor", "\(name) is not the successor of another State in the actor table.",
                mend: "Enter an accession.", "Vienna Convention on Succession of States 1978 arts. 2(1)(b), 17", actor)
        }
    }

    private func checkLeaving(_ act: TreatyParticipation, by actor: Actor, earlier: [TreatyParticipation]) throws(Refusal) {
        let name = actor.name(in: "en")
        if act.action.isWithdrawal, standingConsent(in: earlier, on: act.date) == nil {
            throw refuse(
                .unlawful, "not-bound", "\(name) is not bound on \(act.date), and only a Party or contracting State can leave.",
                mend: "Check the actor and the date.", "VCLT art. 54", actor, ["date": act.date.description])
        }
        if act.action == .withdrawalRevocation {
            guard let notice = earlier.last(where: { $0.action.isWithdrawal || $0.action == .withdrawalRevocation }),
                notice.action.isWithdrawal
            else {
                throw refuse(
                    .unlawful, "nothing-to-revoke", "\(name) has given no notice of withdrawal that could be revoked.",
                    mend: "Check the actor.", "VCLT art. 68", actor)
            }
            if let effect = notice.takesEffect, act.date >= effect {
                throw refuse(
                    .unlawful, "too-late-to-revoke", "The withdrawal of \(name) took effect on \(effect); it can no longer be revoked.",
                    mend: "\(name) may accede again.", "VCLT art. 68", actor, ["effect": effect.description])
            }
        }
        if act.action == .provisionalApplicationEnd, !earlier.contains(where: { $0.action == .provisionalApplication }) {
            throw refuse(
                .unlawful, "not-provisional", "\(name) does not apply the treaty provisionally.",
                mend: "Check the actor.", "VCLT art. 25(2)", actor)
        }
    }

    private func checkDuplicate(_ act: TreatyParticipation, by actor: Actor) throws(Refusal) {
        let repeatable: Set<ParticipationKind> = [
            .reservation, .declaration, .objection, .objectionWithdrawal, .communication, .territorialApplication,
        ]
        guard !repeatable.contains(act.action),
            file.lines.contains(where: {
                $0.participation.actor == act.actor && $0.participation.action == act.action && $0.participation.date == act.date
            })
        else { return }
        throw refuse(
            .conflict, "already-entered", "The same act of \(actor.name(in: "en")) on \(act.date) is in the register already.",
            mend: "Nothing more is needed.", nil, actor, ["date": act.date.description])
    }

    /// The consent by which the actor is bound, or will be, on that day: the last one not ended by a withdrawal in effect.
    private func standingConsent(in acts: [TreatyParticipation], on day: CalendarDate) -> TreatyParticipation? {
        var consent: TreatyParticipation?
        var notice: TreatyParticipation?
        for act in acts {
            if let effect = notice?.takesEffect ?? notice?.date, effect <= act.date {
                consent = nil
                notice = nil
            }
            if act.action.isConsent {
                consent = act
            } else if act.action.isWithdrawal {
                notice = act
            } else if act.action == .withdrawalRevocation {
                notice = nil
            }
        }
        if let effect = notice?.takesEffect ?? notice?.date, effect <= day { return nil }
        return consent
    }
}
