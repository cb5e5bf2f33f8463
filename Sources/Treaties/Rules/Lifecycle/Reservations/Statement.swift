import Acts

/// A reservation or declaration with everything that was said about it, indexed by State.
struct Statement: Sendable {
    enum Form: Hashable, Sendable {
        case reservation
        case declaration(String)
    }

    /// When it was formulated, by its author's consent.
    enum Moment: Hashable, Sendable {
        /// Before consent, and not confirmed by the day in question.
        case beforeConsent
        /// Before a consent that came without confirming it (VCLT art. 23(2)).
        case notConfirmed
        case consent
        case late
    }

    struct Objection: Hashable, Sendable {
        var event: String
        var date: Int
        var precludes: Bool
        /// The day its withdrawal became operative (VCLT art. 22(3)(b)).
        var withdrawn: Int?
    }

    let id: String
    let event: LifeEvent
    /// By number.
    let author: Int
    let form: Form
    let listed: String?
    var provisions: [String]
    var moment: Moment
    /// The day it counts as made: of its confirmation, where it was confirmed (VCLT art. 23(2)).
    var made: Int
    /// The day from which periods run.
    var notified: Int?
    var notificationAssumed: Bool
    var withdrawn: Int?
    /// By the number of their authors, in the order of days.
    var objections: [Int: [Objection]] = [:]
    var acceptances: [Int: Int] = [:]
    var organAcceptance: Int?
    /// Who takes it for a reservation, and since when.
    var recharacterized: [Int: Int] = [:]
    /// A modification that is a late reservation of its own.
    let modifies: String?
    /// Taken over from a predecessor State (1978 Convention art. 20(1)).
    let inheritedFrom: String?

    /// The objection of a State that stands on a day.
    func objection(of state: Int, on day: Int) -> Objection? {
        objections[state]?.last { $0.date <= day && $0.withdrawn.map { day < $0 } ?? true }
    }
}

/// Gathers what was said about each reservation and declaration, in one pass over the events.
struct StatementIndex {
    private(set) var statements: [Statement] = []
    private(set) var numbers: [String: Int] = [:]
    /// The statement and author of each objection, by its event.
    private var objections: [String: (statement: Int, state: Int)] = [:]
    private let standings: [ParticipantStanding?]

    init(
        events: [LifeEvent], numbers states: [ParticipantID: Int], memberships: [[LifeReading.Membership]],
        standings: [ParticipantStanding?]
    ) {
        self.standings = standings
        for event in events {
            guard let state = states[event.participant.id] else { continue }
            switch event.kind {
            case .reservation(let reservation):
                add(event, by: state, .reservation, reservation.provisions, listed: reservation.listed, inherited: reservation.succeeds)
            case .declaration(let declaration):
                add(event, by: state, .declaration(declaration.form), declaration.provisions)
            case .modification(let id, let provisions):
                add(event, by: state, .reservation, provisions, modifies: id)
            case .objection(let id, let precludes):
                guard let number = numbers[id] else { continue }
                statements[number].objections[state, default: []].append(
                    .init(event: event.id, date: event.date.dayNumber, precludes: precludes, withdrawn: nil))
                objections[event.id] = (number, state)
            case .acceptance(let id, let organ):
                guard let number = numbers[id] else { continue }
                if organ {
                    statements[number].organAcceptance = statements[number].organAcceptance ?? event.date.dayNumber
                } else if statements[number].acceptances[state] == nil {
                    statements[number].acceptances[state] = event.date.dayNumber
                }
            case .confirmation(let id): confirm(id, by: event)
            case .statementWithdrawal(let id, let remaining): withdraw(id, remaining: remaining, by: event)
            case .recharacterization(let id):
                guard let number = numbers[id] else { continue }
                if statements[number].recharacterized[state] == nil {
                    statements[number].recharacterized[state] = event.date.dayNumber
                }
            case .participation(.succession): inherit(event, by: state, states)
            default: continue
            }
        }
        for index in statements.indices where statements[index].moment == .beforeConsent {
            // It consented without confirming.
            if consents(of: statements[index].author).contains(where: { $0 > statements[index].made }) {
                statements[index].moment = .notConfirmed
            }
        }
    }

    private func consents(of state: Int) -> [Int] {
        standings[state]?.consents.map(\.act.date.dayNumber) ?? []
    }

    private mutating func add(
        _ event: LifeEvent, by state: Int, _ form: Statement.Form, _ provisions: [String], listed: String? = nil, modifies: String? = nil,
        inherited: String? = nil
    ) {
        let date = event.date.dayNumber
        let consents = consents(of: state)
        let moment: Statement.Moment =
            if modifies != nil {
                .late
            } else if consents.contains(date) || inherited != nil {
                .consent
            } else if standings[state]?.consents.contains(where: { consent in
                consent.act.date.dayNumber < date && consent.endedOn.map { date < $0.dayNumber } ?? true
            }) ?? false {
                .late
            } else {
                .beforeConsent
            }
        let assumed = event.notified == .assumed
        numbers[event.id] = statements.count
        statements.append(
            Statement(
                id: event.id, event: event, author: state, form: form, listed: listed, provisions: provisions, moment: moment, made: date,
                notified: event.notifiedOn?.dayNumber, notificationAssumed: assumed, modifies: modifies, inheritedFrom: inherited))
    }

    /// A confirmation when consenting makes the reservation one of that day (VCLT art. 23(2)).
    private mutating func confirm(_ id: String, by event: LifeEvent) {
        guard let number = numbers[id], statements[number].moment == .beforeConsent else { return }
        statements[number].moment = .consent
        statements[number].made = event.date.dayNumber
        statements[number].notified = event.notifiedOn?.dayNumber
        statements[number].notificationAssumed = event.notified == .assumed
    }

    /// Operative towards another State when that State has received notice of it (VCLT art. 22(3)).
    private mutating func withdraw(_ id: String, remaining: [String]?, by event: LifeEvent) {
        guard let day = event.notifiedOn?.dayNumber else { return }
        if let (number, state) = objections[id] {
            for index in statements[number].objections[state, default: []].indices
            where statements[number].objections[state]?[index].event == id {
                statements[number].objections[state]?[index].withdrawn = day
            }
        } else if let number = numbers[id] {
            if let remaining, !remaining.isEmpty {
                statements[number].provisions = remaining
            } else {
                statements[number].withdrawn = day
            }
        }
    }

    /// A successor State is considered as maintaining its predecessor's reservations, unless it says otherwise when it
    /// notifies its succession (1978 Convention art. 20(1)); what others objected to stays objected to.
    private mutating func inherit(_ event: LifeEvent, by state: Int, _ states: [ParticipantID: Int]) {
        guard let predecessors = event.predecessors else { return }
        let day = (event.effect ?? event.date).dayNumber
        let authors = Set(predecessors.compactMap { states[$0] })
        for original in statements where authors.contains(original.author) && original.form == .reservation {
            guard original.withdrawn.map({ $0 > day }) ?? true, original.made <= day else { continue }
            let id = "\(original.id)/\(event.participant.id)"
            numbers[id] = statements.count
            var kept = Statement(
                id: id, event: event, author: state, form: .reservation, listed: original.listed, provisions: original.provisions,
                moment: original.moment, made: original.made, notified: original.notified,
                notificationAssumed: original.notificationAssumed, modifies: nil, inheritedFrom: original.id)
            kept.objections = original.objections
            kept.acceptances = original.acceptances
            kept.organAcceptance = original.organAcceptance
            statements.append(kept)
        }
    }
}
