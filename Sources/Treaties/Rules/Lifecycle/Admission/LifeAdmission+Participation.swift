import Acts

extension LifeAdmission {
    func participation(_ kind: ParticipationKind) throws(Refusal) -> Admission {
        if kind == .withdrawal || kind == .denunciation { return try leaving() }
        if kind == .withdrawalRevocation { return try revocation() }
        if kind.isSignature, kind != .successionToSignature { try signing() }
        if kind.isConsent { try consenting(kind) }
        if kind == .provisionalApplication, clauses.provisionalApplication.allowed == false {
            throw refuse(
                .unlawful, "provisional-application-excluded", "The treaty is not to be applied provisionally.",
                mend: "Wait for its entry into force.", clauses.provisionalApplication.article ?? "VCLT art. 25(1)")
        }
        return .admitted([])
    }

    // MARK: Joining

    private func signing() throws(Refusal) {
        let clause = clauses.participation
        if let from = clause.signatureFrom ?? reading.life.context.opening, event.date < from {
            throw refuse(
                .unlawful, "not-yet-open", "The treaty was opened for signature on \(from); \(event.date) is before it.",
                mend: "Check the date of signature.", clause.article ?? "VCLT art. 10",
                ["date": event.date.description, "opening": from.description])
        }
        if let until = clause.signatureUntil, event.date > until {
            throw refuse(
                .unlawful, "no-longer-open", "The treaty was open for signature until \(until); \(event.date) is after it.",
                mend: "\(author.name) may accede.", clause.article ?? "VCLT art. 15",
                ["date": event.date.description, "closing": until.description])
        }
        try eligible(clause.signatories, "signature")
        if let first = reading.standing(of: author.id)?.signedOn {
            throw refuse(
                .conflict, "second-signature", "\(author.name) signed on \(first) already.",
                mend: "If that date is wrong, correct the earlier act.", "VCLT art. 12", ["date": first.description])
        }
    }

    private func consenting(_ kind: ParticipationKind) throws(Refusal) {
        let clause = clauses.participation
        if !clause.consents.isEmpty, !clause.consents.contains(kind) {
            throw refuse(
                .unlawful, "consent-not-admitted", "The treaty does not admit consent by this act.",
                mend: "Use one of: \(clause.consents.map(\.rawValue).joined(separator: ", ")).", clause.article ?? "VCLT art. 11")
        }
        let standing = reading.standing(of: author.id)
        if hasConsented, let earlier = standing?.consent, earlier.endedOn == nil || earlier.suspendedNotice != nil {
            throw refuse(
                .conflict, "second-consent", "\(author.name) consented to be bound on \(earlier.act.date) already.",
                mend: "If that date is wrong, correct the earlier act; a State consents once.", "VCLT arts. 11, 16",
                ["date": earlier.act.date.description])
        }
        let signed = standing?.signedOn != nil
        if kind == .ratification, !signed {
            throw refuse(
                .unlawful, "not-signed", "\(author.name) has not signed, and ratification confirms a signature.",
                mend: "Enter the signature first, or enter an accession.", "VCLT arts. 14(1), 15")
        }
        if kind == .accession {
            if clause.accessionAfterSignature, let until = clause.signatureUntil, event.date <= until {
                throw refuse(
                    .unlawful, "accession-not-open", "The treaty is open for accession from the day after \(until).",
                    mend: "\(author.name) may sign and ratify until then.", clause.article ?? "VCLT art. 15", ["date": until.description])
            }
            try eligible(clause.joiners ?? clause.signatories, "accession")
        } else if !signed, kind != .definitiveSignature, kind != .succession {
            try eligible(clause.joiners ?? clause.signatories, "consent")
        }
    }

    private func eligible(_ selector: ClassSelector?, _ what: String) throws(Refusal) {
        // A class that is not known cannot refuse anybody: the officer decides.
        guard let selector,
            Entitlement(clause: clauses.participation, context: reading.life.context).admits(selector, author, on: event.date) == false
        else { return }
        // The treaty's own words decide (VCLT arts. 12 to 15 each begin with what the treaty provides).
        let law = what == "signature" ? "VCLT art. 12" : what == "accession" ? "VCLT art. 15" : "VCLT arts. 11, 14"
        throw refuse(
            .unlawful, "not-eligible", "\(author.name) is not among those to whom the treaty is open: \(selector.english).",
            mend: "Check the actor and the date.", clauses.participation.article.map { "\($0); \(law)" } ?? law,
            ["class": selector.english, "what": what])
    }

    // MARK: Leaving

    private func leaving() throws(Refusal) -> Admission {
        let clause = clauses.exit
        guard let standing = reading.standing(of: author.id), hasConsented else {
            throw refuse(
                .unlawful, "not-bound", "\(author.name) is not bound on \(event.date), and only a Party or contracting State can leave.",
                mend: "Check the actor and the date.", "VCLT art. 54", ["date": event.date.description])
        }
        if clause.rule == .excluded {
            throw refuse(
                .unlawful, "withdrawal-excluded", "The treaty excludes withdrawal.", mend: "It may end with the consent of all Parties.",
                clause.article ?? "VCLT art. 54(b)")
        }
        let inForce = standing.consents.last { $0.effect != nil }?.effect?.date
        if let inForce, let rule = clause.withdrawalRule, let earliest = rule.notWithin?.date(from: inForce).date, event.date < earliest {
            throw refuse(
                .unlawful, "withdrawal-too-early", "Notice may not be given before \(earliest).",
                mend: "\(author.name) may give notice on \(earliest) or later.", clause.article ?? "VCLT art. 54(a)",
                ["date": event.date.description, "earliest": earliest.description])
        }
        if let stated = event.effect, let earliest = reading.takesEffect(notice: event.date, of: standing), stated < earliest {
            throw refuse(
                .unlawful, "withdrawal-effect-too-early", "A notice of \(event.date) takes effect on \(earliest) at the earliest.",
                mend: "Leave the day out, or name \(earliest) or a later one.",
                clause.article ?? (clause.withdrawalRule == .notLessThanTwelveMonths ? "VCLT art. 56(2)" : "VCLT art. 54(a)"),
                ["date": stated.description, "earliest": earliest.description])
        }
        if standing.consent?.endedBy != nil || standing.consent?.suspendedNotice != nil {
            throw refuse(
                .conflict, "withdrawal-running", "\(author.name) has given notice already.",
                mend: "It may take the earlier notice back.", "VCLT art. 68")
        }
        if clause.rule == .silent, inForce != nil { return .recorded(.doubtful, clause.sentences) }
        return .admitted(clause.sentences)
    }

    private func revocation() throws(Refusal) -> Admission {
        guard let standing = reading.standing(of: author.id), let consent = standing.consent,
            consent.endedBy != nil || consent.suspendedNotice != nil
        else {
            throw refuse(
                .unlawful, "nothing-to-revoke", "\(author.name) has given no notice of withdrawal that could be revoked.",
                mend: "Check the actor.", "VCLT art. 68")
        }
        if let ended = consent.endedOn, ended <= event.date {
            throw refuse(
                .unlawful, "too-late-to-revoke", "The withdrawal of \(author.name) took effect on \(ended); it can no longer be revoked.",
                mend: "\(author.name) may accede again.", "VCLT art. 68", ["effect": ended.description])
        }
        return .admitted([step(.exitRevoked, "VCLT art. 68")])
    }
}
