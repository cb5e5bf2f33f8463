import Acts
import Ledger

/// What an officer of the depositary may do about an instrument and its texts, decided on plain values.
struct InstrumentCommands: Sendable {
    let actors: ActorTable
    /// The office and person in whose name it is done.
    let office: String
    let author: String

    private func draft<Content: Payload>(
        _ payload: Content, treaty: String, effective: CalendarDate? = nil, references: [Int64] = [], request: String?
    ) -> ActDraft {
        ActDraft(
            payload, dossier: TreatyCommands.dossier(of: treaty), office: office, author: author, effective: effective,
            references: references.map { Reference($0) }, request: request)
    }

    /// Opens an instrument: its names, languages and final clauses. The text follows by acts of its own.
    func open(
        _ opened: TreatyOpened, isTaken: Bool, parent: Int64?, request: String?
    ) throws(Refusal) -> [ActDraft] {
        try OpeningRule(actors: actors).check(opened, isTaken: isTaken, parentExists: parent != nil)
        return [draft(opened, treaty: opened.treaty, references: parent.map { [$0] } ?? [], request: request)]
    }

    /// Describes an instrument otherwise, by a further act; what it said before stays readable.
    func change(
        _ opened: TreatyOpened, in file: InstrumentFile, parent: Int64?, request: String?
    ) throws(Refusal) -> [ActDraft] {
        try OpeningRule(actors: actors).checkChange(opened, in: file, parentExists: parent != nil)
        return [draft(opened, treaty: opened.treaty, references: [file.entry], request: request)]
    }

    /// Enters a version of the text.
    ///
    /// - Parameter expected: the SHA-256 the person said it has.
    func enter(
        _ text: TreatyTextEntered, in file: InstrumentFile, expected: Hash?, today: CalendarDate, request: String?
    ) throws(Refusal) -> [ActDraft] {
        try TextRule(file: file, today: today).checkEntering(text, expected: expected)
        let earlier = file.current(in: text.language).map { [$0.entry] } ?? []
        return [draft(text, treaty: text.treaty, references: [file.entry] + earlier, request: request)]
    }

    /// Enters the adoption of the text as it stands.
    func adopt(
        _ adopted: TreatyAdopted, in file: InstrumentFile, today: CalendarDate, request: String?
    ) throws(Refusal) -> [ActDraft] {
        try TextRule(file: file, today: today).checkAdoption(adopted)
        return [
            draft(
                adopted, treaty: adopted.treaty, effective: adopted.date, references: entries(of: adopted.texts, in: file), request: request
            )
        ]
    }

    /// Enters the authentication, which freezes the texts of all authentic languages together.
    func authenticate(
        _ authenticated: TreatyAuthenticated, in file: InstrumentFile, today: CalendarDate, request: String?
    ) throws(Refusal) -> [ActDraft] {
        try TextRule(file: file, today: today).checkAuthentication(authenticated)
        let adoption = file.adopted.map { [$0.entry] } ?? []
        return [
            draft(
                authenticated, treaty: authenticated.treaty, effective: authenticated.date,
                references: adoption + entries(of: authenticated.texts, in: file), request: request)
        ]
    }

    private func entries(of texts: [String: Hash], in file: InstrumentFile) -> [Int64] {
        texts.keys.sorted().compactMap { language in
            file.versions(in: language).last { $0.text.sha256 == texts[language] }?.entry
        }
    }
}
