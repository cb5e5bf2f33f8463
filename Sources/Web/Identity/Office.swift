public import Acts

/// An office: a depositary section, a permanent mission, a press office.
public struct Office: Hashable, Sendable, Identifiable {
    /// Lowercase letters, digits and hyphens.
    public let id: String
    /// By language tag.
    public let names: [String: String]
    /// The State or organization it acts for.
    public let actor: ActorCode?
    /// The entry that established it or last changed its name.
    public let entry: Int64

    /// Its name in a language, or in English, or its identifier.
    public func name(in language: Language) -> String {
        names[language.tag] ?? names["en"] ?? id
    }
}
