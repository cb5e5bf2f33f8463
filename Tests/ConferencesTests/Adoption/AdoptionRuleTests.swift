import Acts
import Foundation
import Ledger
import Testing
import Texts

@testable import Conferences

@Suite("What adoption asks for")
struct AdoptionRuleTests {
    static let moment = Moment(milliseconds: 1_795_687_200_000)
    static let first = Hash([UInt8](repeating: 1, count: 32))!
    static let second = Hash([UInt8](repeating: 2, count: 32))!

    static let acts: [any Payload & Hashable] = [
        ConferenceAdoptionPrepared(conference: "c", text: "t", version: 3, languages: ["en", "fr"]),
        ConferenceScrubFindingWaived(conference: "c", text: "t", version: 3, finding: "note:fn_1:1", reason: "Wanted."),
        ConferenceLanguageVersionEntered(
            conference: "c", text: "t", version: 3, language: "fr", sha256: first, provisions: 12, source: second),
        ConferenceLanguageVersionConfirmed(
            conference: "c", text: "t", language: "fr", sha256: first, capacity: .reader, reason: "The list is one sentence in French."),
        adopted(),
        ConferenceStatementFiled(
            session: ConferenceSession(conference: "c", body: "plenary", meeting: 1), request: "r1", actor: Room.code("KEN"),
            language: "en",
            text: "Thank you, Chair."),
        ConferenceRecordIssued(
            conference: "c", body: "plenary", meeting: 1, form: .summary, symbol: "A/CONF.1/SR.1", through: 88, akomaNtoso: ["en": first],
            pdf: ["en": second]),
        ConferenceRecordIssued(
            conference: "c", body: "plenary", form: .report, symbol: "A/CONF.1/10", through: 88, akomaNtoso: [:], pdf: [:]),
        ConferenceLanguageFollowed(
            conference: "c", text: "t", adopted: 71, language: "fr", sha256: first, provisions: 9, textSet: second, note: "As declared."),
    ]

    static func adopted(later: [String] = [], note: String? = nil, texts: [String: Hash] = ["en": first, "fr": second])
        -> ConferenceTextAdopted
    {
        ConferenceTextAdopted(
            conference: "c", text: "t", version: 3, title: ["en": "Agreement"], date: moment.date, place: "Geneva", body: "plenary",
            bodyName: "Plenary", meeting: 2, decision: "d1", decisionEntry: 70, rule: .consentOfAll, votes: .init(inFavour: 3, against: 0),
            languages: ["en", "fr"], texts: texts, textSet: ConferenceCommands.setHash(of: texts) ?? first, later: later, note: note)
    }

    @Test("Every act reads back as it was written, and has no member nobody knows", arguments: acts.indices)
    func roundTrips(index: Int) throws {
        func check<Act: Payload & Hashable>(_ act: Act) throws {
            #expect(try Act(json: try JSONParser.parse(Array(act.json.canonicalBytes))) == act)
            var object = try #require(act.json.object)
            object["stranger"] = 1
            #expect(throws: MalformedAct.self) { try Act(json: .object(object)) }
            for name in object.names {
                for value in [JSON.null, 1, "x", [], [:], ["x", 1], true] {
                    var wrong = try #require(act.json.object)
                    wrong[name] = value
                    _ = try? Act(json: .object(wrong))
                }
            }
        }
        try check(Self.acts[index])
    }

    @Test("Every kind and every refusal has its words in every language", arguments: ["en", "fr", "es", "ru", "zh", "ar", "id"])
    func words(language: String) throws {
        let words = try Words.of(language)
        for act in Self.acts { #expect(words["kind.\(type(of: act).kind.name)"] != nil) }
        for kind in ScrubFinding.Kind.allCases { #expect(words["conferences.adoption.finding.\(kind.rawValue)"] != nil) }
    }

    // MARK: The file

    static func file(_ entries: [(any Payload, String)]) -> AdoptionFile {
        AdoptionFile(
            entries.enumerated().map { index, act in
                AdoptionFile.Act(entry: Int64(index), payload: act.0, author: act.1, office: "secretariat", received: moment)
            })
    }

    static let prepared = ConferenceAdoptionPrepared(conference: "c", text: "t", version: 3, languages: ["en", "fr"])

    static func entered(_ language: String, _ hash: Hash, version: Int64 = 3) -> ConferenceLanguageVersionEntered {
        .init(conference: "c", text: "t", version: version, language: language, sha256: hash, provisions: 9)
    }

    static func confirmed(
        _ language: String, _ hash: Hash, _ capacity: ConferenceLanguageVersionConfirmed.Capacity
    ) -> ConferenceLanguageVersionConfirmed {
        .init(conference: "c", text: "t", language: language, sha256: hash, capacity: capacity)
    }

    static let ready: [(any Payload, String)] = [
        (prepared, "ana"), (entered("en", first), "ana"), (entered("fr", second), "ana"),
        (confirmed("en", first, .languageOfficer), "ana"), (confirmed("en", first, .reader), "bo"),
        (confirmed("fr", second, .languageOfficer), "ana"), (confirmed("fr", second, .reader), "cy"),
    ]

    @Test("A language is ready when two persons confirmed the very bytes, one of them of the languages service")
    func twoPersons() {
        #expect(Self.file(Self.ready).confirmedTexts == ["en": Self.first, "fr": Self.second])
        #expect(Self.file(Self.ready).missing == [])
        #expect(Self.file(Array(Self.ready.dropLast())).missing == ["fr"])
        let alone = Self.ready.map { ($0.0, "ana") }
        #expect(Self.file(alone).confirmedTexts == [:], "one person is not two")
        let readers: [(any Payload, String)] = [
            (Self.prepared, "ana"), (Self.entered("en", Self.first), "ana"), (Self.confirmed("en", Self.first, .reader), "bo"),
            (Self.confirmed("en", Self.first, .reader), "cy"),
        ]
        #expect(Self.file(readers).confirmedTexts == [:], "nobody of the languages service read it")
        let replaced = Self.ready + [(Self.entered("fr", Self.first), "ana")]
        #expect(Self.file(replaced).missing == ["fr"], "other bytes are confirmed anew")
        let again = Self.ready + [(ConferenceAdoptionPrepared(conference: "c", text: "t", version: 4, languages: ["en"]), "ana")]
        #expect(Self.file(again).versions.isEmpty, "another version is rendered anew")
    }

    // MARK: Adoption

    static let conference = Conference(
        id: "c", symbol: "A/CONF.1", title: ["en": "C"], place: "Geneva", opens: CalendarDate("2026-11-01")!, zone: "Europe/Zurich",
        procedure: "consensus", languages: ["en", "fr"])

    static func state(_ file: AdoptionFile, version: Int64 = 3) -> ConferenceCommands.TextState {
        .init(
            name: "t", version: version, form: .cleanText, title: ["en": "Agreement"], language: "en", body: "plenary", documents: [],
            moment: moment, file: file)
    }

    static func decision(
        _ outcome: ConferenceDecisionClosed.Outcome = .adopted, concerns: String = "t.v3", yes: Int64 = 3, no: Int64 = 0,
        subject: ConferenceDecisionOpened.Subject = .proposal
    ) -> ConferenceCommands.AdoptingDecision {
        let session = ConferenceSession(conference: "c", body: "plenary", meeting: 2)
        return .init(
            opened: ConferenceDecisionOpened(
                session: session, decision: "d1", subject: subject, concerns: concerns, matter: "substance", method: .recorded,
                majority: "two-thirds", rule: "GA rule 83"),
            closed: ConferenceDecisionClosed(
                session: session, decision: "d1", outcome: outcome, yes: yes, no: no, abstaining: 0, notVoting: 0, present: yes + no,
                majority: "two-thirds", needed: 2, quorum: 2, rules: []), entry: 70, moment: moment)
    }

    static func code(_ body: () throws -> [ActDraft]) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? Refusal)?.code.replacing("conferences.adoption.", with: "")
        }
    }

    private func adopt(
        _ act: ConferenceTextAdopted = AdoptionRuleTests.adopted(), file: AdoptionFile = AdoptionRuleTests.file(AdoptionRuleTests.ready),
        version: Int64 = 3, open: Int = 0, decision: ConferenceCommands.AdoptingDecision? = AdoptionRuleTests.decision()
    ) -> String? {
        let commands = ConferenceCommands(office: "secretariat", author: "chair", form: nil)
        return Self.code {
            try commands.adopt(act, in: Self.conference, Self.state(file, version: version), open: open, decision: decision)
        }
    }

    @Test("A text is adopted when scrub, languages and decision are there, and not before (VCLT arts. 9, 10)")
    func adoption() {
        #expect(adopt() == nil)
        #expect(adopt(open: 1) == "findings")
        #expect(adopt(file: AdoptionFile()) == "not-prepared")
        #expect(adopt(version: 4) == "version-moved")
        #expect(adopt(file: Self.file(Array(Self.ready.dropLast()))) == "languages-missing")
        #expect(adopt(decision: nil) == "no-decision")
        #expect(adopt(decision: Self.decision(.rejected)) == "no-decision")
        #expect(adopt(decision: Self.decision(concerns: "t.v2")) == "no-decision", "another version was decided on")
        #expect(adopt(decision: Self.decision(subject: .motion)) == "no-decision")
        #expect(adopt(decision: Self.decision(yes: 2, no: 1)) == "rule", "consent of all has no votes against (VCLT art. 9(1))")
        #expect(adopt(Self.adopted(texts: ["en": Self.second, "fr": Self.second])) == "texts-changed")
        let done = Self.ready + [(Self.adopted(), "chair")]
        #expect(adopt(file: Self.file(done)) == "adopted")
    }

    @Test("Languages may follow later where the act says why, but not all of them")
    func later() {
        let half = Self.file(Array(Self.ready.dropLast()))
        let texts = ["en": Self.first]
        #expect(adopt(Self.adopted(later: ["fr"], note: "French follows.", texts: texts), file: half) == nil)
        #expect(adopt(Self.adopted(later: ["fr"], texts: texts), file: half) == "later")
        #expect(
            adopt(Self.adopted(later: ["fr", "en"], note: "All follow.", texts: [:]), file: Self.file([(Self.prepared, "ana")])) == "later")
        #expect(adopt(Self.adopted(later: ["fr"], note: "Not needed.")) == "later", "it is ready")
    }

    @Test("What the adoption left to follow is entered, confirmed by two, and bound to the adopted text once (VCLT arts. 10, 33)")
    func following() throws {
        let half = Array(Self.ready.prefix(2) + Self.ready[3...4])
        let adopted: [(any Payload, String)] =
            half + [(Self.adopted(later: ["fr"], note: "French follows.", texts: ["en": Self.first]), "chair")]
        let commands = ConferenceCommands(office: "secretariat", author: "chair", form: nil)
        func follow(_ entries: [(any Payload, String)], _ language: String = "fr", sha256: Hash = Self.second, adopted: Int64 = 4)
            -> String?
        {
            var texts = ["en": Self.first]
            texts[language] = sha256
            let set = ConferenceCommands.setHash(of: texts) ?? Self.first
            let act = ConferenceLanguageFollowed(
                conference: "c", text: "t", adopted: adopted, language: language, sha256: sha256, provisions: 9, textSet: set)
            return Self.code { try commands.follow(act, in: Self.conference, Self.state(Self.file(entries))) }
        }
        let state = Self.state(Self.file(adopted))
        #expect(Self.file(adopted).outstanding == ["fr"])
        #expect(Self.code { try commands.enter(Self.entered("fr", Self.second), in: Self.conference, state) } == nil)
        #expect(Self.code { try commands.enter(Self.entered("en", Self.second), in: Self.conference, state) } == "adopted")
        #expect(Self.code { try commands.enter(Self.entered("fr", Self.second, version: 4), in: Self.conference, state) } == "adopted")
        #expect(follow(half) == "not-adopted")
        #expect(follow(adopted) == "languages-missing")
        let entered = adopted + [(Self.entered("fr", Self.second), "ana"), (Self.confirmed("fr", Self.second, .languageOfficer), "ana")]
        #expect(follow(entered) == "languages-missing", "one person is not two")
        let confirmed = entered + [(Self.confirmed("fr", Self.second, .reader), "cy")]
        #expect(follow(confirmed) == nil)
        #expect(follow(confirmed, adopted: 3) == "not-adopted", "of another adoption")
        #expect(follow(confirmed, "en") == "not-later")
        #expect(follow(confirmed, sha256: Self.first) == "texts-changed")
        let set = try #require(ConferenceCommands.setHash(of: ["en": Self.first, "fr": Self.second]))
        let act = ConferenceLanguageFollowed(
            conference: "c", text: "t", adopted: 4, language: "fr", sha256: Self.second, provisions: 9, textSet: set)
        let done = confirmed + [(act, "chair")]
        #expect(Self.file(done).outstanding == [] && Self.file(done).establishedTexts == ["en": Self.first, "fr": Self.second])
        #expect(follow(done) == "not-later", "it follows once")
        #expect(
            Self.code { try commands.enter(Self.entered("fr", Self.first), in: Self.conference, Self.state(Self.file(done))) } == "adopted")
        #expect(Self.file(done).adopted?.act.texts == ["en": Self.first], "nothing of what was adopted changes")
    }

    @Test("After adoption nothing more is done to the text")
    func afterwards() {
        let state = Self.state(Self.file(Self.ready + [(Self.adopted(), "chair")]))
        let commands = ConferenceCommands(office: "secretariat", author: "ana", form: nil)
        #expect(Self.code { try commands.prepare(Self.prepared, in: Self.conference, state) } == "adopted")
        #expect(Self.code { try commands.enter(Self.entered("en", Self.second), in: Self.conference, state) } == "adopted")
        #expect(
            Self.code { try commands.confirm(Self.confirmed("en", Self.first, .reader), in: Self.conference, state, differences: 0) }
                == "adopted")
    }

    @Test("Words in brackets cannot be waived; other findings can, with a reason")
    func waiving() {
        let state = Self.state(Self.file([(Self.prepared, "ana")]))
        let commands = ConferenceCommands(office: "secretariat", author: "ana", form: nil)
        func waive(_ finding: String, _ reason: String = "Wanted.") -> String? {
            let act = ConferenceScrubFindingWaived(conference: "c", text: "t", version: 3, finding: finding, reason: reason)
            return Self.code {
                try commands.waive(act, in: Self.conference, state, findings: ["note:fn_1:1", "bracket:art_1:2"])
            }
        }
        #expect(waive("note:fn_1:1") == nil)
        #expect(waive("note:fn_1:1", "") == "reason")
        #expect(waive("note:fn_2:2") == "no-finding")
        #expect(waive("bracket:art_1:2") == "not-waivable")
    }

    // MARK: The text as an instrument

    @Test("A clean negotiated text becomes an instrument in canonical bytes, the same each time")
    func instrument() throws {
        let text = try NegotiatedText(parsing: Array(LegalScrubTests.sound.utf8))
        func bytes() throws -> [UInt8] {
            AkomaNtoso.bytes(
                of: try text.instrument(
                    identity: try InstrumentIdentity(actor: "a-conf.1", date: Self.moment.date, name: "t"), language: .english,
                    version: try TextVersion(date: Self.moment.date, number: 3), title: "Agreement on the Area"
                ).text)
        }
        let written = try bytes()
        #expect(try bytes() == written)
        let read = try AkomaNtoso.read(written)
        #expect(read.places.count { $0.provision.kind == .article } == 3)
        #expect(read.title.plain == "Agreement on the Area")
        #expect(throws: Refusal.self) {
            try NegotiatedText(parsing: Array("## Article 1\n\n1. Parties [shall] act.\n".utf8)).instrument(
                identity: try InstrumentIdentity(actor: "a", date: Self.moment.date, name: "t"), language: .english,
                version: try TextVersion(date: Self.moment.date), title: "T")
        }
    }
}
