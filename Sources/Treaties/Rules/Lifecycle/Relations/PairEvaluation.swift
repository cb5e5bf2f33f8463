import Acts

/// Works out pairs of States, with what is the same for all pairs of one State looked up once.
struct PairEvaluation {
    private let reading: LifeReading
    private let prepared: PreparedStatements
    private let today: Int
    private let current: [LifeReading.Membership?]
    private let provisional: [Bool]
    private let suspensions: [(author: Int, towards: Set<Int>)]
    /// The amendments that bind each State, as one of `stateSets`.
    private let setOfState: [Int]
    private let stateSets: [[Int]]
    private var sharedSets: [[Int]: Int] = [:]
    private var common: [Int: Int] = [:]
    private(set) var working: [RelationsMatrix.Working] = []
    private(set) var amendmentSets: [[String]] = []

    init(_ reading: LifeReading, view: ReservationView, authors: Set<Int>? = nil) {
        self.reading = reading
        prepared = PreparedStatements(reading, view: view, authors: authors)
        let day = reading.day.dayNumber
        today = day
        current = reading.participants.indices.map { reading.membership($0, on: day) }
        var provisional = [Bool](repeating: false, count: reading.participants.count)
        for standing in reading.participation.standings {
            if let number = reading.number(of: standing.participant.id) {
                provisional[number] = standing.appliesProvisionally(on: reading.day)
            }
        }
        self.provisional = provisional
        var suspensions: [(author: Int, towards: Set<Int>)] = []
        for event in reading.events {
            guard case .suspension(let towards, let until) = event.kind, let author = reading.number(of: event.participant.id),
                let from = event.effect ?? event.notifiedOn, from <= reading.day, until.map({ reading.day < $0 }) ?? true
            else { continue }
            suspensions.append((author, Set(towards.compactMap(reading.number))))
        }
        self.suspensions = suspensions
        var sets: [[Int]: Int] = [:]
        var stateSets: [[Int]] = []
        setOfState = reading.participants.indices.map { state in
            let set = reading.amendments.indices.filter { reading.amendments[$0].binds(state, on: reading.day) }
            if let known = sets[set] { return known }
            sets[set] = stateSets.count
            stateSets.append(set)
            return stateSets.count - 1
        }
        self.stateSets = stateSets
    }

    mutating func cell(_ a: Int, _ b: Int) -> RelationsMatrix.Cell {
        let start = working.count
        guard let left = current[a], let right = current[b] else {
            let applied = (provisional[a] || current[a] != nil) && (provisional[b] || current[b] != nil)
            let (since, until) = span(a, b)
            return .init(
                first: a, second: b, state: applied ? .provisional : .notBound, since: since, until: until, amendments: amendments([]),
                effects: start..<start)
        }
        collect(from: a, towards: b)
        collect(from: b, towards: a)
        var since = max(left.from, right.from)
        var until = min(left.until, right.until)
        var state = TreatyRelation.State.bound
        for place in start..<working.count {
            switch working[place].effect.kind {
            case .precluded: state = .precluded
            // Once a precluding objection is taken back, the treaty comes into force between the two.
            case .accepted(.objectionWithdrawn):
                if wasPrecluded(working[place].statement, between: a, b) { since = max(since, working[place].effect.day) }
            default: break
            }
        }
        if state == .precluded {
            since = .max
            until = .max
        } else if !suspensions.isEmpty, areSuspended(a, b) {
            state = .suspended
        }
        return .init(
            first: a, second: b, state: state, since: since, until: until, amendments: commonAmendments(a, b),
            effects: start..<working.count)
    }

    private mutating func collect(from author: Int, towards other: Int) {
        for number in reading.statementsByAuthor[author] {
            if let effect = prepared.effect(of: number, towards: other) { working.append(.init(statement: number, effect: effect)) }
        }
    }

    private func wasPrecluded(_ number: Int, between a: Int, _ b: Int) -> Bool {
        let statement = reading.statements[number]
        return statement.objections[statement.author == a ? b : a]?.contains { $0.precludes } ?? false
    }

    private func areSuspended(_ a: Int, _ b: Int) -> Bool {
        suspensions.contains { suspension in
            (suspension.author == a && (suspension.towards.isEmpty || suspension.towards.contains(b)))
                || (suspension.author == b && (suspension.towards.isEmpty || suspension.towards.contains(a)))
        }
    }

    /// The time both are or were Parties: the next to come, or else the last.
    private func span(_ a: Int, _ b: Int) -> (since: Int, until: Int) {
        var chosen: (from: Int, until: Int)?
        for left in reading.memberships[a] {
            for right in reading.memberships[b] {
                let from = max(left.from, right.from)
                let until = min(left.until, right.until)
                guard from < until else { continue }
                if let known = chosen, known.from > today, known.from <= from { continue }
                chosen = (from, until)
            }
        }
        return (chosen?.from ?? .max, chosen?.until ?? .max)
    }

    // MARK: Amendments

    private mutating func commonAmendments(_ a: Int, _ b: Int) -> Int {
        let key = setOfState[a] * stateSets.count + setOfState[b]
        if let known = common[key] { return known }
        let other = Set(stateSets[setOfState[b]])
        let found = amendments(stateSets[setOfState[a]].filter(other.contains))
        common[key] = found
        return found
    }

    private mutating func amendments(_ set: [Int]) -> Int {
        if let known = sharedSets[set] { return known }
        sharedSets[set] = amendmentSets.count
        amendmentSets.append(set.map { reading.amendments[$0].id })
        return amendmentSets.count - 1
    }
}
