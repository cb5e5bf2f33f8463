import Acts
import Foundation
import Record
import TestSupport
import Testing

@testable import Treaties

/// A table of real participation becomes acts, row by row; what is refused says why, and nothing is mended on the way.
struct PastImportTests {
    private static let opened = TreatyOpened(
        treaty: "XXVII-98", titles: ["en": "An agreement"], chapter: "XXVII", chapterNames: ["en": "Environment"],
        adoptedOn: CalendarDate("2015-12-12"), openForSignature: CalendarDate("2016-04-22"),
        closedForSignature: CalendarDate("2017-04-21"), article: "Art. 21",
        clause: ["condition": ["count": 2], "delay": ["unit": "days", "count": 30], "later": ["unit": "days", "count": 30]])

    private static func plan(
        _ text: String, columns: [String]? = nil, lines: [TreatyParticipation] = [], source: String? = "A test",
        opened: TreatyOpened = PastImportTests.opened
    ) throws -> ImportPlan {
        let table = try CSVTable(Array(text.utf8))
        let layout = try ImportLayout(columns.map { $0.map { ImportColumn(name: $0)! } } ?? ImportLayout.suggested(by: table.header))
        let file = TreatyFile(
            opened: opened, lines: lines.enumerated().map { TreatyFile.Line(entry: Int64($0.offset + 1), participation: $0.element) })
        return PastImport(
            actors: try ActorTable.standard, file: file, today: CalendarDate("2026-11-25")!, layout: layout, source: source,
            confidence: nil
        ).plan(table.rows)
    }

    private static func code(_ outcome: ImportPlan.Outcome) -> String {
        if case .refused(let refusal) = outcome { refusal.code } else { "\(outcome)" }
    }

    @Test(
        "The header suggests what the columns hold, for the layouts of real tables",
        arguments: [
            (
                "Code,Name,Signature,Ratification,Kind,Date-Of-Effect,Emissions,Percentage,Year",
                ["code", "actor", "day.signature", "consent", "consent-kind", "effect", "ignored", "ignored", "ignored"]
            ),
            ("Code,Name,Acceptance", ["code", "actor", "day.acceptance"]),
            ("Participant,Signature,\"Ratification, Acceptance(A), Accession(a)\"", ["actor", "day.signature", "consent"]),
            ("actor,act,date,effect,note,source,confidence", ["actor", "act", "date", "effect", "note", "source", "confidence"]),
            ("Participant,\"Accession(a), Succession(d)\"", ["actor", "consent"]),
        ])
    func suggestions(_ header: String, _ expected: [String]) throws {
        let table = try CSVTable(Array(header.utf8))
        #expect(ImportLayout.suggested(by: table.header).map(\.name) == expected)
    }

    @Test(
        "A day is read in the forms depositaries print, and no other",
        arguments: [
            ("2016-04-22", "2016-04-22", nil), ("22 Apr 2016", "2016-04-22", nil), ("22 April 2016", "2016-04-22", nil),
            ("3 Nov 1994 a", "1994-11-03", "a"), ("3 Sept 1994 AA", "1994-09-03", "AA"), ("1 août 2001", "2001-08-01", nil),
            ("2016-02-30", nil, nil), ("31 Apr 2016", nil, nil), ("22/04/2016", nil, nil), ("2016", nil, nil), ("22 Foo 2016", nil, nil),
            ("2016-04-22 a b", nil, nil), ("[22 Apr 2016]", nil, nil),
        ] as [(String, String?, String?)])
    func days(_ text: String, _ date: String?, _ letter: String?) {
        let day = ImportWords.day(text)
        #expect(day?.date.description == date)
        #expect(day?.letter == letter)
    }

    @Test("The depositary's letters say which consent it is")
    func letters() throws {
        let plan = try Self.plan(
            """
            Participant,Signature,"Ratification, Acceptance(A), Accession(a)"
            France,22 Apr 2016,5 Oct 2016 AA
            Kenya,22 Apr 2016,28 Dec 2016
            Angola,,16 Nov 2020 a
            European Union,22 Apr 2016,5 Oct 2016 c
            Japan,22 Apr 2016 s,
            """)
        #expect(plan.rows.map { Self.code($0.outcome) } == Array(repeating: "accepted", count: 5))
        #expect(
            plan.rows.map { $0.acts.map(\.action) } == [
                [.signature, .approval], [.signature, .ratification], [.accession], [.signature, .formalConfirmation],
                [.definitiveSignature],
            ])
    }

    @Test("Each row that cannot be entered is refused with its own reason, and the others are not held up")
    func refusals() throws {
        let plan = try Self.plan(
            """
            actor,act,date,effect
            Frannce,signature,2016-04-22,
            FRA,signature,2016-04-31,
            KEN,accession,2015-01-01,
            AGO,accession,2020-11-16,
            AGO,accession,2020-11-16,
            AGO,ratification,2021-01-01,
            BRA,ratification,2017-01-01,
            YUG,accession,2019-01-01,
            IND,reservation,2016-10-02,
            CHN,flew,2016-10-02,
            PER,withdrawal,2020-01-01,2021-01-01
            MEX,signature,2018-01-01,
            CAN,signature,2099-01-01,
            ,signature,2016-04-22,
            NOR,signature,,
            DEU,signature,2016-04-22
            ITA,formalConfirmation,2016-10-01,
            """)
        #expect(
            plan.rows.map { Self.code($0.outcome) } == [
                "treaty.import.row.unknown-actor", "treaty.import.row.date", "treaty.before-adoption", "accepted",
                "treaty.import.row.duplicate", "treaty.second-consent", "treaty.not-signed", "treaty.actor-did-not-exist",
                "treaty.import.row.act-elsewhere", "treaty.import.row.unknown-act", "treaty.not-bound", "treaty.no-longer-open",
                "treaty.date-in-future", "treaty.import.row.no-actor", "treaty.import.row.no-day", "treaty.import.row.width",
                "treaty.confirmation-by-state",
            ])
        #expect(plan.rows[0].suggestions.first == ActorCode(rawValue: "FRA"))
        #expect(plan.acts.map(\.actor.rawValue) == ["AGO"])
        for row in plan.refused { #expect(!row.refusal.mend.isEmpty) }
    }

    @Test("A row is taken whole or not at all: a signature does not slip in beside a consent that is refused")
    func wholeRows() throws {
        let plan = try Self.plan("Code,Name,Signature,Accession\nFRA,France,2016-04-22,2015-01-01\n")
        #expect(Self.code(plan.rows[0].outcome) == "treaty.before-adoption")
        #expect(plan.acts.isEmpty)
    }

    @Test("A code and a name that mean two States make the row two-faced; it is refused")
    func twoFaces() throws {
        let plan = try Self.plan("Code,Name,Acceptance\nFRA,Germany,2016-10-05\nDEU,Germany,2016-10-05\n")
        #expect(plan.rows.map { Self.code($0.outcome) } == ["treaty.import.row.code-and-name", "accepted"])
    }

    @Test("An act that would make a later one in the register unlawful is refused, and says which")
    func contradiction() throws {
        let later = TreatyParticipation(
            treaty: "XXVII-98", actor: ActorCode(rawValue: "FRA")!, action: .accession, date: CalendarDate("2020-01-01")!)
        let plan = try Self.plan("actor,act,date\nFRA,accession,2018-01-01\n", lines: [later])
        #expect(Self.code(plan.rows[0].outcome) == "treaty.import.row.contradicts")
    }

    @Test("Without a source no row is taken")
    func noSource() throws {
        let plan = try Self.plan("actor,act,date,source\nFRA,accession,2018-01-01,\nKEN,accession,2018-01-01,UNTC\n", source: nil)
        #expect(plan.rows.map { Self.code($0.outcome) } == ["treaty.import.row.no-source", "accepted"])
        #expect(plan.acts[0].source == "UNTC")
    }

    @Test("The table's day of effect is held against the clause's; a difference is said, never mended")
    func effects() throws {
        let plan = try Self.plan(
            "actor,act,date,effect\nFRA,accession,2018-01-01,2018-03-03\nKEN,accession,2018-02-01,2018-03-03\nBRA,accession,2019-01-01,2019-01-30\n"
        )
        #expect(plan.rows.map { $0.effectDiffers?.computed?.description } == [nil, nil, "2019-01-31"])
        #expect(plan.acts.allSatisfy { $0.takesEffect == nil })
    }

    @Test(
        "Columns that make no table of participation are refused",
        arguments: [
            (["actor", "act"], "no-days"), (["act", "date"], "no-actor"), (["actor", "actor", "consent"], "twice"),
            (["actor", "act", "date", "consent"], "two-forms"), (["actor", "day.signature", "consent-kind"], "kind-alone"),
        ])
    func layouts(_ names: [String], _ code: String) {
        let refusal = #expect(throws: Refusal.self) { try ImportLayout(names.map { ImportColumn(name: $0)! }) }
        #expect(refusal?.code == "treaty.import.columns.\(code)")
    }

    @Test("Tables by lot are planned without failing, and what is accepted can be entered")
    func fuzz() throws {
        let seed: UInt64 = 1969
        var generator = SeededGenerator(seed: seed)
        let words = [
            "FRA", "France", "Frankreich", "YUG", "2016-04-22", "22 Apr 2016 a", "a", "AA", "signature", "accession", "withdrawal",
            "2021-01-01", "", "\"", "x", "31 Feb 2017", "ratification",
        ]
        for round in 0..<400 {
            var text = "actor,act,date,effect\n"
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                text += (0..<4).map { _ in words.randomElement(using: &generator)! }.joined(separator: ",") + "\n"
            }
            guard let table = try? CSVTable(Array(text.utf8)) else { continue }
            let plan = try Self.plan(text)
            #expect(plan.rows.count == table.rows.count, "seed \(seed), round \(round)")
        }
    }

    // MARK: Real tables

    @Test("Doha: every acceptance of the real table is taken, once")
    func doha() async throws {
        guard let bytes = try SharedTreatyData.bytes("participation/doha-amendment.csv") else { return }
        var opened = Self.opened
        opened.adoptedOn = CalendarDate("2012-12-08")
        let register = SampleRegister.Treaty(opened: opened, participation: [])
        try await TreatyViewTests.withRegister { desk, record, clock in
            clock.move(to: "2026-11-25T12:00:00.000Z")
            let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "node")
            _ = try await record.enter(Command { try commands.open(register, exists: false, first: $0.nextIndex, asOf: $0.now.date) })
            func take(_ columns: [String]?, isRehearsal: Bool = false) async throws -> ImportReport {
                try await desk.importPast(
                    bytes, into: "XXVII-98", columns: columns, source: "openclimatedata", confidence: nil, isRehearsal: isRehearsal,
                    record: record,
                    office: "depositary", author: "node")
            }
            // The table's code for the European Union is not this register's; the row is for a person to look at.
            let coded = try await take(nil, isRehearsal: true)
            #expect(coded.plan.refused.map(\.refusal.code) == ["treaty.import.row.unknown-actor"])
            #expect(coded.plan.refused.first?.row.suggestions.first == ActorCode(rawValue: "EU"))
            let columns = ["ignored", "actor", "day.acceptance"]
            let first = try await take(columns)
            #expect(first.plan.refused.isEmpty, "\(first.lines)")
            #expect(first.plan.count(.accepted) == 147)
            #expect(first.entered == 147)
            let place = try #require(first.entry)
            let entry = try #require(try record.entry(at: place))
            let account: TreatyPastImported = try #require(try entry.payload())
            #expect(account.accepted == 147 && account.bytes == Int64(bytes.count))
            let digest = stride(from: 0, to: 64, by: 2).map { UInt8(account.table.dropFirst($0).prefix(2), radix: 16)! }
            #expect(try record.blob(sha256: digest) == bytes)
            #expect(try record.entry(at: entry.index + 1)?.statement.references.map(\.index) == [entry.index])
            let size = record.size
            let second = try await take(columns)
            #expect(second.plan.count(.known) == 147 && second.entered == 0 && record.size == size)
        }
    }

    @Test("Paris: every row of the real table is taken, and the clause gives the very day of effect it states")
    func paris() async throws {
        guard let bytes = try SharedTreatyData.bytes("participation/paris-agreement.csv") else { return }
        let sample = try #require(try SampleRegister.shipped().treaties.first { $0.opened.treaty == "XXVII-7-d" })
        // Today's table shows only the second acceptance of the United States; without the first, the arithmetic could not be right.
        let plan = try Self.plan(
            String(decoding: bytes, as: UTF8.self),
            columns: ["ignored", "actor", "day.signature", "consent", "consent-kind", "effect", "ignored", "ignored", "ignored"],
            lines: sample.participation.filter { $0.actor.rawValue == "USA" }, opened: sample.opened)
        #expect(plan.refused.map { "\($0.row.line): \($0.refusal)" } == [])
        #expect(plan.count(.known) == 1)
        #expect(plan.count(.accepted) == plan.rows.count - 1)
        #expect(plan.rows.filter { $0.effectDiffers != nil }.compactMap(\.actor?.rawValue) == [])
    }

    @Test("A table whose rows are all refused or known leaves no trace in the record")
    func noTrace() async throws {
        try await TreatyViewTests.withRegister { desk, record, _ in
            let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "node")
            _ = try await record.enter(
                Command {
                    try commands.open(.init(opened: Self.opened, participation: []), exists: false, first: $0.nextIndex, asOf: $0.now.date)
                })
            let size = record.size
            let report = try await desk.importPast(
                Array("actor,act,date\nNobody,accession,2018-01-01\n".utf8), into: "XXVII-98", columns: nil, source: "A test",
                confidence: nil, isRehearsal: false, record: record, office: "depositary", author: "node")
            #expect(report.isPartial && report.entered == 0 && record.size == size)
            await #expect(throws: Refusal.self) {
                try await desk.importPast(
                    Array("actor,act,date\n".utf8), into: "XX-1", columns: nil, source: nil, confidence: nil, isRehearsal: true,
                    record: record, office: "depositary", author: "node")
            }
        }
    }
}
