/// What an amendment would do to a text under negotiation, at a provision that it names by the name that stays.
public struct ConferenceTextChange: Hashable, Sendable {
    public enum Operation: String, Hashable, Sendable, CaseIterable {
        /// New words within a provision, or a new provision beside one.
        case insert
        case delete
        case replace
        /// A provision and all in it, to another place.
        case move
        /// One provision into two.
        case split
        /// Another number, the same words.
        case renumber
    }

    /// Where something new or moved comes to stand.
    public enum Position: String, Hashable, Sendable, CaseIterable {
        case before
        case after
        /// As the last of what lies in it.
        case within
    }

    public var operation: Operation
    /// The provision's name (wId). Of a sub-amendment empty: it changes the words of the amendment it amends.
    public var target: String
    /// The new words of an insertion or a replacement: one paragraph, or for a new provision several with empty lines between them.
    public var words: String?
    /// The words of the provision that are replaced or deleted, or, of an insertion, beside which the new ones come. Without them a
    /// replacement or a deletion is of the whole provision, and an insertion is of a new provision.
    public var anchor: String?
    /// Which of several equal stretches of words the anchor is, from 1; without it the words must stand there once.
    public var occurrence: Int64?
    /// Of an insertion, where the words come in respect of the anchor or the target; of a move in respect of ``beside``.
    public var position: Position?
    /// Of a move, the provision it goes to.
    public var beside: String?
    /// The new number, of a renumbering or of the second part of a split.
    public var number: String?

    /// UTF-8 bytes of ``words`` and of ``anchor``, at most.
    public static let mostBytes = 1 << 16

    public init(
        _ operation: Operation, target: String, words: String? = nil, anchor: String? = nil, occurrence: Int64? = nil,
        position: Position? = nil, beside: String? = nil, number: String? = nil
    ) {
        self.operation = operation
        self.target = target
        self.words = words
        self.anchor = anchor
        self.occurrence = occurrence
        self.position = position
        self.beside = beside
        self.number = number
    }

    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        operation = try reader.choice("operation")
        target = try reader.string("target")
        words = try reader.optionalString("words")
        anchor = try reader.optionalString("anchor")
        occurrence = try reader.optionalInteger("occurrence")
        position = try reader.optionalChoice("position")
        beside = try reader.optionalString("beside")
        number = try reader.optionalString("number")
        try reader.finish()
        for (name, value) in [("words", words), ("anchor", anchor)] where (value?.utf8.count ?? 0) > Self.mostBytes {
            throw MalformedAct(place: "\(place).\(name)", reason: "has more than \(Self.mostBytes) bytes")
        }
    }

    public var json: JSON {
        var object: JSONObject = ["operation": .string(operation.rawValue), "target": .string(target)]
        object["words"] = words.map(JSON.string)
        object["anchor"] = anchor.map(JSON.string)
        object["occurrence"] = occurrence.map(JSON.integer)
        object["position"] = position.map { .string($0.rawValue) }
        object["beside"] = beside.map(JSON.string)
        object["number"] = number.map(JSON.string)
        return .object(object)
    }
}
