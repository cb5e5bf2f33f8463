import Acts
import GRDB

/// The life of a treaty from the register's tables: what the rules of `Rules/Lifecycle` are asked with.
///
/// Entries are the identifiers of its events, so that every answer leads back to the acts it rests on.
struct LifeQueries {
    let database: Database
    let actors: ActorTable

    private var register: TreatyQueries { TreatyQueries(database: database) }
    private var consent: ConsentQueries { ConsentQueries(database: database, actors: actors) }
    private var law: TreatyLaw { TreatyLaw(actors: actors) }

    /// Everything that has happened to a treaty, as the depositary knew at a moment; `nil` where there is no such treaty.
    ///
    /// - Parameter moment: what the depositary learnt later is left out; `nil` for all it knows.
    /// - Throws: `MalformedAct` where the treaty's clauses do not read.
    func life(of treaty: String, knownAt moment: Moment? = nil) throws -> TreatyLife? {
        guard let listed = try register.treaty(treaty) else { return nil }
        let lines = try register.lines(of: treaty, knownAt: moment)
        let notified = try consent.notified(of: treaty, knownAt: moment)
        let known = try knowledge(of: treaty)
        var events: [LifeEvent] = []
        for line in lines { events += self.events(of: line, known: known[line.entry], notified) }
        for record in try consent.statements(of: treaty, knownAt: moment) where !record.isStruck {
            events += self.events(of: record, notified)
        }
        events += try DepositaryQueries(database: database).lifeEvents(of: treaty, law: law, notified: notified, knownAt: moment)
        let taking = Set(lines.filter { $0.participation.action.isConsent }.map(\.participation.actor)).sorted()
        for (index, suspended) in try consent.suspensions(of: treaty, knownAt: moment).enumerated() {
            for code in suspended.actors.isEmpty ? taking : suspended.actors {
                events.append(
                    LifeEvent(
                        id: "suspension-\(index)-\(code)",
                        .suspension(towards: suspended.towards.map { .actor($0) }, until: suspended.until), by: law.participant(code),
                        on: suspended.from))
            }
        }
        for (index, ended) in try consent.terminations(of: treaty, knownAt: moment).enumerated() {
            for code in ended.actors.isEmpty ? taking : ended.actors {
                events.append(
                    LifeEvent(id: "end-\(index)-\(code)", .releaseByAll, by: law.participant(code), on: ended.from, effect: ended.from))
            }
        }
        let declared = try register.forces(of: treaty, knownAt: moment).last { $0.isConfirmed }?.date
        return try law.life(of: listed.opened, declared: declared, inForce: try register.inForce(for: listed.opened), events: events)
    }

    /// When the depositary knew of each act of participation.
    private func knowledge(of treaty: String) throws -> [Int64: CalendarDate] {
        let rows = try Row.fetchAll(
            database.cachedStatement(sql: "SELECT entry, known_from FROM treaty_act WHERE treaty = ?"), arguments: [treaty])
        return Dictionary(rows.map { ($0["entry"] as Int64, Moment(milliseconds: $0["known_from"]).date) }) { first, _ in first }
    }

    private func notification(_ entry: Int64, _ notified: [Int64: CalendarDate]) -> LifeEvent.Notification {
        notified[entry].map { .on($0) } ?? .assumed
    }

    private func events(
        of line: TreatyFile.Line, known: CalendarDate?, _ notified: [Int64: CalendarDate]
    ) -> [LifeEvent] {
        let act = line.participation
        let participant = law.participant(act.actor)
        func event(_ kind: LifeEvent.Kind, _ suffix: String = "") -> LifeEvent {
            // An act of the past is entered long after it was done; the depositary knew of it then.
            LifeEvent(
                id: "\(line.entry)\(suffix)", kind, by: participant, on: act.date, effect: act.takesEffect,
                known: act.source == nil ? known : act.date, notified: notification(line.entry, notified),
                predecessors: act.action == .succession
                    ? actors[act.actor]?.predecessors.map { .actor($0.predecessor) } : nil)
        }
        var events = [event(.participation(act.action))]
        for territory in act.territories where act.action == .territorialApplication || act.action.isConsent {
            events.append(event(.territory(territory, applies: true), "/\(territory)"))
        }
        return events
    }

    private func events(of record: StatementRecord, _ notified: [Int64: CalendarDate]) -> [LifeEvent] {
        let made = record.made
        let participant = law.participant(made.actor)
        let isPast = made.source != nil
        guard let kind = made.lifeKind else { return [] }
        var events = [
            LifeEvent(
                id: String(record.entry), kind, by: participant, on: made.date, known: isPast ? made.date : record.known.date,
                notified: notification(record.entry, notified))
        ]
        for change in record.changes {
            let changed = change.changed
            let kind: LifeEvent.Kind? =
                switch changed.change {
                case .withdrawn: .statementWithdrawal(of: String(record.entry), remaining: nil)
                case .partlyWithdrawn: .statementWithdrawal(of: String(record.entry), remaining: changed.provisions)
                case .modified:
                    made.statement == .reservation ? .modification(of: String(record.entry), provisions: changed.provisions) : nil
                case .confirmed: .confirmation(of: String(record.entry))
                case .struckOut: nil
                }
            guard let kind else { continue }
            events.append(
                LifeEvent(
                    id: String(change.entry), kind, by: participant, on: changed.date,
                    known: changed.source == nil ? change.known.date : changed.date, notified: notification(change.entry, notified)))
        }
        return events
    }
}

extension ConsentQueries {
    /// A treaty's statements and where each stands on a day.
    func standings(of treaty: String, asOf day: CalendarDate, rule: StandingRule) throws -> [StatementStanding] {
        let records = try statements(of: treaty)
        guard !records.isEmpty, let life = try LifeQueries(database: database, actors: rule.actors).life(of: treaty) else { return [] }
        do {
            return try life.reading(on: day).standings(of: records)
        } catch {
            // The facts do not suffice to say who is a Party; what was said can be shown all the same.
            return records.filter { $0.made.date <= day }.map { record in
                StatementStanding(
                    record: record, code: record.plainCode(on: day), objectionsUntil: nil, notificationAssumed: false, objectedBy: [],
                    precludedBy: [], acceptedBy: nil, openTowards: nil)
            }
        }
    }
}
