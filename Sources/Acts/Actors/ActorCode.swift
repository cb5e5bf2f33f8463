/// The stable code of an actor: a State (ISO 3166-1 alpha-3, or its former code when extinct), an organization or a territory.
///
/// Names change and are dated; the code does not. Capital letters, digits and hyphens, 2 to 24 characters: `FRA`, `SUN`, `EU`.
public struct ActorCode: RawRepresentable, Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let rawValue: String

    /// `nil` where the text is not of a code's form.
    public init?(rawValue: String) {
        let bytes = rawValue.utf8
        guard (2...24).contains(bytes.count),
            bytes.allSatisfy({ (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { return nil }
        self.rawValue = rawValue
    }

    public static func < (left: ActorCode, right: ActorCode) -> Bool { left.rawValue < right.rawValue }
    public var description: String { rawValue }
}
