import Acts
import Foundation
import TestSupport
import Testing

@testable import Treaties

@Suite("Reservations and objections read from the depositary's texts")
struct DeclarationsTextTests {
    private func read(_ text: String, actors: ActorTable? = nil) throws -> DeclarationsText {
        try DeclarationsText(bytes: Array(text.utf8), actors: actors)
    }

    private func words(_ text: String) -> [String] {
        text.split { $0.isWhitespace }.map(String.init)
    }

    /// The words of a text without its heads.
    private func bodyWords(_ text: String) -> [String] {
        words(
            text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).filter { line in
                !(line.hasPrefix("#") && line.dropFirst().contains { !$0.isWhitespace } && line.count <= 201)
            }.joined(separator: "\n"))
    }

    @Test("a section is cut where its headings and quotations cut it")
    func cutting() throws {
        let text = """
            #Belarus
            Reservation concerning article 11, paragraph 1:In accordance with the principle of equality, it considers that any difference should be settled.Declaration concerning articles 48 and 50:It considers it necessary to draw attention to them.

            #Australia
            "Australia does not regard as valid the reservations made by Bahrain.""Australia interprets article 19 as consistent with article 20."

            #Malta

            """
        let read = try read(text, actors: try ActorTable.standard)
        #expect(read.statements.map(\.kind) == [.reservation, .declaration, .objection, .declaration])
        #expect(read.statements.map(\.confidence) == [.stated, .stated, .worded, .worded])
        #expect(read.statements[0].heading == "Reservation concerning article 11, paragraph 1:")
        #expect(read.statements[0].provisions == ["art. 11"])
        #expect(read.statements[1].provisions == ["art. 48", "art. 50"])
        #expect(read.statements[2].targets.map(\.rawValue) == ["BHR"])
        #expect(read.statements.map(\.line) == [2, 2, 5, 5])
        #expect(read.gaps == [.nothingSaid(actor: "Malta", line: 7)])
    }

    @Test("names nobody knows, text before the first name and wording without a kind are told")
    func gaps() throws {
        let read = try read("Preface\n#Ruritania\nBlue skies.\n", actors: try ActorTable.standard)
        #expect(
            read.gaps == [.beforeFirstName("Preface"), .unknownActor("Ruritania", line: 2), .unknownKind(actor: "Ruritania", line: 3)])
    }

    @Test(
        "the seven real texts lose no word, and most of what they hold is placed",
        .enabled(if: SharedTreatyData.folder != nil, "the shared treaty data is not beside the checkout"),
        arguments: ["3-3", "4-1", "4-4", "4-8", "4-9", "4-11", "4-12"])
    func real(_ name: String) throws {
        let bytes = try #require(try SharedTreatyData.bytes("participation/declarations/\(name).txt"))
        let read = try DeclarationsText(bytes: bytes, actors: try ActorTable.standard)
        #expect(read.statements.flatMap { words($0.text) }.joined() == bodyWords(String(decoding: bytes, as: UTF8.self)).joined())
        let known = read.statements.count { $0.kind != .unknown }
        #expect(known * 10 >= read.statements.count * 7, "\(known) of \(read.statements.count)")
        #expect(read.statements.count { $0.code != nil } * 10 >= read.statements.count * 9)
    }

    @Test("no text is refused but for its size, and none loses a word", arguments: [11, 22, 33] as [UInt64])
    func fuzz(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "#France", "#", "\n", "\n\n", "Reservation:", "Declaration concerning article 5:", "\"", "\"\"", ".", "The Government",
            " objects to ",
            "articles 1, 2 and 3", "Upon ratification:", "…", "”", "“", " ", "é", "x", "\r\n", "art. XII", "\u{0}",
        ]
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 0...60, using: &generator)).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
            let read = try read(text)
            var all = ""
            for gap in read.gaps {
                if case .beforeFirstName(let preface) = gap { all += words(preface).joined() }
            }
            all += read.statements.flatMap { words($0.text) }.joined()
            #expect(all == bodyWords(text).joined(), "seed \(seed)")
        }
        #expect(throws: MalformedAct.self) { try DeclarationsText(bytes: [0xFF]) }
        #expect(throws: MalformedAct.self) { try DeclarationsText(bytes: [UInt8](repeating: 0x61, count: DeclarationsText.largest + 1)) }
    }
}
