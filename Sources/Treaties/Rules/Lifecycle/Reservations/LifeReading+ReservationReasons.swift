public import Acts

/// A reservation or declaration, with where it stands and why.
public struct ReservationReading: Hashable, Sendable {
    public let id: String
    public let author: Participant
    public let provisions: [String]
    /// The depositary's view.
    public let standing: ReservationStanding
    /// How it stands for those that take a declaration for a reservation; `nil` where nobody does, or it is one anyway.
    public let recharacterized: ReservationStanding?
    public let recharacterizedBy: [Participant]
    /// Objections in time and standing, by author, and whether each precludes the treaty between the two.
    public let objections: [Objection]
    /// Objections after the period: recorded, without the effect of one.
    public let lateObjections: [Participant]
    /// The last day of the general period, from the notification.
    public let period: CalendarDate?
    public let steps: [LegalStep]

    public struct Objection: Hashable, Sendable {
        public let author: Participant
        public let date: CalendarDate
        public let precludes: Bool
    }
}

extension LifeReading {
    /// Every reservation and declaration, in the order of days.
    public var reservations: [ReservationReading] { statements.indices.map(reservation) }

    public func reservation(_ id: String) -> ReservationReading? { statementNumbers[id].map(reservation) }

    private func reservation(_ number: Int) -> ReservationReading {
        let statement = statements[number]
        let standing = standing(of: number)
        let takers = statement.recharacterized.filter { $0.value <= day.dayNumber }.keys.sorted().map { participants[$0] }
        var objections: [ReservationReading.Objection] = []
        var late: [Participant] = []
        for state in statement.objections.keys.sorted() {
            guard let objection = statement.objection(of: state, on: day.dayNumber) else { continue }
            if isInTime(objection, to: statement, by: state) {
                objections.append(
                    .init(
                        author: participants[state], date: CalendarDate(dayNumber: objection.date), precludes: objection.precludes))
            } else {
                late.append(participants[state])
            }
        }
        return ReservationReading(
            id: statement.id, author: participants[statement.author], provisions: statement.provisions, standing: standing,
            recharacterized: standing == .declaration && !takers.isEmpty ? self.standing(of: number, asReservation: true) : nil,
            recharacterizedBy: takers, objections: objections, lateObjections: late, period: generalPeriod(of: statement),
            steps: reasons(for: statement, standing))
    }

    func isInTime(_ objection: Statement.Objection, to statement: Statement, by state: Int) -> Bool {
        if statement.moment == .late {
            return generalPeriod(of: statement).map { objection.date <= $0.dayNumber } ?? true
        }
        return objectionDeadline(statement, for: state).map { objection.date <= $0 } ?? true
    }

    /// The last day of the period that runs for all from the notification.
    func generalPeriod(of statement: Statement) -> CalendarDate? {
        guard let notified = statement.notified else { return nil }
        let start = CalendarDate(dayNumber: notified)
        if statement.moment == .late {
            guard case .unlessObjected(let period) = life.clauses.reservations.late else { return nil }
            return period.date(from: start).date
        }
        return life.clauses.reservations.objectionPeriod.delay.date(from: start).date
    }

    // MARK: Reasons

    /// Why a reservation stands as it does.
    func reasons(for statement: Statement, _ standing: ReservationStanding) -> [LegalStep] {
        let clause = life.clauses.reservations
        let facts: [String: LegalArgument] = [
            "actor": .participant(participants[statement.author]), "provisions": .provisions(statement.provisions),
            "date": .date(CalendarDate(dayNumber: statement.made)),
        ]
        func step(_ code: LegalStepCode, _ rule: String, _ more: [String: LegalArgument] = [:]) -> LegalStep {
            LegalStep(code, rule, facts.merging(more) { _, own in own })
        }
        let own = clause.article ?? "the treaty"
        var steps = [
            statement.form == .reservation ? step(.reservationMade, "VCLT art. 2(1)(d)") : step(.declarationMade, "VCLT art. 2(1)(d)")
        ]
        if let original = statement.inheritedFrom {
            steps.append(step(.reservationKept, "1978 Convention art. 20(1)", ["id": .text(original)]))
        }
        if statement.notificationAssumed, clause.acceptance == .each { steps.append(step(.notificationAssumed, "VCLT art. 78(c)")) }
        switch standing {
        case .declaration: break
        case .awaitingConfirmation: steps.append(step(.reservationToConfirm, "VCLT art. 23(2)"))
        case .notConfirmed: steps.append(step(.reservationNotConfirmed, "VCLT art. 23(2)"))
        case .prohibited:
            steps.append(step(.reservationProhibited, clause.article.map { "\($0); VCLT art. 19(a)" } ?? "VCLT art. 19(a)"))
            steps.append(step(.reservationQuery, "VCLT art. 77(1)(d)"))
        case .notListed:
            steps.append(step(.reservationNotListed, clause.article.map { "\($0); VCLT art. 19(b)" } ?? "VCLT art. 19(b)"))
            steps.append(step(.reservationQuery, "VCLT art. 77(1)(d)"))
        case .wrongMoment: steps.append(step(.reservationWrongMoment, own))
        case .lateNotReceived: steps.append(step(.reservationLateRefused, own))
        case .lateOpen(let until):
            steps.append(step(.reservationLate, "VCLT art. 19"))
            if let until { steps.append(step(.reservationLateOpen, "depositary practice", ["until": .date(until)])) }
        case .lateRefused(let participant, let day):
            steps.append(step(.reservationLate, "VCLT art. 19"))
            steps.append(
                step(.reservationLateObjected, "depositary practice", ["by": .participant(participant), "on": .date(day)]))
        case .incompatible(let objections, let needed, let parties, let on):
            steps.append(
                step(
                    .reservationIncompatible, own,
                    ["count": .number(objections), "needed": .number(needed), "parties": .number(parties), "on": .date(on)]))
        case .awaitingOrgan: steps.append(step(.reservationAwaitsOrgan, "VCLT art. 20(3)"))
        case .awaitingAll: steps.append(step(.reservationAwaitsAll, "VCLT art. 20(2)"))
        case .refusedByOne(let participant, let day):
            steps.append(step(.reservationRefused, "VCLT art. 20(2)", ["by": .participant(participant), "on": .date(day)]))
        case .made:
            if clause.acceptance == .none { steps.append(step(.reservationAuthorized, "VCLT art. 20(1)")) }
        case .accepted(let day): steps.append(step(.reservationAcceptedByAll, "VCLT art. 20", ["on": .date(day)]))
        case .withdrawn(let day): steps.append(step(.reservationWithdrawn, "VCLT art. 22", ["on": .date(day)]))
        }
        return steps
    }

    /// Why a reservation has the effect it has towards another State.
    func reasons(for statement: Statement, _ effect: ReservationEffect, towards other: Participant) -> [LegalStep] {
        let clause = life.clauses.reservations
        let facts: [String: LegalArgument] = [
            "actor": .participant(participants[statement.author]), "other": .participant(other),
            "provisions": .provisions(statement.provisions),
        ]
        func step(_ code: LegalStepCode, _ rule: String, _ more: [String: LegalArgument] = [:]) -> LegalStep {
            LegalStep(code, rule, facts.merging(more) { _, own in own })
        }
        let period = clause.objectionPeriod == .vienna ? "VCLT art. 20(5)" : clause.article ?? "VCLT art. 20(5)"
        switch effect {
        case .none: return []
        case .open(let until):
            return [until.map { step(.effectOpen, period, ["until": .date($0)]) } ?? step(.effectOpenUnsettled, period)]
        case .accepted(let day, let how):
            let why =
                switch how {
                case .express: step(.effectAcceptedExpressly, "VCLT art. 20(4)(a)", ["on": .date(day)])
                case .silence: step(.effectAcceptedBySilence, period, ["on": .date(day)])
                case .authorized: step(.effectAuthorized, "VCLT art. 20(1)")
                case .general: step(.effectAcceptedForAll, "VCLT art. 20", ["on": .date(day)])
                case .objectionWithdrawn: step(.effectObjectionWithdrawn, "VCLT art. 22(2), (3)(b)", ["on": .date(day)])
                }
            return [why, step(.effectModifies, "VCLT art. 21(1)")]
        case .objected(let day, false):
            return [
                step(.effectObjected, "VCLT art. 20(4)(b)", ["on": .date(day)]),
                step(.effectExcludes, "VCLT art. 21(3)"),
            ]
        case .objected(let day, true): return [step(.effectPrecludes, "VCLT art. 20(4)(b)", ["on": .date(day)])]
        }
    }
}
