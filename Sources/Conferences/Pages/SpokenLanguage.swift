import Acts
import Foundation
import Texts
import Web

/// The language somebody speaks in from the floor: one of the conference's, or another one that they provide interpretation from
/// (GA rules 52, 53).
struct SpokenLanguage: Hashable, Sendable {
    /// The tag of a language that is none of the conference's (ISO 639-2, "uncoded languages").
    static let other = "mis"

    /// The language that a form says.
    ///
    /// - Returns: its tag (BCP 47); `nil` where nothing is said.
    /// - Throws: a refusal where the form names what is no language of the conference.
    static func read(_ fields: Fields, in conference: Conference) throws -> String? {
        guard let tag = try fields.filled("language", longest: 35) else { return nil }
        guard tag == other || conference.languages.contains(tag) else {
            throw Refusal(
                .malformed, code: "conferences.spoken-language", "'\(tag)' is not a language of this conference.",
                mend: "Choose one of its languages, or that you speak another one and bring your own interpretation.",
                citation: "GA rules 52, 53", arguments: ["language": tag, "languages": conference.languages.joined(separator: " ")])
        }
        return tag
    }

    /// What the language is called.
    static func name(_ tag: String, _ pages: ConferencePages, _ visit: Visit) -> String {
        tag == other
            ? pages.text("room.language.other", visit) : Locale(identifier: visit.language.tag).localizedString(forIdentifier: tag) ?? tag
    }

    /// What a form offers, with the one that is chosen; first, that nothing is said.
    static func choices(_ chosen: String?, in conference: Conference, _ pages: ConferencePages, _ visit: Visit) -> [[String: Any]] {
        (conference.languages + [other]).map { tag in
            ["value": tag, "name": name(tag, pages, visit), "selected": tag == chosen] as [String: Any]
        }
    }
}
