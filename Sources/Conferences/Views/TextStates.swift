import Acts
import GRDB
import Ledger
import Record
import Synchronization

/// A text at a place of the record: what it is, and its negotiation so far.
struct OpenText: Sendable {
    var conference: Conference
    var head: TextHead
    /// The body before which it is; `nil` where it is before none.
    var body: Conference.Body?
    /// That body's newest meeting.
    var meeting: ConferenceMeeting?
    var negotiation: Negotiation
    /// The newest of its acts that the negotiation has in it.
    var entry: Int64

    /// Whether a name before a colon in brackets is a delegation's or a group's, beside names in capitals, which always are.
    func knowsName(_ name: String) -> Bool { conference.group(name) != nil }
}

/// The negotiation of every text, worked out from its acts once and kept, so that a page or a rule takes in only what is new.
///
/// Owns a negotiation for each text, guarded by a lock. What a rule reads may be rolled back with its batch, so a rule's negotiation is
/// never kept: only what was read from a committed snapshot is.
final class TextStates: Sendable {
    /// Most texts that are kept; the one that was longest unused goes.
    private static let most = 24

    /// Gives the bytes that an act cites; they never change, so that a rule may ask for them.
    typealias Blobs = @Sendable (_ sha256: [UInt8]) throws -> [UInt8]?

    private struct Kept: Sendable {
        var negotiation: Negotiation
        var entry: Int64
        var used: UInt64
    }

    private struct Shelf: Sendable {
        var texts: [String: Kept] = [:]
        var clock: UInt64 = 0
    }

    private let shelf = Mutex(Shelf())

    /// A text as the database has it.
    ///
    /// - Parameters:
    ///   - keeping: whether the database is a committed snapshot, as a page's is.
    ///   - blobs: where the words of long texts are.
    /// - Throws: a refusal where there is no such conference or text, or its words are not there.
    func text(_ conference: String, _ text: String, in database: Database, keeping: Bool, blobs: Blobs) throws -> OpenText {
        let queries = ConferenceQueries(database: database)
        guard let found = try queries.conference(conference) else { throw ConferenceCommands.unknown }
        guard let head = try TextQueries(database: database).head(conference, text) else { throw TextCommands.unknown(text) }
        return try open(head, in: found, database, keeping: keeping, blobs: blobs)
    }

    /// The text a body's room has before it; `nil` where there is none, or it is not to be had.
    func inFocus(_ conference: String, _ body: String, in database: Database, blobs: Blobs) throws -> OpenText? {
        let queries = ConferenceQueries(database: database)
        guard let meeting = try queries.lastMeeting(conference, body), meeting.state != .adjourned, let document = meeting.document,
            let head = try TextQueries(database: database).head(conference, document: document),
            let found = try queries.conference(conference)
        else { return nil }
        do {
            return try open(head, in: found, database, keeping: true, blobs: blobs)
        } catch is Refusal {
            return nil
        }
    }

    /// The same where conference and text are known already.
    func open(
        _ head: TextHead, in conference: Conference, _ database: Database, keeping: Bool, blobs: Blobs
    ) throws -> OpenText {
        let key = "\(conference.id)/\(head.text)"
        let kept = shelf.withLock { $0.texts[key] }
        var negotiation = kept?.negotiation ?? Negotiation()
        var entry = kept?.entry ?? -1
        if entry < head.last {
            for act in try TextQueries(database: database).acts(conference.id, head.text, after: entry) {
                try Self.take(act, into: &negotiation, blobs)
                entry = act.entry
            }
        }
        if keeping { keep(key, negotiation, entry) }
        let body = head.body.flatMap { conference.body($0) } ?? conference.bodies.first { $0.form == .plenary }
        let meeting = try body.flatMap { try ConferenceQueries(database: database).lastMeeting(conference.id, $0.id) }
        return OpenText(conference: conference, head: head, body: body, meeting: meeting, negotiation: negotiation, entry: entry)
    }

    private func keep(_ key: String, _ negotiation: Negotiation, _ entry: Int64) {
        shelf.withLock { shelf in
            shelf.clock += 1
            guard entry >= shelf.texts[key]?.entry ?? -1 else { return }
            shelf.texts[key] = Kept(negotiation: negotiation, entry: entry, used: shelf.clock)
            if shelf.texts.count > Self.most, let oldest = shelf.texts.min(by: { $0.value.used < $1.value.used })?.key {
                shelf.texts[oldest] = nil
            }
        }
    }

    /// What does not fit was refused when it was to be entered; what came otherwise, from a record that others wrote, changes nothing.
    static func take(_ act: TextAct, into negotiation: inout Negotiation, _ blobs: Blobs) throws {
        do {
            switch act.payload {
            case let tabled as ConferenceTextTabled:
                try negotiation.table(tabled, words: try words(of: tabled, blobs), at: act.received)
            case let begun as ConferenceReadingBegun: try negotiation.begin(begun, at: act.received)
            case let proposed as ConferenceAmendmentProposed: try negotiation.propose(proposed, at: act.received)
            case let joined as ConferenceAmendmentCosponsored: try negotiation.cosponsor(joined, at: act.received)
            case let withdrawn as ConferenceAmendmentWithdrawn: try negotiation.withdraw(withdrawn, at: act.received)
            case let applied as ConferenceAmendmentApplied: try negotiation.apply(applied, at: act.received)
            case let set as ConferenceProvisionStatusSet: try negotiation.set(set, at: act.received)
            default: return
            }
        } catch let refusal as Refusal where refusal.code != TextCommands.wordsLost.code {
            return
        }
    }

    /// The words that were tabled.
    static func words(of act: ConferenceTextTabled, _ blobs: Blobs) throws -> [UInt8] {
        if let words = act.words { return Array(words.utf8) }
        guard let sha256 = act.sha256, let bytes = try blobs(Array(sha256.bytes)) else { throw TextCommands.wordsLost }
        return bytes
    }
}
