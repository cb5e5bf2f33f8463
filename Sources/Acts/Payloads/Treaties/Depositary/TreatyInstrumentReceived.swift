/// A document came into the depositary's custody: an instrument, full powers, an original text (VCLT art. 77(1)(a) and (c)).
///
/// The header's `effective` is the day of receipt. What the document does towards the treaty is an act of its own.
public struct TreatyInstrumentReceived: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.instrument-received")

    /// What sort of document it is.
    public enum Item: String, Hashable, Sendable, CaseIterable {
        /// The original of the treaty, or of one of its authentic texts.
        case originalText = "original-text"
        case certifiedCopy = "certified-copy"
        /// An instrument of ratification, accession and their like, or of withdrawal.
        case instrument
        case fullPowers = "full-powers"
        /// A reservation, declaration, objection or notification that came by itself.
        case communication
        case procesVerbal = "proces-verbal"
    }

    /// How it came.
    public enum Channel: String, Hashable, Sendable, CaseIterable {
        case byHand = "by-hand"
        case post
        case email
        case electronic
    }

    /// What lies in custody: a scan is accepted, and the original is to follow (Treaty Handbook, 3.3).
    public enum Medium: String, Hashable, Sendable, CaseIterable {
        case original
        case scan
    }

    public var treaty: String
    public var item: Item
    /// Whose document it is; `nil` for an original text.
    public var actor: ActorCode?
    /// What the instrument does towards the treaty.
    public var action: ParticipationKind?
    /// The date the document bears.
    public var dated: CalendarDate?
    /// The day it was received, which is the day of deposit (VCLT art. 16(b)).
    public var received: CalendarDate
    public var channel: Channel
    public var medium: Medium
    /// SHA-256 of the document as it came, 32 bytes, where the node keeps it as a blob.
    public var document: [UInt8]?
    /// Its media type, such as `application/pdf`.
    public var mediaType: String?
    /// The tag of the language it is written in.
    public var language: String?
    /// The number of the seal or of the envelope it is kept in.
    public var seal: String?
    /// Where it is kept: vault, shelf, box.
    public var place: String?
    /// The entry of the scan that this original follows.
    public var follows: Int64?
    public var note: String?

    public init(
        treaty: String, item: Item, actor: ActorCode? = nil, action: ParticipationKind? = nil, dated: CalendarDate? = nil,
        received: CalendarDate, channel: Channel, medium: Medium, document: [UInt8]? = nil, mediaType: String? = nil,
        language: String? = nil, seal: String? = nil, place: String? = nil, follows: Int64? = nil, note: String? = nil
    ) {
        self.treaty = treaty
        self.item = item
        self.actor = actor
        self.action = action
        self.dated = dated
        self.received = received
        self.channel = channel
        self.medium = medium
        self.document = document
        self.mediaType = mediaType
        self.language = language
        self.seal = seal
        self.place = place
        self.follows = follows
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        item = try reader.word("item")
        actor = reader.value("actor") == nil ? nil : try reader.actor("actor")
        action = try reader.optionalWord("action")
        dated = try reader.optionalDate("dated")
        received = try reader.date("received")
        channel = try reader.word("channel")
        medium = try reader.word("medium")
        document = try reader.optionalDigest("document")
        mediaType = try reader.optionalString("mediaType")
        language = try reader.optionalString("language")
        seal = try reader.optionalString("seal")
        place = try reader.optionalString("place")
        follows = try reader.optionalInteger("follows")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "item": .string(item.rawValue), "received": .string(received.description),
            "channel": .string(channel.rawValue), "medium": .string(medium.rawValue),
        ]
        object["actor"] = actor.map { .string($0.rawValue) }
        object["action"] = action.map { .string($0.rawValue) }
        object["dated"] = dated.map { .string($0.description) }
        object["document"] = document.map { .string(Base64.encode($0)) }
        object["mediaType"] = mediaType.map(JSON.string)
        object["language"] = language.map(JSON.string)
        object["seal"] = seal.map(JSON.string)
        object["place"] = place.map(JSON.string)
        object["follows"] = follows.map(JSON.integer)
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
