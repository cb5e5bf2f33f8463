public import Acts

/// Names and small helpers that every ActivityStreams document here uses.
public enum ActivityStreams {
    /// The context of every document (ActivityStreams 2.0, section 2.1).
    public static let context = "https://www.w3.org/ns/activitystreams"
    /// Everybody (ActivityPub, section 5.6); written out in full, since some readers do not know `as:Public`.
    public static let everybody = "https://www.w3.org/ns/activitystreams#Public"
    /// The media type of documents and activities (ActivityPub, section 3.2).
    public static let mediaType = "application/activity+json"
    /// The other type that says the same.
    public static let longMediaType = "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\""

    /// Whether a content type or one member of an `Accept` field means an ActivityStreams document.
    public static func isMediaType(_ text: String) -> Bool {
        let lowered = text.lowercased()
        let type = lowered.split(separator: ";").first.map { $0.split(separator: " ").joined() } ?? ""
        if type == mediaType { return true }
        return type == "application/ld+json" && lowered.contains(context)
    }

    /// Whether an `Accept` field asks for an ActivityStreams document before a page.
    public static func isAskedFor(in accept: String) -> Bool {
        for member in accept.split(separator: ",").prefix(32) {
            if isMediaType(String(member)) { return true }
            if member.lowercased().contains("text/html") { return false }
        }
        return false
    }

    /// A moment as ActivityStreams writes it, to the second (xsd:dateTime).
    public static func time(_ moment: Moment) -> String { String(moment.description.prefix(19)) + "Z" }
}

extension JSON {
    /// The identifier that a member names: the text itself, or the `id` of an embedded object.
    public var identifier: String? {
        switch self {
        case .string(let text): text
        case .object(let object): object["id"]?.string
        case .array(let values): values.count == 1 ? values[0].identifier : nil
        default: nil
        }
    }

    /// The identifiers that a member names, one or many; bounded.
    public var identifiers: [String] {
        if case .array(let values) = self { return values.prefix(256).compactMap(\.identifier) }
        return identifier.map { [$0] } ?? []
    }

    /// The types of an object: one or several names.
    public var types: [String] {
        switch self["type"] {
        case .string(let text): [text]
        case .array(let values): values.prefix(8).compactMap(\.string)
        default: []
        }
    }
}
