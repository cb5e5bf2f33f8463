import Acts
import GRDB

extension DepositaryQueries {
    /// Gathers what a notification is made from.
    ///
    /// - Throws: a `Refusal` where the treaty or the act is not there.
    func facts(
        for request: NotificationRequest, rule: StandingRule, settings: DepositarySettings, on day: CalendarDate
    ) throws -> NotificationFacts {
        let treaties = TreatyQueries(database: database)
        guard let standing = try treaties.standing(of: request.treaty, asOf: day, rule: rule) else {
            throw Refusal(
                .notFound, code: "treaty.unknown-treaty", "There is no treaty with the number \(request.treaty) in this register.",
                mend: "Look it up in the register.", arguments: ["treaty": request.treaty])
        }
        let participation = try? standing.participation.get()
        var facts = NotificationFacts(subject: request.subject ?? .other, opened: standing.listed.opened)
        facts.inForce = standing.date
        facts.article = standing.listed.opened.article
        facts.further = request.paragraphs
        facts.quotations = request.quotation.map { [$0] } ?? []
        if let entry = request.act { try add(act: entry, to: &facts, request, standing, participation, rule) }
        if facts.subject == .entryIntoForce, facts.acts.isEmpty, let force = standing.forces.last(where: \.isConfirmed) {
            facts.acts = [force.entry]
            facts.inForce = force.date
        }
        if facts.subject == .openingForSignature { facts.acts = [standing.listed.entry] }
        if let number = request.earlier.flatMap({ NotificationNumber($0) }) {
            let known = try notification(number)
            facts.earlier = .init(
                number: known?.notification.number ?? number.verbatim, date: known?.notification.date, relation: request.relation,
                entry: known?.entry)
            // A rectification or reissue is of the same act by the same State.
            if request.relation != .refersTo, let earlier = known?.notification {
                facts.actor = facts.actor ?? earlier.actor
                facts.actorNames = facts.actorNames.isEmpty ? names(of: earlier.actor, on: earlier.date, rule) : facts.actorNames
                facts.effected = facts.effected ?? earlier.effected
            }
        } else if let text = request.earlier {
            facts.earlier = .init(number: text, relation: request.relation)
        }
        // Clauses that do not read name nobody; then the circle is told.
        let life = try? TreatyLaw(actors: rule.actors).life(of: standing.listed.opened, declared: standing.date, inForce: [:], events: [])
        facts.addressees = AddresseeRule(actors: rule.actors, settings: settings).addressees(
            participation, on: day, reach: request.reach ?? AddresseeRule.reach(of: facts.subject), entitlement: life.map(Entitlement.init))
        return facts
    }

    private func names(of actor: ActorCode?, on day: CalendarDate, _ rule: StandingRule) -> [String: String] {
        guard let actor = actor.flatMap({ rule.actors[$0] }) else { return [:] }
        return Dictionary(uniqueKeysWithValues: DocumentLanguage.allCases.map { ($0.rawValue, actor.name(in: $0.rawValue, at: day)) })
    }

    private func add(
        act entry: Int64, to facts: inout NotificationFacts, _ request: NotificationRequest, _ standing: TreatyStanding,
        _ participation: Participation?, _ rule: StandingRule
    ) throws {
        facts.acts = [entry]
        if let act = try TreatyQueries(database: database).act(entry), act.participation.treaty == request.treaty {
            let own = act.participation
            facts.subject = request.subject ?? NotificationRequest.subject(of: own.action)
            facts.actor = own.actor
            facts.actorNames = names(of: own.actor, on: own.date, rule)
            facts.action = own.action
            facts.effected = own.date
            facts.takesEffect = own.takesEffect
            facts.inForceForActor = own.action.isConsent ? participation?[.actor(own.actor)]?.dateOfEffect : nil
            return
        }
        if let force = standing.forces.first(where: { $0.entry == entry }) {
            facts.subject = .entryIntoForce
            facts.inForce = force.date
            return
        }
        if let file = try corrections(of: request.treaty).first(where: { file in
            file.entry == entry || file.objections.contains { $0.entry == entry }
        }) {
            facts.correction = file.proposal
            if let objection = file.objections.first(where: { $0.entry == entry })?.objection {
                facts.subject = .correctionObjected
                facts.actor = objection.actor
                facts.actorNames = names(of: objection.actor, on: objection.date, rule)
                facts.effected = objection.date
            } else if let effected = file.effected {
                facts.subject = .correctionEffected
                facts.effected = effected.date
                facts.procesVerbal = effected.procesVerbal
            } else {
                facts.subject = .correctionProposed
            }
            if request.earlier == nil, facts.subject != .correctionProposed, let first = try firstNotification(of: file.entry) {
                facts.earlier = .init(number: first.number, date: first.date, relation: .refersTo, entry: first.entry)
            }
            return
        }
        if try add(statement: entry, to: &facts, request, rule) { return }
        if let document = try document(entry), document.document.treaty == request.treaty {
            facts.subject = request.subject ?? .communication
            facts.actor = document.document.actor
            facts.actorNames = names(of: document.document.actor, on: document.document.received, rule)
            facts.effected = document.document.received
            return
        }
        throw Refusal(
            .notFound, code: "treaty.no-such-act", "Entry \(entry) is not an act of participation in this treaty.",
            mend: "Choose the act from the list of the treaty's acts.", arguments: ["entry": String(entry)])
    }

    /// A reservation, declaration, objection, or what became of one: quoted word for word in the language it was made in.
    private func add(
        statement entry: Int64, to facts: inout NotificationFacts, _ request: NotificationRequest, _ rule: StandingRule
    ) throws -> Bool {
        let records = try ConsentQueries(database: database, actors: rule.actors).statements(of: request.treaty)
        let record = records.first { $0.entry == entry || $0.changes.contains { $0.entry == entry } }
        guard let record else { return false }
        let made = record.made
        facts.actor = made.actor
        facts.actorNames = names(of: made.actor, on: made.date, rule)
        if let change = record.changes.first(where: { $0.entry == entry })?.changed {
            facts.subject = .statementChanged
            facts.effected = change.date
            if let text = change.text {
                facts.quotations = [.init(language: change.language ?? made.language, text: text)] + facts.quotations
            }
        } else {
            facts.subject = NotificationRequest.subject(of: made.statement)
            facts.effected = made.date
            facts.quotations = [.init(language: made.language, text: made.text)] + facts.quotations
        }
        // What is answered or changed was notified before: the reader is led there.
        if request.earlier == nil, let answered = facts.subject == .statementChanged ? record.entry : made.answers,
            let first = try firstNotification(of: answered)
        {
            facts.earlier = .init(number: first.number, date: first.date, relation: .refersTo, entry: first.entry)
        }
        return true
    }

    private func firstNotification(of act: Int64) throws -> (entry: Int64, number: String, date: CalendarDate)? {
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT n.entry, n.number, n.date FROM treaty_notified_act a JOIN treaty_notification n ON n.entry = a.notification
                        WHERE a.act = ? ORDER BY n.entry LIMIT 1
                        """), arguments: [act]), let date = CalendarDate(row["date"] as String)
        else { return nil }
        return (row["entry"], row["number"], date)
    }
}
