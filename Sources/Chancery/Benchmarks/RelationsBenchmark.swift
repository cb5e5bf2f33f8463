import Acts
public import Treaties

/// The law of a large treaty as of one day: who stands where, and all relations between two States, against the limit of 50 ms.
public enum RelationsBenchmark {
    public struct Result: Sendable {
        public let parties: Int
        public let reservations: Int
        public let objections: Int
        public let relations: Int
        /// Milliseconds for one day: status and all relations.
        public let median: Double
        public let slowest: Double
        /// Of them, for the status alone.
        public let status: Double

        /// The limit, in milliseconds.
        public static let limit = 50.0

        public var lines: [String] {
            func figure(_ value: Double) -> String { String(Double(Int(value * 100)) / 100) }
            return [
                "treaty of \(parties) Parties, \(reservations) reservations, \(objections) objections: \(relations) relations as of a day",
                "status and relations: median \(figure(median)) ms, slowest \(figure(slowest)) ms (limit \(Int(Result.limit)) ms, "
                    + "ratio \(figure(median / Result.limit)))",
                "of it, status: \(figure(status)) ms",
            ]
        }
    }

    /// - Parameter days: how many different days are asked for.
    public static func run(days: Int = 20) throws(ClauseProblem) -> Result {
        let life = treaty(states: 195, reservations: 500, objections: 2_000)
        let clock = ContinuousClock()
        var times: [Double] = []
        var statusTimes: [Double] = []
        var relations = 0
        var parties = 0
        let last = CalendarDate(dayNumber: 16_000)
        for step in 0..<max(1, days) {
            let day = last.adding(days: step * 7)
            let start = clock.now
            let reading = try life.reading(on: day)
            let middle = clock.now
            relations = reading.matrix().count
            let end = clock.now
            parties = reading.participation.parties.count
            times.append(milliseconds(end - start))
            statusTimes.append(milliseconds(middle - start))
        }
        times.sort()
        statusTimes.sort()
        return Result(
            parties: parties, reservations: 500, objections: 2_000, relations: relations, median: times[times.count / 2],
            slowest: times[times.count - 1], status: statusTimes[statusTimes.count / 2])
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1_000 + Double(duration.components.attoseconds) / 1e15
    }

    /// A treaty with so much said about it: the same each time.
    static func treaty(states: Int, reservations: Int, objections: Int) -> TreatyLife {
        var seed: UInt64 = 20_260
        func next(_ bound: Int) -> Int {
            // Knuth's linear congruential generator (MMIX).
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((seed >> 33) % UInt64(bound))
        }
        let participants = (1...states).map { Participant(ParticipantID("State \($0)"), name: "State \($0)") }
        var clauses = FinalClauses(
            entryIntoForce: EntryIntoForceClause(
                condition: .count(60, of: nil), delay: ClauseDelay(30, .days), later: LaterJoinerRule(ClauseDelay(30, .days))))
        clauses.amendments = AmendmentClause(
            entryIntoForce: EntryIntoForceClause(condition: .count(90, of: nil), delay: ClauseDelay(90, .days)))
        var life = TreatyLife(clauses: clauses)
        var consents: [CalendarDate] = []
        for participant in participants {
            let day = CalendarDate(dayNumber: 10_000 + next(4_000))
            consents.append(day)
            life.events.append(
                LifeEvent(id: "signature \(participant.name)", .participation(.signature), by: participant, on: day.adding(days: -400)))
            life.events.append(LifeEvent(id: "ratification \(participant.name)", .participation(.ratification), by: participant, on: day))
        }
        var authors: [Int] = []
        for number in 0..<reservations {
            let author = next(states)
            authors.append(author)
            life.events.append(
                LifeEvent(
                    id: "r\(number)", .reservation(ReservationStatement(provisions: ["art. \(1 + next(40))"])), by: participants[author],
                    on: consents[author], notified: .on(consents[author].adding(days: 20 + next(40)))))
        }
        for number in 0..<objections {
            let target = next(reservations)
            let author = (authors[target] + 1 + next(states - 1)) % states
            let day = max(consents[authors[target]], consents[author]).adding(days: next(360))
            life.events.append(
                LifeEvent(
                    id: "o\(number)", .objection(to: "r\(target)", precludes: next(10) == 0), by: participants[author], on: day,
                    notified: .on(day.adding(days: 30))))
        }
        life.events.append(
            LifeEvent(
                id: "amendment", .amendmentAdopted(AmendmentStatement()), by: Participant(ParticipantID("conference")),
                on: CalendarDate(dayNumber: 14_500)))
        for participant in participants.prefix(120) {
            life.events.append(
                LifeEvent(
                    id: "acceptance \(participant.name)", .amendmentAccepted("amendment"), by: participant,
                    on: CalendarDate(dayNumber: 14_600 + next(1_000))))
        }
        return life
    }
}
