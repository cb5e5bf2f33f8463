import Acts

/// An alert with its timeline.
struct AlertFile: Sendable {
    struct Note: Sendable {
        let act: AlertNoted
        let person: String
        let entry: Int64
        let at: Moment
    }

    /// A moment that an act of the record proves.
    struct Proved: Sendable {
        let at: Moment
        let entry: Int64
    }

    let act: AlertRaised
    let office: String
    let entry: Int64
    let raised: Moment
    let notes: [Note]
    /// First draft, approval and release of the drafts named in the notes, as the press desk's acts have them, and the first server's
    /// word that it has the statement.
    let drafted: Proved?
    let approved: Proved?
    let released: Proved?
    let delivered: Proved?
    let statement: String?
    let closing: ClosedAlert?

    var isClosed: Bool { closing != nil || notes.contains { $0.act.what == .closed } }

    /// Who must be asked and has not been.
    var toAsk: [String] { act.ask.filter { name in !notes.contains { $0.act.what == .asked && $0.act.who == name } } }

    /// The steps that were reached, in their order.
    var points: [AlertClosed.Point] {
        var points: [AlertClosed.Point] = []
        if let event = act.event { points.append(.init(step: "event", at: event, entry: nil)) }
        points.append(.init(step: "alert", at: raised, entry: entry))
        for (step, moment) in [("draft", drafted), ("approved", approved), ("published", released), ("delivered", delivered)] {
            if let moment { points.append(.init(step: step, at: moment.at, entry: moment.entry)) }
        }
        return points
    }

    /// Milliseconds from one step to the next, where both are known.
    var responseTimes: [(step: String, milliseconds: Int64)] { Self.times(points) }

    /// From the step before that is known, in milliseconds; a first draft from before the alert counts below nothing.
    static func times(_ points: [AlertClosed.Point]) -> [(step: String, milliseconds: Int64)] {
        zip(points, points.dropFirst()).map { ($1.step, $1.at.milliseconds - $0.at.milliseconds) }
    }
}

/// An alert's measured end.
struct ClosedAlert: Sendable {
    let act: AlertClosed
    let entry: Int64
    let isPublic: Bool
    let at: Moment

    /// Milliseconds from the first point to the last; `nil` where there is but one.
    var whole: Int64? {
        guard let first = act.points.first, let last = act.points.last, act.points.count > 1 else { return nil }
        return last.at.milliseconds - first.at.milliseconds
    }
}
