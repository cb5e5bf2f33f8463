import Acts
import Ledger

/// The languages that follow an adoption.
extension ConferenceCommands {
    /// Establishes the adopted text in a language that the adoption left to follow: the very bytes that two persons found concordant.
    func follow(_ act: ConferenceLanguageFollowed, in conference: Conference, _ text: TextState) throws(Refusal) -> [ActDraft] {
        guard let adopted = text.file.adopted, adopted.entry == act.adopted else {
            throw Refusal(
                .conflict, code: "conferences.adoption.not-adopted", "The text is not adopted yet.",
                mend: "Adopt it first; the act says which languages follow.", citation: "VCLT arts. 9, 10")
        }
        guard text.file.outstanding.contains(act.language) else {
            throw Refusal(
                .conflict, code: "conferences.adoption.not-later",
                "The adoption did not leave '\(act.language)' to follow, or it has followed already.",
                mend: "Nothing more is needed; an error in a text is corrected by the depositary.", citation: "VCLT arts. 10, 33(1), 79",
                arguments: ["language": act.language])
        }
        guard let version = text.file.versions[act.language], version.isConfirmed else {
            throw Refusal(
                .unlawful, code: "conferences.adoption.languages-missing", "The text is not concordant yet in \(act.language).",
                mend: "Have it entered and confirmed by two persons, or declare that it follows later.", citation: "VCLT arts. 10, 33(1)",
                arguments: ["languages": act.language])
        }
        var texts = text.file.establishedTexts
        texts[act.language] = version.act.sha256
        guard version.act.sha256 == act.sha256, version.act.provisions == act.provisions, Self.setHash(of: texts) == act.textSet else {
            throw Refusal(
                .conflict, code: "conferences.adoption.texts-changed", "A text was entered since this page was made.",
                mend: "Open the page again and look at the texts as they stand.")
        }
        var draft = draft(act, in: conference.id)
        draft.statement.references += [Reference(adopted.entry), Reference(version.entry)]
        return [draft]
    }
}
