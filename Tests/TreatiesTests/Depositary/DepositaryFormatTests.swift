import Acts
import Foundation
import TestSupport
import Testing

@testable import Treaties

/// Formats of the depositary, each read by somebody else's reader.
struct DepositaryFormatTests {
    private static var mustBePresent: Bool { ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] != nil }

    private static let python: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = ProcessInfo.processInfo.environment["CHANCERY_TEST_PYTHON"] ?? root.appending(path: ".tools/venv/bin/python").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    private static func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    private static func withFile<T>(_ name: String, _ bytes: [UInt8], _ body: (String) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-formats-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try Data(bytes).write(to: file)
        return try body(file.path)
    }

    @Test("The same members always make the same ZIP file, and a path trick is refused")
    func zipForm() throws {
        func file() throws -> [UInt8] {
            var zip = ZIPWriter(date: CalendarDate("2026-11-26")!)
            try zip.add("a/é.txt", Array("x".utf8))
            try zip.add("empty", [])
            return try zip.finished()
        }
        #expect(try file() == file())
        for name in ["", "../x", "a//b", "/etc/passwd", "a\\b", "c:x", "a/./b", "a\u{0}"] {
            var zip = ZIPWriter(date: CalendarDate("2026-11-26")!)
            #expect(throws: ZIPWriter.Problem.name(name)) { try zip.add(name, []) }
        }
        var zip = ZIPWriter(date: CalendarDate("2026-11-26")!)
        try zip.add("a", [])
        #expect(throws: ZIPWriter.Problem.repeated("a")) { try zip.add("a", []) }
    }

    /// The check value of CRC-32/ISO-HDLC.
    @Test("The checksum is CRC-32") func checksum() {
        #expect(ZIPWriter.checksum(of: Array("123456789".utf8)) == 0xCBF4_3926)
    }

    @Test("Python's zipfile finds every member whole", .enabled(if: python != nil || mustBePresent))
    func zipRead() throws {
        var zip = ZIPWriter(date: CalendarDate("2026-11-26")!)
        for index in 0..<40 {
            try zip.add("proofs/\(index) é.bin", (0..<(index * 37)).map { UInt8(truncatingIfNeeded: $0 &* index) })
        }
        let program = """
            import sys, zipfile
            z = zipfile.ZipFile(sys.argv[1])
            assert z.testzip() is None
            for i, info in enumerate(z.infolist()):
                assert info.filename == f"proofs/{i} é.bin", info.filename
                assert info.date_time == (2026, 11, 26, 0, 0, 0)
                assert z.read(info) == bytes((n * i) & 255 for n in range(i * 37))
            assert len(z.infolist()) == 40
            """
        let answer = try Self.withFile("p.zip", try zip.finished()) { try Self.run(try #require(Self.python), ["-c", program, $0]) }
        #expect(answer.status == 0, "\(answer.output)")
    }

    private static let feed = AtomFeed(
        id: "https://n.example/notifications", title: "Notifications & <others>", language: "en", author: "Depositary",
        address: "https://n.example/notifications.atom?a=1&b=2", page: "https://n.example/notifications",
        updated: Moment("2026-11-26T00:00:00.000Z")!,
        entries: [
            .init(
                id: "https://n.example/notifications/C.N.2.2026.TREATIES-IV.11",
                title: "C.N.2.2026.TREATIES-IV.11: FRANCE: RÉSERVE \u{1}\u{B}",
                updated: Moment("2026-11-25T10:00:00.000Z")!, published: Moment("2026-11-25T10:00:00.000Z")!,
                address: "https://n.example/notifications/C.N.2.2026.TREATIES-IV.11", summary: "Line <1>\nLine & 2 معاهدة \u{FFFF}",
                categories: ["reservation", "IV-11"])
        ])

    @Test(
        "xmllint finds the feed well-formed",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/xmllint") || mustBePresent))
    func feedIsXML() throws {
        let bytes = Array(Self.feed.text.utf8)
        let answer = try Self.withFile("f.atom", bytes) { try Self.run("/usr/bin/xmllint", ["--noout", "--nonet", $0]) }
        #expect(answer.status == 0, "\(answer.output)")
    }

    @Test("feedparser reads the feed as Atom 1.0, without complaint", .enabled(if: python != nil || mustBePresent))
    func feedRead() throws {
        let program = """
            import sys, feedparser
            f = feedparser.parse(sys.argv[1])
            assert not f.bozo, f.bozo_exception
            assert f.version == "atom10" and f.feed.title == "Notifications & <others>" and f.feed.updated.startswith("2026-11-25")
            e = f.entries[0]
            assert e.id.endswith("C.N.2.2026.TREATIES-IV.11") and e.link == e.id
            assert e.title == "C.N.2.2026.TREATIES-IV.11: FRANCE: RÉSERVE", repr(e.title)
            assert [t.term for t in e.tags] == ["reservation", "IV-11"]
            assert e.published_parsed[:4] == (2026, 11, 25, 10)
            assert any(l.rel == "self" and l.type == "application/atom+xml" for l in f.feed.links)
            """
        let bytes = Array(Self.feed.text.utf8)
        let answer = try Self.withFile("f.atom", bytes) { try Self.run(try #require(Self.python), ["-c", program, $0]) }
        #expect(answer.status == 0, "\(answer.output)")
    }

    @Test("Another depositary's list is read from CSV and from JSON alike")
    func ledgerTable() throws {
        let actors = try ActorTable.standard
        let csv = "\u{FEFF}Actor,note,action,date\r\nFRA,x,ratification,1970-01-05\n\"Kenya\",\"a \"\"b\"\", c\",accession,1970-02-01\n\n"
        let json = """
            [{"actor": "France", "action": "ratification", "date": "1970-01-05"}, {"actor": "KEN", "action": "accession", "date": "1970-02-01"}]
            """
        let read = try LedgerTable(Array(csv.utf8), actors: actors).lines
        #expect(read.map(\.actor.rawValue) == ["FRA", "KEN"])
        #expect(try LedgerTable(Array(json.utf8), actors: actors).lines == read)
    }

    @Test(
        "What cannot be read is named by its row, and nothing is taken",
        arguments: [
            ("actor,action\nFRA,accession", 1), ("actor,action,date\nFRA,accession,1970-02-30", 2),
            ("actor,action,date\nFRA,accession,1970-02-03\nAtlantis,accession,1970-01-01", 3),
            ("actor,action,date\nFRA,joined,1970-01-01", 2),
            ("actor,action,date\nFRA,accession", 2), ("actor,action,date\n", 1), ("[{\"actor\": 5}]", 1), ("[", 0), ("", 1),
        ])
    func ledgerProblems(_ text: String, _ row: Int) throws {
        let actors = try ActorTable.standard
        let problem = #expect(throws: LedgerTable.Problem.self) { try LedgerTable(Array(text.utf8), actors: actors) }
        #expect(problem?.row == row, "\(text): \(problem?.description ?? "")")
    }

    @Test("No list whatever breaks the reader", arguments: [4180 as UInt64])
    func anyLedger(seed: UInt64) throws {
        let actors = try ActorTable.standard
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "actor", "action", "date", ",", "\n", "\r\n", "\"", "FRA", "accession", "1970-01-01", "[", "{", "}", "]", ":", " ", "é",
            "\u{0}",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0...20, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }.joined()
            let lines = (try? LedgerTable(Array(text.utf8), actors: actors))?.lines ?? []
            #expect(lines.allSatisfy { $0.actor.rawValue == "FRA" }, "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test("The package certifies in English and French, lists the Parties, and is the same file each time")
    func package() throws {
        func package() -> RegistrationPackage {
            RegistrationPackage(
                opened: DepositaryFixtures.opened, settings: .standard, inForce: CalendarDate("2024-05-01")!, method: "Art. 9",
                parties: [
                    .init(
                        code: DepositaryFixtures.france, names: ["en": "France, \"la\"", "fr": "France"], action: .ratification,
                        deposited: CalendarDate("2023-01-01")!, inForce: CalendarDate("2024-05-01"), entry: 4)
                ], statements: [], members: [.init(name: "texts/convention.fr.xml", bytes: [1])], date: CalendarDate("2026-11-26")!)
        }
        #expect(try package().file() == package().file())
        #expect(package().statement(.english).replacing("\n", with: " ").contains("true and complete copy"))
        #expect(package().statement(.french).replacing("\n", with: " ").contains("copie conforme et complète"))
        #expect(package().statement(.french).replacing("\n", with: " ").contains("1er mai 2024"))
        #expect(package().statement(.english).split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(
            String(decoding: package().partiesCSV, as: UTF8.self)
                == "code,name-en,name-fr,action,date,in-force\r\nFRA,\"France, \"\"la\"\"\",France,ratification,2023-01-01,2024-05-01\r\n")
    }
}
