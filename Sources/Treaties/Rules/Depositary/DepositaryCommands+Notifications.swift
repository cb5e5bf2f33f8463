public import Acts

/// Numbered notifications: issued, delivered, acknowledged.
extension DepositaryCommands {
    /// Issues a notification. What is issued is what was previewed: the digest of the preview must still fit.
    ///
    /// - Parameters:
    ///   - serial: the next number in the year.
    ///   - previewed: ``digest(of:)`` of the sheets the officer saw.
    public func issue(
        _ facts: NotificationFacts, serial: Int64, today: CalendarDate, previewed: String?, request: String?
    ) throws(Refusal) -> [ActDraft] {
        try check(facts)
        let sheets = NotificationDrafting(settings: settings).sheets(of: facts, issued: today)
        guard previewed == nil || previewed == Self.digest(of: sheets, facts) else {
            throw Refusal(
                .conflict, code: "treaty.notification-changed",
                "The notification is no longer the one that was shown; something was entered meanwhile.",
                mend: "Look at it again, then issue it.")
        }
        let treaty = facts.opened.treaty
        let year = Int64(today.year)
        let issued = TreatyNotificationIssued(
            number: NotificationNumber(serial: serial, year: year, treaty: treaty).verbatim, serial: serial, year: year, treaty: treaty,
            subject: facts.subject, actor: facts.actor, date: today, effected: facts.effected, acts: facts.acts,
            earlier: facts.earlier.map { .init($0.number, $0.relation, entry: $0.entry) }, sheets: sheets, quotations: facts.quotations,
            addressees: facts.addressees)
        let references = facts.acts + (facts.earlier?.entry.map { [$0] } ?? [])
        return [draft(issued, treaty: treaty, effective: today, references: references, request: request)]
    }

    /// Refuses what no notification can be made from.
    public func check(_ facts: NotificationFacts) throws(Refusal) {
        if let earlier = facts.earlier, NotificationNumber(earlier.number) == nil {
            throw Refusal(
                .malformed, code: "treaty.notification-number", "'\(earlier.number)' is not the number of a depositary notification.",
                mend: "Write it as it stands there, such as C.N.12.2026.TREATIES-IV.11.", arguments: ["number": earlier.number])
        }
        if facts.subject == .rectification || facts.subject == .reissued {
            let wanted: TreatyNotificationIssued.Relation = facts.subject == .rectification ? .rectifies : .reissues
            guard facts.earlier?.relation == wanted else {
                throw Refusal(
                    .malformed, code: "treaty.notification-points-nowhere",
                    "This notification mends an earlier one and does not say which.",
                    mend: "Give the number of the earlier one.")
            }
        }
        let drafting = NotificationDrafting(settings: settings)
        for language in DocumentLanguage.allCases {
            // The day makes no difference to whether anything is said.
            let sheet = drafting.sheets(of: facts, issued: CalendarDate(dayNumber: 0))[language.rawValue]
            let said = (facts.further[language.rawValue] ?? []).isEmpty && facts.subject == .rectification ? [] : sheet?.paragraphs ?? []
            guard !said.isEmpty else {
                throw Refusal(
                    .malformed, code: "treaty.notification-empty", "The notification says nothing in one of its languages.",
                    mend: "Write what it communicates, in English and in French.", arguments: ["language": language.rawValue])
            }
        }
        let languages = Set(facts.further.filter { !$0.value.isEmpty }.keys)
        guard languages.isEmpty || languages == Set(DocumentLanguage.allCases.map(\.rawValue)) else {
            throw Refusal(
                .malformed, code: "treaty.notification-one-language", "What was added stands in one language only.",
                mend: "Write it in English and in French.")
        }
    }

    /// Tells two drafts apart: the text to be issued, without its number, and to whom it goes.
    public static func digest(of sheets: [String: TreatyNotificationIssued.Sheet], _ facts: NotificationFacts) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let probe = TreatyNotificationIssued(
            number: "", serial: 0, year: 0, treaty: facts.opened.treaty, subject: facts.subject, actor: facts.actor,
            date: CalendarDate(dayNumber: 0), effected: facts.effected, acts: facts.acts,
            earlier: facts.earlier.map { .init($0.number, $0.relation, entry: $0.entry) }, sheets: sheets, quotations: facts.quotations,
            addressees: facts.addressees)
        // FNV-1a: it tells an honest change apart; the form's token is what keeps others out.
        for byte in probe.json.canonicalBytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }

    /// The outcome of one delivery. A delivery that is on record is never entered again.
    public func deliver(_ delivery: TreatyNotificationDelivered, isKnown: Bool, request: String?) -> [ActDraft] {
        guard !isKnown else { return [] }
        return [
            draft(
                delivery, treaty: delivery.treaty, marking: Self.ownMarking, references: [delivery.notification], request: request)
        ]
    }

    public func acknowledge(
        _ acknowledgement: TreatyNotificationAcknowledged, isAddressee: Bool, isKnown: Bool, request: String?
    ) throws(Refusal) -> [ActDraft] {
        let name = actors[acknowledgement.addressee]?.name(in: "en") ?? acknowledgement.addressee.rawValue
        guard isAddressee else {
            throw Refusal(
                .conflict, code: "treaty.not-an-addressee", "\(name) is not among those the notification is addressed to.",
                mend: "Choose one of the addressees.", citation: "VCLT art. 78(c)",
                arguments: ["actor": name, "actorCode": acknowledgement.addressee.rawValue])
        }
        guard !isKnown else {
            throw Refusal(
                .conflict, code: "treaty.acknowledged-already", "\(name) has acknowledged it already.", mend: "Nothing more is needed.",
                arguments: ["actor": name, "actorCode": acknowledgement.addressee.rawValue])
        }
        return [
            draft(
                acknowledgement, treaty: acknowledgement.treaty, references: [acknowledgement.notification], request: request)
        ]
    }
}
