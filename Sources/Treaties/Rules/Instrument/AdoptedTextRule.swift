import Acts
import Ledger

/// Opening an instrument from a text that a conference adopted: the texts are taken over byte for byte, and the adoption with them.
struct AdoptedTextRule: Sendable {
    let commands: InstrumentCommands
    /// The act of adoption, and the entry that holds it.
    let adopted: ConferenceTextAdopted
    let entry: Int64

    /// The instrument, its texts and its adoption, as one.
    ///
    /// - Parameters:
    ///   - opened: names the adoption as its source.
    ///   - followed: texts of languages that followed the adoption; they are entered after it.
    ///   - provisions: how many provisions each language's text has.
    ///   - treaty: the instrument that was opened from it before; `nil`: none.
    ///   - first: the place of the first act, if it is entered.
    func open(
        _ opened: TreatyOpened, followed: [FollowedLanguage] = [], isTaken: Bool, parent: Int64?, provisions: [String: Int64],
        treaty: String?, first: Int64,
        today: CalendarDate, request: String?
    ) throws(Refusal) -> [ActDraft] {
        if let treaty {
            throw Refusal(
                .conflict, code: "treaty.adopted-text-opened", "The instrument \(treaty) was opened from this text already.",
                mend: "Go on with that instrument.", arguments: ["treaty": treaty])
        }
        guard Set(opened.authenticLanguages ?? []) == Set(adopted.languages) else {
            throw Refusal(
                .conflict, code: "treaty.adopted-text-languages",
                "The conference adopted the text as authentic in \(adopted.languages.joined(separator: ", ")).",
                mend: "Name these languages.", citation: "VCLT arts. 10, 33(1)",
                arguments: ["languages": adopted.languages.joined(separator: ", ")])
        }
        var drafts = try commands.open(opened, isTaken: isTaken, parent: parent, request: request)
        drafts[0].statement.references.append(Reference(entry))
        var file = InstrumentFile(opened: opened, entry: first)
        for language in adopted.texts.keys.sorted() {
            guard let hash = adopted.texts[language] else { continue }
            let text = TreatyTextEntered(
                treaty: opened.treaty, language: language, version: 1, label: "Text as adopted", sha256: hash, isAuthentic: true,
                provisions: provisions[language] ?? 0, source: "\(adopted.conference)/\(adopted.text), entry \(entry)")
            drafts += try commands.enter(text, in: file, expected: hash, today: today, request: request)
            file.versions.append(InstrumentFile.Version(entry: first + Int64(drafts.count) - 1, text: text))
        }
        let act = TreatyAdopted(
            treaty: opened.treaty, date: adopted.date, place: adopted.place, body: adopted.bodyName, rule: adopted.rule,
            ownRule: adopted.ownRule, votes: adopted.votes, texts: adopted.texts, note: adopted.note)
        drafts += try commands.adopt(act, in: file, today: today, request: request)
        for language in followed {
            drafts += try take(language, in: file, today: today, request: request)
        }
        return drafts
    }

    /// Takes over the text of a language that followed the adoption, byte for byte, into an instrument that was opened from it.
    func take(
        _ followed: FollowedLanguage, in file: InstrumentFile, today: CalendarDate, request: String?
    ) throws(Refusal) -> [ActDraft] {
        let text = TreatyTextEntered(
            treaty: file.opened.treaty, language: followed.language, version: (file.current(in: followed.language)?.text.version ?? 0) + 1,
            label: "Text established after the adoption", sha256: followed.sha256, isAuthentic: true, provisions: followed.provisions,
            source: "\(adopted.conference)/\(adopted.text), entry \(followed.entry)")
        var drafts = try commands.enter(text, in: file, expected: followed.sha256, today: today, request: request)
        drafts[0].statement.references.append(Reference(followed.entry))
        return drafts
    }
}
