import Acts
import Foundation
import Ledger
import Testing
import Texts

@testable import Treaties

@Suite("Opening an instrument from an adopted text")
struct AdoptedTextTests {
    static let english = Hash([UInt8](repeating: 1, count: 32))!
    static let french = Hash([UInt8](repeating: 2, count: 32))!
    static let day = CalendarDate("2026-11-20")!

    static func adopted(votes: TreatyAdopted.Votes? = .init(inFavour: 30, against: 2, abstaining: 4)) -> ConferenceTextAdopted {
        ConferenceTextAdopted(
            conference: "high-seas", text: "agreement", version: 7, title: ["en": "Agreement on the High Seas"], date: day, place: "Geneva",
            body: "plenary", bodyName: "Plenary", meeting: 9, decision: "d4", decisionEntry: 410, rule: .twoThirds, votes: votes,
            languages: ["en", "fr"], texts: ["en": english, "fr": french], textSet: TextRule.setHash(of: ["en": english, "fr": french])!)
    }

    static func opened(languages: [String] = ["en", "fr"]) -> TreatyOpened {
        TreatyOpened(
            treaty: "XXI-99", titles: ["en": "Agreement on the High Seas"], chapter: "XXI", chapterNames: ["en": "Law of the Sea"],
            article: "Art. 30", clause: ["condition": ["count": 20]], instrumentKind: .agreement, status: .legal,
            authenticLanguages: languages, adoptedText: 500)
    }

    private func open(
        _ opened: TreatyOpened = AdoptedTextTests.opened(), _ act: ConferenceTextAdopted = AdoptedTextTests.adopted(), treaty: String? = nil
    ) throws -> [ActDraft] {
        let commands = InstrumentCommands(actors: try .standard, office: "depositary", author: "officer")
        return try AdoptedTextRule(commands: commands, adopted: act, entry: 500).open(
            opened, isTaken: false, parent: nil, provisions: ["en": 10, "fr": 10], treaty: treaty, first: 600, today: Self.day, request: "r"
        )
    }

    @Test("Instrument, texts and adoption are entered together, with the very hashes the conference adopted")
    func together() throws {
        let drafts = try open()
        #expect(drafts.map(\.statement.kind) == [TreatyOpened.kind, TreatyTextEntered.kind, TreatyTextEntered.kind, TreatyAdopted.kind])
        #expect(drafts[0].statement.references.contains(Reference(500)))
        let texts = try drafts[1...2].map { try TreatyTextEntered(json: try $0.payload.json()) }
        #expect(Dictionary(uniqueKeysWithValues: texts.map { ($0.language, $0.sha256) }) == ["en": Self.english, "fr": Self.french])
        #expect(texts.allSatisfy { $0.isAuthentic && $0.version == 1 && $0.provisions == 10 })
        let adoption = try TreatyAdopted(json: try drafts[3].payload.json())
        #expect(adoption.texts == Self.adopted().texts && adoption.date == Self.day && adoption.place == "Geneva")
        #expect(adoption.rule == .twoThirds && adoption.votes == .init(inFavour: 30, against: 2, abstaining: 4))
        #expect(drafts[3].statement.references.map(\.index) == [601, 602])
    }

    private func code(_ body: () throws -> [ActDraft]) -> String? {
        do {
            _ = try body()
            return nil
        } catch { return (error as? Refusal)?.code }
    }

    @Test("It is opened once, in the languages that were adopted, by a rule its votes carry")
    func refusals() {
        #expect(code { try open(treaty: "XXI-98") } == "treaty.adopted-text-opened")
        #expect(code { try open(Self.opened(languages: ["en"])) } == "treaty.adopted-text-languages")
        #expect(code { try open(Self.opened(), Self.adopted(votes: .init(inFavour: 1, against: 2))) } == "treaty.two-thirds-missed")
    }

    // MARK: Final clauses as drafts

    static func text(_ articles: String) throws -> InstrumentText {
        let words = "Agreement on the High Seas\n\nThe Parties to this Agreement,\n\nHave agreed as follows:\n\n" + articles
        return try PlainText.read(
            Array(words.utf8), language: .english, identity: try InstrumentIdentity(actor: "c", date: day, name: "t"),
            authenticity: .authentic,
            version: try TextVersion(date: day)
        ).text
    }

    /// Wordings as treaties have them, and what is read: the BBNJ Agreement art. 68, the Vienna Convention art. 84, the Rome Statute art. 126.
    static let clauses: [(String, [String: String])] = [
        (
            "This Agreement shall enter into force 120 days after the date of deposit of the sixtieth instrument of ratification, approval, acceptance or accession.\n2. For each State that ratifies this Agreement after the deposit of the sixtieth instrument, this Agreement shall enter into force on the thirtieth day following the deposit of its instrument.",
            ["count": "60", "delayCount": "120", "delayUnit": "days", "laterCount": "30", "laterUnit": "days"]
        ),
        (
            "The present Convention shall enter into force on the thirtieth day following the date of deposit of the thirty-fifth instrument of ratification or accession.",
            ["count": "35", "delayCount": "30", "delayUnit": "days"]
        ),
        (
            "A Party may denounce this Agreement by notification. Denunciation shall take effect one year after the date of receipt.",
            ["withdrawal": "notice", "noticeCount": "1", "noticeUnit": "years"]
        ),
        ("No reservations or exceptions may be made to this Agreement.", ["reservations": "prohibited"]),
        (
            "The Secretary-General of the United Nations shall be the depositary of this Agreement.",
            ["depositary1": "Secretary-General of the United Nations"]
        ),
        ("The Parties shall cooperate.", [:]),
    ]

    @Test("Usual wordings are read as drafts, and others are left to the officer", arguments: clauses.indices)
    func draftsAreRead(index: Int) throws {
        let (words, expected) = Self.clauses[index]
        let values = DraftClauses(try Self.text("Article 1\n1. \(words)\n")).values
        for (field, value) in expected { #expect(values[field] == value, "\(field) in \(values)") }
        if expected.isEmpty { #expect(values == [:]) }
    }

    static let numbers: [(String, Int?)] = [
        ("sixtieth", 60), ("60th", 60), ("thirty-fifth", 35), ("twentieth,", 20), ("one", 1), ("hundred", nil), ("the", nil),
        ("99999", nil),
    ]

    @Test("Numbers are read in figures and in words", arguments: numbers.indices)
    func numbersAreRead(index: Int) { #expect(DraftClauses.number(Self.numbers[index].0) == Self.numbers[index].1) }
}
