/// A pointer to an earlier entry, of this node's record or of another's.
public struct Reference: Hashable, Sendable {
    /// The entry's place in its record, from 0.
    public let index: Int64
    /// The other record's origin; `nil` for this node's own.
    public let origin: String?

    public init(_ index: Int64, origin: String? = nil) {
        self.index = index
        self.origin = origin
    }

    init(json: JSON, at place: String) throws(MalformedAct) {
        switch json {
        case .integer(let index) where index >= 0:
            self.init(index)
        case .string(let text):
            guard let mark = text.lastIndex(of: "#"), mark != text.startIndex, let index = Int64(text[text.index(after: mark)...]),
                index >= 0
            else { throw MalformedAct(place: place, reason: "'\(text)' is not of the form ORIGIN#INDEX") }
            self.init(index, origin: String(text[..<mark]))
        default:
            throw MalformedAct(place: place, reason: "should be an entry's index, not \(json.kindName)")
        }
    }

    var json: JSON {
        origin.map { .string("\($0)#\(index)") } ?? .integer(index)
    }
}
