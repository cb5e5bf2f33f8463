import Acts
import Federation

/// A note as this node has it: what stands on it in the open, how far it has come with each addressee, and the sealed rest.
struct NoteFile: Hashable, Sendable {
    /// Its entry in this node's record: of the note itself, of its reception, or of the act that handed it on.
    var entry: Int64
    /// Where its sender entered it.
    var reference: NoteReference
    var note: NoteKind
    var number: Int64
    var date: CalendarDate
    var from: SealingParty
    var fromName: [String: String]
    var to: [Addressed]
    var deadline: CalendarDate?
    var inReplyTo: NoteReference?
    /// The first note of its thread, `ORIGIN#INDEX`.
    var thread: String
    var content: JSON
    var blobs: [String]
    var received: Moment
    var forwardedBy: SealingParty?
    var isClosed: Bool
    /// Whether a note answers it.
    var isAnswered: Bool

    /// One addressee, and how far the note has come with it.
    struct Addressed: Hashable, Sendable {
        var party: SealingParty
        var delivered: Moment?
        var refused: String?
        var acknowledged: Moment?
    }

    enum Delivery: String, Hashable, Sendable, CaseIterable {
        case waiting, delivered, refused, acknowledged
    }

    /// What is said of an addressee; an office of this very node has a note the moment it is entered.
    func delivery(to addressed: Addressed, at node: NodeName) -> Delivery {
        if addressed.acknowledged != nil { return .acknowledged }
        if addressed.party.node == node || addressed.delivered != nil { return .delivered }
        return addressed.refused == nil ? .waiting : .refused
    }

    /// Whether an answer is asked for by a day and has not come.
    var awaitsAnswer: Bool { deadline != nil && !isClosed && !isAnswered }

    /// How near the day for the answer is.
    enum Urgency: String, Hashable, Sendable, CaseIterable {
        /// It has passed.
        case overdue
        /// It is today or within the three days that follow.
        case soon
    }

    /// Of what is to be answered and near its day, or past it; `nil` otherwise.
    func urgency(on today: CalendarDate) -> Urgency? {
        guard awaitsAnswer, let deadline else { return nil }
        if deadline < today { return .overdue }
        return deadline <= Self.lastSoonDay(on: today) ? .soon : nil
    }

    /// The last day that is near.
    static func lastSoonDay(on today: CalendarDate) -> CalendarDate { today.adding(days: 3) }

    /// What a reminder is called among the things that happened to a note.
    static func reminder(_ stage: NoteReminded.Stage) -> String { "reminded-\(stage.rawValue)" }

    /// `12/2026`.
    var numberText: String { "\(number)/\(date.year)" }

    /// The offices of a node that may read it: its sender, its addressees, and who handed it on.
    func offices(at node: NodeName) -> Set<String> {
        Set(([from, forwardedBy].compactMap { $0 } + to.map(\.party)).filter { $0.node == node }.map(\.office))
    }

    /// The offices of a node it came to.
    func addressedOffices(at node: NodeName) -> [String] { to.map(\.party).filter { $0.node == node }.map(\.office) }
}

/// A draft as the record has it now.
struct DraftFile: Hashable, Sendable {
    enum State: String, Hashable, Sendable {
        case waiting, returned, sent
    }

    /// The entry of its first version.
    var draft: Int64
    /// The entry of its newest version.
    var version: Int64
    var office: String
    /// Everybody who wrote a version.
    var authors: Set<String>
    var state: State
    var paper: NotePaper
    var received: Moment
    /// Why it was given back, sealed to the office.
    var returned: JSON?
}
