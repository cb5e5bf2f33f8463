import Foundation
import TestSupport
import Testing

@testable import Acts

/// Leaves by lot, and what a changed one reads as.
@Suite("Leaves by lot")
struct EnvelopeFuzzTests {
    private var generator: SeededGenerator

    init() {
        let seed = UInt64(ProcessInfo.processInfo.environment["CHANCERY_SEED"] ?? "") ?? UInt64.random(in: 0 ... .max)
        print("envelope fuzz seed \(seed)")
        generator = SeededGenerator(seed: seed)
    }

    private mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func chance() -> Bool { Bool.random(using: &generator) }

    private mutating func text() -> String {
        // Quotes, controls, letters that combine, and both sides of the surrogates.
        let scalars: [Unicode.Scalar] = [
            "a", "Z", "0", "\"", "\\", "/", "\u{0}", "\u{1F}", "\u{7F}", "é", "e", "\u{301}", "\u{FFFD}", "\u{E000}", "\u{1F600}", "ش",
        ]
        var text = ""
        for _ in 0..<number(0..<12) { text.unicodeScalars.append(scalars[number(0..<scalars.count)]) }
        return text
    }

    private mutating func date() -> CalendarDate {
        CalendarDate(dayNumber: number(-719_162..<2_932_897))
    }

    private mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(number(0..<256)) } }

    private mutating func header() throws -> EntryHeader {
        var statement = ActStatement(
            kind: try #require(ActKind(name: "test.kind-\(number(0..<1000))", version: number(1..<1000))), office: text(), author: text(),
            payloadCommitment: bytes(32))
        if chance() { statement.dossier = text() }
        if chance() { statement.effective = date() }
        if chance() { statement.request = text() }
        if chance() {
            let audience = (0..<number(0..<4)).map { _ in text() }
            let release = chance() ? date() : nil
            statement.marking = .restricted(.init(audience: audience, label: text(), release: release))
        }
        for _ in 0..<number(0..<4) {
            let index = Int64(number(0..<9_007_199_254_740_992))
            let origin = chance() ? text() + "x" : nil
            statement.references.append(Reference(index, origin: origin))
        }
        var signatures: [ActSignature] = []
        for _ in 0..<number(0..<3) {
            let passkey = chance() ? ActSignature.PasskeyAssertion(authenticatorData: bytes(5), clientDataJSON: bytes(7)) : nil
            signatures.append(
                ActSignature(
                    key: text(), algorithm: KeyAlgorithm.allCases[number(0..<3)], signature: bytes(number(0..<80)), passkey: passkey))
        }
        let received = Moment(milliseconds: Int64(number(-62_135_596_800_000..<253_402_300_800_000)))
        return EntryHeader(statement: statement, received: received, signatures: signatures)
    }

    @Test("Every header that can be built reads back from its leaf, which is canonical JSON")
    mutating func roundTrip() throws {
        for _ in 0..<3_000 {
            let header = try header()
            let leaf = header.canonicalBytes
            #expect(try EntryHeader(leaf: leaf) == header)
            #expect(try JSONParser.parse(leaf).canonicalBytes == leaf)
        }
    }

    @Test("A changed leaf is refused, or reads as a header whose leaf is exactly that; nothing else ever happens")
    mutating func changes() throws {
        for _ in 0..<300 {
            let header = try header()
            let leaf = header.canonicalBytes
            for _ in 0..<30 {
                var changed = leaf
                switch number(0..<4) {
                case 0: changed[number(0..<changed.count)] ^= 1 << UInt8(number(0..<8))
                case 1: changed.remove(at: number(0..<changed.count))
                case 2: changed.insert(UInt8(number(0..<256)), at: number(0..<changed.count))
                default:
                    let place = number(0..<changed.count)
                    changed.replaceSubrange(place..<min(changed.count, place + number(1..<9)), with: bytes(number(0..<9)))
                }
                guard changed != leaf, let read = try? EntryHeader(leaf: changed) else { continue }
                #expect(read.canonicalBytes == changed)
            }
        }
    }

    @Test("The same header written otherwise is refused: members in another order, spaces, escapes, nulls")
    func otherSpellings() throws {
        let header = EntryHeader(
            statement: ActStatement(
                kind: Remark.kind, dossier: "d/é", office: "o", author: "a", payloadCommitment: [UInt8](repeating: 0, count: 32)),
            received: Moment(milliseconds: 0))
        let text = String(decoding: header.canonicalBytes, as: UTF8.self)
        let others = [
            text.replacing("{\"author\":\"a\",\"dossier\":\"d/é\"", with: "{\"dossier\":\"d/é\",\"author\":\"a\""),
            text.replacing("\"author\":\"a\"", with: "\"author\": \"a\""),
            text.replacing("d/é", with: "d\\/é"),
            text.replacing("d/é", with: "d/\\u00e9"),
            text.replacing("\"format\":1", with: "\"format\":1.0"),
            text.replacing("\"format\":1", with: "\"effective\":null,\"format\":1"),
            text.replacing("\"payload\"", with: "\"payload\":\"x\",\"payload\""),
            text.replacing("}", with: ",\"references\":[]}"),
            text.replacing("}", with: ",\"signatures\":[]}"),
            text + "\n",
            "\u{FEFF}" + text,
        ]
        // A letter spelt with other scalars is another text: other bytes, though Swift calls the two equal.
        let decomposed = Array(text.replacing("d/é", with: "d/e\u{301}").utf8)
        #expect(decomposed != header.canonicalBytes)
        #expect(try EntryHeader(leaf: decomposed).canonicalBytes == decomposed)
        for other in others {
            #expect(Array(other.utf8) != header.canonicalBytes)
            #expect(throws: MalformedAct.self, "\(other)") { try EntryHeader(leaf: Array(other.utf8)) }
        }
    }
}
