import Foundation
import NIOCore
import Testing

@testable import Web

@Suite("Pages made for one person, compressed")
struct PersonalGzipTests {
    /// What Debian's gzip makes of it.
    private static func unfold(_ bytes: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "chancery-personal-\(UUID().uuidString).gz")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return Array(data)
    }

    private static func page(_ own: String, chosen: String, filling: Int = 200) -> [UInt8] {
        let filler = (0..<filling).map { "<li>Amendment \($0) to article \($0 % 7)</li>" }.joined()
        return Array("<ol>\(filler)</ol>\(PersonalGzip.open)\(own)\(PersonalGzip.close)<p>\(chosen)</p><ol>\(filler)</ol>".utf8)
    }

    private static func compressed(_ page: [UInt8], padding: Int = 0) throws -> [UInt8] {
        Array(try #require(PersonalGzip.compress(page, padding: padding)).readableBytesView)
    }

    @Test("Another program unfolds it to the very page, wherever its pieces lie (RFC 1952)")
    func unfolds() throws {
        let long = String(repeating: "Accept nothing below ten per cent. ", count: 4_000)
        let marks = PersonalGzip.open + "x" + PersonalGzip.close
        for page in [
            Self.page("Red line: ten per cent.", chosen: "Red line: ten"), Self.page(long, chosen: "", filling: 900),
            Array((marks + String(repeating: "a", count: 2_000) + marks + marks).utf8),
            Array((String(repeating: "a", count: 2_000) + PersonalGzip.open + "never closed").utf8),
            (0..<70_000).map { _ in UInt8.random(in: 0...255) },
        ] {
            for padding in [0, 1, 255, 9_999] { #expect(try Self.unfold(Self.compressed(page, padding: padding)) == page) }
        }
    }

    @Test("A short page is left alone, and a long one comes small")
    func small() throws {
        #expect(PersonalGzip.compress(Array(repeating: 65, count: Gzip.shortest - 1)) == nil)
        let page = Self.page("Red line: ten per cent.", chosen: "")
        #expect(try Self.compressed(page).count < page.count / 5)
    }

    @Test("Words that a stranger chooses say by the length nothing of a person's own beside them (the BREACH attack)")
    func apart() throws {
        let own = "Instruction: fall back to forty-seven million, not before Thursday"
        // As much in it as is in the secret, and a wrong guess of the same length: with one compressor over both the first is shorter.
        let right = "Instruction: fall back to forty-seven million, not before Thursday"
        let wrong = "qzwxjk vbnmrty: plgh dcsk ow uiopad-fghjk zxcvbnm, qwe rtyuio Pasdfghj".prefix(right.utf8.count)
        let lengths = { (own: String) throws -> Int in
            try Self.compressed(Self.page(own, chosen: right)).count - Self.compressed(Self.page(own, chosen: String(wrong))).count
        }
        let other = String(repeating: "#", count: own.utf8.count)
        #expect(try lengths(own) == lengths(other), "the difference between two guesses is the same whatever the secret is")
        // The test can tell: without the marks the right guess shows.
        let bare = { (own: String, chosen: String) in
            let text = String(decoding: Self.page(own, chosen: chosen), as: UTF8.self)
            let page = text.replacing(PersonalGzip.open, with: "").replacing(PersonalGzip.close, with: "")
            return try Self.compressed(Array(page.utf8)).count
        }
        #expect(try bare(own, right) - bare(own, String(wrong)) < bare(other, right) - bare(other, String(wrong)))
    }

    @Test("The length is blurred anew each time")
    func blurred() throws {
        let page = Self.page("x", chosen: "y")
        let lengths = Set(try (0..<64).map { _ in try #require(PersonalGzip.compress(page)).readableBytes })
        #expect(lengths.count > 8)
        #expect(try #require(lengths.max()) - #require(lengths.min()) <= PersonalGzip.mostPadding)
    }

    @Test("Only what one of the node's own pages or the person asked for is compressed (Fetch Metadata)")
    func fetchSite() {
        #expect(PersonalGzip.isSafe(fetchSite: "same-origin") && PersonalGzip.isSafe(fetchSite: "none"))
        for other in ["cross-site", "same-site", "", "Same-Origin", nil] { #expect(!PersonalGzip.isSafe(fetchSite: other)) }
    }
}
