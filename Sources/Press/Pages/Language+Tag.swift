import Foundation
import Web

extension Language {
    /// What a language calls itself, where the house knows it; else its tag.
    static func name(ofTag tag: String) -> String { Language(rawValue: tag)?.ownName ?? tag }

    /// What a language is called within a sentence of this one: "anglais" (CLDR); else as it calls itself.
    func name(ofOther tag: String) -> String {
        Locale(identifier: self.tag).localizedString(forIdentifier: tag) ?? Language.name(ofTag: tag)
    }
}
