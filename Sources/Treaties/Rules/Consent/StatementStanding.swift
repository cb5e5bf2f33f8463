import Acts

/// Where a statement stands on a day: in itself, and towards the others.
struct StatementStanding: Hashable, Sendable {
    let record: StatementRecord
    /// A stable name: the law's for reservations and declarations (`ReservationStanding.code`), `stands`, `late`, `withdrawn` or
    /// `struck-out` for the rest.
    let code: String
    /// The last day on which every State that is bound may still object in time, where that is settled.
    let objectionsUntil: CalendarDate?
    /// Whether periods run from the day of the act because no notification of it is recorded.
    let notificationAssumed: Bool
    /// Whose objections stand and leave the treaty in force between the two.
    let objectedBy: [ActorCode]
    /// Whose objections keep the treaty from being in force between the two (VCLT art. 20(4)(b)).
    let precludedBy: [ActorCode]
    /// How many Parties have accepted it, expressly or by silence; `nil` where acceptance has no place.
    let acceptedBy: Int?
    /// For how many it is still open.
    let openTowards: Int?

    /// Which of the palette's chips it is.
    var chip: String {
        switch code {
        case "made", "accepted", "stands", "declaration": "in-force"
        case "awaiting-confirmation", "late-open", "awaiting-organ", "awaiting-all", "late": "awaiting"
        case "withdrawn", "struck-out": "expired"
        default: "refused"
        }
    }

    var json: JSON {
        var object = record.made.json.object ?? JSONObject()
        object["treaty"] = nil
        object["entry"] = .integer(record.entry)
        object["received"] = .string(record.known.description)
        object["standing"] = .string(code)
        object["objectionsUntil"] = objectionsUntil.map { .string($0.description) }
        object["notificationAssumed"] = .bool(notificationAssumed)
        object["objectedBy"] = .array(objectedBy.map { .string($0.rawValue) })
        object["precludedBy"] = .array(precludedBy.map { .string($0.rawValue) })
        object["acceptedBy"] = acceptedBy.map { .integer(Int64($0)) }
        object["openTowards"] = openTowards.map { .integer(Int64($0)) }
        object["changes"] = .array(
            record.changes.map { change in
                var own = change.changed.json.object ?? JSONObject()
                own["treaty"] = nil
                own["statement"] = nil
                own["entry"] = .integer(change.entry)
                return .object(own)
            })
        object["proof"] = .string("/record/acts/\(record.entry).tlog-proof")
        return .object(object)
    }
}

extension LifeReading {
    /// Where each statement stands towards those that are bound.
    func standings(of records: [StatementRecord]) -> [StatementStanding] {
        let today = day.dayNumber
        let parties = parties(on: today)
        return records.filter { $0.made.date <= day }.map { record in
            let plain = record.plainCode(on: day)
            guard let number = statementNumbers[String(record.entry)] else {
                return StatementStanding(
                    record: record, code: plain, objectionsUntil: nil, notificationAssumed: false, objectedBy: [], precludedBy: [],
                    acceptedBy: nil, openTowards: nil)
            }
            let statement = statements[number]
            let standing = standing(of: number, asReservation: record.isReservation)
            let prepared = PreparedStatements(self, statement: number, standing: standing)
            var objected: [ActorCode] = []
            var precluded: [ActorCode] = []
            var accepted = 0
            var open = 0
            var until: Int?
            for state in parties where state != statement.author {
                if let deadline = objectionDeadline(statement, for: state), deadline >= today { until = max(until ?? deadline, deadline) }
                switch prepared.effect(towards: state).map(ReservationEffect.init) ?? .none(standing) {
                case .objected(_, let precludes):
                    guard case .actor(let code) = participants[state].id else { continue }
                    if precludes { precluded.append(code) } else { objected.append(code) }
                case .accepted: accepted += 1
                case .open: open += 1
                case .none: break
                }
            }
            if case .lateOpen(let end) = standing { until = end?.dayNumber ?? until }
            return StatementStanding(
                record: record, code: record.isReservation ? standing.code : plain == "stands" ? standing.code : plain,
                objectionsUntil: record.isReservation ? until.map { CalendarDate(dayNumber: $0) } : nil,
                notificationAssumed: record.isReservation && statement.notificationAssumed, objectedBy: objected.sorted(),
                precludedBy: precluded.sorted(), acceptedBy: standing.isEffective ? accepted : nil,
                openTowards: standing.isEffective ? open : nil)
        }
    }
}

extension StatementRecord {
    /// Where a statement stands that is no reservation.
    func plainCode(on day: CalendarDate) -> String {
        if isStruck { return "struck-out" }
        if let withdrawnOn, withdrawnOn <= day { return "withdrawn" }
        return made.late == true ? "late" : "stands"
    }
}
