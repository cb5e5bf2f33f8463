import Foundation

/// What languages are called in another.
enum LanguageNames {
    static func name(of tag: String, in language: String) -> String {
        let name = Locale(identifier: language).localizedString(forIdentifier: tag) ?? tag
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
