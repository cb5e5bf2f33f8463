import Acts
import Ledger
import Web

/// Languages that follow an adoption: entered and confirmed as the others were, then established by an act of their own.
extension AdoptionPages {
    /// Establishes a language's text, by who presides over the body that adopted it or by the secretariat.
    var follow: Rule {
        { form, reading, part, person, _ in
            guard let office = part.officer ?? part.chair?.office else { throw Access.refusal(of: .conferenceOfficer) }
            let fields = form.fields
            let language = try fields.required("language")
            guard let hash = Hash(hexadecimal: try fields.required("sha256").lowercased()) else { throw Fields.missing("sha256") }
            var texts = reading.file.establishedTexts
            texts[language] = hash
            guard let set = ConferenceCommands.setHash(of: texts) else { throw Fields.missing("language") }
            let act = ConferenceLanguageFollowed(
                conference: reading.conference.id, text: reading.head.text, adopted: reading.file.adopted?.entry ?? -1,
                language: language, sha256: hash, provisions: reading.file.versions[language]?.act.provisions ?? 0, textSet: set,
                note: try fields.filled("note", longest: ConferenceCommands.mostReason))
            return try ConferenceCommands(office: office, author: person.id, form: form.request).follow(
                act, in: reading.conference, reading.state)
        }
    }

    /// What the page of an adopted text shows and offers of the languages that follow.
    func following(_ reading: AdoptionReading, _ part: Part, _ visit: Visit) -> [String: Any]? {
        guard let adopted = reading.file.adopted, !adopted.act.later.isEmpty else { return nil }
        let outstanding = reading.file.outstanding
        let mayWork = part.officer != nil
        let mayEstablish = part.officer != nil || part.chair != nil
        let rows = adopted.act.later.map { tag -> [String: Any] in
            let version = reading.file.versions[tag]
            let followed = reading.file.followed[tag]
            let state = followed != nil ? "followed" : version == nil ? "later" : version?.isConfirmed == true ? "ready" : "read"
            var row: [String: Any] = [
                "tag": tag, "name": Self.languageName(tag, in: visit.language), "state": words("language.\(state)", visit),
                "chip": followed != nil ? "agreed" : "awaiting", "hasText": version != nil,
                "address": "\(address(reading))/languages/\(tag)", "sha256": version?.act.sha256.hexadecimal ?? "",
                "when": followed.map { words("following.when", ["date": .date($0.received.date)], visit) } ?? false,
                "record": followed.map { "/record/acts/\($0.entry)" } ?? "", "set": followed?.act.textSet.hexadecimal ?? "",
                "note": TextPages.filled(followed?.act.note ?? ""),
                "confirmed": words("language.confirmations", ["count": .number(Int64(version?.confirmations.count ?? 0))], visit),
            ]
            row["mayEstablish"] = mayEstablish && followed == nil && version?.isConfirmed == true
            if row["mayEstablish"] as? Bool == true { row["request"] = house.formToken(visit) }
            return row
        }
        var context: [String: Any] = [
            "rows": rows,
            "standing": words(
                outstanding.isEmpty ? "following.complete" : "following.standing",
                ["count": .number(Int64(outstanding.count))], visit),
            "isComplete": outstanding.isEmpty,
        ]
        if mayWork, !outstanding.isEmpty {
            context["enter"] =
                [
                    "request": house.formToken(visit),
                    "choices": outstanding.map { ["value": $0, "name": Self.languageName($0, in: visit.language)] },
                ] as [String: Any]
            if outstanding.contains(reading.head.language), reading.file.versions[reading.head.language] == nil {
                context["derive"] = [
                    "request": house.formToken(visit), "name": Self.languageName(reading.head.language, in: visit.language),
                ]
            }
        }
        return context
    }

    /// The same as data.
    static func followed(_ file: AdoptionFile) -> JSON {
        .array(
            file.followed.values.sorted { $0.entry < $1.entry }.map { followed in
                [
                    "language": .string(followed.act.language), "sha256": .string(followed.act.sha256.hexadecimal),
                    "textSet": .string(followed.act.textSet.hexadecimal), "entry": .integer(followed.entry),
                ]
            })
    }
}
