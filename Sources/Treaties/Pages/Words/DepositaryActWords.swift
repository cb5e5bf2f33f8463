import Acts
import Web

/// What an act of the depositary's own did, in words.
struct DepositaryActWords {
    let actors: ActorTable
    let catalogue: LanguageCatalogue
    let language: Language

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        catalogue.text("treaties.depositary.\(key)", arguments, language)
    }

    private func name(_ code: ActorCode, at date: CalendarDate? = nil) -> String {
        actors[code]?.name(in: language.tag, at: date) ?? code.rawValue
    }

    static let kinds: Set<ActKind> = [
        TreatyInstrumentReceived.kind, TreatyInstrumentExamined.kind, TreatyNotificationIssued.kind, TreatyNotificationDelivered.kind,
        TreatyNotificationAcknowledged.kind, TreatyContactPoint.kind, TreatyCorrectionProposed.kind, TreatyCorrectionObjected.kind,
        TreatyCorrectionEffected.kind, TreatyRegistered.kind, TreatyLedgerImported.kind,
    ]

    func description(of entry: Entry) -> ActDescription? {
        guard Self.kinds.contains(entry.kind) else { return nil }
        guard case .present = entry.content else {
            return ActDescription(sentence: catalogue.text("treaties.act.erased", language))
        }
        return try? described(entry)
    }

    private func described(_ entry: Entry) throws(MalformedAct) -> ActDescription? {
        switch entry.kind {
        case TreatyInstrumentReceived.kind: try entry.payload(as: TreatyInstrumentReceived.self).map { received($0, entry) }
        case TreatyInstrumentExamined.kind: try entry.payload(as: TreatyInstrumentExamined.self).map(examined)
        case TreatyNotificationIssued.kind: try entry.payload(as: TreatyNotificationIssued.self).map(issued)
        case TreatyNotificationDelivered.kind: try entry.payload(as: TreatyNotificationDelivered.self).map(delivered)
        case TreatyNotificationAcknowledged.kind: try entry.payload(as: TreatyNotificationAcknowledged.self).map(acknowledged)
        case TreatyContactPoint.kind: try entry.payload(as: TreatyContactPoint.self).map(contact)
        case TreatyCorrectionProposed.kind: try entry.payload(as: TreatyCorrectionProposed.self).map { proposed($0, entry) }
        case TreatyCorrectionObjected.kind: try entry.payload(as: TreatyCorrectionObjected.self).map(objected)
        case TreatyCorrectionEffected.kind: try entry.payload(as: TreatyCorrectionEffected.self).map(effected)
        case TreatyRegistered.kind: try entry.payload(as: TreatyRegistered.self).map(registered)
        default: try entry.payload(as: TreatyLedgerImported.self).map(imported)
        }
    }

    private func fact(_ key: String, _ value: String?) -> [ActDescription.Fact] {
        value.map { [ActDescription.Fact(text(key), text: $0)] } ?? []
    }

    private func link(_ key: String, _ label: String, _ address: String) -> [ActDescription.Fact] {
        [ActDescription.Fact(text(key), Markup.link(label, to: address))]
    }

    private func treaty(_ number: String) -> [ActDescription.Fact] { link("column.treaty", number, "/treaties/\(number)") }

    private func notification(_ number: String) -> [ActDescription.Fact] {
        link("column.number", number, "/notifications/\(PercentCoding.encode(number))")
    }

    private func received(_ act: TreatyInstrumentReceived, _ entry: Entry) -> ActDescription {
        let item = TextArgument.text(text("item.\(act.item.rawValue)"))
        let sentence =
            act.actor.map { text("act.received", ["item": item, "actor": .text(name($0, at: act.received)), "date": .date(act.received)]) }
            ?? text("act.received-own", ["item": item, "date": .date(act.received)])
        return ActDescription(
            sentence: sentence,
            facts: treaty(act.treaty) + link("document.link", String(entry.index), "/treaties/\(act.treaty)/custody/\(entry.index)")
                + fact("field.medium", text("medium.\(act.medium.rawValue)")) + fact("field.note", act.note))
    }

    private func examined(_ act: TreatyInstrumentExamined) -> ActDescription {
        ActDescription(
            sentence: text(
                "act.examined", ["entry": .text(String(act.instrument)), "result": .text(text("result.\(act.result.rawValue)"))]),
            facts: treaty(act.treaty) + link("document.link", String(act.instrument), "/treaties/\(act.treaty)/custody/\(act.instrument)")
                + fact("field.remarks", act.remarks))
    }

    private func issued(_ act: TreatyNotificationIssued) -> ActDescription {
        ActDescription(
            sentence: text(
                "act.issued",
                ["number": .text(act.number), "subject": .text(text("subject.\(act.subject.rawValue)")), "date": .date(act.date)]),
            facts: notification(act.number) + treaty(act.treaty))
    }

    private func delivered(_ act: TreatyNotificationDelivered) -> ActDescription {
        ActDescription(
            sentence: text(
                "act.delivered",
                [
                    "number": .text(act.number), "actor": .text(name(act.addressee)),
                    "outcome": .text(text("outcome.\(act.outcome.rawValue)")),
                ]),
            facts: notification(act.number) + fact("field.addresses", act.address) + fact("field.reply", act.reply))
    }

    private func acknowledged(_ act: TreatyNotificationAcknowledged) -> ActDescription {
        ActDescription(
            sentence: text("act.acknowledged", ["number": .text(act.number), "actor": .text(name(act.addressee))]),
            facts: notification(act.number) + fact("field.acknowledged-by", act.by))
    }

    private func contact(_ act: TreatyContactPoint) -> ActDescription {
        ActDescription(
            sentence: text("act.contact", ["actor": .text(name(act.actor))]),
            facts: fact("field.addresses", act.addresses.joined(separator: ", ")))
    }

    private func proposed(_ act: TreatyCorrectionProposed, _ entry: Entry) -> ActDescription {
        ActDescription(
            sentence: text("act.correction-proposed", ["treaty": .text(act.treaty), "scope": .text(text("scope.\(act.scope.rawValue)"))]),
            facts: treaty(act.treaty) + link("corrections.one", String(entry.index), "/treaties/\(act.treaty)/corrections/\(entry.index)"))
    }

    private func objected(_ act: TreatyCorrectionObjected) -> ActDescription {
        ActDescription(
            sentence: text("act.correction-objected", ["actor": .text(name(act.actor, at: act.date)), "date": .date(act.date)]),
            facts: treaty(act.treaty) + link("corrections.one", String(act.proposal), "/treaties/\(act.treaty)/corrections/\(act.proposal)")
                + fact("field.grounds", act.grounds))
    }

    private func effected(_ act: TreatyCorrectionEffected) -> ActDescription {
        ActDescription(
            sentence: text("act.correction-effected", ["number": .text(act.procesVerbal), "date": .date(act.date)]),
            facts: treaty(act.treaty) + link("corrections.one", String(act.proposal), "/treaties/\(act.treaty)/corrections/\(act.proposal)")
        )
    }

    private func registered(_ act: TreatyRegistered) -> ActDescription {
        ActDescription(
            sentence: text(
                "registration.standing",
                ["manner": .text(text("manner.\(act.manner.rawValue)")), "number": .text(act.number), "date": .date(act.date)]),
            facts: treaty(act.treaty) + fact("field.volume", act.volume) + fact("field.note", act.note))
    }

    private func imported(_ act: TreatyLedgerImported) -> ActDescription {
        ActDescription(
            sentence: text("act.ledger", ["actor": .text(name(act.depositary)), "date": .date(act.asOf)]),
            facts: treaty(act.treaty) + link("ledgers.title", act.treaty, "/treaties/\(act.treaty)/ledgers")
                + fact("field.source", act.source))
    }
}
