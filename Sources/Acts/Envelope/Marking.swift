/// Who may read an act's payload.
public enum Marking: Hashable, Sendable {
    case `public`
    /// Only these may read it, under a handling label, until the release date if there is one.
    case restricted(Restriction)

    public struct Restriction: Hashable, Sendable {
        /// Offices, nodes and groups, by their identifiers, sorted and without repetition. Empty: the node's own offices only.
        public let audience: [String]
        /// `TLP:RED`, `TLP:AMBER`, `TLP:GREEN`, `TLP:CLEAR` (FIRST TLP 2.0) or a national label by configuration.
        public let label: String
        /// The day from which it is public.
        public let release: CalendarDate?

        public init(audience: some Sequence<String>, label: String, release: CalendarDate? = nil) {
            self.audience = Set(audience).sorted()
            self.label = label
            self.release = release
        }
    }

    public init(json: JSON) throws(MalformedAct) {
        if json == "public" {
            self = .public
            return
        }
        var reader = try ObjectReader(json, at: "marking")
        let audience = try reader.strings("audience")
        let label = try reader.string("label")
        let release = try reader.optionalDate("release")
        try reader.finish()
        self = .restricted(Restriction(audience: audience, label: label, release: release))
    }

    public var json: JSON {
        switch self {
        case .public: return "public"
        case .restricted(let restriction):
            var object: JSONObject = [
                "audience": .array(restriction.audience.map(JSON.string)),
                "label": .string(restriction.label),
            ]
            object["release"] = restriction.release.map { .string($0.description) }
            return .object(object)
        }
    }

    /// Whether it may be read by everybody on that day.
    public func isPublic(on day: CalendarDate) -> Bool {
        switch self {
        case .public: true
        case .restricted(let restriction): restriction.release.map { day >= $0 } ?? false
        }
    }
}
