import Acts
import Foundation
import Record
import Testing
import Texts

@testable import Press
@testable import Web

/// Whether a statement is known again, however it travelled.
@Suite("Is it genuine?")
struct GenuineTests {
    // MARK: Normalisation (public.md, section 4: NFC, format characters out, white space one, quotation marks plain)

    @Test(
        "What copying does to a text makes no difference",
        arguments: [
            ("a\u{A0}b \u{2009} c\n\nd", "a b c d"), ("“He said ‘no’.”", "\"He said 'no'.\""), ("« non »", "\"non\""),
            ("«\u{202F}non\u{202F}»", "\"non\""), ("„nein“", "\"nein\""), ("「いいえ」", "\"いいえ\""), ("e\u{301}tat", "\u{E9}tat"),
            ("cease\u{AD}fire", "ceasefire"), ("\u{FEFF}ceasefire\u{200B}", "ceasefire"), ("\u{202B}سلام\u{202C}", "سلام"),
            ("it’s", "it's"), ("  a  ", "a"), ("", ""), ("\u{2066}x\u{2069}", "x"),
        ])
    func normalised(given: String, expected: String) {
        #expect(NormalisedText.normalised(given).unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test("Joiner and non-joiner spell words in Persian and in Indian scripts, and stay", arguments: ["می\u{200C}خواهم", "क्\u{200D}ष"])
    func joiners(text: String) {
        #expect(NormalisedText.normalised(text).unicodeScalars.elementsEqual(text.precomposedStringWithCanonicalMapping.unicodeScalars))
        let without = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value != 0x200C && $0.value != 0x200D }))
        #expect(!NormalisedText.normalised(without).unicodeScalars.elementsEqual(NormalisedText.normalised(text).unicodeScalars))
    }

    @Test("Normalising twice changes nothing more, and noise that copying adds changes nothing", arguments: 0..<200)
    func property(seed: Int) {
        var lot = Lot(seed: UInt64(seed) &+ 1)
        let letters = Array("aé\u{301}ß漢字سلمक्य\u{200C}\u{200D} \"'.,«»“”‘’—-1\n\t\u{A0}e\u{308}".unicodeScalars)
        let text = String(String.UnicodeScalarView((0..<lot.next(60)).map { _ in letters[lot.next(letters.count)] }))
        let once = NormalisedText.normalised(text)
        #expect(NormalisedText.normalised(once).unicodeScalars.elementsEqual(once.unicodeScalars), "\(text.debugDescription)")
        let noise: [Unicode.Scalar] = ["\u{AD}", "\u{200B}", "\u{FEFF}", "\u{2060}", "\u{202A}"]
        var noisy = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if lot.next(3) == 0 { noisy.append(noise[lot.next(noise.count)]) }
            noisy.append(scalar)
            if scalar.properties.isWhitespace, lot.next(2) == 0 { noisy.append(" ") }
        }
        #expect(NormalisedText.normalised(String(noisy)).unicodeScalars.elementsEqual(once.unicodeScalars), "\(text.debugDescription)")
    }

    // MARK: Codes

    @Test(
        "A code is read as people type it",
        arguments: [
            ("7K3M-92QD", "7K3M-92QD"), ("7k3m92qd", "7K3M-92QD"), (" 7K3M 92QD ", "7K3M-92QD"), ("7K3M–92QD", "7K3M-92QD"),
            ("OIL0-0000", "0110-0000"), ("7K3M-92Q", nil), ("7K3M-92QDD", nil), ("7U3M-92QD", nil), ("", nil),
            (String(repeating: "7", count: 500), nil),
        ] as [(String, String?)])
    func codes(typed: String, code: String?) {
        #expect(StatementCode.reading(typed) == code)
    }

    static func statement(
        _ texts: [String: StatementText] = ["en": StatementText(title: "On the ceasefire", paragraphs: paragraphs)],
        version: Int64 = 1, newest: Int64 = 1
    ) -> PublicStatement {
        let act = StatementReleased(
            draft: 4, office: "press", officeName: ["en": "Press office"],
            content: StatementContent(authoritative: texts["en"] != nil ? "en" : texts.keys.sorted().first ?? "", texts: texts))
        return PublicStatement(entry: 9, act: act, released: Moment(milliseconds: 0), newest: newest)
    }

    static let paragraphs = [
        "The Government welcomes the ceasefire that was agreed today in Geneva.",
        "It calls on all parties to respect it in full and without conditions.",
        "The Minister will travel to the region on Monday.",
    ]

    @Test("Everything that a release says goes into its code, and a payload with another code is not read")
    func codeCoversAll() throws {
        let act = Self.statement().act
        #expect(act.statement == act.code.lowercased())
        #expect(try StatementReleased(json: act.json) == act)
        for (name, value) in [
            ("office", JSON.string("other")), ("version", 2), ("draft", 5), ("corrects", "7K3M-92QD"), ("holder", ["en": "Somebody"]),
        ] {
            guard case .object(var object) = act.json else { return #expect(Bool(false)) }
            object[name] = value
            #expect(throws: MalformedAct.self, "\(name)") { try StatementReleased(json: .object(object)) }
        }
    }

    // MARK: Texts

    @Test("Word for word it is genuine, whatever copying did to it")
    func genuine() {
        let statement = Self.statement()
        let whole = (["On the ceasefire"] + Self.paragraphs).joined(separator: "\n\n")
        for text in [whole, Self.paragraphs.joined(separator: "  "), whole.replacing(" ", with: "\u{A0}\u{200B}")] {
            let check = GenuineCheck(text: text, against: statement, in: "en")
            #expect(check.verdict == .genuine && !check.isExcerpt, "\(text)")
        }
        let part = GenuineCheck(text: Self.paragraphs[1], against: statement, in: "en")
        #expect(part.verdict == .genuine && part.isExcerpt)
        // Neither the middle of a word nor two words that stand everywhere are a part.
        #expect(GenuineCheck(text: "overnment welcomes the ceasefire that", against: statement, in: "en").verdict != .genuine)
        #expect(GenuineCheck(text: "on all", against: statement, in: "en").verdict != .genuine)
    }

    @Test("A changed word is shown, and only that")
    func altered() throws {
        let text = Self.paragraphs.joined(separator: " ").replacing("welcomes", with: "rejects")
        let check = GenuineCheck(text: text, against: Self.statement(), in: "en")
        #expect(check.verdict == .altered)
        let comparison = try #require(check.comparison)
        #expect(comparison.pieces.filter { $0.change == .removed }.map(\.words) == ["welcomes"])
        #expect(comparison.pieces.filter { $0.change == .added }.map(\.words) == ["rejects"])
        // A part with a word left out, which turns its meaning.
        let left = GenuineCheck(
            text: "It calls on all parties to respect it in full and with conditions.", against: Self.statement(), in: "en")
        #expect(left.verdict == .altered)
        #expect(left.comparison?.pieces.filter { $0.change == .removed }.map(\.words) == ["without"])
    }

    @Test("What has nothing to do with it is not ours")
    func stranger() {
        let other = "Tomorrow's weather will be fair in the south with some showers in the mountains by evening."
        #expect(GenuineCheck(text: other, against: Self.statement(), in: "en").verdict == .notOurs)
    }

    @Test("Scripts without spaces are compared too")
    func chinese() {
        let text = "外交部欢迎今日在日内瓦达成的停火协议，并呼吁各方全面遵守。"
        let statement = Self.statement(["zh": StatementText(title: "关于停火", paragraphs: [text])])
        #expect(GenuineCheck(text: text, against: statement, in: "zh").verdict == .genuine)
        #expect(GenuineCheck(text: text.replacing("欢迎", with: "谴责"), against: statement, in: "zh").verdict == .altered)
    }

    // MARK: At the node

    @Test("A code, an address, a text, a paper and JSON are all answered, and strangers' ones are not ours")
    func answers() async throws {
        let node = try await PressNode()
        let address = try await node.released()
        let statement = try await node.json("\(address)?format=json")
        let code = try #require(statement["code"]?.string)
        let english = "The Government welcomes the ceasefire agreed today. It calls on all parties to respect it in full."
        let french =
            "Le Gouvernement se félicite du cessez-le-feu convenu ce jour. Il appelle toutes les parties à le respecter pleinement."
        for (asked, verdict) in [
            (code, "genuine"), (code.lowercased().replacing("-", with: " "), "genuine"),
            ("http://mfa.example\(address)?text=fr", "genuine"),
            ("mfa.example/v/\(code)", "genuine"), ("https://mfa-example.com/v/\(code)", "not-ours"), ("0000-0000", "not-ours"),
            (english, "genuine"), (french, "genuine"), (english.replacing("all parties", with: "one party"), "altered"),
            ("Something else entirely was said by somebody else on another day.", "not-ours"),
        ] {
            try await node.visit(nil) { visitor in
                let page = try await visitor.post("/v", [("q", asked)])
                #expect(page.status == 200 && page.text.contains("data-verdict=\"\(verdict)\""), "\(asked): \(page.text.prefix(3000))")
            }
        }
        try await node.visit(nil) { visitor in
            let pdf = try await visitor.get("\(address)/pdf?text=fr", accept: "*/*")
            #expect(pdf.status == 200 && pdf.text.hasPrefix("%PDF"))
            let genuine = try await visitor.upload("/v", to: "/v?format=json", [], file: ("a.pdf", "application/pdf", pdf.body))
            #expect(genuine.text.contains("\"verdict\":\"genuine\"") && genuine.text.contains("\"language\":\"fr\""), "\(genuine.text)")
            var bytes = pdf.body
            bytes[bytes.count / 2] ^= 1
            let altered = try await visitor.upload("/v", to: "/v?format=json", [], file: ("a.pdf", "application/pdf", bytes))
            #expect(altered.text.contains("\"verdict\":\"altered\""), "\(altered.text)")
            let json = try await visitor.post("/v", json: ["code": .string(code), "text": "Nobody ever said this."])
            #expect(json.text.contains("\"verdict\":\"altered\""), "\(json.text)")
            let huge = try await visitor.post("/v", [("q", String(repeating: "a ", count: 40_000))])
            #expect(huge.status == 400 || huge.status == 413)
            #expect(try await visitor.post("/v", []).status == 400)
        }
    }
}

/// Numbers that a seed gives, the same every time (SplitMix64).
struct Lot {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(bound))
    }
}
