import Acts

/// Pairwise treaty relations (VCLT arts. 20, 21, 30(4), 40(4) and (5)).
extension LifeReading {
    /// How two States stand towards each other; `nil` where one of them is not known here.
    public func relation(of first: ParticipantID, towards second: ParticipantID, view: ReservationView = .depositary) -> TreatyRelation? {
        guard first != second, let a = number(of: first), let b = number(of: second) else { return nil }
        var standings: [Int: ReservationStanding] = [:]
        return relation(a, b, view: view, facts: PairFacts(self)) { number in
            if let known = standings[number] { return known }
            let standing = standing(of: number)
            standings[number] = standing
            return standing
        }
    }

    /// Every pair of those for whom the treaty is or was in force, or has been consented to; first before second.
    public func relations(view: ReservationView = .depositary) -> [TreatyRelation] {
        let standings = standings()
        let concerned = participants.indices.filter { !memberships[$0].isEmpty }
        let facts = PairFacts(self)
        var result: [TreatyRelation] = []
        result.reserveCapacity(concerned.count * (concerned.count - 1) / 2)
        for (position, a) in concerned.enumerated() {
            for b in concerned[(position + 1)...] {
                result.append(relation(a, b, view: view, facts: facts) { standings[$0] })
            }
        }
        return result
    }

    /// What is the same for every pair of one State, looked up once.
    struct PairFacts {
        let current: [Membership?]
        let suspended: Set<Int>
        let suspensions: [(author: Int, towards: Set<Int>, from: Int, until: Int)]
        let provisional: [Bool]

        init(_ reading: LifeReading) {
            let day = reading.day.dayNumber
            current = reading.participants.indices.map { reading.membership($0, on: day) }
            let standings = Dictionary(reading.participation.standings.map { ($0.participant.id, $0) }) { first, _ in first }
            provisional = reading.participants.map { standings[$0.id]?.appliesProvisionally(on: reading.day) ?? false }
            var suspensions: [(author: Int, towards: Set<Int>, from: Int, until: Int)] = []
            for event in reading.events {
                guard case .suspension(let towards, let until) = event.kind, let author = reading.number(of: event.participant.id),
                    let from = (event.effect ?? event.notifiedOn)?.dayNumber
                else { continue }
                let end = until?.dayNumber ?? .max
                guard from <= day, day < end else { continue }
                suspensions.append((author, Set(towards.compactMap(reading.number)), from, end))
            }
            self.suspensions = suspensions
            suspended = Set(suspensions.map(\.author))
        }

        func areSuspended(_ a: Int, _ b: Int) -> Bool {
            guard suspended.contains(a) || suspended.contains(b) else { return false }
            return suspensions.contains { suspension in
                (suspension.author == a && (suspension.towards.isEmpty || suspension.towards.contains(b)))
                    || (suspension.author == b && (suspension.towards.isEmpty || suspension.towards.contains(a)))
            }
        }
    }

    private func relation(
        _ a: Int, _ b: Int, view: ReservationView, facts: PairFacts, standing: (Int) -> ReservationStanding
    ) -> TreatyRelation {
        let first = participants[a]
        let second = participants[b]
        guard let left = facts.current[a], let right = facts.current[b] else {
            let provisional =
                (facts.provisional[a] || facts.current[a] != nil) && (facts.provisional[b] || facts.current[b] != nil)
            let (since, until) = span(a, b)
            return TreatyRelation(
                first: first, second: second, state: provisional ? .provisional : .notBound, since: since, until: until, amendments: [],
                reservations: [])
        }
        var reservations: [TreatyRelation.Reservation] = []
        collect(from: a, towards: b, view, standing, into: &reservations)
        collect(from: b, towards: a, view, standing, into: &reservations)
        var since = max(left.from, right.from)
        let until = min(left.until, right.until)
        var state = TreatyRelation.State.bound
        for reservation in reservations {
            switch reservation.effect {
            case .objected(_, precludes: true): state = .precluded
            // Once a precluding objection is taken back, the treaty comes into force between the two.
            case .accepted(let day, .objectionWithdrawn):
                if let number = statementNumbers[reservation.id], wasPrecluded(number, between: a, b) { since = max(since, day.dayNumber) }
            default: break
            }
        }
        if state == .bound, facts.areSuspended(a, b) { state = .suspended }
        return TreatyRelation(
            first: first, second: second, state: state, since: state == .precluded ? nil : CalendarDate(dayNumber: since),
            until: until == .max || state == .precluded ? nil : CalendarDate(dayNumber: until),
            amendments: amendments.filter { $0.binds(a, b, on: day) }.map(\.id), reservations: reservations)
    }

    private func wasPrecluded(_ number: Int, between a: Int, _ b: Int) -> Bool {
        let other = statements[number].author == a ? b : a
        return statements[number].objections[other]?.contains { $0.precludes } ?? false
    }

    private func collect(
        from author: Int, towards other: Int, _ view: ReservationView, _ standing: (Int) -> ReservationStanding,
        into reservations: inout [TreatyRelation.Reservation]
    ) {
        for number in statementsByAuthor[author] {
            let statement = statements[number]
            var found = standing(number)
            if found == .declaration {
                // A State that objects to a declaration takes it for a reservation.
                guard view == .states, statement.recharacterized[other] != nil || statement.objections[other] != nil else { continue }
                found = self.standing(of: number, asReservation: true)
            }
            let effect = effect(of: number, standing: found, towards: other)
            if case .none = effect { continue }
            reservations.append(
                .init(id: statement.id, author: participants[author], provisions: statement.provisions, effect: effect))
        }
    }

    /// The time both are or were Parties: the one that covers the day, the next to come, or else the last.
    private func span(_ a: Int, _ b: Int) -> (since: CalendarDate?, until: CalendarDate?) {
        var spans: [(from: Int, until: Int)] = []
        for left in memberships[a] {
            for right in memberships[b] {
                let from = max(left.from, right.from)
                let until = min(left.until, right.until)
                if from < until { spans.append((from, until)) }
            }
        }
        guard let chosen = spans.first(where: { $0.from > day.dayNumber }) ?? spans.last else { return (nil, nil) }
        return (CalendarDate(dayNumber: chosen.from), chosen.until == .max ? nil : CalendarDate(dayNumber: chosen.until))
    }
}
