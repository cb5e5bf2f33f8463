import Acts

/// What is wrong with a replay file or one case of it, and where.
public struct ReplayError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The place as a path: `cases[3].clause.delay.unit`.
    public let place: String
    /// What is wrong there, in English.
    public let reason: String
    /// The treaty of the case, where its name could be read.
    public let treaty: String?

    public init(place: String, reason: String, treaty: String? = nil) {
        self.place = place
        self.reason = reason
        self.treaty = treaty
    }

    init(_ malformed: MalformedAct, treaty: String? = nil) {
        self.init(place: malformed.place, reason: malformed.reason, treaty: treaty)
    }

    public var description: String { "\(place): \(reason)" }
}
