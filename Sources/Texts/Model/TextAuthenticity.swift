/// What a text is in law (VCLT, article 33).
public enum TextAuthenticity: Hashable, Sendable {
    /// Equally authoritative with the other authentic texts of the instrument.
    case authentic
    /// A translation, from that language where it is known. It is never what binds.
    case translation(from: TextLanguage?)

    public var isAuthentic: Bool { self == .authentic }
}
