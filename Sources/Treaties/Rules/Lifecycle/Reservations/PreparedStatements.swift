import Acts

/// The reservations of a treaty made ready for many pairs: plain numbers, with nothing to look up or to count references of.
///
/// A treaty of 195 Parties and 500 reservations has some 97,000 effects as of one day; each is worked out from here.
struct PreparedStatements {
    enum Mode {
        case none
        /// Accepted for all.
        case general
        /// Needs no acceptance (VCLT art. 20(1)).
        case authorized
        /// State by State (VCLT art. 20(4), (5)).
        case each
    }

    struct Entry {
        var mode: Mode
        /// The day it was made, or accepted for all.
        var day: Int
        /// The last day of the period that runs for all; `Int.max` while it does not run.
        var deadline: Int
        var remarks: Range<Int>
        /// Where only some take it for a reservation.
        var takers: Range<Int>?
    }

    /// What one State said about a reservation.
    struct Remark {
        var state: Int
        var date: Int
        /// An acceptance, or an objection.
        var accepts: Bool
        var precludes: Bool
        /// The day its withdrawal became operative; `Int.max` while it stands.
        var withdrawn: Int
    }

    /// What a reservation does towards one State.
    struct Effect {
        enum Kind {
            case open
            case accepted(ReservationEffect.Acceptance)
            case objected
            case precluded
        }

        var kind: Kind
        /// The day; for an open one, its end. `Int.max` where that is not settled.
        var day: Int
    }

    private let today: Int
    private let orUntilConsent: Bool
    /// By statement; those not asked for have the mode `none`.
    private let entries: [Entry]
    private let remarks: [Remark]
    private let takers: [Int]
    /// The day of consent of each State; `Int.max` for none.
    private let consents: [Int]

    /// - Parameter authors: Whose statements; `nil` for everyone's.
    init(_ reading: LifeReading, view: ReservationView, authors: Set<Int>? = nil) {
        today = reading.day.dayNumber
        let clause = reading.life.clauses.reservations
        orUntilConsent = clause.objectionPeriod.orUntilConsent
        consents = reading.participants.indices.map { reading.consentDay(of: $0) ?? .max }
        var entries: [Entry] = []
        var remarks: [Remark] = []
        var takers: [Int] = []
        entries.reserveCapacity(reading.statements.count)
        for number in reading.statements.indices {
            var entry = Entry(mode: .none, day: 0, deadline: .max, remarks: 0..<0, takers: nil)
            if authors?.contains(reading.statements[number].author) ?? true {
                PreparedStatements.prepare(&entry, reading, number, view, clause, &remarks, &takers)
            }
            entries.append(entry)
        }
        self.entries = entries
        self.remarks = remarks
        self.takers = takers
    }

    /// One statement alone, with where it stands.
    init(_ reading: LifeReading, statement number: Int, standing: ReservationStanding) {
        today = reading.day.dayNumber
        let clause = reading.life.clauses.reservations
        orUntilConsent = clause.objectionPeriod.orUntilConsent
        consents = reading.participants.indices.map { reading.consentDay(of: $0) ?? .max }
        var entry = Entry(mode: .none, day: 0, deadline: .max, remarks: 0..<0, takers: nil)
        var remarks: [Remark] = []
        PreparedStatements.prepare(&entry, reading.statements[number], standing, clause, &remarks)
        entries = [entry]
        self.remarks = remarks
        takers = []
    }

    private static func prepare(
        _ entry: inout Entry, _ reading: LifeReading, _ number: Int, _ view: ReservationView, _ clause: ReservationClause,
        _ remarks: inout [Remark], _ takers: inout [Int]
    ) {
        let statement = reading.statements[number]
        var standing = reading.standing(of: number)
        if standing == .declaration {
            guard view == .states else { return }
            // A State that objects to a declaration takes it for a reservation.
            let start = takers.count
            takers += Set(statement.recharacterized.keys).union(statement.objections.keys).sorted()
            entry.takers = start..<takers.count
            standing = reading.standing(of: number, asReservation: true)
        }
        prepare(&entry, statement, standing, clause, &remarks)
    }

    private static func prepare(
        _ entry: inout Entry, _ statement: Statement, _ standing: ReservationStanding, _ clause: ReservationClause,
        _ remarks: inout [Remark]
    ) {
        switch standing {
        case .made(let day):
            entry.mode = clause.acceptance == .none ? .authorized : .each
            entry.day = day.dayNumber
        case .accepted(let day):
            entry.mode = .general
            entry.day = day.dayNumber
        default: return
        }
        guard entry.mode == .each else { return }
        if let notified = statement.notified {
            entry.deadline = clause.objectionPeriod.delay.date(from: CalendarDate(dayNumber: notified)).date.dayNumber
        }
        let start = remarks.count
        for (state, day) in statement.acceptances {
            remarks.append(Remark(state: state, date: day, accepts: true, precludes: false, withdrawn: .max))
        }
        for (state, objections) in statement.objections {
            for objection in objections {
                remarks.append(
                    Remark(
                        state: state, date: objection.date, accepts: false, precludes: objection.precludes,
                        withdrawn: objection.withdrawn ?? .max))
            }
        }
        entry.remarks = start..<remarks.count
    }

    /// What the statement prepared alone does towards a State; `nil` where it does nothing.
    func effect(towards state: Int) -> Effect? { effect(of: 0, towards: state) }

    /// What a reservation does towards a State; `nil` where it does nothing.
    func effect(of number: Int, towards state: Int) -> Effect? {
        let entry = entries[number]
        if let range = entry.takers, !takers[range].contains(state) { return nil }
        switch entry.mode {
        case .none: return nil
        case .general: return Effect(kind: .accepted(.general), day: entry.day)
        // An objection changes nothing.
        case .authorized: return Effect(kind: .accepted(.authorized), day: entry.day)
        case .each: break
        }
        var deadline = entry.deadline
        if orUntilConsent, deadline != .max { deadline = max(deadline, consents[state]) }
        var objection: (date: Int, precludes: Bool)?
        var takenBack: Int?
        for place in entry.remarks where remarks[place].state == state {
            let remark = remarks[place]
            if remark.accepts { return Effect(kind: .accepted(.express), day: remark.date) }
            guard remark.date <= deadline else { continue }
            if today < remark.withdrawn {
                objection = (remark.date, remark.precludes)
            } else {
                takenBack = max(takenBack ?? .min, remark.withdrawn)
            }
        }
        if let objection { return Effect(kind: objection.precludes ? .precluded : .objected, day: objection.date) }
        if let takenBack { return Effect(kind: .accepted(.objectionWithdrawn), day: takenBack) }
        return deadline <= today ? Effect(kind: .accepted(.silence), day: deadline) : Effect(kind: .open, day: deadline)
    }
}

extension ReservationEffect {
    init(_ effect: PreparedStatements.Effect) {
        let day = CalendarDate(dayNumber: effect.day)
        self =
            switch effect.kind {
            case .open: .open(until: effect.day == .max ? nil : day)
            case .accepted(let how): .accepted(on: day, how)
            case .objected: .objected(on: day, precludes: false)
            case .precluded: .objected(on: day, precludes: true)
            }
    }
}
