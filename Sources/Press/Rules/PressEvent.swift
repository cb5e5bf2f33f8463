import Acts
import Fediverse

/// An event for the press as it stands.
struct PressEvent: Hashable, Sendable {
    /// The entry that holds.
    var entry: Int64
    var office: String
    var act: PressEventSet
    /// How often it was changed since it was announced.
    var sequence: Int64
    /// When it was announced or last changed.
    var changed: Moment

    /// Its title, place or note in a language, or in whichever it has.
    static func text(_ texts: [String: String], _ tag: String) -> (text: String, tag: String)? {
        for tag in [tag, "en"] { if let text = texts[tag] { return (text, tag) } }
        return texts.min { $0.key < $1.key }.map { ($0.value, $0.key) }
    }
}

/// Announces events for the press, changes and cancels them.
struct EventCommands: Sendable {
    let office: String
    let author: String

    /// The dossier of events: public, and apart from statements.
    static let dossier = "press-events"
    static let longestText = 500
    static let longestNote = 2_000

    /// - Parameter existing: the event as it stands, where it is changed.
    func set(_ act: PressEventSet, existing: PressEvent?, now: Moment, form: String?) throws(Refusal) -> [ActDraft] {
        guard !act.title.isEmpty else {
            throw Refusal(
                .malformed, code: "press.event-title", "The event has no title.", mend: "Give one in at least one language.")
        }
        for tag in Set(act.title.keys).union(act.place.keys).union(act.note.keys).union(act.languages) {
            guard PressCommands.isLanguageTag(tag) else {
                throw Refusal(
                    .malformed, code: "press.language", "'\(tag)' is not a language tag.", mend: "Write one such as 'en' or 'zh-Hans'.",
                    citation: "BCP 47", arguments: ["language": tag])
            }
        }
        if let end = act.end, end <= act.start {
            throw Refusal(
                .malformed, code: "press.event-end", "The event would end before it begins.", mend: "Give a later end, or none.",
                citation: "RFC 5545, 3.8.2.2")
        }
        if let link = act.link, Origin(link) == nil {
            throw Refusal(
                .malformed, code: "press.event-link", "'\(link.prefix(80))' is not an address of the web.",
                mend: "Write it with https:// before it.", arguments: ["address": String(link.prefix(80))])
        }
        if let existing {
            guard existing.office == office, existing.act.event == act.event else { throw Self.unknown }
            guard existing.act != act else { return [] }
        } else {
            guard act.start > now else {
                throw Refusal(
                    .unlawful, code: "press.event-past", "The event would begin before now.", mend: "Give a later hour, in UTC.")
            }
        }
        return [
            ActDraft(
                act, dossier: Self.dossier, office: office, author: author, marking: .public,
                references: existing.map { [Reference($0.entry)] } ?? [], request: form)
        ]
    }

    static var unknown: Refusal {
        Refusal(.notFound, code: "press.event-unknown", "There is no such event.", mend: "Look at the list of events.")
    }
}
