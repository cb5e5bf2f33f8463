import Web

extension Language {
    /// What a language calls itself, where the house knows it; else its tag.
    static func name(ofTag tag: String) -> String { Language(rawValue: tag)?.ownName ?? tag }
}
