import Foundation
import Testing
import Typesetting

/// PDF/A-2b (ISO 19005-2), as far as programs of others tell: a reader of another project for the structure, poppler for fonts.
@Suite("A document that keeps")
struct ArchiveTests {
    private static func linked() -> PrintedDocument {
        SampleTexts.document([
            .contents(downTo: 2),
            .heading(PrintedHeading(level: 1, look: .title, text: "Convention")),
            .paragraph("The Parties to this Convention & <others>,"),
        ])
    }

    @Test("Another program finds what PDF/A-2b asks for, in documents of every script and with links")
    func otherProgramAgrees() throws {
        let python = ProcessInfo.processInfo.environment["CHANCERY_TEST_PYTHON"] ?? "python3"
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "Outside/seals/archive.py")
        let tool = PDFTool(name: python)
        guard try tool.run([script.path, "present"]).status == 0 else {
            print("NOT CHECKED by pyHanko: it is not installed for \(python)")
            #expect(ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] == nil, "pyHanko is not installed for \(python)")
            return
        }
        for document in [SampleTexts.document(SampleTexts.languages), Self.linked()] {
            let answer = try tool.read(document) { [script.path, "check", $0] }
            #expect(answer.contains("PDF/A-2b: nothing found"), "\(answer)")
        }
    }

    @Test("The same document is the same bytes, its identifier with them; another document has another")
    func identified() throws {
        let first = try Typesetter().set(Self.linked()).bytes
        #expect(try Typesetter().set(Self.linked()).bytes == first)
        let identifiers = try [Self.linked(), SampleTexts.document(["fr"])].map { document in
            let file = String(decoding: try Typesetter().set(document).bytes.suffix(400), as: UTF8.self)
            let start = try #require(file.range(of: "/ID [<")).upperBound
            return file[start...].prefix(32)
        }
        #expect(Set(identifiers).count == 2)
    }
}
